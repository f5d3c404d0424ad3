"""The commands `vocabulary build` and `vocabulary list`, from end to end on small sources."""

import json
from pathlib import Path

import pytest
from tests.terminology.made_vocabularies import athena_folder, packed, sources_in
from typer.testing import CliRunner

from trialfit import app as use_cases
from trialfit.errors import InputRefused, NotFound, UsageError
from trialfit.interfaces.cli import app
from trialfit.sources.vocabularies import declared
from trialfit.terminology import Vocabulary

PACKAGED = len(Vocabulary.packaged())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has the declared files, where the declared sources are small ones of ours."""
    made = tmp_path / "files"
    made.mkdir()
    sources = sources_in(packed(made))
    monkeypatch.setattr(declared, "declared_sources", lambda: sources)
    monkeypatch.setattr("trialfit.interfaces.cli.vocabulary.declared_sources", lambda: sources)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    return made


def run(*words: str | Path) -> dict[str, object]:
    result = CliRunner().invoke(app, ["vocabulary", *map(str, words), "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def test_build_from_a_folder_and_list(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "data" / "trialfit" / "vocabulary.sqlite"
    before = run("list")
    assert (before["built"], before["path"], before["packaged_concepts"]) == (False, str(place), PACKAGED)
    built = run("build", "--from", folder)
    assert built["path"] == str(place)
    listed = run("list")
    assert listed["built"] is True
    assert listed["problem"] == ""
    assert listed["concepts"] == built["concepts"]
    sources = listed["sources"]
    assert isinstance(sources, list)
    assert [(each["key"], each["licence"], each["compiled"]["entries"] > 0) for each in sources] == [
        (source.key, "CC0 1.0", True) for source in declared.declared_sources()
    ]
    assert use_cases.open_vocabulary().find("MUP-101")


def test_build_says_what_it_does_and_made(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "own.sqlite"
    words = ["vocabulary", "build", "--from", str(folder), "--source", "mondo", "--vocabulary", str(place)]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0
    assert "made-up: taken from the folder" in result.stderr
    assert "mondo …" in result.stderr
    assert result.stdout.startswith(f"Built {place} (")
    listed = CliRunner().invoke(app, ["vocabulary", "list"], env={"TRIALFIT_VOCABULARY": str(place)})
    assert "Made-up mondo" in listed.stdout
    assert f"{place}: " in listed.stderr


def test_list_says_what_is_used_without_a_file_and_why_one_cannot_be(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["vocabulary", "list"])
    assert f"the packaged {PACKAGED:,} concepts are used" in result.stderr
    place = tmp_path / "old.sqlite"
    place.write_text("of another kind")
    result = CliRunner().invoke(app, ["vocabulary", "list", "--vocabulary", str(place)])
    assert "not a TrialFit vocabulary" in result.stderr


def test_omop_files_alone_need_no_package(folder: Path, tmp_path: Path) -> None:
    athena = athena_folder(tmp_path / "athena")
    built = run("build", "--no-declared", "--athena", athena, "--from", tmp_path)
    assert built["sources"] == []
    listed = run("list")
    assert listed["athena"] == "v5.0 made up"
    shown = CliRunner().invoke(app, ["vocabulary", "list"])
    assert "OMOP vocabularies v5.0 made up" in shown.stderr


def test_files_that_are_there_are_not_fetched(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "data" / "trialfit" / "vocabulary-files"
    kept.parent.mkdir(parents=True)
    folder.rename(kept)
    result = CliRunner().invoke(app, ["vocabulary", "build"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "made-up: fetched before" in result.stderr


def test_faults_are_raised_for_the_door_to_show(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pip download"):
        use_cases.build_vocabulary(folder=tmp_path)
    with pytest.raises(UsageError, match="no source 'umls'"):
        use_cases.build_vocabulary(folder=folder, sources=("umls",))
    (file,) = folder.iterdir()
    file.write_bytes(b"other bytes")
    with pytest.raises(InputRefused, match="SHA-256"):
        use_cases.build_vocabulary(folder=folder)
    assert use_cases.open_vocabulary() is Vocabulary.packaged()
    with pytest.raises(NotFound, match="no vocabulary at"):
        use_cases.open_vocabulary(tmp_path / "none.sqlite")
