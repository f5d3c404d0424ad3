"""The question of a sync: what it accepts, and that its parameters are the registry's own."""

import re
from datetime import date
from pathlib import Path

import pytest

from trialfit.errors import UsageError
from trialfit.sources.registries.ctgov_api.query import ASKED_AS, LARGEST_PAGE, STATUSES, StudyQuery


def test_every_filter_becomes_its_parameter() -> None:
    query = StudyQuery(
        condition="small  cell\tlung cancer",
        term="AREA[Phase]PHASE3",
        statuses=("RECRUITING", "not yet recruiting"),
        country="South Korea",
        updated_since=date(2024, 2, 9),
        page_size=200,
    )

    assert query.to_params() == {
        "format": "json",
        "sort": "LastUpdatePostDate:asc",
        "pageSize": "200",
        "query.cond": "small cell lung cancer",
        "query.term": "AREA[Phase]PHASE3",
        "filter.overallStatus": "NOT_YET_RECRUITING|RECRUITING",
        "filter.advanced": 'AREA[LocationCountry]"South Korea" AND AREA[LastUpdatePostDate]RANGE[2024-02-09,MAX]',
    }


def test_no_filter_asks_for_every_study() -> None:
    assert StudyQuery().to_params() == {"format": "json", "sort": "LastUpdatePostDate:asc", "pageSize": "500"}


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("recruiting", "RECRUITING"),
        ("Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
        ("enrolling-by-invitation", "ENROLLING_BY_INVITATION"),
        (" Completed ", "COMPLETED"),
    ],
)
def test_a_status_may_be_written_in_words(written: str, status: str) -> None:
    assert StudyQuery(statuses=(written,)).statuses == (status,)


def test_an_unknown_status_names_the_nearest_and_all_known() -> None:
    with pytest.raises(UsageError) as refused:
        StudyQuery(statuses=("RECRUTING",))

    assert "no status 'RECRUTING'" in refused.value.what
    assert refused.value.remedy.startswith("Did you mean RECRUITING?")
    assert all(status in refused.value.remedy for status in STATUSES)


@pytest.mark.parametrize("text", ["", "  \t", "a\x00b", "x" * 2001])
@pytest.mark.parametrize("name", ["condition", "term"])
def test_text_that_cannot_be_meant_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"The {name} "):
        StudyQuery(**{name: text})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["France", "Côte D'Ivoire", "Korea, Republic of", "Bosnia and Herzegovina", "Guinea-Bissau", "Türkiye"]
)
def test_country_names_are_accepted(name: str) -> None:
    assert f'"{name}"' in StudyQuery(country=name).to_params()["filter.advanced"]


@pytest.mark.parametrize(
    "name", ['France" OR AREA[NCTId]"', "AREA[Phase]PHASE1", "49", "France; Spain", "(", "a" * 30 + "!"]
)
def test_what_could_change_the_expression_is_no_country(name: str) -> None:
    with pytest.raises(UsageError, match="country is not a name"):
        StudyQuery(country=name)


@pytest.mark.parametrize("size", [0, -1, LARGEST_PAGE + 1])
def test_page_sizes_out_of_range_are_refused(size: int) -> None:
    with pytest.raises(UsageError, match="page size"):
        StudyQuery(page_size=size)


def test_the_fingerprint_is_of_the_question_not_of_its_spelling() -> None:
    one = StudyQuery(condition="lung  cancer", statuses=("recruiting", "COMPLETED"), page_size=10)
    same = StudyQuery(condition="lung cancer", statuses=("COMPLETED", "RECRUITING", "RECRUITING"))

    assert one.fingerprint == same.fingerprint
    assert re.fullmatch("[0-9a-f]{16}", one.fingerprint)


def test_each_filter_makes_another_fingerprint() -> None:
    queries = [
        StudyQuery(),
        StudyQuery(condition="asthma"),
        StudyQuery(term="asthma"),
        StudyQuery(statuses=("RECRUITING",)),
        StudyQuery(country="France"),
        StudyQuery(updated_since=date(2024, 1, 1)),
    ]

    assert len({query.fingerprint for query in queries}) == len(queries)


def test_since_narrows_and_never_widens() -> None:
    query = StudyQuery(condition="asthma", updated_since=date(2024, 2, 1))

    assert query.since(date(2024, 3, 1)).updated_since == date(2024, 3, 1)
    assert query.since(date(2024, 1, 1)).updated_since == date(2024, 2, 1)
    assert query.since(None) == query


def _listing_parameters(description: str) -> dict[str, str]:
    """Name and definition of each parameter of `GET /studies`, from the registry's description of its API."""
    section = description.split("\n  /studies:\n")[1].split("\n      responses:\n")[0]
    parts = re.split(r'\n      - name: "([^"]+)"\n', section)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.real
def test_parameters_and_statuses_are_those_of_the_registrys_description(shared_data: Path) -> None:
    description = (shared_data / "reference" / "ctg-oas-v2.yaml").read_text(encoding="utf-8")
    declared = _listing_parameters(description)
    query = StudyQuery(
        condition="a",
        term="b",
        statuses=STATUSES,
        country="France",
        updated_since=date(2024, 1, 1),
        page_size=LARGEST_PAGE,
    )
    params = query.to_params()

    assert set(params) | {"pageToken", "countTotal"} <= set(declared)
    assert set(ASKED_AS) <= set(declared)
    words = description.split("\n    Status:\n")[1].split("\n    StudyType:\n")[0]
    assert sorted(re.findall(r'- "([A-Z_]+)"', words)) == list(STATUSES)
    pattern = re.search(r'pattern: "(.+)"', declared["sort"])
    assert pattern is not None
    assert re.fullmatch(pattern[1].replace("\\\\", "\\"), params["sort"])
    assert f'- "{params["format"]}"' in declared["format"]
    assert re.search(r"coerced down to\s+1,000", declared["pageSize"].replace("\\\n", ""))
    assert 'style: "pipeDelimited"' in declared["filter.overallStatus"]
    assert "AREA[LastUpdatePostDate]RANGE[2023-01-15,MAX]" in declared["query.term"]
