"""Sentences to nodes: asides, exceptions, conditions; what is left of each is a statement (lists.py).

Everything is read as a positive statement about the person; on which side it stands is the caller's to say. What the
words leave open is kept open.
"""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from trialfit.criteria.nodes import (
    AnyOf,
    Condition,
    Judgement,
    Node,
    Not,
    Permission,
    Procedure,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Concept, Span
from trialfit.parsing.bounds import bounded
from trialfit.parsing.frames import MEASURED, Frame
from trialfit.parsing.framing import frames_of
from trialfit.parsing.grammar.person import performance
from trialfit.parsing.grammar.reading import family_of, read
from trialfit.parsing.grammar.reproductive import tested
from trialfit.parsing.lexemes import Lexeme, Mention
from trialfit.parsing.lexing import lex
from trialfit.parsing.lists import HANGING, frame_words, joined, share, unlike
from trialfit.parsing.scope import Scope, all_of, any_of
from trialfit.parsing.titles import names_group
from trialfit.parsing.windows import timed

_DEEPEST = 6
_LONGEST_SENTENCE = 1000
"""Lexemes of a sentence that is read. Real ones are ten times shorter; work within one may grow with its square."""
_NEAR = 12
"""Lexemes before "in patients with" in which the two bounds must stand whose second it limits."""
_LONGEST_TOPIC = 8
_WORDS_OF_A_REMARK = 3
_SHOWING = frozenset({"procedure", "scale"})
_GROUPS = frozenset("cohort arm part group phase stratum stag step dos substudy module basket expansion".split())
_PEOPLE = frozenset({"female", "male", "child", "adult", "childbearing_potential", "postmenopausal"})
_SAYING = frozenset(
    {"word", "mention", "number", "head", "bound", "window", "qualifier", "extent", "result", "outcome"}
)
_GOING_ON = frozenset(
    "bound number window filler cmp after_cmp comma qualifier extent stage graded or result equivalent line".split()
)
_KINDS_LEFT_OUT: dict[type, tuple[str, ...]] = {Treatment: ("drug", "drug_class"), Procedure: ("procedure",)}
_IN_PHRASES = frozenset(
    "word site filler status prior qualifier extent negation window dash relation now result to before".split()
)
_LONGEST_PHRASE = 9
_SHORTEST_NAME = 4
_PREDICATES = frozenset({"qualifier", "extent", "result", "outcome"})


def node_of(scope: Scope) -> Node:
    """The node of one line; Unparsed, with what it speaks of, where nothing in it is understood."""
    lexemes = timed(bounded(lex(scope.plain.text, scope.lexicon)))
    sentences = _sentences(lexemes)
    found: list[Node] = []
    for sentence in sentences:
        node = _sentence(sentence, scope)
        if node is None:
            if not any(each.kind in _SAYING for each in sentence):
                continue
            node = _words(sentence, scope)
        if isinstance(node, Permission) and found:
            found[-1] = _permitted(found[-1], sentence, scope)
        elif found and isinstance(found[-1], Permission):
            found[-1] = node  # what is allowed asks nothing, and must not stand for the whole
        else:
            found.append(node)
    span = scope.span(0, len(scope.plain.text))
    if not found or all(isinstance(each, Unparsed) for each in found):
        return Unparsed(span=span, text=scope.original[span.start : span.end], concepts=_mentioned(lexemes))
    return any_of(span, unlike(found)) if scope.excludes else all_of(span, unlike(found))


def _permitted(node: Node, sentence: Sequence[Lexeme], scope: Scope) -> Node:
    """What a sentence before rules out, but for what this one allows: whether that is so of a person is not read."""
    allowed = scope.unparsed(sentence[0].start, sentence[-1].end, _mentioned(sentence))
    span = Span(node.span.start, allowed.span.end)
    if scope.excludes:
        return all_of(span, [node, Not(span=allowed.span, node=allowed)])
    return any_of(span, [node, allowed])


def _sentences(lexemes: Sequence[Lexeme]) -> list[list[Lexeme]]:
    """Cut at full stops and semicolons outside parentheses."""
    found: list[list[Lexeme]] = [[]]
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.kind == "open") - (lexeme.kind == "close" and depth > 0)
        if depth == 0 and lexeme.kind in ("stop", "semicolon"):
            found.append([])
        else:
            found[-1].append(lexeme)
    return [sentence for sentence in found if sentence]


