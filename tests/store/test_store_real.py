"""All real records in one store: nothing lost, nothing twice, and a second load without effect."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.store.studies import fingerprint

from trialfit.parsing.eligibility import criteria_of
from trialfit.sources.files import records_in
from trialfit.sources.registries import RawRecord
from trialfit.store import LoadSummary, Store, describe_inputs, keep_criteria, load, open_store

pytestmark = pytest.mark.real

IN_BOTH = 13
OF_JSON = 1_364
OF_XML = 6_410

TABLES_OF_LISTS = {
    "locations": "sites",
    "conditions": "conditions",
    "armGroups": "arms",
    "interventions": "interventions",
    "otherNames": "intervention_other_names",
    "phases": "phases",
    "references": "citations",
    "largeDocs": "documents",
    "outcomeMeasures": "outcome_measures",
    "analyses": "outcome_analyses",
    "overallOfficials": "officials",
    "eventGroups": "event_groups",
}
"""Lists of the API v2 structure, by name, each item of which is a row."""


class Loaded:
    """The store of all real records, and what each load said."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.store = store
        self.sources = [folder / "registry" / name for name in ("ctgov-v2.zip", "ctgov-xml.zip")]
        self.summaries: list[LoadSummary] = [self.load(source) for source in self.sources]

    def load(self, source: Path) -> LoadSummary:
        return load(self.store, records_in(source), inputs=describe_inputs([source]))


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return Loaded(tmp_path_factory.mktemp("real") / "trials.duckdb", shared_data)


@pytest.fixture(scope="module")
def opened(real: Loaded) -> Iterator[Store]:
    with open_store(real.store) as store:
        yield store


def test_every_record_is_loaded_or_explained(real: Loaded) -> None:
    of_json, of_xml = real.summaries
    assert (of_json.read, of_json.added, of_json.refused) == (OF_JSON, OF_JSON, ())
    assert (of_xml.read, of_xml.added, of_xml.older, of_xml.refused) == (OF_XML, OF_XML - IN_BOTH, IN_BOTH, ())
    assert len(of_xml.older_records) == IN_BOTH
    assert of_xml.trials == OF_JSON + OF_XML - IN_BOTH


def test_a_second_load_changes_nothing(real: Loaded) -> None:
    before = fingerprint(real.store)
    again = real.load(real.sources[0])
    assert (again.unchanged, again.changed) == (OF_JSON, False)
    assert fingerprint(real.store) == before


def test_each_trial_is_once_in_each_table_of_one_row_a_trial(opened: Store) -> None:
    for table in ("records", "trials", "eligibility"):
        assert opened.sql(f"SELECT count(*), count(DISTINCT nct_id) FROM {table}").rows == ((7_761, 7_761),)
    assert opened.sql("SELECT count(*) FROM trials ANTI JOIN records USING (nct_id)").rows == ((0,),)


def _listed(value: Any, found: Counter[str]) -> None:
    """Count the items of every list below the value, under the list's name."""
    if isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, list):
                found[name] += len(part)
            _listed(part, found)
    elif isinstance(value, list):
        for part in value:
            _listed(part, found)


def test_each_item_of_a_list_in_a_json_record_is_a_row(real: Loaded, opened: Store) -> None:
    expected: Counter[str] = Counter()
    for record in records_in(real.sources[0]):
        assert isinstance(record, RawRecord)
        study = json.loads(record.data)
        _listed(study["protocolSection"], expected)
        _listed({name: study[name] for name in ("resultsSection", "documentSection") if name in study}, expected)
    for name, table in TABLES_OF_LISTS.items():
        query = (
            f"SELECT count(*) FROM {table} SEMI JOIN records r ON (r.nct_id = {table}.nct_id AND format = 'ctgov-v2')"
        )
        assert opened.sql(query).rows == ((expected[name],),), name
    query = (
        "SELECT count(*) FROM (FROM {} SELECT nct_id) SEMI JOIN (FROM records WHERE format = 'ctgov-v2') USING (nct_id)"
    )
    measurements = [opened.sql(query.format(f"{part}_measurements")).rows[0][0] for part in ("baseline", "outcome")]
    assert sum(map(int, map(str, measurements))) == expected["measurements"]
    events = (
        "SELECT count(group_id) FROM adverse_events SEMI JOIN (FROM records WHERE format = 'ctgov-v2') USING (nct_id)"
    )
    assert opened.sql(events).rows == ((expected["stats"],),)


def test_each_condition_in_an_xml_record_is_a_row(opened: Store) -> None:
    rows = dict(opened.sql("SELECT nct_id, count(*) FROM conditions GROUP BY nct_id").rows)
    for record in opened.raws():
        if record.format == "ctgov-xml":
            assert rows.get(record.nct_id, 0) == record.data.count(b"<condition>"), record.nct_id


def test_every_date_age_and_nearly_every_value_has_its_typed_form(opened: Store) -> None:
    dates = [c for c in opened.sql("DESCRIBE trials").rows if str(c[0]).endswith("_text")]
    assert len(dates) == 15
    for column, *_ in dates:
        typed = str(column).removesuffix("_text")
        assert opened.sql(f'SELECT count(*) FROM trials WHERE {column} IS NOT NULL AND "{typed}" IS NULL').rows == (
            (0,),
        )
    for end in ("minimum", "maximum"):
        unread = f"{end}_age_text IS NOT NULL AND {end}_age_years IS NULL"
        assert opened.sql(f"SELECT DISTINCT {end}_age_text FROM eligibility WHERE {unread}").rows == ()
    odd = (
        "SELECT DISTINCT value_text FROM outcome_measurements WHERE value IS NULL AND value_text SIMILAR TO '-?[0-9.]+'"
    )
    assert opened.sql(odd).rows == ()
    (share,) = opened.sql("SELECT count(value) / count(value_text) FROM outcome_measurements").rows[0]
    assert float(str(share)) > 0.98


def test_a_raw_record_is_as_it_was_received(real: Loaded, opened: Store) -> None:
    for record in islice(records_in(real.sources[0]), 50):
        assert isinstance(record, RawRecord)
        nct_id = Path(record.origin.rpartition("!")[2]).stem
        stored = opened.raw(nct_id)
        assert (stored.data, stored.format, stored.origin) == (record.data, record.format, record.origin)


def test_the_criteria_of_real_records_are_kept_with_their_words(shared_data: Path, tmp_path: Path) -> None:
    store = tmp_path / "some.duckdb"
    for name in ("ctgov-v2.zip", "ctgov-xml.zip"):
        load(store, islice(records_in(shared_data / "registry" / name), 60), workers=0)
    summary = keep_criteria(store, workers=0)
    assert summary.refused == ()
    assert summary.parsed == summary.texts > 100
    with open_store(store) as opened:
        assert opened.sql("SELECT count(*) FROM eligibility WHERE criteria IS NOT NULL").rows == ((summary.texts,),)
        rows = opened.sql(
            "SELECT c.text, c.span_start, c.span_end, e.criteria FROM criteria c JOIN eligibility e USING (nct_id)"
        ).rows
        assert len(rows) == summary.lines > 500
        assert all(str(criteria)[start:end] == text for text, start, end, criteria in rows)
        for nct_id in opened.ids()[::10]:
            text = opened.trial(nct_id).eligibility.eligibility_criteria
            assert opened.criteria(nct_id).criteria == criteria_of(text or "")
    assert keep_criteria(store, workers=0).parsed == 0
