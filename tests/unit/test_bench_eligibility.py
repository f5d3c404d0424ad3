"""The scorers of eligibility text, on hand-made trees and made-up annotation."""

import json
from collections import Counter
from pathlib import Path

import pytest
from bench.eligibility import __main__ as command
from bench.eligibility import (
    chia_mentions,
    chia_numbers,
    covid_rows,
    gold,
    leaf_forms,
    mention_scores,
    mention_sources,
    understood,
)
from bench.eligibility.gold import Document, Entity
from bench.eligibility.placed import leaves
from bench.eligibility.report import Miss, Outcome, Row, as_json, f1, misses, share, table
from bench.eligibility.thresholds import thresholds

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    Condition,
    Judgement,
    Measurement,
    Node,
    Not,
    PerformanceStatus,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Concept, Count, Dose, Span, Test

WORDS = "Age 18-75, bilirubin > 2 x ULN, no asthma, on warfarin"
WHOLE = Span(0, len(WORDS))
AGE = Age(span=Span(0, 9), comparator="between", low=18, high=75, unit="a")
BILIRUBIN = Measurement(span=Span(11, 30), test=Test(label="bilirubin"), comparator=">", value=2, of_limit="ULN")
ASTHMA = Condition(span=Span(32, 41), concepts=(Concept(label="asthma"),))
WARFARIN = Treatment(span=Span(43, 54), concepts=(Concept(label="Warfarin"),))
REST = Unparsed(span=Span(43, 54), text=WORDS[43:54])


def criterion(node: Node, section: str = "inclusion") -> Criterion:
    return Criterion(section=section, span=WHOLE, text=WORDS, node=node)


TREE = criterion(AllOf(span=WHOLE, nodes=(AGE, BILIRUBIN, Not(span=Span(32, 41), node=ASTHMA), WARFARIN)))


def rows(outcome_rows: list[Row]) -> dict[str, tuple[float | None, int]]:
    return {row.name: (row.value, row.of) for row in outcome_rows}


def test_leaves_know_whether_they_are_denied() -> None:
    assert [(placed.start, placed.negated) for placed in leaves([TREE])] == [
        (0, False),
        (11, False),
        (32, True),
        (43, False),
    ]


def test_the_not_of_a_section_denies_nothing() -> None:
    tree = criterion(Not(span=WHOLE, node=AnyOf(span=WHOLE, nodes=(AGE, Not(span=WHOLE, node=ASTHMA)))), "exclusion")
    assert [placed.negated for placed in leaves([tree])] == [False, True]
    assert [placed.negated for placed in leaves([criterion(AGE, "exclusion")])] == [True]


def test_thresholds_are_every_number_compared_with() -> None:
    drug = (Concept(label="prednisone"),)
    nodes = (
        AGE,
        BILIRUBIN,
        PerformanceStatus(span=WHOLE, scale="ECOG", comparator="<=", value=1),
        Toxicity(span=WHOLE, comparator="<=", grade=1),
        Treatment(span=WHOLE, concepts=drug, dose=Dose(comparator=">", value=10, unit="mg/d")),
        Treatment(span=WHOLE, concepts=drug, line=Count(comparator="<=", value=2)),
        ASTHMA,
    )
    found = [
        (one.kind, one.comparator, one.number, one.unit, one.role)
        for one in thresholds(leaves([criterion(AllOf(span=WHOLE, nodes=nodes))]))
    ]
    assert found == [
        ("age", ">=", 18, "a", "threshold"),
        ("age", "<=", 75, "a", "threshold"),
        ("measurement", ">", 2, "ULN", "threshold"),
        ("performance_status", "<=", 1, None, "threshold"),
        ("toxicity", "<=", 1, None, "threshold"),
        ("treatment", ">", 10, "mg/d", "dose"),
        ("treatment", "<=", 2, None, "count"),
    ]


def test_a_denied_threshold_may_read_the_other_way() -> None:
    tree = criterion(Not(span=WHOLE, node=BILIRUBIN))
    (one,) = thresholds(leaves([tree]))
    assert one.comparators == {">", "<="}


def chia_document(*entities: Entity) -> Document:
    return Document("NCT00000000_inc", "inclusion", WORDS, entities, ())


def moved(tree: Criterion, by: int) -> Criterion:
    """The same tree as read from the text under a heading."""
    assert isinstance(tree.node, AllOf)
    node = AllOf(span=tree.node.span, nodes=tuple(_moved(part, by) for part in tree.node.nodes))
    return Criterion(section=tree.section, span=tree.span, text=tree.text, node=node)


def _moved(node: Node, by: int) -> Node:
    fields = {name: getattr(node, name) for name in node.__struct_fields__}
    fields["span"] = Span(node.span.start + by, node.span.end + by)
    if isinstance(node, Not):
        fields["node"] = _moved(node.node, by)
    return type(node)(**fields)


