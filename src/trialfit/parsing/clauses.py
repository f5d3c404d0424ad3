"""Sentences to nodes: asides, exceptions, conditions, negation, lists.

Everything is read as a positive statement about the person; whose side it stands on is the caller's to say. What the
words leave open is kept open: a list joined by "and" in an exclusion bars whoever has any of it, as such lists do.
"""

from collections.abc import Sequence
from dataclasses import replace

from trialfit.criteria.nodes import Condition, Node, Not, Permission, Treatment, Unparsed
from trialfit.criteria.parts import Concept
from trialfit.parsing.bounds import bounded
from trialfit.parsing.frames import MEASURED, Frame
from trialfit.parsing.framing import frames_of
from trialfit.parsing.grammar.reading import family_of, read
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.lexing import lex
from trialfit.parsing.scope import Scope, all_of, any_of
from trialfit.parsing.windows import timed

_DEEPEST = 6
_LIST_JOINTS = frozenset({"and", "or", "comma"})
_BOUND_FAMILIES = MEASURED | {"age", "performance", "life_expectancy", "measurable"}


def node_of(scope: Scope) -> Node | None:
    """The node of one line; None where nothing in it is understood."""
    lexemes = timed(bounded(lex(scope.plain.text, scope.lexicon)))
    sentences = _sentences(lexemes)
    found: list[Node] = []
    for sentence in sentences:
        node = _sentence(sentence, scope)
        if node is None:
            if any(each.kind in ("word", "mention", "number") for each in sentence):
                node = _words(sentence, scope)
            else:
                continue
        if isinstance(node, Permission) and found and len(sentences) > 1:
            found[-1] = _permitted(found[-1], sentence, scope)
            continue
        found.append(node)
    if not found or all(isinstance(each, Unparsed) for each in found):
        return None
    span = scope.span(0, len(scope.plain.text))
    return any_of(span, found) if scope.excludes else all_of(span, found)


def _permitted(node: Node, sentence: Sequence[Lexeme], scope: Scope) -> Node:
    """What a sentence before rules out, but for what this one allows: whether that is so of a person is not read."""
    allowed = scope.unparsed(sentence[0].start, sentence[-1].end, _mentioned(sentence))
    if scope.excludes:
        return all_of(node.span, [node, Not(span=allowed.span, node=allowed)])
    return any_of(node.span, [node, allowed])


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
    if depth > _DEEPEST or not lexemes:
        return None
    body, asides = _apart(lexemes)
    place = _first(body, "allowed")
    if place is not None and not any(each.kind == "except" for each in body[:place]):
        span = scope.span(lexemes[0].start, lexemes[-1].end)
        return Permission(span=span, concepts=_mentioned(lexemes))
    body = [each for each in body if each.kind not in ("allowed", "forbidden")]
    exception = _first(body, "except")
    if exception is not None and exception > 0:
        node = _excepted(body, exception, asides, scope, depth)
    elif exception is not None:
        return None
    else:
        node = _conditional(body, asides, scope, depth)
    return node


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
        if _goes_on(inside):
            body.extend(each for each in inside if each.kind not in ("open", "close"))
        elif inside and body:
            asides.setdefault(body[-1].end, []).extend(inside)
        elif inside:
            body.extend(each for each in inside if each.kind not in ("open", "close"))
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
    """Whether words in parentheses belong into their sentence: a comparison, a time, one of several modifiers."""
    if not inside:
        return False
    first = inside[0].kind
    if first in ("example", "meaning", "except"):
        return False
    if all(each.kind in ("bound", "number", "window", "filler", "cmp", "after_cmp", "comma", "qualifier", "extent", "staged", "stage", "word", "or", "result", "grade", "equivalent", "line", "mention") for each in inside):
        return any(each.kind in ("bound", "window", "grade", "stage", "qualifier", "extent", "result") for each in inside)
    return first == "bound" and any(each.kind == "equivalent" for each in inside)


def _first(lexemes: Sequence[Lexeme], kind: str) -> int | None:
    return next((place for place, each in enumerate(lexemes) if each.kind == kind), None)


