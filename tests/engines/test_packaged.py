"""The packaged vocabulary answers as engines need it."""

import pytest

from trialfit.criteria.parts import Test
from trialfit.engines.packaged import PackagedTerminology
from trialfit.records import states
from trialfit.records.coding import Coding

TERMINOLOGY = PackagedTerminology()
STATES = [value for value in vars(states).values() if isinstance(value, Coding)]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.label)
def test_every_state_is_in_the_vocabulary(state):
    assert len(STATES) == 10
    assert TERMINOLOGY.key(state) is not None
    others = [other for other in STATES if other != state]
    assert all(TERMINOLOGY.comparable(other, state) for other in others)


@pytest.mark.parametrize(
    ("recorded", "wanted", "matches", "comparable"),
    [
        ("esophageal squamous cell carcinoma", "esophageal cancer", True, False),
        ("esophageal cancer", "esophageal squamous cell carcinoma", False, False),
        ("squamous cell carcinoma", "esophageal cancer", False, False),
        ("lung cancer", "breast cancer", False, True),
        ("cisplatin", "platinum", True, False),
        ("hypertension", "lung cancer", False, True),
        ("a word of nobody", "lung cancer", False, False),
        ("A word of nobody", "a word of nobody ", True, False),
    ],
)
def test_things_are_placed_by_the_hierarchy(recorded, wanted, matches, comparable):
    assert TERMINOLOGY.matches(Coding(recorded), Coding(wanted)) is matches
    assert TERMINOLOGY.comparable(Coding(recorded), Coding(wanted)) is comparable


def test_codes_that_are_not_known_match_themselves():
    code = Coding("", "99-9", "nowhere")
    assert TERMINOLOGY.matches(code, Coding("anything", "99-9", "nowhere"))
    assert not TERMINOLOGY.matches(code, Coding("anything", "99-8", "nowhere"))


def test_units_convert_where_the_test_allows():
    assert TERMINOLOGY.convert(90, "g/L", "g/dL", None) == 9
    assert TERMINOLOGY.convert(1, "mg/dL", "umol/L", None) is None
    assert TERMINOLOGY.convert(1, "mg/dL", "umol/L", Coding("creatinine")) == pytest.approx(88.4, abs=0.1)
    assert TERMINOLOGY.convert(1, "mg/dL", "no unit", Coding("creatinine")) is None
    assert TERMINOLOGY.convert(1e300, "mg/dL", "g/L", None) == pytest.approx(1e298)


def test_doses_of_corticosteroids_have_equivalents():
    prednisone = Coding("prednisone")
    assert TERMINOLOGY.dose_factor(Coding("dexamethasone"), prednisone) == pytest.approx(5 / 0.75)
    assert TERMINOLOGY.dose_factor(Coding("corticosteroid"), prednisone) is None
    assert TERMINOLOGY.dose_factor(prednisone, Coding("dexamethasone")) is None


def test_a_default_limit_names_its_source():
    limit = TERMINOLOGY.limit(Test(label="ALT"), "ULN", "female")
    assert limit is not None
    assert limit.unit == "U/L"
    assert limit.value > 0
    assert limit.source
    assert TERMINOLOGY.limit(Test(label="a word of nobody"), "ULN", "female") is None
