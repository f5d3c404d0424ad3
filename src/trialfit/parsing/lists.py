"""The frames of a statement joined as its words join them: what hangs on a thing, negation over a list, "and" and "or".

A list joined by "and" in an exclusion ("HIV, hepatitis B and hepatitis C") bars whoever has any of it, as such lists
do; measured values ("ALT > 3 × ULN and bilirubin > 2 × ULN") stay together.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from trialfit.criteria.nodes import Judgement, Node, Not, Unparsed
from trialfit.criteria.parts import Concept, Span
from trialfit.parsing.frames import MEASURED, Frame
from trialfit.parsing.grammar.families import SWALLOWING
from trialfit.parsing.grammar.reading import family_of
from trialfit.parsing.scope import Scope, all_of, any_of

LIST_JOINTS = frozenset({"and", "or", "comma"})
HANGING = frozenset({"with", "due", "for", "requiring", "that"})
_WITH_BOUND = MEASURED | {"age", "performance", "life_expectancy", "measurable"}
_SUBJECTS = frozenset({"female", "male", "childbearing_potential", "postmenopausal", "any_sex"})
_WHOM = frozenset({"age", "female", "male", "childbearing_potential", "postmenopausal", "child", "adult"})
_PEOPLE = frozenset({"female", "male", "adult", "child", "healthy", "postmenopausal"})
_OF_SUBJECTS = frozenset({"contraception", "commitment", "pregnant", "lactating", "consent", "surgically_sterile"})
_GENERIC = frozenset({"concurrent-illness", "abnormal-laboratory-value", "medication", "treatment"})

Said = tuple[Frame, Node]


def share(frames: list[Frame], scope: Scope) -> None:
    """What is said once for a whole list: bounds and times behind its last, states before its first.

    "Corticosteroids or other immunosuppressants": the others are those besides what the list names before.
    """
    if len(frames) == 1:
        return
    vocabulary = scope.lexicon.vocabulary
    for place, frame in enumerate(frames):
        for earlier in frames[:place] if frame.other and frame.key else ():
            if earlier.key and earlier.mention and earlier.key != frame.key and vocabulary.is_a(earlier.key, frame.key):
                frame.left_out.extend(earlier.mention.concepts)
    for place in range(len(frames) - 2, -1, -1):
        here, following = frames[place], frames[place + 1]
        if following.joint in LIST_JOINTS:
            _share_back(here, following)
    for place in range(1, len(frames)):
        before, here = frames[place - 1], frames[place]
        alike = here.kind == before.kind or {here.kind, before.kind} <= {"drug", "drug_class", "procedure"}
        if here.joint in LIST_JOINTS and alike and not here.bounds:
            _share_on(before, here, narrow=scope.excludes or (here.joint == "or" and len(frames) == 2))


def _share_back(here: Frame, following: Frame) -> None:
    if {here.kind, following.kind} <= {"allergy", "contraindication"} and not here.tail:
        here.tail = list(following.tail)
    measured = here.kind in MEASURED and here.kind == following.kind
    if measured and following.bounds and not here.bounds and here.result is None:
        here.bounds = list(following.bounds)
    if following.windows and not here.windows and family_of(here) not in ("age", *SWALLOWING):
        here.windows = list(following.windows)
    marked = here.kind == following.kind and here.kind in ("laboratory", "biomarker")
    if marked and following.result and here.result is None and not here.bounds:
        here.result = following.result


def _share_on(before: Frame, here: Frame, *, narrow: bool) -> None:
    if before.led and not here.windows:  # "in the past year: stroke, infarction or angina"
        here.windows, here.led = list(before.windows), True
    said = None if before.settled else before.status if here.slashed else before.carried or before.status
    here.carried = said
    here.status = here.status or said
    here.prior = here.prior or before.prior
    here.line = here.line or before.line
    here.future = here.future or before.future
    if here.kind in ("drug", "drug_class"):
        here.outcome = here.outcome or before.outcome
    if here.kind == "disease" and here.joint in ("or", "and") and not here.extent:
        here.extent = list(before.extent)
    if narrow and before.kind == "disease" and not here.qualifiers and not before.grade:
        here.qualifiers = list(before.qualifiers)  # "symptomatic A, B or C"


def joined(frames: list[Frame], nodes: list[Node], scope: Scope) -> Node:
    """One node of all frames of a statement, which has at least one."""
    said = list(zip(frames, nodes, strict=True))
    if len(said) == 1:  # as mostly
        return _group(said, scope)
    if any(frame.kind == "age" and frame.bounds for frame in frames):
        said = [each for each in said if each[0].kind not in ("child", "adult")]  # the bound says it more exactly
        frames = [frame for frame, _ in said]
    both = len(said) > 2 and {frames[0].kind, frames[1].kind} == {"male", "female"} and frames[1].joint in ("or", "and")
    if both and not any(frame.negated or frame.obliged or frame.bounds for frame in frames[:2]):
        said = [(replace(said[2][0], joint=""), said[2][1]), *said[3:]]  # "a man or a woman of at least 18 years"
        frames = [frame for frame, _ in said]
    if len(said) > 1 and frames[0].kind == "any_sex":
        said = said[1:]  # "men and women aged ...": both is no criterion
    if len(said) > 1 and frames[0].kind in _PEOPLE and said[1][0].joint == "with" and not said[0][0].obliged:
        first = said[0][1]  # "women with A or B": a woman, and A or B
        rest = [replace(said[1][0], joint=""), *(frame for frame, _ in said[2:])]
        other = joined(rest, [node for _, node in said[1:]], scope)
        if _subject(said, scope)[0] is None:
            return all_of(_around([first, other]), [first, other])
    barred = _barred_people(said, scope)
    if barred is not None:
        return barred
    subject, count = _subject(said, scope)
    if subject is not None:
        said = said[count:]
    for place in range(len(said) - 1, 0, -1):  # "hypertension or diabetes, and age over 50": "and" stands above
        frame, before = said[place][0], said[place - 1][0]
        if frame.late and family_of(frame) in _WITH_BOUND and family_of(before) != family_of(frame):
            left = joined([each for each, _ in said[:place]], [node for _, node in said[:place]], scope)
            rest = [replace(frame, joint="", late=False), *(each for each, _ in said[place + 1 :])]
            right = joined(rest, [node for _, node in said[place:]], scope)
            return all_of(_around([left, right]), [left, right])
    items = _with_what_hangs(said, scope)
    groups: list[list[Said]] = []
    for index, item in enumerate(items):
        if index and not _starts_group(item[0], items[index - 1][0], groups[-1][0][0]):
            groups[-1].append(item)
        else:
            groups.append([item])
    made = [(members[0][0].joint, _group(members, scope)) for members in groups]
    node = _and_or(made, scope, [members[0][0] for members in groups])
    if subject is None:
        return node
    return any_of(_around([subject, node]), [Not(span=subject.span, node=subject), node])


def _barred_people(said: list[Said], scope: Scope) -> Node | None:
    """ "Women of childbearing potential, or men, unwilling to use contraception": such people, and unwilling."""
    count = 0
    while count < len(said) and said[count][0].kind in _SUBJECTS and not said[count][0].negated:
        count += 1
    if (
        not scope.excludes
        or not 0 < count < len(said)
        or said[count][0].kind not in ("no_commitment", "pregnancy_plan")
    ):
        return None
    people = [node for _, node in said[:count]]
    whom = any_of(_around(people), people)
    rest = joined(
        [replace(said[count][0], joint=""), *(frame for frame, _ in said[count + 1 :])],
        [n for _, n in said[count:]],
        scope,
    )
    return all_of(_around([whom, rest]), [whom, rest])


def _with_what_hangs(said: list[Said], scope: Scope) -> list[Said]:
    """The things of a list, each with what hangs on it ("infection requiring antibiotics or antivirals")."""
    items: list[Said] = []
    hung: list[Said] = []  # what hangs on the last item, in one list
    base: Said | None = None
    for part, node in said:
        person = items and items[-1][0].negated and not part.negated and part.kind in _PEOPLE | {"age", "any_sex"}
        if items and family_of(part) == "judgement" and part.joint in HANGING:
            # "any disease, abnormality or illness that would interfere": each of them only if so judged
            items = [(head, _hung(of, head, part, node, scope)) for head, of in items]
            hung = []
        elif items and part.joint in HANGING and not person:
            base, hung = items[-1], [(part, node)]
            items[-1] = (base[0], _hung(base[1], base[0], part, node, scope))
            if base[0].slashed and len(items) > 1:  # "ILD/pneumonitis that required steroids"
                items[-2] = (items[-2][0], _hung(items[-2][1], items[-2][0], part, node, scope))
        elif hung and base and _goes_on(hung[-1][0], part, base[0]):
            hung.append((part, node))
            together = any_of(_around([each for _, each in hung]), [each for _, each in hung])
            items[-1] = (base[0], _hung(base[1], base[0], replace(hung[0][0], end=part.end), together, scope))
        else:
            items.append((replace(part, joint="and") if person else part, node))
            hung = []
    return items


def _goes_on(last: Frame, frame: Frame, head: Frame) -> bool:
    """Whether a thing belongs to the list that hangs on a head: treatments behind a disease, not diseases."""
    treatments = {"drug", "drug_class", "procedure"}
    return (
        frame.joint in LIST_JOINTS
        and not frame.negated
        and last.joint in ("requiring", "for")
        and {last.kind, frame.kind} <= treatments
        and head.kind not in treatments
    )


def _subject(said: list[Said], scope: Scope) -> tuple[Node | None, int]:
    """Of whom something is asked ("women of childbearing potential and men must ..."), and how many frames say so.

    It is asked of nobody else. None where the statement is about everybody.
    """
    if scope.excludes or len(said) < 2:
        return None, 0
    frame, node = said[0]
    if frame.kind == "disease" and frame.obliged and frame.mention and not frame.residue:
        return node, 1  # "patients with HIV must have ..."
    count = 0
    while count < len(said) and said[count][0].kind in _SUBJECTS and not said[count][0].negated:
        count += 1
    if not 0 < count < len(said) or any(each.bounds for each, _ in said[:count]):
        return None, 0
    following = said[count][0]
    direct = following.joint not in LIST_JOINTS and family_of(following) in _OF_SUBJECTS
    if not (direct or any(each.obliged for each, _ in said[:count])) or said[0][0].kind == "any_sex":
        return None, 0
    nodes = [each for _, each in said[:count]]
    return any_of(_around(nodes), nodes), count


def _hung(base: Node, first: Frame, frame: Frame, node: Node, scope: Scope) -> Node:
    """ "A with B", "A requiring B": both; "A due to B", "A for B": A, and the words that narrow it."""
    span = Span(base.span.start, max(base.span.end, node.span.end))
    if family_of(frame) in ("judgement", "commitment"):
        if first.key in _GENERIC and isinstance(node, Judgement):
            return Judgement(span=span, what=scope.words(first.start, frame.end))
        return all_of(span, [base, node])
    if frame.joint == "for" and family_of(frame) in _WHOM:  # "≥ 50 for patients older than 16 years"
        if scope.excludes:
            return all_of(span, [base, node])
        return any_of(span, [Not(span=node.span, node=node), base])
    if frame.joint in ("due", "for", "that"):
        return all_of(span, [base, scope.unparsed(frame.start, frame.end, concepts_in(frame))])
    return all_of(span, [base, Not(span=node.span, node=node) if frame.negated else node])


def _starts_group(frame: Frame, before: Frame, first: Frame) -> bool:
    """Whether a frame ends the list that the one before belongs to: another negation, or a thing with a bound."""
    if frame.negated or not first.negated:
        return frame.negated != first.negated or (frame.negated and frame.joint == "and")
    if frame.joint == "and" and family_of(frame) in SWALLOWING:
        return True  # "no infection, and must agree to contraception"
    if frame.joint == "or":
        return first.lacking and bool(frame.bounds) and family_of(frame) != family_of(before)
    return bool(frame.bounds) or (frame.kind != before.kind and family_of(frame) in _WITH_BOUND)


def _group(members: list[Said], scope: Scope) -> Node:
    """A list under one negation or none."""
    nodes = [node for _, node in members]
    if members[0][0].negated:
        span = _around(nodes)
        return Not(span=span, node=any_of(span, unlike(nodes)))
    return _and_or([(frame.joint, node) for frame, node in members], scope, [frame for frame, _ in members])


def _and_or(made: list[tuple[str, Node]], scope: Scope, frames: list[Frame]) -> Node:
    """Nodes by the words between them: "and" binds closer than "or"; a comma is what the next such word is.

    Between measured things a comma stands above both ("ANC ≥ 1, ALT or AST ≤ 2, INR < 2").
    """
    if len(made) == 1:
        return made[0][1]
    words = [joint for joint, _ in made]
    measured = any(frame.bounds for frame in frames) or sum(frame.own_result for frame in frames) > 1
    if measured and "comma" in words[1:] and not _is_one_list(words):
        parts: list[list[tuple[str, Node]]] = []
        for word, (_, node) in zip(words, made, strict=True):
            if not parts or word == "comma":
                parts.append([("", node)])
            else:
                parts[-1].append((word, node))
        nodes = [_by_words([word for word, _ in part], [node for _, node in part]) for part in parts]
        return any_of(_around(nodes), nodes) if scope.excludes else all_of(_around(nodes), nodes)
    current = "or" if scope.excludes else "and"
    for place in range(len(words) - 1, 0, -1):
        if words[place] in ("and", "or"):
            current = words[place]
        else:
            words[place] = current
    alike = not any(frame.kind in _SUBJECTS for frame in frames)
    if scope.excludes and not measured and alike:
        words = ["or" if word == "and" else word for word in words]
    return _by_words(words, [node for _, node in made])


def _is_one_list(words: Sequence[str]) -> bool:
    """ "A, B, or C": commas, and one word of logic, before the last."""
    return words[-1] in ("and", "or") and all(word == "comma" for word in words[1:-1])


def _by_words(words: list[str], nodes: list[Node]) -> Node:
    ors: list[list[Node]] = [[nodes[0]]]
    for word, node in zip(words[1:], nodes[1:], strict=True):
        if word == "or":
            ors.append([node])
        else:
            ors[-1].append(node)
    together = [all_of(_around(part), part) for part in ors]
    return any_of(_around(together), unlike(together))


def unlike(nodes: list[Node]) -> list[Node]:
    """The nodes without those that say the same as an earlier one at another place of the text."""
    if len(nodes) < 2 or len({getattr(node, "concepts", None) for node in nodes}) == len(nodes):
        return nodes  # nodes of different things differ, and trees are slow to compare
    from trialfit.criteria.walk import without_text

    return list({without_text(node): node for node in reversed(nodes)}.values())[::-1]


def _around(nodes: Sequence[Node]) -> Span:
    if len(nodes) == 1:
        return nodes[0].span
    return Span(min(node.span.start for node in nodes), max(node.span.end for node in nodes))


def concepts_in(frame: Frame) -> tuple[Concept, ...]:
    """What a frame speaks of."""
    return tuple(frame.mention.concepts) if frame.mention else ()


def frame_words(frame: Frame, scope: Scope) -> Unparsed:
    """A frame as words not understood."""
    if frame.end <= frame.start:  # a thing taken up again from before ("... or 40 to 60"): its own words
        return scope.unparsed(frame.head.start, frame.head.end, concepts_in(frame))
    return scope.unparsed(frame.start, frame.end, concepts_in(frame))
