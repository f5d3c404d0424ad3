"""What is a kind of what: among the packaged concepts as the tables say; else the first source that says anything.

What holds between two packaged concepts without the file holds with it, and nothing more: sources mean other things by
the same words (an in-situ carcinoma is a carcinoma in one of them). Sources put things of their own between, though: a
lung carcinoma stands above non-small-cell lung cancer, or a record of it would seem to rule that out. A packaged
concept is given such a parent where that puts it under no packaged concept that it was not under before.

Sources are not added up: what is a kind in one is an association in the next. They may still go in circles with each
other; a circle is broken where it rests on the latest source.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.judgements import refused_parents
from trialfit.store.vocabulary.merging import Merged, Thing
from trialfit.terminology import Code, Vocabulary

_refused = cache(refused_parents)


@dataclass(frozen=True, slots=True)
class Edge:
    """One thing is a kind of another, by their places, as a source (by number) says."""

    below: int
    above: int
    source: int


def parents_of(merged: Merged, own: Vocabulary, groups: dict[Code, str]) -> dict[int, list[int]]:
    """The places directly above each place; none goes in a circle.

    groups: for codes at the top of a classification, the key of the packaged concept that they are all kinds of.
    """
    by_key = {concept.key: place for place, concept in enumerate(own)}
    edges = {
        place: [] if thing.own else _edges(merged, place, thing, by_key, groups)
        for place, thing in enumerate(merged.things)
    }
    _break_circles(edges)
    parents = {place: [edge.above for edge in found] for place, found in edges.items()}
    reached = _packaged_above(parents, merged, own, by_key)
    for place, thing in enumerate(merged.things):
        if thing.own:
            known = {by_key[concept.key] for concept in own.ancestors(thing.key)}
            between = [
                edge.above
                for edge in _edges(merged, place, thing, by_key, groups)
                if merged.things[edge.above].own is None and reached[edge.above] <= known
            ]
            parents[place] = [*(by_key[parent] for parent in thing.own.parents), *between]
    return parents


def _packaged_above(
    parents: dict[int, list[int]], merged: Merged, own: Vocabulary, by_key: dict[str, int]
) -> dict[int, frozenset[int]]:
    """For each place of a source, every packaged place above it."""
    reached: dict[int, frozenset[int]] = {
        place: frozenset({place, *(by_key[above.key] for above in own.ancestors(thing.key))})
        for place, thing in enumerate(merged.things)
        if thing.own
    }
    for start in parents:
        waiting = [start]
        while waiting:
            place = waiting[-1]
            missing = [above for above in parents[place] if above not in reached]
            if place in reached or not missing:
                waiting.pop()
                if place not in reached:
                    reached[place] = frozenset().union(*(reached[above] for above in parents[place]))
            else:
                waiting.extend(missing)
    return reached


def _edges(merged: Merged, place: int, thing: Thing, by_key: dict[str, int], groups: dict[Code, str]) -> list[Edge]:
    """What the first source that says anything puts a thing under."""
    for source, entry in thing.entries:
        above = dict.fromkeys(_above(merged, entry, by_key, groups))
        above.pop(place, None)
        if above:
            return [Edge(place, each, source) for each in above]
    return []


def _break_circles(edges: dict[int, list[Edge]]) -> None:
    while circles := _circles(edges):
        for circle in circles:
            latest = max(edge.source for place in circle for edge in edges[place] if edge.above in circle)
            for place in circle:
                edges[place] = [edge for edge in edges[place] if edge.above not in circle or edge.source < latest]


def _above(merged: Merged, entry: Entry, by_key: dict[str, int], groups: dict[Code, str]) -> Iterator[int]:
    """For each line upward, the nearest thing that the vocabulary has."""
    for line in entry.above:
        if line and (entry.code, line[0]) in _refused():
            continue
        found = next((merged.at[code] for code in line if code in merged.at), None)
        if found is not None:
            yield found
    if not entry.above and entry.code in groups:
        yield by_key[groups[entry.code]]


def _circles(edges: dict[int, list[Edge]]) -> list[set[int]]:
    """The groups of places that reach each other (Tarjan's strongly connected components, without recursion)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    circles: list[set[int]] = []
    for start in edges:
        if start in order:
            continue
        work = [(start, iter(edges[start]))]
        order[start] = low[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while work:
            place, rest = work[-1]
            edge = next(rest, None)
            if edge is not None:
                above = edge.above
                if above not in order:
                    order[above] = low[above] = len(order)
                    stack.append(above)
                    on_stack.add(above)
                    work.append((above, iter(edges.get(above, ()))))
                elif above in on_stack:
                    low[place] = min(low[place], order[above])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[place])
            if low[place] == order[place]:
                circle = set()
                while True:
                    member = stack.pop()
                    on_stack.discard(member)
                    circle.add(member)
                    if member == place:
                        break
                if len(circle) > 1:
                    circles.append(circle)
    return circles
