"""Sentences to nodes: asides, exceptions, conditions; what is left of each is a statement (lists.py).

Everything is read as a positive statement about the person; on which side it stands is the caller's to say. What the
words leave open is kept open.
"""

from collections.abc import Sequence

import msgspec

from trialfit.criteria.nodes import Condition, Judgement, Node, Not, Permission, Treatment, Unparsed
from trialfit.criteria.parts import Span
from trialfit.parsing.asides import apart, is_remark, takes_dose
from trialfit.parsing.bounds import TIME_UNITS, bounded
from trialfit.parsing.examples import with_examples, without_definition
from trialfit.parsing.exceptions import head_follows, left_out, left_out_of_list
from trialfit.parsing.frames import MEASURED, Frame
from trialfit.parsing.framing import frames_of
from trialfit.parsing.framing.state import PERSONS
from trialfit.parsing.grammar.reading import family_of, read
from trialfit.parsing.grammar.reproductive import tested
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.lexing import lex
from trialfit.parsing.lists import HANGING, frame_words, joined, share, unlike
from trialfit.parsing.scope import Scope, all_of, any_of
from trialfit.parsing.topics import by_topic, with_name, without_topic
from trialfit.parsing.windows import timed
from trialfit.parsing.words import first_of, mentioned, unread

_NAMED = frozenset({"disease", "drug", "drug_class", "procedure"})
_DEEPEST = 6
_LONGEST_LABEL = 4
_JOINING = frozenset({"and", "or", "comma", "relation", "negation", "slash", "filler", "modal"})
_MOST_CONDITIONS = 12
_LONGEST_SENTENCE = 1000
"""Lexemes of a sentence that is read. Real ones are ten times shorter; work within one may grow with its square."""
_NEAR = 12
"""Lexemes before "in patients with" in which the two bounds must stand whose second it limits."""
_PEOPLE = frozenset({"female", "male", "child", "adult", "childbearing_potential", "postmenopausal"})
_SAYING = frozenset(
    {"word", "mention", "number", "head", "bound", "window", "qualifier", "extent", "result", "outcome"}
)
_CUTTING = frozenset({"open", "close", "stop", "semicolon", "colon", "negation", "cmp"})
"""What sentences are cut at, or told to be inside parentheses by."""
_TURNING = frozenset({"allowed", "forbidden", "except", "if", "modal", "meaning"})
"""What makes a sentence more than one statement about the person, which most are: every kind `_sentence` asks for."""
_SHAPING = frozenset({"colon", "bound", "aside_end", "meaning", "example"})
"""What a statement is looked through for before its frames are made."""
_PREDICATES = frozenset({"qualifier", "extent", "result", "outcome"})


def node_of(scope: Scope) -> Node:
    """The node of one line; Unparsed, with what it speaks of, where nothing in it is understood."""
    lexemes = timed(bounded(lex(scope.plain.text, scope.lexicon)))
    sentences = _sentences(lexemes, scope.plain.text)
    found: list[Node] = []
    for sentence in sentences:
        node = _sentence(sentence, scope)
        if node is None:
            if not any(each.kind in _SAYING for each in sentence):
                continue
            node = unread(sentence, scope)
        if isinstance(node, Permission) and found:
            found[-1] = _permitted(found[-1], sentence, scope)
        elif found and isinstance(found[-1], Permission):
            found[-1] = node  # what is allowed asks nothing, and must not stand for the whole
        else:
            found.append(node)
    span = scope.span(0, len(scope.plain.text))
    if not found or all(isinstance(each, Unparsed) for each in found):
        return Unparsed(span=span, text=scope.original[span.start : span.end], concepts=mentioned(lexemes))
    return any_of(span, unlike(found)) if scope.excludes else all_of(span, unlike(found))