def _sentence(lexemes: list[Lexeme], scope: Scope, depth: int = 0) -> Node | None:
    """One sentence, or the inside of an aside."""
    if depth > _DEEPEST or not 0 < len(lexemes) <= _LONGEST_SENTENCE:
        return None
    body, asides = _apart(lexemes)
    allowed = _first(body, "allowed")
    if allowed is not None and all(each.kind in ("head", "filler", "or", "and") for each in body[:allowed]):
        body = [each for each in body if each.kind != "allowed"]  # "both sexes are eligible, age 30 to 65"
        allowed = None
    if allowed is not None and (condition := _condition_of_permission(body, allowed)):
        return _allowed_if(body[:allowed], condition, asides, scope, depth)
    if allowed is not None and _first(body[:allowed], "except") is None:
        return Permission(span=scope.span(lexemes[0].start, lexemes[-1].end), concepts=_mentioned(lexemes))
    if allowed is not None:  # "unless allowed by the sponsor"
        body = [each._replace(kind="word") if each.kind == "allowed" else each for each in body]
    if scope.excludes and _asks(body):  # "Patients must not have ..." among exclusions asks for it, and does not bar
        node = _whole([each for each in body if each.kind != "forbidden"], asides, scope, depth)
        return None if node is None else Not(span=node.span, node=node)
    forbidden = _first(body, "forbidden")
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
        if each.kind == "modal" or (
            each.kind == "negation" and each.word.split(" ")[0] in ("must", "should", "may", "cannot")
        ):
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
    exception = _first(body, "except")
    if exception == 0:
        return None
    if exception is not None:
        return _excepted(body, exception, asides, scope, depth)
    return _conditional(body, asides, scope, depth)


def _apart(lexemes: list[Lexeme]) -> tuple[list[Lexeme], dict[int, list[Lexeme]]]:
    """The sentence without its parentheses, and these by the end of the lexeme they stand behind.

    Those that go on with the sentence (a bound, a dose, a time, "or ...") stay in it.
    """
    body: list[Lexeme] = []
    asides: dict[int, list[Lexeme]] = {}
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        if lexeme.kind != "open":
            if lexeme.kind != "close":
                body.append(lexeme)
            place += 1
            continue
        close = _closing(lexemes, place)
        inside = lexemes[place + 1 : close]
        if not body or _goes_on(inside):
            body.extend(each for each in inside if each.kind not in ("open", "close"))
        elif inside:
            asides.setdefault(body[-1].end, []).extend(inside)
        place = close + 1
    return body, asides


def _closing(lexemes: Sequence[Lexeme], place: int) -> int:
    depth = 0
    for index in range(place, len(lexemes)):
        depth += (lexemes[index].kind == "open") - (lexemes[index].kind == "close")
        if depth == 0:
            return index
    return len(lexemes)


def _goes_on(inside: Sequence[Lexeme]) -> bool:
    """Whether words in parentheses belong into their sentence: a comparison, a time, another modifier."""
    if not inside:
        return False
    if all(each.kind in _GOING_ON for each in inside):
        return any(
            each.kind in ("bound", "window", "graded", "stage", "qualifier", "extent", "result") for each in inside
        )
    first, *rest = [each for each in inside if each.kind not in ("or", "filler", "comma")] or [inside[0]]
    if first.kind != "bound":
        return False
    return any(
        each.kind in ("if", "equivalent") or (each.kind == "relation" and each.word in ("for", "in", "with"))
        for each in rest
    )


def _first(lexemes: Sequence[Lexeme], kind: str) -> int | None:
    return next((place for place, each in enumerate(lexemes) if each.kind == kind), None)