def value(words: str, entity_type: str, numbers: list[float], measured: str = "thing") -> dict[str, object]:
    start = WORDS.index(words)
    return {
        "value_text": words,
        "start": start,
        "end": start + len(words),
        "entity_type": entity_type,
        "measured_text": measured,
        "numbers": numbers,
    }


def test_numbers_are_scored_as_sets_and_then_with_comparator_and_unit() -> None:
    document = chia_document()
    placed = tuple(leaves([moved(TREE, document.shift)]))
    tally = chia_numbers._Tally()
    wanted = [value("18-75", "Person", [18.0, 75.0]), value("> 2 x ULN", "Measurement", [2.0])]
    chia_numbers.score(document, [*wanted, value("asthma", "Condition", [7.0])], placed, tally)
    scored = rows(list(chia_numbers._rows(tally)))
    assert scored["recall"] == (3 / 4, 4)
    assert scored["precision"] == (1.0, 3)
    assert scored["recall, without digits of units"] == (1.0, 3)
    assert scored["comparator and unit right"] == (1.0, 3)
    assert scored["precision of age"] == (1.0, 2)


def test_a_wrong_comparator_a_wrong_unit_and_an_extra_number_are_listed() -> None:
    document = chia_document(Entity("T1", "Temporal", 0, 9, 1, "Age 18-75"))
    wrong = Measurement(span=Span(11, 30), test=Test(label="bilirubin"), comparator="<", value=2, unit="mg/dL")
    tree = moved(criterion(AllOf(span=WHOLE, nodes=(AGE, wrong))), document.shift)
    tally = chia_numbers._Tally()
    chia_numbers.score(document, [value("> 2 x ULN", "Measurement", [2.0])], tuple(leaves([tree])), tally)
    assert Counter(miss.cause for miss in tally.misses) == {
        "extra number: age, annotated as Temporal": 2,
        "comparator wrong": 1,
        "unit wrong": 1,
    }
    scored = rows(list(chia_numbers._rows(tally)))
    assert scored["precision"] == (1 / 3, 3)
    assert scored["comparator and unit right"] == (0.0, 1)


def test_a_number_that_words_imply_is_told_from_one_that_is_written() -> None:
    document = chia_document()
    adults = Age(span=Span(32, 41), comparator=">=", value=16, unit="a")
    tree = moved(criterion(AllOf(span=WHOLE, nodes=(AGE, adults))), document.shift)
    tally = chia_numbers._Tally()
    chia_numbers.score(document, [value("18-75", "Person", [18.0])], tuple(leaves([tree])), tally)
    assert Counter(miss.cause for miss in tally.misses) == {
        "extra number: age, in no digits of its words": 1,
        "extra number: age, not annotated": 1,
    }
    scored = rows(list(chia_numbers._rows(tally)))
    assert scored["precision"] == (1 / 3, 3)
    assert scored["precision of numbers in digits"] == (1 / 2, 2)


def test_mentions_are_at_the_words_of_their_label() -> None:
    found = [one for placed in leaves([TREE]) for one in mention_sources._of_leaf(WORDS, placed)]
    assert [(WORDS[one.start : one.end], one.kind) for one in found] == [
        ("bilirubin", "measurement"),
        ("asthma", "condition"),
        ("warfarin", "drug"),
    ]
    other = Condition(span=Span(32, 41), concepts=(Concept(label="Reactive airway disease"),))
    assert [
        (one.start, one.end) for placed in leaves([criterion(other)]) for one in mention_sources._of_leaf(WORDS, placed)
    ] == [(32, 41)]


@pytest.mark.parametrize(
    ("label", "words"), [("wart", "warts"), ("Warfarin", "warfarin"), ("no  ASTHMA", "no asthma"), ("arf", "arf")]
)
def test_a_label_is_found_in_its_plural_and_as_a_whole_word_first(label: str, words: str) -> None:
    text = f"{WORDS}, warts"
    start, end = mention_sources.located(text, 0, len(text), label)
    assert text[start:end] == words


def test_an_allergy_is_a_condition_too() -> None:
    text = "Hypersensitivity reactions to penicillin"
    leaf = Allergy(span=Span(0, len(text)), concepts=(Concept(label="penicillin"),))
    tree = Criterion(section="exclusion", span=leaf.span, text=text, node=leaf)
    found = [one for placed in leaves([tree]) for one in mention_sources._of_leaf(text, placed)]
    assert [(text[one.start : one.end], one.kind) for one in found] == [
        ("penicillin", "drug"),
        ("Hypersensitivity reactions", "condition"),
    ]