def _permitted(node: Node, sentence: Sequence[Lexeme], scope: Scope) -> Node:
    """What a sentence before rules out, but for what this one allows: whether that is so of a person is not read."""
    allowed = scope.unparsed(sentence[0].start, sentence[-1].end, mentioned(sentence))
    span = Span(node.span.start, allowed.span.end)
    if scope.excludes:
        return all_of(span, [node, Not(span=allowed.span, node=allowed)])
    return any_of(span, [node, allowed])


def _sentences(lexemes: Sequence[Lexeme], text: str) -> list[list[Lexeme]]:
    """Cut at full stops and semicolons outside parentheses, and before labels and "No ..." in texts without them."""
    found: list[list[Lexeme]] = [[]]
    depth = 0
    for index, lexeme in enumerate(lexemes):
        kind = lexeme.kind
        if kind in _CUTTING:
            depth += (kind == "open") - (kind == "close" and depth > 0)
            if depth == 0 and kind in ("stop", "semicolon"):
                found.append([])
                continue
            if depth == 0 and kind == "colon" and (label := _label_before(found[-1], text)):
                moved = found[-1][label:]
                del found[-1][label:]
                found.append(moved)
            elif depth == 0 and found[-1] and _opens_sentence(lexeme, lexemes[index - 1], text):
                found.append([])
        found[-1].append(lexeme)
    return [sentence for sentence in found if sentence]


def _label_before(sentence: Sequence[Lexeme], text: str) -> int:
    """Where the label right before a colon begins in a sentence that is already under way; 0 where none does."""
    if len(sentence) <= _LONGEST_LABEL:
        return 0
    for place in range(len(sentence) - 1, max(0, len(sentence) - _LONGEST_LABEL), -1):
        if sentence[place].kind not in ("word", "mention", "head", "site", "filler"):
            return 0
        if text[sentence[place].start].isupper():
            return place if place and sentence[place - 1].kind not in _JOINING else 0
    return 0


def _opens_sentence(lexeme: Lexeme, before: Lexeme, text: str) -> bool:
    """Whether "No ..." or "At least ..." with a capital begins a new sentence, though no full stop stands before."""
    if before.kind in _JOINING or not text[lexeme.start].isupper() or text[lexeme.start : lexeme.start + 2].isupper():
        return False
    return lexeme.kind in ("negation", "cmp") and before.kind not in ("colon", "open", "dash", "break", "slash")


def _sentence(lexemes: list[Lexeme], scope: Scope, depth: int = 0) -> Node | None:
    """One sentence, or the inside of an aside."""
    if depth > _DEEPEST or not 0 < len(lexemes) <= _LONGEST_SENTENCE:
        return None
    body, asides = apart(lexemes)
    if _TURNING.isdisjoint([each.kind for each in body]) and not (scope.excludes and _asks(body)):
        return _statement(body, asides, scope, depth)
    if any(each.kind == "meaning" and each.word.startswith(("is ", "are ", "which is ")) for each in body):
        span = scope.span(lexemes[0].start, lexemes[-1].end)  # "Not of childbearing potential is defined as ..."
        return Permission(span=span, concepts=mentioned(lexemes))
    allowed = first_of(body, "allowed")
    if allowed is not None and all(each.kind in ("head", "filler", "or", "and") for each in body[:allowed]):
        body = [each for each in body if each.kind != "allowed"]  # "both sexes are eligible, age 30 to 65"
        allowed = None
    if allowed is not None and (condition := _condition_of_permission(body, allowed)):
        return _allowed_if(body[:allowed], condition, asides, scope, depth)
    if allowed is not None and first_of(body[:allowed], "except") is None:
        return Permission(span=scope.span(lexemes[0].start, lexemes[-1].end), concepts=mentioned(lexemes))
    if allowed is not None:  # "unless allowed by the sponsor"
        body = [each._replace(kind="word") if each.kind == "allowed" else each for each in body]
    if scope.excludes and _asks(body):  # "Patients must not have ..." among exclusions asks for it, and does not bar
        node = _whole([each for each in body if each.kind != "forbidden"], asides, scope, depth)
        return None if node is None else Not(span=node.span, node=node)
    if scope.excludes and any(each.kind == "modal" for each in body):
        return None  # "Skin cancer must have been treated": what is asked, among what bars
    forbidden = first_of(body, "forbidden")
    if forbidden is not None and forbidden > 0:
        node = _whole(body[:forbidden], asides, scope, depth)
        if node is None:  # "Ineligible for chemotherapy"
            span = scope.span(lexemes[0].start, lexemes[-1].end)
            return Judgement(span=span, what=scope.words(lexemes[0].start, lexemes[-1].end))
        return node if node is None or scope.excludes else Not(span=node.span, node=node)
    return _whole([each for each in body if each.kind != "forbidden"], asides, scope, depth)


