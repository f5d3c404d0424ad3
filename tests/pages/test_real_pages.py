"""Every real record becomes a page in all three forms, with nothing raw in it and every sentence traced."""

import statistics
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.pages.reading import leaks, section
from tests.pages.records import PAGE_DATE
from tests.pages.tracing import untraceable

from trialfit.pages.as_json import page_json
from trialfit.pages.citing import stated
from trialfit.pages.compose import compose
from trialfit.pages.html import render_html
from trialfit.pages.sections.facts import ROLES
from trialfit.pages.text import render_text
from trialfit.pages.view import Facts, Page
from trialfit.records.trial import Trial
from trialfit.sources.registries import read_trial

pytestmark = pytest.mark.real
SHARES = 4


def trials_in(archive: Path, record_format: str, share: int) -> Iterator[Trial]:
    """Every SHARES-th record of an archive, beginning with `share`."""
    with zipfile.ZipFile(archive) as opened:
        for member in [each for each in opened.infolist() if not each.is_dir()][share::SHARES]:
            yield read_trial(opened.read(member), record_format)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("record_format", ["ctgov-v2", "ctgov-xml"])
def test_every_record_becomes_a_sound_page(shared_data: Path, record_format: str, share: int) -> None:
    count = 0
    plain: list[float] = []
    for trial in trials_in(shared_data / "registry" / f"{record_format}.zip", record_format, share):
        page = compose(trial, PAGE_DATE)
        count += 1
        plain.append(page.grade.names_as_one_word)
        assert leaks(page) == [], trial.nct_id
        assert untraceable(trial, page) == [], trial.nct_id
        assert all(part.heading.strip() and part.blocks for part in page.sections), trial.nct_id
        assert shown_treatments(page) == registered_treatments(trial), trial.nct_id
        assert trial.nct_id in render_text(page)
        assert msgspec.json.decode(msgspec.json.encode(page_json(page)))["nct_id"] == trial.nct_id
        assert trial.nct_id in render_html(page)
    assert count >= 300
    assert statistics.median(plain) <= 8
    assert sorted(plain)[int(0.95 * len(plain))] <= 10


def shown_treatments(page: Page) -> set[str]:
    """The words, as registered, that the page's treatments are cited from."""
    return {
        source.words
        for block in section(page, "facts").blocks
        if isinstance(block, Facts)
        for fact in block.facts
        if fact.label in {label for _, label in ROLES}
        for sentence in fact.sentences
        for source in sentence.sources
        if source.field.endswith(".name")
    }


def registered_treatments(trial: Trial) -> set[str]:
    """The names in the arms and interventions module, each once whatever its case, as a source repeats them."""
    names: dict[str, str] = {}
    for each in trial.arms_interventions.interventions:
        if each.name and each.name.strip():
            names.setdefault(each.name.strip().casefold(), stated("name", each.name).words)
    return set(names.values())
