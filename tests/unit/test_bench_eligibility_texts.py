"""Which real texts are measured, and the work that is timed, on made-up records."""

import json
import lzma
import zipfile
from pathlib import Path

import pytest
from bench.eligibility import __main__ as command
from bench.eligibility import gold, other_mentions, review, speed_child, texts, understood
from bench.eligibility.mention_sources import Mentioned

TEXT = "Inclusion Criteria:\n\n- Adults\n- Sound of heart\n\nExclusion Criteria:\n\n- Gout\n"


def record(nct_id: str, condition: str, text: str | None = TEXT) -> str:
    eligibility = {"eligibilityCriteria": text} if text else {}
    identification = {"nctId": nct_id, "briefTitle": "A trial"}
    return json.dumps(
        {
            "protocolSection": {
                "identificationModule": identification,
                "conditionsModule": {"conditions": [condition]},
                "eligibilityModule": eligibility,
            }
        }
    )


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of made-up records where the real ones would be."""
    monkeypatch.setattr(gold, "SHARED", tmp_path)
    (tmp_path / "registry").mkdir()
    (tmp_path / "eligibility").mkdir()
    conditions = ["Gout", "Breast Cancer", "Asthma", "Lymphoma", "Scurvy"]
    with zipfile.ZipFile(tmp_path / "registry" / "ctgov-v2.zip", "w") as archive:
        for number, condition in enumerate(conditions):
            archive.writestr(f"NCT0000000{number}.json", record(f"NCT0000000{number}", condition))
        archive.writestr("NCT00000009.json", record("NCT00000009", "Glioma", None))
        archive.writestr("notes.txt", "nothing of a record")
    with zipfile.ZipFile(tmp_path / "registry" / "ctgov-xml.zip", "w"):
        pass
    with lzma.open(tmp_path / "eligibility" / "hint-criteria.jsonl.xz", "wt") as lines:
        for number in range(5):
            lines.write(json.dumps({"id": f"NCT1000000{number}", "criteria": TEXT}) + "\n")
    return tmp_path


def test_records_are_told_apart_by_what_is_studied(shared: Path) -> None:
    found = texts.registry(10)
    assert {name for name, _ in found["oncology"]} == {"NCT00000001", "NCT00000003"}
    assert {name for name, _ in found["other"]} == {"NCT00000000", "NCT00000002", "NCT00000004"}
    assert {text for _, text in found["oncology"]} == {TEXT}


def test_fewer_are_the_same_in_every_run(shared: Path) -> None:
    fewer, all_of_them = texts.registry(1), texts.registry(10)
    assert fewer == texts.registry(1)
    assert [fewer[field][0] == all_of_them[field][0] for field in fewer] == [True, True]
    assert {name for name, _ in texts.drug_trials(2)} < {name for name, _ in texts.drug_trials()}


def test_every_way_that_is_timed_does_the_work(shared: Path) -> None:
    assert {name: way(TEXT) for name, way in speed_child.WAYS.items()} == {
        "split": 5,
        "outline": 3,
        "trees": 3,
        "json": 3,
    }


def test_understanding_is_counted_over_the_records(shared: Path) -> None:
    found = {row.name: row.of for row in understood.measure().rows}
    assert found["oncology: computable"] == 2 * 3
    assert found["drug trials: partly"] == 5 * 3


def test_a_parser_that_raises_is_told_with_the_text(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> tuple[()]:
        raise IndexError(text[:3])

    monkeypatch.setattr(understood, "criteria_of", broken)
    with pytest.raises(IndexError) as raised:
        understood.measure()
    assert raised.value.__notes__[0].startswith("while reading NCT0000000")


def test_a_sample_is_drawn_from_what_is_understood(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "class_of", lambda criterion: "computable")
    drawn = review.sample(4, 1)
    assert len(drawn) == 4
    assert drawn == review.sample(4, 1) != review.sample(4, 2)
    monkeypatch.setattr(review, "class_of", lambda criterion: "not understood")
    assert review.sample(4, 1) == []


def test_the_command_measures_what_is_here(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--only", "understood", "--json", str(shared / "out.json")]) == 0
    assert "oncology: computable" in capsys.readouterr().out
    assert json.loads((shared / "out.json").read_text())["measures"][0]["name"] == "understood"
    assert command.main(["--errors", "understood", "1"]) == 0
    assert "misses" in capsys.readouterr().out


def test_mentions_of_the_other_sets(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shared / "eligibility" / "lct").mkdir()
    with zipfile.ZipFile(shared / "eligibility" / "lct" / "lct-dev.zip", "w") as archive:
        archive.writestr("schema.txt", "no annotation")
        archive.writestr("b/x.txt", "gout and beer")
        archive.writestr("b/x.ann", "T1\tCondition-Name 0 4\tgout\nT2\tObservation-Name 9 13\tbeer\n")
    (shared / "eligibility" / "facebook-ner-dev.tsv").write_text("1:6:treatment,10:14:age\tpills and ages\n")
    places = {"gout and beer": (0, 4, "condition"), "pills and ages": (0, 5, "procedure")}
    monkeypatch.setattr(other_mentions, "sources", lambda: {"made": lambda text: (Mentioned(*places[text]),)})
    found = {row.name: row.value for row in other_mentions.measure().rows}
    assert found["lct: all, strict F1"] == 1.0
    assert found["lines: treatment, strict F1"] == 1.0
