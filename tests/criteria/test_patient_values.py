"""The values of a person's record refuse what cannot be."""

from datetime import date

import msgspec
import pytest

from trialfit.errors import RecordRefused
from trialfit.records.coverage import Coverage
from trialfit.records.events import Measurement
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(written, earliest, latest):
    assert PartialDate.read(written) == PartialDate(earliest, latest)


@pytest.mark.parametrize(
    "written", ["", "24", "2024-2", "2024-13", "2024-00", "2023-02-29", "2024-02-00", "0000", "2024-02-29T10"]
)
def test_what_is_no_date_is_refused_without_being_repeated(written):
    with pytest.raises(RecordRefused) as refused:
        PartialDate.read(written)
    assert not written or written not in str(refused.value)


def test_periods_do_not_end_before_they_start():
    with pytest.raises(RecordRefused):
        PartialDate(date(2024, 2, 1), date(2024, 1, 1))
    with pytest.raises(RecordRefused):
        Coverage("condition", date(2024, 1, 1), date(2024, 2, 1))


def test_a_patient_is_read_back_from_json():
    patient = Patient(
        person_id="1",
        birth_date=PartialDate.read("1950"),
        measurements=(Measurement(codings=(), value=3.0, start=PartialDate.read("2024-02")),),
        coverage=(Coverage("condition", date(2024, 1, 1)),),
    )
    assert msgspec.json.decode(msgspec.json.encode(patient), type=Patient) == patient
