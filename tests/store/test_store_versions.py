"""The version rule on its own, and the content hash that says when two records are the same."""

import json
from datetime import date

import pytest
from tests.store.studies import study, xml_study

from trialfit.store.versions import Outcome, Version, content_hash, decide, same_content


def version(dated: str | None, format: str = "ctgov-v2", copied: str | None = None, content: str = "x") -> Version:
    return Version(
        date.fromisoformat(dated) if dated else None, format, date.fromisoformat(copied) if copied else None, content
    )


STORED = version("2026-01-10", copied="2026-02-01", content="stored")


@pytest.mark.parametrize(
    ("incoming", "expected"),
    [
        (version("2026-01-11"), Outcome.UPDATED),
        (version("2026-01-09"), Outcome.OLDER),
        (version(None), Outcome.OLDER),
        (version("2026-01-11", format="ctgov-xml"), Outcome.UPDATED),
        (version("2026-01-10", format="ctgov-xml", copied="2026-03-01"), Outcome.OLDER),
        (version("2026-01-10", copied="2026-02-02"), Outcome.UPDATED),
        (version("2026-01-10", copied="2026-01-31"), Outcome.OLDER),
        (version("2026-01-10"), Outcome.OLDER),
        (version("2026-01-10", copied="2026-02-01"), Outcome.UPDATED),
        (version("2026-01-10", copied="2026-02-01", content="stored"), Outcome.UNCHANGED),
        (version("2026-01-12", content="replaced once"), Outcome.OLDER),
    ],
)
def test_rule(incoming: Version, expected: Outcome) -> None:
    assert decide(STORED, incoming, {"replaced once"}) is expected


def test_a_trial_that_is_not_stored_is_added_even_without_a_date() -> None:
    assert decide(None, version(None), ()) is Outcome.ADDED


def test_a_dated_record_replaces_one_without_a_date_and_the_better_format_wins_between_two_without() -> None:
    undated = version(None, content="a")
    assert decide(undated, version("1999-01-01", format="ctgov-xml", content="b"), ()) is Outcome.UPDATED
    assert decide(undated, version(None, format="ctgov-xml", content="b"), ()) is Outcome.OLDER
    assert decide(version(None, "ctgov-xml", content="b"), undated, ()) is Outcome.UPDATED


def test_a_format_that_is_no_longer_known_ranks_below_all() -> None:
    assert decide(version("2026-01-10", format="gone"), version("2026-01-10", "ctgov-xml", content="b"), ()) is (
        Outcome.UPDATED
    )


def encoded(**changes: object) -> bytes:
    return json.dumps(study(1, copied="2026-02-01") | changes).encode()


def test_the_day_of_copying_is_no_content() -> None:
    later = encoded().replace(b"2026-02-01", b"2026-02-08")
    assert content_hash(encoded(), "ctgov-v2") == content_hash(later, "ctgov-v2")
    assert content_hash(encoded(hasResults=True), "ctgov-v2") != content_hash(encoded(), "ctgov-v2")
    one, other = (xml_study(1, "January 10, 2026", copied=f"processed on {day}") for day in ("May 1", "May 8"))
    assert one != other
    assert content_hash(one, "ctgov-xml") == content_hash(other, "ctgov-xml")


def test_other_words_about_copying_are_content() -> None:
    one, other = (json.dumps(study(1, title=f'of "versionHolder": "{day}"')).encode() for day in ("a", "b"))
    assert content_hash(one, "ctgov-v2") != content_hash(other, "ctgov-v2")
    assert content_hash(encoded(), "another") != content_hash(encoded().replace(b"02-01", b"02-08"), "another")
    assert content_hash(b"", "ctgov-v2")


def test_records_that_differ_in_form_only_say_the_same() -> None:
    spaced = json.dumps(study(1, copied="2026-03-01"), indent=2, sort_keys=True).encode()
    assert same_content(encoded(), spaced)
    assert not same_content(encoded(), encoded(hasResults=True))
    assert not same_content(xml_study(1, "May 1, 2026"), xml_study(1, "May 1, 2026"))
    assert not same_content(b"[" * 100_000, b"[" * 100_000)