def _excepted(body: list[Lexeme], place: int, asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """ "A except B": A and not B; of concepts of one kind, a set that leaves B out."""
    word = body[place]
    before, after = body[:place], body[place + 1 :]
    left = _conditional(before, asides, scope, depth)
    if left is None:
        return None
    if not after:
        return left
    if word.value == "but":
        right = _conditional(after, asides, scope, depth) or _words(after, scope)
        return all_of(scope.span(before[0].start, after[-1].end), [left, right])
    if word.value is None and (narrowed := _left_out(left, after, scope)) is not None:
        return narrowed
    right = _conditional(after, asides, scope, depth) or _words(after, scope)
    span = scope.span(before[0].start, after[-1].end)
    if isinstance(left, Not):
        # "No cancer except of the skin": not (cancer and not of the skin)
        return Not(span=span, node=all_of(span, [left.node, Not(span=right.span, node=right)]))
    return all_of(span, [left, Not(span=right.span, node=right)])


def _left_out(left: Node, after: list[Lexeme], scope: Scope) -> Node | None:
    """A condition or treatment that leaves out narrower ones ("malignancy except basal-cell carcinoma").

    Whoever has another malignancy beside a basal-cell carcinoma still has a malignancy, so it is the set that is
    narrowed. What is said of an exception ("adequately treated") must then hold, or it does not count.
    """
    inner = left.node if isinstance(left, Not) else left
    if not isinstance(inner, Condition | Treatment) or any(each.kind in ("negation", "window", "bound", "if") for each in after):
        return None
    frames, _ = frames_of(scope.plain.text, after, scope.lexicon)
    wanted = ("disease",) if isinstance(inner, Condition) else ("drug", "drug_class")
    if not frames or any(frame.kind not in wanted or frame.mention is None for frame in frames):
        return None
    excepted = [concept for frame in frames if frame.mention for concept in frame.mention.concepts]
    span = scope.span(scope_start(inner, scope), after[-1].end)
    base = _with_concepts(inner, (*inner.concepts, *(Concept(label=each.label, code=each.code, system=each.system, negated=True) for each in excepted)))
    nodes: list[Node] = [base]
    for frame in frames:
        described = read(frame, scope)
        plain = read(replace(frame, qualifiers=[], extent=[], residue=[], status=None, attached=[]), scope)
        if described is not None and plain is not None and described != plain:
            nodes.append(all_of(described.span, [plain, Not(span=described.span, node=described)]))
    node = any_of(span, nodes)
    return Not(span=left.span, node=node) if isinstance(left, Not) else node


def scope_start(node: Node, scope: Scope) -> int:
    """Where a node begins in the plain text, at most one search."""
    return next((index for index in range(len(scope.plain.text)) if scope.plain.original(index) >= node.span.start), 0)


def _with_concepts(node: Condition | Treatment, concepts: tuple[Concept, ...]) -> Node:
    import msgspec

    return msgspec.structs.replace(node, concepts=concepts)


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
    if said is None:
        return None
    when = (_statement(condition, asides, scope, depth) if condition else None) or (_words(condition, scope) if condition else None)
    if when is None:
        return said
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


def _statement(body: list[Lexeme], asides: dict[int, list[Lexeme]], scope: Scope, depth: int) -> Node | None:
    """A statement without exceptions or conditions: its frames, joined as the words join them."""
    body = _without_topic(body)
    if not body:
        return None
    place = _first(body, "if")
    late: Node | None = None
    if place is not None:  # of a second bound only
        late = _statement(body[place + 1 :], {}, scope, depth + 1) or _words(body[place + 1 :], scope)
        body = body[:place]
    meaning = _first(body, "meaning")
    example = _first(body, "example")
    examples: list[Lexeme] = []
    if example is not None and example > 0:
        body, examples = body[:example], body[example + 1 :]
    elif meaning is not None and meaning > 0:
        body = [each for index, each in enumerate(body) if index != meaning]
    frames, loose = frames_of(scope.plain.text, body, scope.lexicon)
    if not frames:
        return _by_topic(body, scope)
    _share(frames)
    if examples:
        _take_examples(frames[-1], examples)
    nodes = [_frame_node(frame, asides, scope, depth, late) for frame in frames]
    if any(node is None for node in nodes) and all(node is None for node in nodes):
        return None
    del loose
    return _joined(frames, [node or _frame_words(frame, scope) for frame, node in zip(frames, nodes, strict=True)], scope)


def _without_topic(body: list[Lexeme]) -> list[Lexeme]:
    """Without a topic before a colon ("Cardiac: no infarction"), unless the colon stands between a thing and its bound."""
    place = _first(body, "colon")
    if place is None or place > 8 or place + 1 >= len(body):
        return [each for each in body if each.kind != "colon"]
    topic = body[:place]
    rest = body[place + 1 :]
    if any(each.kind in ("bound", "negation", "window") for each in topic):
        return [each for each in body if each.kind != "colon"]
    heads = [each for each in topic if each.kind in ("mention", "head")]
    if rest[0].kind in ("bound", "number", "result") or (heads and not any(each.kind in ("mention", "head") for each in rest)):
        return [*topic, *(each for each in rest if each.kind != "colon")]
    return [each for each in rest if each.kind != "colon"]


def _by_topic(body: Sequence[Lexeme], scope: Scope) -> Node | None:
    """A bare bound under a heading that says what it is about ("Age" / "18 and over")."""
    if not scope.topic:
        return None
    bound = next((each for each in body if each.kind == "bound"), None)
    if bound is None or any(each.kind in ("word", "mention") for each in body):
        return None
    head = Lexeme("head", scope.topic, bound.start, bound.end)
    frame = Frame(head, start=bound.start, end=bound.end, bounds=[(bound.value, [])])
    if scope.topic == "performance":
        from trialfit.parsing.grammar.person import performance

        return performance(frame, scope)
    return read(frame, scope)


def _share(frames: list[Frame]) -> None:
    """What is said once for a whole list: bounds and times behind its last, states before its first."""
    for place in range(len(frames) - 2, -1, -1):
        here, following = frames[place], frames[place + 1]
        if following.joint not in _LIST_JOINTS:
            continue
        if not here.bounds and following.bounds and here.takes_bound() and following.takes_bound() and here.result is None and here.kind == following.kind:
            here.bounds = list(following.bounds)
        if not here.windows and following.windows and here.kind not in ("age", "consent", "commitment"):
            here.windows = list(following.windows)
        if here.result is None and following.result and here.kind == following.kind and here.kind in ("laboratory", "biomarker") and not here.bounds:
            here.result = following.result
    for place in range(1, len(frames)):
        before, here = frames[place - 1], frames[place]
        if here.joint not in _LIST_JOINTS or here.bounds:
            continue
        if here.kind == before.kind or {here.kind, before.kind} <= {"drug", "drug_class", "procedure"}:
            here.status = here.status or before.status
            here.prior = here.prior or before.prior
            here.outcome = here.outcome or (before.outcome if here.kind in ("drug", "drug_class") else None)
            here.line = here.line or before.line
            if not here.extent and here.kind == "disease" and here.joint in ("or", "and"):
                here.extent = list(before.extent)
            here.future = here.future or before.future
            if not here.qualifiers and here.joint == "or" and len(frames) == 2:
                here.qualifiers = list(before.qualifiers)


def _take_examples(frame: Frame, examples: Sequence[Lexeme]) -> None:
    frame.examples.extend(each.value for each in examples if each.kind == "mention")
    frame.tail.extend(examples)
    windows = [each.value for each in examples if each.kind == "window"]
    if windows and not frame.windows:
        frame.windows.extend(windows)


def _frame_node(frame: Frame, asides: dict[int, list[Lexeme]], scope: Scope, depth: int, late: Node | None) -> Node | None:
    inside = [aside for end, aside in asides.items() if frame.start <= end <= frame.end]
    for aside in inside:
        if aside[0].kind == "example":
            _take_examples(frame, aside[1:])
    node = read(frame, scope)
    if node is None:
        node = _only_aside(inside, scope, depth)
        inside = []
    if node is None:
        return None
    if len(frame.bounds) > 1 and family_of(frame) in MEASURED:
        node = _second_bound(frame, node, scope, late)
    for _, part in frame.attached:
        other = read(part, scope)
        if other is not None:
            node = all_of(scope.span(frame.start, frame.end), [node, Not(span=other.span, node=other) if part.negated else other])
    for aside in inside:
        node = _with_aside(node, aside, scope, depth)
    return node


def _second_bound(frame: Frame, node: Node, scope: Scope, late: Node | None) -> Node:
    """A further bound, in place of the first where its condition holds ("(≤ 5 × ULN if liver metastases)")."""
    nodes: list[Node] = [node]
    for bound, _ in frame.bounds[1:]:
        if bound.unit != frame.bounds[0][0].unit and bound.of_limit is None and frame.bounds[0][0].of_limit is None and late is None:
            continue  # the same limit in another unit: "9.0 g/dL (90 g/L)"
        other = read(replace(frame, bounds=[(bound, [])], residue=[]), scope)
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
    first = aside[0].kind
    span = scope.span(scope_start(node, scope), aside[-1].end)
    if first == "example":
        return node
    if first == "except":
        inner = _sentence(aside[1:], scope, depth + 1) or _words(aside[1:], scope)
        if aside[0].value == "but":
            return all_of(span, [node, inner])
        return all_of(span, [node, Not(span=inner.span, node=inner)])
    if any(each.kind in ("except", "allowed") for each in aside):
        inner = _words(aside, scope)
        return all_of(span, [node, Not(span=inner.span, node=inner)])
    if not any(each.kind in ("bound", "window", "number", "negation") for each in aside):
        known = [each for each in aside if each.kind == "mention"]
        unknown = [each for each in aside if each.kind == "word"]
        if len(unknown) <= 2 or known:
            return node  # an abbreviation, another name, a remark
    inner = _sentence(aside, scope, depth + 1) or _words(aside, scope)
    return all_of(span, [node, inner])


def _joined(frames: list[Frame], nodes: list[Node], scope: Scope) -> Node:
    """The frames' nodes joined: what hangs on a thing first, then negation over its list, then "and" and "or"."""
    items: list[tuple[Frame, Node]] = []
    for frame, node in zip(frames, nodes, strict=True):
        if items and frame.joint in ("with", "due", "for", "requiring", "that"):
            first, base = items[-1]
            items[-1] = (first, _hung(base, frame, node, scope))
        else:
            items.append((frame, node))
    groups: list[tuple[str, list[tuple[Frame, Node]]]] = []
    for index, (frame, node) in enumerate(items):
        if index and not _starts_group(frame, items[index - 1][0], groups[-1][1][0][0]):
            groups[-1][1].append((frame, node))
        else:
            groups.append((frame.joint, [(frame, node)]))
    made = [(joint, _group(members, scope)) for joint, members in groups]
    return _and_or(made, scope)


def _hung(base: Node, frame: Frame, node: Node, scope: Scope) -> Node:
    """ "A with B", "A requiring B": both; "A due to B", "A for B": A, and the words that narrow it."""
    span = scope.span(scope_start(base, scope), frame.end)
    if frame.joint in ("due", "for", "that"):
        concepts = tuple(frame.mention.concepts) if frame.mention else ()
        return all_of(span, [base, scope.unparsed(frame.start, frame.end, concepts)])
    return all_of(span, [base, Not(span=node.span, node=node) if frame.negated else node])


def _starts_group(frame: Frame, before: Frame, first: Frame) -> bool:
    """Whether a frame ends the list that the one before belongs to: another negation, or a thing with a bound."""
    if frame.negated or not first.negated:
        return frame.negated != first.negated or (frame.negated and first.negated and frame.joint == "and")
    if frame.joint in ("or",):
        return False
    return bool(frame.bounds) or frame.kind != before.kind and family_of(frame) in _BOUND_FAMILIES


def _group(members: list[tuple[Frame, Node]], scope: Scope) -> Node:
    """A list under one negation or none."""
    first, last = members[0][0], members[-1][0]
    span = scope.span(min(first.start, last.start), last.end)
    if first.negated:
        return Not(span=span, node=any_of(span, [node for _, node in members]))
    return _and_or([(frame.joint, node) for frame, node in members], scope, [frame for frame, _ in members])


def _and_or(made: list[tuple[str, Node]], scope: Scope, frames: list[Frame] | None = None) -> Node:
    """Nodes by the words between them: "and" binds closer than "or"; a comma is what the next such word is."""
    if len(made) == 1:
        return made[0][1]
    words = [joint for joint, _ in made]
    current = "or" if scope.excludes else "and"
    for place in range(len(words) - 1, 0, -1):
        if words[place] in ("and", "or"):
            current = words[place]
        elif words[place] == "comma":
            words[place] = current
    plain = frames is not None and not any(frame.bounds for frame in frames)
    if scope.excludes and plain and "and" in words and all(frame.kind == frames[0].kind for frame in frames or ()):
        words = ["or" if word == "and" else word for word in words]
    ors: list[list[Node]] = [[made[0][1]]]
    for word, (_, node) in zip(words[1:], made[1:], strict=True):
        if word == "or":
            ors.append([node])
        else:
            ors[-1].append(node)
    span = _around([node for _, node in made])
    return any_of(span, [all_of(_around(nodes), nodes) for nodes in ors])


def _around(nodes: Sequence[Node]):  # type: ignore[no-untyped-def]
    from trialfit.criteria.parts import Span

    return Span(min(node.span.start for node in nodes), max(node.span.end for node in nodes))


def _frame_words(frame: Frame, scope: Scope) -> Unparsed:
    return scope.unparsed(frame.start, frame.end, tuple(frame.mention.concepts) if frame.mention else ())


def _words(lexemes: Sequence[Lexeme], scope: Scope) -> Unparsed:
    return scope.unparsed(lexemes[0].start, lexemes[-1].end, _mentioned(lexemes))


def _mentioned(lexemes: Sequence[Lexeme]) -> tuple[Concept, ...]:
    """What the words speak of, each once, in order."""
    return tuple(dict.fromkeys(concept for each in lexemes if each.kind == "mention" for concept in each.value.concepts))
