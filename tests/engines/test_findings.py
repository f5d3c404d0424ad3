"""What a finding carries beside the truth: evidence, what is missing, what was assumed."""

from datetime import date

import pytest
from tests.spec.vocabulary import TinyVocabulary, coding

from trialfit.criteria.finding import Evidence, Finding, Missing, Reason
from trialfit.criteria.nodes import AllOf, AnyOf, Measurement, Not, Procedure, Sex, Unparsed
from trialfit.criteria.parts import Concept, Span, Test, Window
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN
from trialfit.engines.case import StatedLimit
from trialfit.engines.in_memory import evaluate
from trialfit.errors import CriterionRefused
from trialfit.records import events
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient

DAY = date(2024, 6, 30)
SURGERY = Concept(label="surgery", code="surgery", system="spec")
ALT = Test(label="ALT", concepts=(Concept(label="ALT", code="ALT", system="spec"),))


def person(**record):
    return Patient(person_id="secret-id", **record)


def found(node, patient, **rest):
    return evaluate(node, patient, DAY, TinyVocabulary(), **rest)


def test_evidence_says_where_it_is_recorded():
    value = events.Measurement(
        codings=(coding("ALT"),),
        value=30,
        unit="U/L",
        start=PartialDate.read("2024-06"),
        source="laboratory.json",
        pointer="$.entry[3]",
        words="ALT (GPT)",
    )
    node = Measurement(span=Span(0, 9), test=ALT, comparator="<", value=40, unit="U/L")
    finding = found(node, person(measurements=(value,)))
    assert finding.truth is TRUE
    assert finding.evidence == (
        Evidence("laboratory.json", "$.entry[3]", "ALT (GPT)", 30, "U/L", "2024-06-01/2024-06-30"),
    )


def test_the_index_date_that_stands_for_an_anchor_is_said():
    window = Window(anchor="first_dose", low_days=-28, high_days=0)
    node = Not(span=Span(0, 9), node=Procedure(span=Span(0, 9), concepts=(SURGERY,), window=window))
    assert found(node, person()).assumptions == ("the index date stands for the day of first dose",)
    assert found(node, person(), anchors={"first_dose": DAY}).assumptions == ()


def test_a_whole_rests_on_the_parts_that_decide_it():
    female, unclear = Sex(span=Span(0, 6), value="female"), Unparsed(span=Span(7, 12), text="hmmmm")
    woman = found(AnyOf(span=Span(0, 12), nodes=(unclear, female)), person(sex="female"))
    assert (woman.truth, woman.missing) == (TRUE, ())
    man = found(AllOf(span=Span(0, 12), nodes=(unclear, female)), person(sex="male"))
    assert (man.truth, man.missing) == (FALSE, ())
    both = found(AllOf(span=Span(0, 12), nodes=(unclear, female)), person())
    assert [(each.reason, each.span) for each in both.missing] == [
        (Reason.NOT_UNDERSTOOD, Span(7, 12)),
        (Reason.NOT_RECORDED, Span(0, 6)),
    ]
    assert [part.truth for part in woman.parts] == [UNKNOWN, TRUE]


def test_a_stated_limit_is_used_where_the_laboratory_gives_none_and_said():
    node = Measurement(span=Span(0, 9), test=ALT, comparator="<=", value=2.5, of_limit="ULN")
    value = events.Measurement(codings=(coding("ALT"),), value=99, unit="U/L", start=PartialDate.on(DAY))

    def limits(test, limit, sex):
        return StatedLimit(40, "U/L", "a made-up handbook") if (test.label, limit) == ("ALT", "ULN") else None

    assert found(node, person(measurements=(value,))).truth is UNKNOWN
    finding = found(node, person(measurements=(value,)), default_limit=limits)
    assert finding.truth is TRUE
    assert finding.assumptions == ("the record has no ULN: that of a made-up handbook is used",)
    lower = Measurement(span=Span(0, 9), test=ALT, comparator=">=", value=1, of_limit="LLN")
    assert found(lower, person(measurements=(value,)), default_limit=limits).truth is UNKNOWN


def test_a_bound_that_no_number_meets_is_not_understood():
    node = Measurement(span=Span(0, 9), test=ALT, comparator="between", low=9, high=3, unit="U/L")
    assert found(node, person()).reasons == {Reason.NOT_UNDERSTOOD}


def test_words_of_a_finding_hold_no_value_of_the_person():
    value = events.Measurement(codings=(coding("ALT"),), value=9876, unit="U/L", start=PartialDate.on(DAY))
    node = Measurement(span=Span(0, 9), test=ALT, comparator="<", value=40, unit="U/L")
    for patient in (person(measurements=(value,)), person()):
        finding = found(node, patient)
        words = " ".join([finding.why, *(each.what for each in finding.missing), *finding.assumptions])
        assert "9876" not in words
        assert "secret-id" not in words


def test_a_finding_says_what_is_missing_exactly_when_unknown():
    missing = (Missing(Reason.NOT_RECORDED, "the sex", Span(0, 3)),)
    with pytest.raises(CriterionRefused, match="exactly when"):
        Finding(truth=UNKNOWN, why="It is not known.")
    with pytest.raises(CriterionRefused, match="exactly when"):
        Finding(truth=TRUE, why="It is known.", missing=missing)