def test_kinds_of_mentions_follow_the_leaf() -> None:
    nodes = (
        Treatment(span=WHOLE, concepts=(Concept(label="radiotherapy"),)),
        Allergy(span=WHOLE, concepts=(Concept(label="penicillin"),)),
        Unparsed(span=WHOLE, text=WORDS, concepts=(Concept(label="alanine", code="1", system="LOINC"),)),
        Judgement(span=WHOLE, what="fitness"),
    )
    labels = [
        label
        for placed in leaves([criterion(AllOf(span=WHOLE, nodes=nodes))])
        for label in mention_sources._labels(placed)
    ]
    assert labels == [("procedure", "radiotherapy"), ("drug", "penicillin"), ("measurement", "alanine")]


def test_mentions_are_scored_strictly_and_relaxed() -> None:
    document = chia_document(
        Entity("T1", "Measurement", 11, 20, 1, "bilirubin"),
        Entity("T2", "Condition", 32, 41, 1, "no asthma"),
        Entity("T3", "Procedure", 46, 54, 1, "warfarin"),
        Entity("T4", "Value", 21, 30, 1, "> 2 x ULN"),
    )
    shift = document.shift
    ours = [(11, 20, "measurement"), (35, 41, "condition"), (46, 54, "drug"), (21, 30, "condition")]
    tally = mention_scores.Tally()
    chia_mentions.score(document, [mention_sources.Mentioned(a + shift, b + shift, kind) for a, b, kind in ours], tally)
    counts = {part: tally.counts[part, "all"] for part in ("gold", "ours", "exact", "touched", "hitting")}
    assert counts == {"gold": 3, "ours": 4, "exact": 1, "touched": 2, "hitting": 2}
    assert Counter(miss.cause for miss in tally.misses) == {
        "other words of it: condition": 1,
        "other kind: procedure read as drug": 1,
        "extra: condition, annotated as Value": 1,
    }
    scored = rows(list(mention_scores.rows(tally, "trees")))
    assert scored["trees: all, strict F1"] == (pytest.approx(2 * (1 / 4) * (1 / 3) / (1 / 4 + 1 / 3)), 3)
    assert scored["trees: all, relaxed recall"] == (2 / 3, 3)


def test_an_entity_inside_a_longer_one_before_it_is_overlapped() -> None:
    these = {(50, 60, "drug"), (70, 80, "drug")}
    assert mention_scores.overlapping(these, {(0, 65, "drug"), (40, 45, "drug")}) == {(50, 60, "drug")}


def covid(
    words: str,
    *,
    included: bool = True,
    negated: bool = False,
    low: float | None = None,
    high: float | None = None,
    value: str = "",
) -> covid_rows.Asked:
    start = WORDS.index(words)
    return covid_rows.Asked("NCT00000000", start, start + len(words), words, included, negated, low, high, value)


SECTION, READ, POLARITY = "section right", "understood", "negation right"
BOTH = {"denied", "denied right", "polarity"}
WRONG_SIDE = "section: exclusion read as inclusion"
FOUND = {SECTION, READ, POLARITY, "polarity", "bounds"}


@pytest.mark.parametrize(
    ("row", "right", "causes"),
    [
        (covid("asthma", negated=True), {SECTION, READ, POLARITY, *BOTH}, []),
        (covid("asthma"), {SECTION, READ, "polarity"}, ["negation: wrongly denied"]),
        (
            covid("asthma", included=False, negated=True),
            {READ, POLARITY, *BOTH},
            ["section: exclusion read as inclusion"],
        ),
        (covid("warfarin"), {SECTION}, ["not understood"]),
        (covid("no asthma"), {SECTION, READ}, []),
        (covid("bilirubin", high=2, value="> 2"), {*FOUND, "bounds right"}, []),
        (covid("bilirubin", low=2, value="> 2"), {*FOUND, "bounds right", "sides", "sides right"}, []),
        (covid("bilirubin", low=1.73, high=2), FOUND - {"bounds"}, []),
        (covid("Age", low=18, high=75), {*FOUND, "bounds right", "sides", "sides right"}, []),
        (covid("bilirubin", high=2), {*FOUND, "bounds right", "sides"}, ["bounds: other side"]),
        (covid("bilirubin", low=3), FOUND, ["bounds: other number"]),
    ],
)
def test_rows_of_structured_criteria(row: covid_rows.Asked, right: set[str], causes: list[str]) -> None:
    nodes = (AGE, BILIRUBIN, Not(span=Span(32, 41), node=ASTHMA), REST)
    tree = criterion(AllOf(span=WHOLE, nodes=nodes))
    placed = tuple(leaves([tree]))
    counts: Counter[str] = Counter()
    found = list(covid_rows.score(row, [tree], placed, tuple(thresholds(placed)), counts))
    assert {name for name, number in counts.items() if number} == {"in a criterion", *right}
    assert [miss.cause for miss in found] == causes


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (AGE, "computable"),
        (REST, "not understood"),
        (AllOf(span=WHOLE, nodes=(REST, REST)), "not understood"),
        (AllOf(span=WHOLE, nodes=(AGE, REST)), "partly"),
        (Judgement(span=WHOLE, what="fitness"), "study team or person"),
        (AllOf(span=WHOLE, nodes=(AGE, Judgement(span=WHOLE, what="fitness"))), "computable"),
        (AllOf(span=WHOLE, nodes=(REST, Judgement(span=WHOLE, what="fitness"))), "partly"),
    ],
)
def test_classes_of_understanding(node: Node, expected: str) -> None:
    assert understood.class_of(criterion(node)) == expected