def _excepted(body: list[Lexeme], place: int, asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """ "A except B": A and not B; of concepts of one kind, a set that leaves B out."""
    before, after = body[:place], body[place + 1 :]
    left = _conditional(before, asides, scope, depth)
    if left is None or not after:
        return left
    if body[place].value is None and (narrowed := _left_out(left, after, scope)) is not None:
        return narrowed
    if body[place].value is None and (narrowed := _left_out_of_list(left, after, scope)) is not None:
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
        return _words(after, scope)  # "unless stopped 7 days before surgery"
    if (
        isinstance(base, Condition)
        and first is not None
        and first.kind in _PREDICATES
        and not _head_follows(after, first)
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
            other = _conditional(more, asides, scope, depth) or _words(more, scope)
            around = Span(own.span.start, other.span.end)
            return any_of(around, [own, other]) if joint == "or" else all_of(around, [own, other])
    return _conditional(after, asides, scope, depth) or _words(after, scope)


def _head_follows(after: Sequence[Lexeme], first: Lexeme) -> bool:
    """Whether a predicate is an adjective of a thing that follows ("unless treated hepatitis")."""
    place = list(after).index(first) + 1
    while place < len(after) and after[place].kind in ("qualifier", "extent", "or", "status"):
        place += 1
    return place < len(after) and after[place].kind in ("mention", "head", "word")


def _left_out_of_list(left: Node, after: list[Lexeme], scope: Scope) -> Node | None:
    """Exceptions behind a list are of the last thing in it that they are kinds of."""
    inner = left.node if isinstance(left, Not) else left
    if not isinstance(inner, AnyOf):
        return None
    vocabulary = scope.lexicon.vocabulary
    keys = [key for each in after if each.kind == "mention" for key in each.value.keys[:1]]
    for place in range(len(inner.nodes) - 1, -1, -1):
        node = inner.nodes[place]
        broader = [each.key for concept in getattr(node, "concepts", ()) for each in vocabulary.find(concept.label)]
        if keys and all(any(vocabulary.is_a(key, other) for other in broader) for key in keys):
            narrowed = _left_out(node, after, scope)
            if narrowed is None:
                return None
            nodes = [*inner.nodes[:place], narrowed, *inner.nodes[place + 1 :]]
            made = any_of(Span(left.span.start, narrowed.span.end), nodes)
            return Not(span=made.span, node=made) if isinstance(left, Not) else made
    return None


def _left_out(left: Node, after: list[Lexeme], scope: Scope) -> Node | None:
    """A condition or treatment that leaves out narrower ones ("malignancy except basal-cell carcinoma").

    Whoever has another malignancy beside a basal-cell carcinoma still has a malignancy, so it is the set that is
    narrowed. What is said of an exception ("adequately treated") must then hold, or it does not count.
    """
    inner = left.node if isinstance(left, Not) else left
    if not isinstance(inner, Condition | Treatment | Procedure | Toxicity) or any(
        each.kind in ("negation", "if") for each in after
    ):
        return None
    frames, _ = frames_of(scope.plain.text, after, scope.lexicon)
    wanted = _KINDS_LEFT_OUT.get(type(inner), ("disease",))
    if not frames or any(frame.kind not in wanted or frame.mention is None for frame in frames):
        return None
    share(frames, scope)
    if isinstance(inner, Condition | Treatment | Procedure) and inner.window is None and frames[-1].windows:
        inner = msgspec.structs.replace(
            inner, window=frames[-1].windows[0].window
        )  # "surgery, except minor, within 4 weeks"
        for frame in frames:
            frame.windows.clear()
    excepted = tuple(
        dict.fromkeys(concept for frame in frames for concept in (frame.mention.concepts if frame.mention else ()))
    )
    end = max(frame.end for frame in frames)
    span = Span(left.span.start, scope.span(end - 1, end).end)
    if isinstance(inner, Toxicity):
        node: Node = msgspec.structs.replace(inner, span=span, except_for=excepted)
        return Not(span=span, node=node) if isinstance(left, Not) else node
    negated = tuple(Concept(label=each.label, code=each.code, system=each.system, negated=True) for each in excepted)
    nodes: list[Node] = [msgspec.structs.replace(inner, concepts=(*inner.concepts, *negated))]
    for frame in frames:
        described = read(frame, scope)
        plain = read(
            replace(frame, qualifiers=[], extent=[], residue=[], said=[], status=None, attached=[], windows=[]), scope
        )
        if described is not None and plain is not None and described != plain:
            nodes.append(all_of(described.span, [plain, Not(span=described.span, node=described)]))
    node = any_of(span, nodes)
    return Not(span=span, node=node) if isinstance(left, Not) else node


def _conditional(body: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """ "X if Y": whoever is Y must be X; on the side of exclusions, X together with Y."""
    place = _first(body, "if")
    if place is None:
        return _statement(body, asides, scope, depth)
    if place == 0:
        comma = _first(body, "comma")
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
    when = _statement(condition, asides, scope, depth) or _words(condition, scope)
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
    place = _first(body, "if")
    if place is not None:
        return place
    for index, lexeme in enumerate(body):
        near = body[max(0, index - _NEAR) : index]
        if lexeme.kind == "relation" and lexeme.word in ("for", "in", "with") and _is_second_bound(near):
            return index
    return None


def _statement(body: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """A statement without exceptions or conditions: its frames, joined as the words join them."""
    body, group = _without_topic(body, scope)
    if group is not None:
        inner = _statement(body, asides, scope, depth + 1) if depth < _DEEPEST else None
        inner = inner or _words(body, scope)
        span = Span(group.span.start, inner.span.end)
        if scope.excludes:
            return all_of(span, [group, inner])
        return any_of(span, [Not(span=group.span, node=group), inner])
    late: Node | None = None
    place = _late_condition(body)
    if place is not None:
        after = body[place + 1 :]
        if after:
            late = (_statement(after, {}, scope, depth + 1) if depth < _DEEPEST else None) or _words(after, scope)
        body = body[:place]
    example = _first(body, "example")
    examples: list[Lexeme] = []
    if example is not None and example > 0:
        body, examples = body[:example], body[example + 1 :]
    meaning = _first(body, "meaning")
    if meaning and any(each.kind in ("mention", "head") for each in body[:meaning]):
        said = body[meaning + 1 :]
        if not any(each.kind in ("bound", "window", "number") and each.value != 1 for each in said):
            body = body[:meaning]  # a definition that adds no limit
        elif any(each.kind == "head" and each.value == "measurable" for each in body[:meaning]):
            body = body[:meaning]
    body = [each for each in body if each.kind not in ("meaning", "example")]
    frames, _ = frames_of(scope.plain.text, body, scope.lexicon)
    if not frames and (node := _by_topic(body, scope)) is not None:
        return node
    if not frames:
        frames, _ = frames_of(scope.plain.text, _with_name(body, scope), scope.lexicon)
    if not frames:
        return None
    share(frames, scope)
    if examples:
        _take_examples(
            next((each for each in reversed(frames) if each.mention and each.joint not in HANGING), frames[-1]),
            examples,
            scope,
        )
    frames, pregnancy = tested(frames, scope)
    nodes = [_frame_node(frame, asides, scope, depth, late) for frame in frames]
    if all(node is None for node in nodes) and pregnancy is None:
        return None
    known = [node or frame_words(frame, scope) for frame, node in zip(frames, nodes, strict=True)]
    if pregnancy is None:
        return joined(frames, known, scope)
    span = scope.span(body[0].start, body[-1].end)
    return all_of(span, [pregnancy, joined(frames, known, scope)]) if frames else pregnancy


def _without_topic(body: list[Lexeme], scope: Scope) -> tuple[list[Lexeme], Node | None]:
    """Without a topic before a colon ("Cardiac: no infarction"), and of whom the rest is asked, where the topic says it.

    The topic stays where the colon parts a thing and what is said of it.
    """
    place = _first(body, "colon")
    if place is None:
        return body, None
    plain = [each for each in body if each.kind != "colon"]
    if place > _LONGEST_TOPIC or not 0 < place < len(body) - 1:
        return plain, None
    topic, rest = body[:place], body[place + 1 :]
    if names_group(scope.plain.text, topic[0].start, topic[-1].end) and topic[0].word in _GROUPS:
        return rest, scope.unparsed(topic[0].start, topic[-1].end)
    people = [each for each in topic if each.kind == "head" and each.value in _PEOPLE]
    if people and all(each in people or each.kind in ("filler", "relation") for each in topic):
        frames, _ = frames_of(scope.plain.text, topic, scope.lexicon)
        whom = read(frames[0], scope) if len(frames) == 1 else None
        if whom is not None:
            return rest, whom
    limits = any(each.kind in ("bound", "negation", "window") for each in topic)
    if limits or rest[0].kind in ("bound", "number", "result", "cmp"):
        return plain, None
    if not any(each.kind in ("mention", "head", "word") for each in rest):
        return plain, None
    return [each for each in rest if each.kind != "colon"], None


def _with_name(body: list[Lexeme], scope: Scope) -> list[Lexeme]:
    """The lexemes of a short phrase with its unknown words made one thing, a treatment where it is received or used."""
    places = [place for place, each in enumerate(body) if each.kind in ("word", "site")]
    if not places or len(body) > _LONGEST_PHRASE or any(each.kind not in _IN_PHRASES for each in body):
        return []
    first, last = body[places[0]], body[places[-1]]
    label = scope.words(first.start, last.end)
    if not label[-1:].isalpha() or len(label) < _SHORTEST_NAME:
        return []
    kind = (
        "drug"
        if any(each.kind == "prior" or "prior" in each.senses for each in body[: places[0]] if each.kind != "status")
        else "disease"
    )
    name = Lexeme("mention", Mention(kind, (Concept(label=label),), ()), first.start, last.end)
    return [*body[: places[0]], name, *body[places[-1] + 1 :]]


def _by_topic(body: Sequence[Lexeme], scope: Scope) -> Node | None:
    """A bare bound under a heading that says what it is about ("Age" / "18 and over")."""
    bound = next((each for each in body if each.kind == "bound"), None)
    if not scope.topic or bound is None or any(each.kind in ("word", "mention") for each in body):
        return None
    head = Lexeme("head", scope.topic, bound.start, bound.end)
    frame = Frame(head, start=bound.start, end=bound.end, bounds=[(bound.value, "")])
    return performance(frame, scope) if scope.topic == "performance" else read(frame, scope)


def _take_examples(frame: Frame, examples: Sequence[Lexeme], scope: Scope) -> None:
    """Examples are alternatives where the vocabulary does not already know them as kinds of the thing."""
    vocabulary = scope.lexicon.vocabulary
    for each in examples:
        if each.kind == "mention" and not (
            frame.key and all(vocabulary.is_a(key, frame.key) for key in each.value.keys)
        ):
            frame.examples.append(each.value)
    frame.tail.extend(examples)
    windows = [each.value for each in examples if each.kind == "window"]
    if windows and not frame.windows:
        frame.windows.extend(windows)


def _frame_node(
    frame: Frame, asides: dict[int, list[Lexeme]], scope: Scope, depth: int, late: Node | None
) -> Node | None:
    inside = [aside for end, aside in asides.items() if frame.start <= end <= frame.end]
    for aside in inside:
        if aside[0].kind == "example":
            _take_examples(frame, aside[1:], scope)
    inside = [aside for aside in inside if not _is_dose(frame, aside)]
    node = read(frame, scope)
    if node is None:
        return _only_aside(inside, scope, depth)
    if len(frame.bounds) > 1 and family_of(frame) in MEASURED:
        node = _second_bound(frame, node, scope, late)
    elif late is not None:
        node = any_of(scope.span(frame.start, frame.end), [node, late])
    for _, part in frame.attached:
        other = read(part, scope)
        if other is not None:
            other = Not(span=other.span, node=other) if part.negated else other
            node = all_of(scope.span(frame.start, frame.end), [node, other])
    for aside in inside:
        node = _with_aside(node, aside, scope, depth)
    return node


def _is_dose(frame: Frame, aside: list[Lexeme]) -> bool:
    """Whether an aside says the dose of a class ("corticosteroids (prednisone > 10 mg/day or equivalent)"); it is taken."""
    bounds = [each for each in aside if each.kind == "bound"]
    drugs = [each for each in aside if each.kind == "mention" and each.value.kind in ("drug", "drug_class")]
    if frame.kind not in ("drug", "drug_class") or frame.bounds or len(bounds) != 1 or not drugs:
        return False
    frame.bounds.append((bounds[0].value, ""))
    frame.equivalent, frame.dose_of = True, drugs[0].value.concepts[0]
    return True


def _second_bound(frame: Frame, node: Node, scope: Scope, late: Node | None) -> Node:
    """A further bound, in place of the first where its condition holds ("(≤ 5 × ULN if liver metastases)")."""
    nodes: list[Node] = [node]
    first = frame.bounds[0][0]
    for bound, _ in frame.bounds[1:]:
        if late is None and bound.unit != first.unit and bound.of_limit is None and first.of_limit is None:
            continue  # the same limit in another unit: "9.0 g/dL (90 g/L)"
        other = read(replace(frame, bounds=[(bound, "")], residue=[], said=[]), scope)
        if other is not None:
            nodes.append(all_of(other.span, [late, other]) if late is not None else other)
    return any_of(scope.span(frame.start, frame.end), nodes)


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
        if first.value is None and (narrowed := _left_out(node, rest, scope)) is not None:
            return narrowed
        return _except(node, first, rest, {}, scope, depth + 1)
    if any(each.kind == "allowed" for each in aside):
        inner = _whole([each for each in aside if each.kind != "allowed"], {}, scope, depth + 1) or _words(aside, scope)
        span = Span(node.span.start, inner.span.end)
        return all_of(span, [node, Not(span=inner.span, node=inner)])
    if not any(each.kind in ("bound", "window", "negation") for each in aside):
        if _is_remark(node, aside, scope):
            return node
        words = _words(aside, scope)
        return all_of(Span(node.span.start, words.span.end), [node, words])
    inner = _sentence(aside, scope, depth + 1) or _words(aside, scope)
    return all_of(Span(node.span.start, inner.span.end), [node, inner])


def _is_remark(node: Node, aside: Sequence[Lexeme], scope: Scope) -> bool:
    """Whether an aside narrows nothing: an abbreviation, another name, how a thing is shown."""
    if sum(each.kind == "word" for each in aside) > _WORDS_OF_A_REMARK:
        return False
    keys = {
        each.value.keys[0]
        for each in aside
        if each.kind == "mention" and each.value.kind not in _SHOWING and each.value.keys
    }
    own = {concept.label for concept in getattr(node, "concepts", ())}
    vocabulary = scope.lexicon.vocabulary
    known = [found for key in keys if (found := vocabulary.get(key)) is not None]
    named = {other.key for label in own for other in vocabulary.find(label)}
    return not own or all(
        each.label in own or any(vocabulary.is_a(key, each.key) or vocabulary.is_a(each.key, key) for key in named)
        for each in known
    )


def _words(lexemes: Sequence[Lexeme], scope: Scope) -> Unparsed:
    return scope.unparsed(lexemes[0].start, lexemes[-1].end, _mentioned(lexemes))


def _mentioned(lexemes: Sequence[Lexeme]) -> tuple[Concept, ...]:
    """What the words speak of, each once, in order."""
    return tuple(
        dict.fromkeys(concept for each in lexemes if each.kind == "mention" for concept in each.value.concepts)
    )
