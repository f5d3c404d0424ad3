"""Zips made to harm are refused, each member by name, and the rest of the zip is read."""

import io
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sources.made_inputs import make_file, make_zip, outcome, study

from trialfit.errors import RecordRefused
from trialfit.sources.limits import DEFAULT_LIMITS, MIB

ONE, TWO, THREE = study(1), study(2), study(3)
FIRST_AND_LAST = ["NCT00000001", "NCT00000003"]


def only(refused: list[RecordRefused]) -> RecordRefused:
    (refusal,) = refused
    assert refusal.remedy
    return refusal


def patched(path: Path, old: bytes, new: bytes, times: int = 1) -> Path:
    data = path.read_bytes()
    assert data.count(old) >= times
    path.write_bytes(data.replace(old, new, times))
    return path


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    [
        "../out.json",
        "a/../../out.json",
        "/etc/out.json",
        "C:\\out.json",
        "..\\out.json",
        "\\\\host\\out.json",
        "a\\..\\b.json",
    ],
)
def test_a_name_that_leads_outside(name: str, tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [("1.json", ONE), (name, TWO), ("3.json", THREE)])
    ids, refused = outcome(path)
    assert ids == FIRST_AND_LAST
    assert only(refused).reason == "its name leads outside the zip"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.zip"]


def test_two_dots_in_a_name_are_no_way_out(tmp_path: Path):
    assert outcome(make_zip(tmp_path / "x.zip", [("a..b/1..json", ONE)])) == (["NCT00000001"], [])


def test_a_name_that_cannot_be_printed_is_shown_without_harm(tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [("\x1b[31m.png", b"\x89PNG"), ("1.json", ONE)])
    ids, refused = outcome(path)
    assert ids == ["NCT00000001"]
    assert only(refused).name == "x.zip!\ufffd[31m.png"


def test_a_link(tmp_path: Path):
    ids, refused = outcome(make_zip(tmp_path / "x.zip", [("1.json", ONE), (link("2.json"), b"/etc/passwd")]))
    assert ids == ["NCT00000001"]
    assert only(refused).reason == "it is a link, not a file"


def test_an_encrypted_member(tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [("2.json", TWO), ("3.json", THREE)])
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    ids, refused = outcome(make_file(tmp_path, "x.zip", bytes(data)))
    assert ids == ["NCT00000003"]
    assert only(refused).reason == "it is encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_method(method: int, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", method) as archive:
        archive.writestr("1.json", ONE)
    assert only(outcome(tmp_path / "x.zip")[1]).reason == "it is packed by another method than deflate"


def test_a_bomb_by_ratio(tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [("1.json", ONE), ("bomb.json", b"[" + b" " * (20 * MIB)), ("3.json", THREE)])
    ids, refused = outcome(path)
    assert ids == FIRST_AND_LAST
    assert "unpacks to more than 200 times its size" in only(refused).reason


def test_a_bomb_that_declares_little(tmp_path: Path):
    """The listing says 100 bytes, the data gives a million."""
    path = make_zip(tmp_path / "x.zip", [("bomb.json", b"[" + b" " * 1_000_000), ("3.json", THREE)])
    for header in (b"PK\x03\x04", b"PK\x01\x02"):
        data = bytearray(path.read_bytes())
        size_at = data.index(header) + (22 if header == b"PK\x03\x04" else 24)
        data[size_at : size_at + 4] = struct.pack("<L", 100)
        path.write_bytes(data)
    ids, refused = outcome(path)
    assert ids == ["NCT00000003"]
    assert only(refused).name == "x.zip!bomb.json"


def test_a_member_that_declares_too_much(tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [("1.json", ONE), ("3.json", THREE)])
    data = bytearray(path.read_bytes())
    for header, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        size_at = data.index(header) + at
        data[size_at : size_at + 4] = struct.pack("<L", len(ONE) + 7)
    ids, refused = outcome(make_file(tmp_path, "x.zip", bytes(data)))
    assert ids == ["NCT00000003"]
    assert only(refused).name == "x.zip!1.json"


def test_a_damaged_member(tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [("1.json", ONE), ("2.json", TWO), ("3.json", THREE)])
    data = bytearray(path.read_bytes())
    data[data.index(b"2.json") + 20] ^= 0xFF
    ids, refused = outcome(make_file(tmp_path, "x.zip", bytes(data)))
    assert ids == FIRST_AND_LAST
    assert only(refused).name == "x.zip!2.json"


def test_a_zip_in_a_zip(tmp_path: Path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("1.json", ONE)
    ids, refused = outcome(make_zip(tmp_path / "x.zip", [("inner.zip", inner.getvalue()), ("3.json", THREE)]))
    assert ids == ["NCT00000003"]
    assert only(refused).reason == "it is a zip, and this is inside another archive"


def test_members_that_share_bytes(tmp_path: Path):
    """Two entries of the listing with the same data, as in a zip bomb that nothing unpacks twice."""
    path = make_zip(tmp_path / "x.zip", [("1.json", ONE), ("2.json", TWO)])
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    assert only(outcome(make_file(tmp_path, "x.zip", bytes(data)))[1]).reason == (
        "members of the zip share the same bytes, as in a zip bomb"
    )


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.97])
def test_a_zip_that_was_cut_off(keep: float, tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [(f"{number}.json", study(number)) for number in range(1, 40)])
    data = path.read_bytes()
    refusal = only(outcome(make_file(tmp_path, "x.zip", data[: int(len(data) * keep)]))[1])
    assert refusal.reason == "the zip has no readable list of its members at its end"
    assert "fetch it again" in refusal.remedy


def test_more_members_than_allowed(tmp_path: Path):
    path = make_zip(tmp_path / "x.zip", [(f"{number}.json", study(number)) for number in range(1, 12)])
    few = replace(DEFAULT_LIMITS, members=10)
    assert only(outcome(path, few)[1]).reason == "the zip lists more than 10 members"
    fewer = replace(DEFAULT_LIMITS, members=2)
    assert only(outcome(path, fewer)[1]).reason == "the zip lists more than 2 members"


def test_a_listing_of_a_large_zip_is_measured_before_it_is_read(tmp_path: Path):
    """Beyond four gigabytes, or 65,535 members, a second end record gives the size of the listing."""
    path = make_zip(tmp_path / "x.zip", [("1.json", ONE)])
    data = path.read_bytes()
    end = data.index(b"PK\x05\x06")
    end_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 10**12, 0)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    tail = bytearray(data[end:])
    tail[12:16] = b"\xff" * 4
    large = make_file(tmp_path, "x.zip", data[:end] + end_64 + place + bytes(tail))
    assert only(outcome(large)[1]).reason == "the zip lists more than 1,000,000 members"


def test_the_same_trial_twice_in_a_zip_is_given_twice(tmp_path: Path):
    """Which copy is kept, the store decides."""
    path = make_zip(tmp_path / "x.zip", [("a/1.json", ONE), ("b/1.json", ONE)])
    assert outcome(path) == (["NCT00000001"] * 2, [])
