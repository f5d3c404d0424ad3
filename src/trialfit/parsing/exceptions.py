"""What "except" leaves out of a set: narrower things, with what must hold for them not to count."""

from collections.abc import Sequence

import msgspec

from trialfit.criteria.nodes import AnyOf, Condition, Node, Not, Procedure, Toxicity, Treatment
from trialfit.criteria.parts import Concept, Span
from trialfit.parsing.framing import frames_of
from trialfit.parsing.grammar.reading import read
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.lists import share
from trialfit.parsing.scope import Scope, all_of, any_of

_KINDS_LEFT_OUT: dict[type, tuple[str, ...]] = {Treatment: ("drug", "drug_class"), Procedure: ("procedure",)}


def left_out(left: Node, after: list[Lexeme], scope: Scope) -> Node | None:
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
            msgspec.structs.replace(
                frame, qualifiers=[], extent=[], residue=[], said=[], status=None, attached=[], windows=[]
            ),
            scope,
        )
        if described is not None and plain is not None and described != plain:
            nodes.append(all_of(described.span, [plain, Not(span=described.span, node=described)]))
    node = any_of(span, nodes)
    return Not(span=span, node=node) if isinstance(left, Not) else node


def left_out_of_list(left: Node, after: list[Lexeme], scope: Scope) -> Node | None:
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
            narrowed = left_out(node, after, scope)
            if narrowed is None:
                return None
            nodes = [*inner.nodes[:place], narrowed, *inner.nodes[place + 1 :]]
            made = any_of(Span(left.span.start, narrowed.span.end), nodes)
            return Not(span=made.span, node=made) if isinstance(left, Not) else made
    return None


def head_follows(after: Sequence[Lexeme], first: Lexeme) -> bool:
    """Whether a predicate is an adjective of a thing that follows ("unless treated hepatitis")."""
    place = list(after).index(first) + 1
    while place < len(after) and after[place].kind in ("qualifier", "extent", "or", "status"):
        place += 1
    return place < len(after) and after[place].kind in ("mention", "head", "word")
