"""What changed between two versions, field by field."""

import types
import typing
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.studies import raw, study

from trialfit.records.record import Record
from trialfit.records.trial import Trial
from trialfit.sources.registries import read_trial
from trialfit.store.diff import IDENTITY, Change, differences


def trial(**modules: Any) -> Trial:
    return read_trial(raw(study(1, **modules)).data, "ctgov-v2")


def changes(old: Trial, new: Trial) -> list[tuple[str, str, str | None, str | None]]:
    return [(change.path, change.kind, change.old, change.new) for change in differences(old, new)]


def places(*cities: str, **status: str) -> dict[str, Any]:
    return {
        "locations": [
            {
                "facility": "Clinic",
                "city": city,
                "country": "Norway",
                **({"status": status[city]} if city in status else {}),
            }
            for city in cities
        ]
    }


SITES = "protocolSection.contactsLocationsModule.locations"


def test_one_new_site_is_one_change() -> None:
    old = trial(contactsLocationsModule=places("Bergen", "Oslo", "Tromsø"))
    new = trial(contactsLocationsModule=places("Bergen", "Bodø", "Oslo", "Tromsø"))
    added = '{"facility":"Clinic","city":"Bodø","country":"Norway"}'
    assert changes(old, new) == [(f'{SITES}["Clinic, Bodø, Norway"]', "added", None, added)]
    assert changes(new, old) == [(f'{SITES}["Clinic, Bodø, Norway"]', "removed", added, None)]


def test_a_site_that_opens_is_a_change_of_its_status_only() -> None:
    old = trial(contactsLocationsModule=places("Bergen", "Oslo", Oslo="NOT_YET_RECRUITING"))
    new = trial(contactsLocationsModule=places("Bergen", "Oslo", Oslo="RECRUITING"))
    assert changes(old, new) == [
        (f'{SITES}["Clinic, Oslo, Norway"].status', "changed", "NOT_YET_RECRUITING", "RECRUITING")
    ]


def test_another_order_is_told_once() -> None:
    old = trial(contactsLocationsModule=places("Bergen", "Oslo", "Tromsø"))
    new = trial(contactsLocationsModule=places("Oslo", "Tromsø", "Bergen"))
    assert changes(old, new) == [(SITES, "reordered", None, None)]


def test_items_of_the_same_name_are_numbered() -> None:
    old = trial(contactsLocationsModule=places("Oslo", "Oslo"))
    new = trial(contactsLocationsModule=places("Oslo", "Oslo", "Oslo"))
    assert [path for path, *_ in changes(old, new)] == [f'{SITES}["Clinic, Oslo, Norway" #3]']


def test_lists_of_words_and_absent_lists() -> None:
    old, new = trial(), trial(conditionsModule={"conditions": ["Asthma", "Cough"]})
    path = "protocolSection.conditionsModule.conditions"
    assert changes(old, new) == [
        (f'{path}["Asthma"]', "added", None, "Asthma"),
        (f'{path}["Cough"]', "added", None, "Cough"),
    ]
    assert changes(new, trial(conditionsModule={"conditions": ["Asthma"]})) == [
        (f'{path}["Cough"]', "removed", "Cough", None)
    ]


def test_results_that_are_posted_are_one_change_whose_value_is_cut() -> None:
    flow = {"participantFlowModule": {"recruitmentDetails": "x" * 30_000}}
    ((path, kind, old, new),) = changes(trial(), trial(resultsSection=flow))
    assert (path, kind, old) == ("resultsSection", "added", None)
    assert new is not None
    assert new.endswith("… (30051 characters)")
    assert len(new) < 20_100


def test_references_are_told_apart_by_number_else_by_their_words() -> None:
    def cited(*references: dict[str, str]) -> Trial:
        return trial(referencesModule={"references": list(references)})

    old = cited({"pmid": "1", "citation": "A paper"}, {"citation": "A book"})
    new = cited({"pmid": "1", "citation": "A paper, corrected"}, {"citation": "A film"})
    path = "protocolSection.referencesModule.references"
    assert [(where, kind) for where, kind, *_ in changes(old, new)] == [
        (f'{path}["1"].citation', "changed"),
        (f'{path}["A book"]', "removed"),
        (f'{path}["A film"]', "added"),
    ]


def test_the_day_of_copying_is_no_change() -> None:
    assert changes(trial(copied="2026-01-01"), trial(copied="2026-01-08")) == []


def test_a_value_becomes_another_or_goes() -> None:
    old = trial(designModule={"enrollmentInfo": {"count": 40, "type": "ESTIMATED"}, "studyType": "INTERVENTIONAL"})
    new = trial(designModule={"enrollmentInfo": {"count": 38, "type": "ACTUAL"}, "patientRegistry": False})
    path = "protocolSection.designModule"
    assert set(changes(old, new)) == {
        (f"{path}.enrollmentInfo.count", "changed", "40", "38"),
        (f"{path}.enrollmentInfo.type", "changed", "ESTIMATED", "ACTUAL"),
        (f"{path}.studyType", "removed", "INTERVENTIONAL", None),
        (f"{path}.patientRegistry", "added", None, "false"),
    }


def _lists_of_structures(kind: type[msgspec.Struct], found: set[str]) -> set[str]:
    """JSON names of the fields that list structures, in this type and all below it."""
    for field in msgspec.structs.fields(kind):
        for part in _parts(field.type):
            if typing.get_origin(part) is tuple:
                item = typing.get_args(part)[0]
                if isinstance(item, type) and issubclass(item, Record):
                    found.add(field.encode_name)
                    _lists_of_structures(item, found)
            elif isinstance(part, type) and issubclass(part, Record):
                _lists_of_structures(part, found)
    return found


def _parts(annotation: Any) -> tuple[Any, ...]:
    return typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)


def test_every_list_of_structures_says_what_tells_its_items_apart() -> None:
    assert _lists_of_structures(Trial, set()) == set(IDENTITY)


site = st.builds(
    lambda facility, city, status: {"facility": facility, "city": city, **({"status": status} if status else {})},
    st.sampled_from(["A", "B"]),
    st.sampled_from(["X", "Y"]),
    st.sampled_from([None, "RECRUITING", "COMPLETED"]),
)
modules = st.fixed_dictionaries(
    {
        "contactsLocationsModule": st.fixed_dictionaries({"locations": st.lists(site, max_size=4)}),
        "conditionsModule": st.fixed_dictionaries({"conditions": st.lists(st.sampled_from("abc"), max_size=4)}),
        "eligibilityModule": st.fixed_dictionaries({}, optional={"sex": st.sampled_from(["ALL", "MALE"])}),
    }
)


@given(modules, modules)
def test_there_is_a_change_exactly_when_something_differs(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = trial(**old), trial(**new)
    found = list(differences(before, after))
    assert bool(found) == (before != after)
    assert len({change.path for change in found if change.kind != "reordered"}) == sum(
        change.kind != "reordered" for change in found
    )
    opposite = {"added": "removed", "removed": "added"}
    back = {Change(c.path, opposite.get(c.kind, c.kind), c.new, c.old) for c in found}  # type: ignore[arg-type]
    assert set(differences(after, before)) == back


@pytest.mark.parametrize("count", [20_000])
def test_many_items_take_little_time(count: int) -> None:
    old = trial(contactsLocationsModule=places(*(f"Town {number}" for number in range(count))))
    new = trial(contactsLocationsModule=places(*(f"Town {number}" for number in range(1, count + 1))))
    assert len(changes(old, new)) == 2