def _asks(body: Sequence[Lexeme]) -> bool:
    """Whether a sentence says what must be, before it speaks of anything but people."""
    for each in body:
        if each.kind == "modal" or (each.kind == "negation" and each.word.split(" ")[0] in ("must", "should")):
            return True
        if each.kind not in ("filler", "head", "word", "comma", "status", "prior") or (
            each.kind == "head" and each.value not in _PEOPLE
        ):
            return False
    return False


def _condition_of_permission(body: list[Lexeme], allowed: int) -> list[Lexeme]:
    """What stands behind "is allowed if" or "... provided that"; [] where no condition does."""
    place = next((place for place in range(allowed + 1, len(body)) if body[place].kind in ("if", "except")), None)
    if place is None or (body[place].kind == "except" and body[place].value != "but"):
        return []
    return body[place + 1 :]


def _allowed_if(
    what: list[Lexeme], condition: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int
) -> Node | None:
    """ "A is allowed if B": whoever has A must have B."""
    left = _conditional(what, asides, scope, depth)
    if left is None:
        return None
    right = _exception(left, condition, asides, scope, depth)
    span = Span(left.span.start, right.span.end)
    if scope.excludes:
        return all_of(span, [left, Not(span=right.span, node=right)])
    return any_of(span, [Not(span=left.span, node=left), right])