def test_words_that_are_left_are_counted() -> None:
    tally = understood._Tally("oncology")
    understood.count(criterion(AllOf(span=WHOLE, nodes=(AGE, REST))), "NCT00000000", tally)
    assert tally.kinds == {"age": 1, "unparsed": 1}
    assert tally.left == {"warfarin": 1}
    assert (tally.characters_left, tally.characters) == (11, len(WORDS))
    assert [miss.words for miss in tally.misses] == ["on warfarin"]


def test_shares_and_tables() -> None:
    recall, precision = share("recall", 1, 4, aim=0.8), share("precision", 0, 0)
    assert precision.value is None
    assert f1(precision, recall, "F1").value == 0.0
    assert f1(recall, recall, "F1").value == 0.25
    outcome = Outcome("name", "Title", "How.", (recall, precision, Row("speed", 1234.5, 10, unit="criteria/s")))
    lines = list(table(outcome, 1.0))
    assert lines[1].split() == ["recall", "0.250", "of", "4", "aim", "0.800"]
    assert lines[2].split() == ["precision", "-", "of", "0"]
    assert "1,234 criteria/s" in lines[3]


def test_misses_come_by_cause_and_never_into_json() -> None:
    found = [Miss("rare", "one", "a", "b", "p"), *(Miss("common", "two words", "a", "b", "p") for _ in range(3))]
    lines = list(misses(found, 1, 1))
    assert [line.split() for line in lines if line and not line.startswith(" " * 8)] == [
        ["4", "misses,", "2", "causes"],
        ["3", "common"],
        ["1", "rare"],
    ]
    assert any("two words (3)" in line for line in lines)
    written = json.dumps(as_json(Outcome("n", "t", "m", (), tuple(found)), 1.0))
    assert "two words" not in written
    assert json.loads(written)["misses"] == {"common": 3, "rare": 1}


def test_brat_annotation() -> None:
    entities, relations = gold.brat("T1\tDrug 12 15;3 8\tfgh abcde\nR1\tHas_value Arg1:T1 Arg2:T2\t\n*\tOR T1 T2\n\n")
    assert entities == (Entity("T1", "Drug", 3, 15, 2, "fgh abcde"),)
    assert relations == (gold.Relation("Has_value", "T1", "T2"),)


def test_without_the_annotated_text_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gold, "SHARED", tmp_path)
    for name in command.MEASURES:
        assert command.main(["--only", name]) == command.ABSENT
        assert "nothing was measured" in capsys.readouterr().err
    assert command.main(["--sample", "3"]) == command.ABSENT
    assert command.main(["--errors", "forms", "2"]) == command.ABSENT


def test_options_that_make_no_sense_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--errors", "weather", "3"]) == command.REFUSED
    assert "numbers, mentions, others, forms" in capsys.readouterr().err
    assert command.main(["--judged", "no-such-file"]) == command.REFUSED


@pytest.mark.real
def test_the_measures_run_on_the_annotated_text(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (shared_data / "eligibility").is_dir()
    file = tmp_path / "numbers.json"
    assert command.main(["--only", "forms", "--only", "covid", "--json", str(file)]) == 0
    written = json.loads(file.read_text())
    found = {row["name"]: row for measure in written["measures"] for row in measure["rows"]}
    assert found["structure exact"]["of"] == 1556
    assert found["gold forms not well formed"]["value"] < 0.005
    assert found["in a criterion"]["value"] > 0.95
    assert "structure exact" in capsys.readouterr().out


def test_a_form_that_equals_ours_only_by_what_is_not_understood_does_not_count() -> None:
    counts: Counter[str] = Counter()
    shape = leaf_forms.read_form('cond("x")')
    found = leaf_forms.shape_of_trees([criterion(REST)], "inclusion")
    (miss,) = leaf_forms.compare(leaf_forms.shape_of_form(shape), found, counts, "x", "p")
    assert miss.cause == "structure: not understood"
    assert (counts["same"], counts["same operators"], counts["with unparsed"]) == (0, 0, 1)
