"""Whatever bytes a file holds, nothing raises: every one of them becomes a record or a refusal."""

import contextlib
import gzip
import json
import lzma
import re
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from tests.sources.made_inputs import make_file, make_zip, outcome, page, study, xml_study

from trialfit.errors import RecordRefused
from trialfit.sources.files import records_in
from trialfit.sources.limits import DEFAULT_LIMITS, KIB
from trialfit.sources.registries import FORMATS, read_trial

LIMITS = replace(DEFAULT_LIMITS, record_bytes=64 * KIB, list_bytes=256 * KIB)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

STUDIES = st.integers(1, 99_999_999).map(study)
SHAPES = st.lists(STUDIES, max_size=4).flatmap(
    lambda studies: st.sampled_from([b"[" + b",".join(studies) + b"]", page(*studies), b"\n".join(studies)])
)
WHOLE = st.one_of(SHAPES, STUDIES, st.integers(1, 9).map(xml_study), st.binary(max_size=200))
STARTS = st.sampled_from(
    [b"", b"{", b"[", b"<", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"\xfd7zXZ\x00",
     b"\xff\xfe", b"\xef\xbb\xbf", b'{"studies":[', b'{"protocolSection":', b"<clinical_study>", b"<?xml", b"{\x00",
     b"\x00<"]
)  # fmt: skip
PACKERS = st.sampled_from([bytes, gzip.compress, lambda data: lzma.compress(data, preset=0), "zip"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file of some shape, packed in some way, with some of its bytes changed, left out or put in."""
    data = draw(WHOLE) if draw(st.booleans()) else draw(STARTS) + draw(st.binary(max_size=300))
    packer = draw(PACKERS)
    if packer == "zip":
        with tempfile.TemporaryDirectory() as folder:
            data = make_zip(Path(folder) / "x.zip", [("a", data), ("b", study(1))]).read_bytes()
    else:
        data = packer(data)
    for at, length, put in draw(
        st.lists(st.tuples(st.integers(0, len(data)), st.integers(0, 3), st.binary(max_size=3)), max_size=3)
    ):
        data = data[:at] + put + data[at + length :]
    return data


def holds_an_empty_list(data: bytes) -> bool:
    """Whether the file, unpacked, is the JSON of a list or page without studies: the only file that gives nothing."""
    for unpack in (gzip.decompress, lzma.decompress):
        with contextlib.suppress(OSError, EOFError, zlib.error, lzma.LZMAError):
            data = unpack(data)
    value = json.loads(data)
    return value == [] or value["studies"] == []


@QUICK
@given(files())
@example(b"[,]")
@example(b"PK\x05\x06" + b"\xff" * 18)
@example(b"\xff\xfe\x00\x00")
@example(b'{"protocolSection":{}}\n' * 3)
@example(b'{"studies":[{"protocolSection":' + b"[" * 2000)
def test_no_file_raises(data: bytes):
    with tempfile.TemporaryDirectory() as folder:
        ids, refused = outcome(make_file(Path(folder), "input", data), LIMITS)
    assert all(len(nct_id) == 11 for nct_id in ids)
    assert all(refusal.reason and refusal.remedy for refusal in refused)
    assert ids or refused or holds_an_empty_list(data)


@QUICK
@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=400), STARTS)
def test_no_record_raises_anything_else(format: str, data: bytes, start: bytes):
    with contextlib.suppress(RecordRefused):
        assert read_trial(start + data, format).nct_id.startswith("NCT")


XML_PAYLOADS = sorted((Path(__file__).parent / "payloads" / "ctgov-xml").glob("*.xml"))
XML_TAGS = sorted({tag for file in XML_PAYLOADS for tag in re.findall(r"<(\w+)[ >]", file.read_text())})
XML_TEXTS = st.sampled_from(
    ["", "N/A", "Yes", "Number", "Number of Participants", "Age", "Total", "Open Label", "7", " \n "]
)


def element(tag: str, group: str, count: str, inside: list[str]) -> str:
    return f'<{tag} group_id="{group}" value="{count}" count="{count}" type="{count}">{"".join(inside)}</{tag}>'


XML_ELEMENTS = st.recursive(
    XML_TEXTS,
    lambda inner: st.builds(
        element,
        st.sampled_from(XML_TAGS),
        st.sampled_from(["P1", "O2", "", "X"]),
        st.sampled_from(["1", "x", "Actual"]),
        st.lists(inner, max_size=5),
    ),
    max_leaves=40,
)


@QUICK
@given(st.lists(XML_ELEMENTS, max_size=6), st.sampled_from(XML_PAYLOADS), st.randoms(use_true_random=False))
def test_no_xml_of_known_elements_in_unknown_places_raises(extra: list[str], payload: Path, random: Random):
    """Records with elements where none belong: what has a place is read, the rest is passed over."""
    lines = payload.read_text().splitlines()
    body = [line for line in lines if not line.startswith(("<?xml", "</clinical_study"))]
    for piece in extra:
        body.insert(random.randint(1, len(body)), piece)
    words = "\n".join([*body, "</clinical_study>"])
    try:
        trial = read_trial(words.encode(), "ctgov-xml")
    except RecordRefused as refused:
        event(refused.reason[:30])
    else:
        assert trial.nct_id.startswith("NCT")


@QUICK
@given(st.lists(st.integers(1, 99_999_999), max_size=8), st.integers(0, 7), st.binary(min_size=1, max_size=30))
def test_a_broken_line_costs_no_other(numbers: list[int], at: int, rubbish: bytes):
    lines = [study(number) for number in numbers]
    spoilt = rubbish.replace(b"\n", b" ").replace(b"\r", b" ")
    lines.insert(min(at, len(lines)), b"x" + spoilt)
    with tempfile.TemporaryDirectory() as folder:
        ids, refused = outcome(make_file(Path(folder), "x.jsonl", b"\n".join([study(1), *lines])))
    assert ids == ["NCT00000001", *(f"NCT{number:08}" for number in numbers)]
    assert len(refused) == 1


@QUICK
@given(st.lists(STUDIES, min_size=1, max_size=6, unique=True), st.data())
def test_a_list_cut_anywhere_keeps_the_records_before_the_cut(studies: list[bytes], data: st.DataObject):
    whole = page(*studies)
    cut = data.draw(st.integers(len(b'{"totalCount":3,"studies":[') + 1, len(whole)))
    with tempfile.TemporaryDirectory() as folder:
        found = list(records_in(make_file(Path(folder), "page.json", whole[:cut])))
    kept = [record.data for record in found if not isinstance(record, RecordRefused)]
    assert kept == [one for one in studies if whole.index(one) + len(one) <= cut]
    assert (len(found) == len(kept)) == (cut > whole.rindex(b"]"))
