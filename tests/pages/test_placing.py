"""A criterion that is a heading and its list is told line by line, each reading at its own line."""

from hypothesis import given
from tests.criteria.wording_trees import condition, leaf, treatment, unparsed
from tests.generative.strategies import TREES
from tests.pages.test_telling import placed as at

from trialfit.criteria import nodes
from trialfit.criteria.criterion import Criterion, Section
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Span
from trialfit.pages.placing import placed
from trialfit.pages.telling import Told, told
from trialfit.parsing.outline import outline

TEXT = """Inclusion Criteria:

* One or more of these, as seen in the last weeks before the first visit:
  * Stroke with weakness of an arm or a leg, seen on a scan
  * Insulin for sugar that stays high, or a pump
  * Something of the kind that nobody can tell
* Able to read
"""
ITEMS = outline(TEXT).parts[0].items
GROUP = Span(ITEMS[0].start, ITEMS[3].end)


def in_line(node: Node, line: int) -> Node:
    return at(node, ITEMS[line].start, ITEMS[line].end)  # type: ignore[no-any-return]


def group(*parts: Node, kind: type[nodes.AnyOf | nodes.AllOf] = nodes.AnyOf) -> Node:
    return kind(span=GROUP, nodes=parts)


def whole(node: Node, section: Section = "inclusion") -> Told:
    text = TEXT[GROUP.start : GROUP.end]
    return told(TEXT, Criterion(section=section, span=GROUP, text=text, node=node))


def shown(node: Node, section: Section = "inclusion") -> dict[int, list[str]]:
    found = placed(TEXT, ITEMS, [whole(node, section)])
    return {line: [each.sentence.text for each in reading.lines] for line, reading in found.items()}


STROKE = in_line(condition("stroke"), 1)
INSULIN = in_line(treatment("insulin"), 2)
UNREAD = in_line(unparsed("Something of the kind that nobody can tell"), 3)


def test_the_text_has_a_heading_and_three_lines_below_it() -> None:
    assert [item.depth for item in ITEMS] == [0, 1, 1, 1, 0]


def test_each_line_of_a_list_has_its_own_reading() -> None:
    assert shown(group(STROKE, INSULIN, UNREAD)) == {
        0: ["At least one of these is true of you:"],
        1: ["You have or had a stroke."],
        2: ["You have had insulin."],
        3: [],
    }
    found = placed(TEXT, ITEMS, [whole(group(STROKE, INSULIN, UNREAD))])
    assert [found[line].understood for line in range(4)] == ["all", "all", "all", "nothing"]


def test_the_lead_says_how_the_lines_are_joined() -> None:
    assert shown(group(STROKE, UNREAD, kind=nodes.AllOf))[0] == ["All of these are true of you:"]


def test_an_exclusion_is_told_from_the_side_of_who_is_kept_out() -> None:
    barred = nodes.Not(span=GROUP, node=group(STROKE, INSULIN, UNREAD))
    assert shown(barred, "exclusion") == shown(group(STROKE, INSULIN, UNREAD))
    none_of = group(*(nodes.Not(span=each.span, node=each) for each in (STROKE, INSULIN, UNREAD)), kind=nodes.AllOf)
    assert shown(none_of) == {
        0: ["All of these are true of you:"],
        1: ["You have never had a stroke."],
        2: ["You have never had insulin."],
        3: [],
    }


def test_a_short_criterion_that_is_wholly_read_stays_one_reading() -> None:
    assert shown(group(STROKE, INSULIN)) == {0: ["You have or had a stroke, or you have had insulin."]}


def test_several_parts_of_one_line_are_one_reading_there() -> None:
    pump = at(condition("fever"), ITEMS[2].start + 10, ITEMS[2].end)
    assert shown(group(STROKE, INSULIN, pump, UNREAD))[2] == ["You have had insulin, or you have or had fever."]
    barred = nodes.Not(span=GROUP, node=group(STROKE, INSULIN, pump, UNREAD))
    assert shown(barred, "exclusion")[2] == ["You have had insulin, or you have or had fever."]


def test_what_a_heading_says_itself_stands_below_the_lead() -> None:
    found = shown(group(in_line(leaf(nodes.Sex, value="female"), 0), STROKE, UNREAD, kind=nodes.AllOf))
    assert found[0] == ["All of these are true of you:", "You are female."]
    gap = placed(TEXT, ITEMS, [whole(group(in_line(unparsed("weeks"), 0), STROKE, UNREAD))])
    assert gap[0].understood == "part"


@given(TREES)
def test_any_tree_is_told_at_lines_that_are_there(node: Node) -> None:
    found = placed(TEXT, ITEMS, [whole(node)])
    assert 0 in found
    assert set(found) <= {0, 1, 2, 3}
