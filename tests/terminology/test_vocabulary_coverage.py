"""How many mentions of real criteria the packaged vocabulary knows; floors under what was measured."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from trialfit.terminology import Vocabulary

FLOORS = {"Condition": 0.69, "Drug": 0.75, "Measurement": 0.65, "Procedure": 0.56}


@pytest.mark.real
def test_mentions_of_annotated_criteria_are_known_as_a_whole(shared_data: Path) -> None:
    vocabulary = Vocabulary.packaged()
    known, total = Counter[str](), Counter[str]()
    with zipfile.ZipFile(shared_data / "eligibility" / "chia" / "chia-dev.zip") as archive:
        for name in archive.namelist():
            if not name.endswith(".ann"):
                continue
            for line in archive.read(name).decode().splitlines():
                mark, _, rest = line.partition("\t")
                kind, _, words = rest.partition("\t")
                entity = kind.split(" ")[0]
                if mark.startswith("T") and entity in FLOORS:
                    total[entity] += 1
                    known[entity] += bool(vocabulary.find(words))
    shares = {entity: known[entity] / total[entity] for entity in FLOORS}
    assert {entity: share for entity, share in shares.items() if share < FLOORS[entity]} == {}