def _whole(body: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    exception = first_of(body, "except")
    if exception == 0:
        return None
    if exception is not None:
        return _excepted(body, exception, asides, scope, depth)
    return _conditional(body, asides, scope, depth)


def _excepted(body: list[Lexeme], place: int, asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """ "A except B": A and not B; of concepts of one kind, a set that leaves B out."""
    before, after = body[:place], body[place + 1 :]
    left = _conditional(before, asides, scope, depth)
    if left is None or not after:
        return left
    if body[place].value is None and (narrowed := left_out(left, after, scope)) is not None:
        return narrowed
    if body[place].value is None and (narrowed := left_out_of_list(left, after, scope)) is not None:
        return narrowed
    return _except(left, body[place], after, asides, scope, depth)


def _except(
    left: Node, word: Lexeme, after: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int
) -> Node:
    """A node and what a word such as "unless" or "provided that" adds to it."""
    right = _exception(left, after, asides, scope, depth)
    span = Span(left.span.start, right.span.end)
    if word.value == "but":
        return all_of(span, [left, right])
    if isinstance(left, Not):  # "No A unless B": not (A and not B)
        inner = all_of(span, [left.node, Not(span=right.span, node=right)])
        return Not(span=span, node=inner)
    if word.value == "unless" and not scope.excludes:
        return any_of(span, [left, right])
    return all_of(span, [left, Not(span=right.span, node=right)])


def _exception(left: Node, after: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node:
    """What stands behind "unless"; words such as "asymptomatic" and "treated" there are said of the thing before it."""
    base = left.node if isinstance(left, Not) else left
    first = next((each for each in after if each.kind not in ("filler", "modal", "status", "prior")), None)
    if isinstance(base, Condition) and first is not None and first.word.startswith("controlled"):
        end = next((each.end for each in reversed(after) if each.kind != "filler"), first.end)
        return msgspec.structs.replace(
            base, span=scope.span(first.start, end), qualifiers=("controlled",), status=None, window=None
        )
    if (
        isinstance(base, Treatment)
        and first is None
        and not any(each.kind == "mention" and each.value.kind in ("drug", "drug_class") for each in after)
    ):
        return unread(after, scope)  # "unless stopped 7 days before surgery"
    if (
        isinstance(base, Condition)
        and first is not None
        and first.kind in _PREDICATES
        and not head_follows(after, first)
    ):
        place = after.index(first)
        end = place
        while end < len(after) and after[end].kind in ("qualifier", "extent", "filler", "or", "and", "comma"):
            end += 1
        while end > place and after[end - 1].kind in ("or", "and", "comma", "filler"):
            end -= 1
        words = [each for each in after[place:end] if each.kind == "qualifier"]
        if words:
            span = scope.span(words[0].start, words[-1].end)
            ored = any(each.kind == "or" for each in after[place:end])
            made = [
                msgspec.structs.replace(base, span=span, qualifiers=(each.value,), status=None, window=None)
                for each in words
            ]
            own = any_of(span, list(made)) if ored else all_of(span, list(made))
            rest = after[end:]
            joint = next((each.kind for each in rest if each.kind not in ("filler", "comma")), None)
            more = [each for index, each in enumerate(rest) if not (index < 2 and each.kind in ("and", "or", "comma"))]
            if not any(each.kind in _SAYING for each in more):
                return own
            other = _conditional(more, asides, scope, depth) or unread(more, scope)
            around = Span(own.span.start, other.span.end)
            return any_of(around, [own, other]) if joint == "or" else all_of(around, [own, other])
    return _conditional(after, asides, scope, depth) or unread(after, scope)


def _conditional(body: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """ "X if Y": whoever is Y must be X; on the side of exclusions, X together with Y."""
    place = first_of(body, "if")
    if place is None:
        return _statement(body, asides, scope, depth)
    if place == 0:
        comma = first_of(body, "comma")
        if comma is None or comma + 1 >= len(body):
            return _statement(body[1:], asides, scope, depth)
        condition, main = body[1:comma], body[comma + 1 :]
    else:
        main, condition = body[:place], body[place + 1 :]
    if _is_second_bound(main):
        return _statement(body, asides, scope, depth)
    said = _statement(main, asides, scope, depth)
    if said is None or not condition:
        return said
    when = _statement(condition, asides, scope, depth) or unread(condition, scope)
    span = scope.span(body[0].start, body[-1].end)
    if scope.excludes:
        return all_of(span, [said, when])
    return any_of(span, [Not(span=when.span, node=when), said])


def _is_second_bound(main: Sequence[Lexeme]) -> bool:
    """Whether the condition is that of a second bound ("≤ 2.5 × ULN, or ≤ 5 × ULN if liver metastases")."""
    places = [place for place, each in enumerate(main) if each.kind == "bound"]
    if len(places) < 2 or places[-1] < len(main) - 2:
        return False
    between = main[places[-2] + 1 : places[-1]]
    return all(each.kind in ("or", "comma", "filler", "open", "close") for each in between)


def _late_condition(body: list[Lexeme]) -> int | None:
    """Where the condition of a second bound begins: at "if", or at "in patients with"."""
    for index, lexeme in enumerate(body):
        begins = lexeme.kind == "if" or (lexeme.kind == "relation" and lexeme.word in ("for", "in", "with"))
        if begins and _is_second_bound(body[max(0, index - _NEAR) : index]):
            return index
    return None


def _late_conditions(body: list[Lexeme], scope: Scope, depth: int) -> tuple[list[Lexeme], list[tuple[int, Node]]]:
    """The words without the conditions of second bounds; and these, each with where its bound ends.

    A condition in parentheses ends with them, another where the statement does.
    """
    found: list[tuple[int, Node]] = []
    while (place := _late_condition(body)) is not None and len(found) < _MOST_CONDITIONS:
        end = first_of(body[place:], "aside_end")
        stop = len(body) if end is None else place + end
        after = body[place + 1 : stop]
        if after:
            read_again = _statement(after, {}, scope, depth + 1) if depth < _DEEPEST else None
            found.append((body[place - 1].end, read_again or unread(after, scope)))
        body = body[:place] + body[stop + 1 :]
    return [each for each in body if each.kind != "aside_end"], found


def _statement(body: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """A statement without exceptions or conditions: its frames, joined as the words join them."""
    cues = _SHAPING.intersection([each.kind for each in body])
    body, group = without_topic(body, scope) if "colon" in cues else (body, None)
    if group is not None:
        inner = _statement(body, asides, scope, depth + 1) if depth < _DEEPEST else None
        inner = inner or unread(body, scope)
        span = Span(group.span.start, inner.span.end)
        if scope.excludes:
            return all_of(span, [group, inner])
        return any_of(span, [Not(span=group.span, node=group), inner])
    late: list[tuple[int, Node]] = []
    examples: list[Lexeme] = []
    if "bound" in cues or "aside_end" in cues:
        body, late = _late_conditions(body, scope, depth)
    if "meaning" in cues or "example" in cues:
        body, examples = with_examples(body)
        body = without_definition(body)
    frames, _ = frames_of(scope.plain.text, body, scope.lexicon)
    if not frames and (node := by_topic(body, scope)) is not None:
        return node
    if not frames:
        frames, _ = frames_of(scope.plain.text, with_name(body, scope), scope.lexicon)
    if not frames:
        return None
    share(frames, scope)
    others: list[Node] = []
    if examples:
        of = next((each for each in reversed(frames) if each.mention and each.joint not in HANGING), frames[-1])
        others = _take_examples(of, examples, scope, inline=True)
    frames, pregnancy = tested(frames, scope)
    nodes = [_frame_node(frame, asides, scope, depth, late) for frame in frames]
    if pregnancy is None and not any(nodes):
        return None
    known = [node or frame_words(frame, scope) for frame, node in zip(frames, nodes, strict=True)]
    if pregnancy is None:
        node = joined(frames, known, scope)
        return any_of(scope.span(body[0].start, examples[-1].end), [node, *others]) if others else node
    if not frames:
        return pregnancy
    span = scope.span(body[0].start, body[-1].end)
    people = [place for place, frame in enumerate(frames) if frame.kind in PERSONS or frame.kind == "age"]
    if scope.excludes and people:  # "females 10 years and older with a positive test"
        pregnancy = all_of(span, [pregnancy, *(known[place] for place in people)])
        frames = [frame for place, frame in enumerate(frames) if place not in people]
        known = [node for place, node in enumerate(known) if place not in people]
    if not frames:
        return pregnancy
    together = [pregnancy, joined(frames, known, scope)]
    return any_of(span, together) if scope.excludes else all_of(span, together)


def _take_examples(frame: Frame, examples: Sequence[Lexeme], scope: Scope, *, inline: bool) -> list[Node]:
    """Examples are alternatives of a thing where the vocabulary does not already know them as kinds of it.

    What is of another kind ("heart disease including a pacemaker") bars by itself among exclusions, and is given back.
    """
    vocabulary = scope.lexicon.vocabulary
    frame.tail.extend(examples)
    frames, _ = frames_of(scope.plain.text, list(examples), scope.lexicon)
    windows = [each.value for each in examples if each.kind == "window"]
    if windows and not frame.windows and inline:
        frame.windows.extend(windows)
    others: list[Node] = []
    for each in frames:
        if each.mention is None or each.kind not in _NAMED:
            continue
        if each.kind == frame.kind or {each.kind, frame.kind} == {"drug", "drug_class"}:
            if not (frame.key and each.key and vocabulary.is_a(each.key, frame.key)):
                frame.examples.append(each.mention)
        elif scope.excludes and frame.kind in _NAMED and not frame.negated:
            each.windows = each.windows or list(frame.windows)
            node = read(each, scope)
            if node is not None:
                others.append(node)
    return others


def _frame_node(
    frame: Frame, asides: dict[int, list[Lexeme]], scope: Scope, depth: int, late: Sequence[tuple[int, Node]]
) -> Node | None:
    inside = [aside for end, aside in asides.items() if frame.start <= end <= frame.end]
    for aside in inside:
        if aside[0].kind == "example":
            _take_examples(frame, aside[1:], scope, inline=False)
    inside = [aside for aside in inside if not takes_dose(frame, aside)]
    node = read(frame, scope)
    if node is None:
        return _only_aside(inside, scope, depth)
    if len(frame.bounds) > 1 and family_of(frame) in MEASURED:
        node = _second_bound(frame, node, scope, next((each for place, each in late if place >= frame.start), None))
    for _, part in frame.attached:
        other = read(part, scope)
        if other is not None:
            other = Not(span=other.span, node=other) if part.negated else other
            node = all_of(scope.span(frame.start, frame.end), [node, other])
    for aside in inside:
        node = _with_aside(node, aside, scope, depth)
    return node


def _second_bound(frame: Frame, node: Node, scope: Scope, late: Node | None) -> Node:
    """A further bound, in place of the first where its condition holds ("(≤ 5 × ULN if liver metastases)")."""
    nodes: list[Node] = [node]
    first = frame.bounds[0][0]
    for bound, _ in frame.bounds[1:]:
        if late is None and bound.unit != first.unit and bound.of_limit is None and first.of_limit is None:
            continue  # the same limit in another unit: "9.0 g/dL (90 g/L)"
        other = read(msgspec.structs.replace(frame, bounds=[(bound, "")], residue=[], said=[]), scope)
        if other is not None:
            nodes.append(all_of(other.span, [late, other]) if late is not None else other)
    return any_of(scope.span(frame.start, frame.end), nodes)


def _is_amount(lexeme: Lexeme) -> bool:
    return lexeme.kind == "number" and lexeme.value.unit in TIME_UNITS


def _only_aside(inside: list[list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    for aside in inside:
        rest = aside[1:] if aside[0].kind in ("meaning", "example") else aside
        node = _sentence(list(rest), scope, depth + 1)
        if node is not None:
            return node
    return None


def _with_aside(node: Node, aside: list[Lexeme], scope: Scope, depth: int) -> Node:
    """A node with what stands in parentheses behind it."""
    first = aside[0]
    if first.kind == "example":
        return node
    if first.kind == "except" and len(aside) > 1:
        rest = aside[1:]
        if first.value is None and (narrowed := left_out(node, rest, scope)) is not None:
            return narrowed
        return _except(node, first, rest, {}, scope, depth + 1)
    if first.kind == "allowed" and (condition := _condition_of_permission(aside, 0)):
        inner = _exception(node, condition, {}, scope, depth + 1)
        return all_of(Span(node.span.start, inner.span.end), [node, Not(span=inner.span, node=inner)])
    if any(each.kind == "allowed" for each in aside):
        inner = _whole([each for each in aside if each.kind != "allowed"], {}, scope, depth + 1) or unread(aside, scope)
        span = Span(node.span.start, inner.span.end)
        if isinstance(node, Not):
            return Not(span=span, node=all_of(span, [node.node, Not(span=inner.span, node=inner)]))
        if not scope.excludes:
            return node  # "(transfusion allowed)" asks nothing
        return all_of(span, [node, Not(span=inner.span, node=inner)])
    if not any(each.kind in ("bound", "window", "negation") or _is_amount(each) for each in aside):
        if is_remark(node, aside, scope):
            return node
        words = unread(aside, scope)
        return all_of(Span(node.span.start, words.span.end), [node, words])
    inner = _sentence(aside, scope, depth + 1) or unread(aside, scope)
    return all_of(Span(node.span.start, inner.span.end), [node, inner])
