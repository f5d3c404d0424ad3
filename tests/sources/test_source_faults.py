"""What is wrong with a file is refused by name, place and reason; what is right in it is still read."""

import gzip
import io
import lzma
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sources.made_inputs import make_file, make_zip, outcome, page, study, xml_study

from trialfit.errors import RecordRefused
from trialfit.sources.limits import DEFAULT_LIMITS, KIB, MIB, Limits

ONE, TWO, THREE = study(1), study(2), study(3)
FIRST_AND_LAST = ["NCT00000001", "NCT00000003"]


def only(refused: list[RecordRefused]) -> RecordRefused:
    (refusal,) = refused
    assert refusal.remedy
    return refusal


def tar_of(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("a.json")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def packed(data: bytes) -> bytes:
    """The same bytes each time: pytest names tests after them."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\t\n ", "it begins with nothing but white space"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "it is a PNG picture"),
        (b"%PDF-1.7\n", "it is a PDF document"),
        (b"nct_id,title\nNCT00000001,Study\n", "it is neither JSON nor XML"),
        (b"NCT00000001", "it is neither JSON nor XML"),
        (tar_of(ONE), "it is a tar archive"),
        (packed(tar_of(ONE)), "it is a tar archive"),
        (packed(b""), "it is empty"),
        (packed(packed(ONE)), "it is packed with gzip, and this is inside another archive"),
        (b"<html><body>Sorry</body></html>", "it is not a registry record of a known format"),
        (b"<!DOCTYPE html>\n<html></html>", "it is not a registry record of a known format"),
        (b'{"resourceType": "Patient"}', "the JSON is neither a study (protocolSection) nor a page (studies)"),
        (b'{"totalCount": 3}', "the JSON is neither a study (protocolSection) nor a page (studies)"),
        (b'{"studies": 3}', "the JSON is neither a study (protocolSection) nor a page (studies)"),
        (b"{}", "the JSON is neither a study (protocolSection) nor a page (studies)"),
        (b'{"a": ', "the JSON is broken before its first record"),
        (b"[{", "the record breaks off"),
        (b"\xff\xfe{\x00\x00\xd8", "the text is not proper UTF-16"),
        (b"\xff\xfe{\x00x", "the text is not proper UTF-16"),
    ],
)
def test_what_is_no_registry_data_says_what_it_is(data: bytes, reason: str, tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", data))
    assert ids == []
    refusal = only(refused)
    assert refusal.reason == reason
    assert refusal.name.startswith("input")


@pytest.mark.parametrize(
    ("broken", "name", "place", "reason"),
    [
        (b"not JSON", "x.jsonl:2", "", "it is neither a JSON object nor a list"),
        (TWO[:30], "x.jsonl:2", "", "truncated"),
        (TWO[:-1] + b",}", "NCT00000002", "byte ", "trailing comma"),
        (b'{"a": 1}', "x.jsonl:2", "", "neither a study"),
        (b"7", "x.jsonl:2", "", "neither a JSON object nor a list"),
        (TWO.replace(b"Study 2", b"\xe9t\xe9"), "NCT00000002", "byte ", "not UTF-8 (byte 0xe9)"),
        (study(2, nctId="NCT2"), "", "$.protocolSection", "is not an NCT id"),
    ],
)
def test_one_broken_line_among_many(broken: bytes, name: str, place: str, reason: str, tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "x.jsonl", b"\n".join([ONE, broken, THREE])))
    assert ids == FIRST_AND_LAST
    refusal = only(refused)
    assert refusal.place.startswith(place)
    assert reason in refusal.reason


@pytest.mark.parametrize("first", [ONE[:40], b"{]", ONE[:-1] + b",}", b'{"a": nothing}'])
def test_lines_are_known_even_when_the_first_is_broken(first: bytes, tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", b"\n".join([first, TWO, THREE])))
    assert ids == ["NCT00000002", "NCT00000003"]
    only(refused)


def test_a_first_line_that_is_no_json_costs_no_other_where_the_name_says_lines(tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "x.jsonl", b"what is this?\n" + TWO + b"\n" + THREE))
    assert ids == ["NCT00000002", "NCT00000003"]
    assert (only(refused).name, only(refused).reason) == ("x.jsonl:1", "it is neither a JSON object nor a list")


def test_empty_lines_without_end_take_no_memory(tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "x", ONE + b"\n" * 200_000 + TWO))
    assert ids == []
    assert "trailing characters" in only(refused).reason
    assert outcome(make_file(tmp_path, "x.jsonl", ONE + b"\n" * 200_000 + TWO)) == (
        ["NCT00000001", "NCT00000002"],
        [],
    )


def test_the_name_tells_lines_where_the_content_cannot(tmp_path: Path):
    data = b"\n".join([b'{"protocolSection":', TWO, THREE])
    assert outcome(make_file(tmp_path, "x.jsonl.gz", gzip.compress(data)))[0] == ["NCT00000002", "NCT00000003"]


@pytest.mark.parametrize("shape", [lambda *studies: b"[" + b",".join(studies) + b"]", page])
@pytest.mark.parametrize(
    ("broken", "place", "reason"),
    [
        (TWO[:-1] + b",}", "byte ", "trailing comma"),
        (TWO.replace(b"Study 2", b"a\tb"), "byte ", "invalid character"),
        (TWO.replace(b'"Study 2"', b"nothing"), "byte ", "invalid character"),
        (TWO[:-2], "byte ", "the record breaks off"),
        (TWO.replace(b'"Study 2"', b'["Study 2"'), "byte ", "the record breaks off"),
        (b'{"protocolSection": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "", "nested too deeply"),
        (b'{"protocolSection": ' + b"[" * 50_000, "byte ", "the record breaks off"),
    ],
)
def test_one_broken_record_in_a_list(shape, broken: bytes, place: str, reason: str, tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", shape(ONE, broken, THREE)))
    assert ids == FIRST_AND_LAST
    refusal = only(refused)
    assert refusal.place.startswith(place)
    assert reason in refusal.reason


def test_a_list_that_breaks_off_keeps_what_it_had(tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", page(ONE, TWO, THREE)[:-60]))
    assert ids == ["NCT00000001", "NCT00000002"]
    refusal = only(refused)
    assert (refusal.name, refusal.reason) == ("input[2]", "the record breaks off")
    ids, refused = outcome(make_file(tmp_path, "input", b"[" + ONE + b"," + TWO + b","))
    assert ids == ["NCT00000001", "NCT00000002"]
    assert only(refused).reason == "the list breaks off"


@pytest.mark.parametrize(
    "data",
    [
        b"[" + ONE + b"}," + THREE + b"]",
        b"[" + ONE + b"] , " + THREE + b"]",
        b'{"studies": [' + ONE + b"], " + THREE + b'], "nextPageToken": "x"}',
    ],
)
def test_a_bracket_too_many_in_a_list_is_never_passed_over(data: bytes, tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", data))
    assert ids[0] == "NCT00000001"
    assert only(refused).reason in ("there is something between two records", "there is something after the list")


def test_what_stands_between_records_is_refused(tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", b"[" + ONE + b", what?, " + THREE + b"]"))
    assert ids == FIRST_AND_LAST
    assert only(refused).reason == "there is something between two records"


def test_a_list_of_other_things_is_refused_one_by_one(tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "input", b"[1, " + ONE + b', "x", null, [], ' + THREE + b"]"))
    assert ids == FIRST_AND_LAST
    assert [refusal.name for refusal in refused] == ["input[0]", "input[2]", "input[3]", "input[4]"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
@pytest.mark.parametrize("cut", [1, 8, 60])
def test_a_packed_file_that_ends_early_keeps_what_came_before(pack, cut: int, tmp_path: Path):
    lines = b"\n".join(study(number) for number in range(1, 4000))
    packed = pack(lines)
    half = outcome(make_file(tmp_path, "x.jsonl", packed[: len(packed) // 2]))
    given = int(only(half[1]).place.removeprefix("byte "))
    assert len(half[0]) == lines[:given].count(b"\n") > 100
    assert only(half[1]).reason == "it ends in the middle of its data"
    assert "the middle of its data" in str(outcome(make_file(tmp_path, "x.jsonl", packed[:-cut]))[1])


@pytest.mark.parametrize(
    "data", [study(1, briefTitle="long " * 9000), xml_study(1).replace(b"<id", b" " * 9000 + b"<id")]
)
def test_one_record_in_a_packed_file_that_ends_early_is_refused_once(data: bytes, tmp_path: Path):
    ids, refused = outcome(make_file(tmp_path, "x.gz", gzip.compress(data, 0)[:-5000]))
    assert ids == []
    assert only(refused).reason == "it ends in the middle of its data"


def test_a_list_in_a_packed_file_that_ends_early_keeps_what_came_before(tmp_path: Path):
    packed = gzip.compress(page(*(study(number) for number in range(1, 4000))))
    ids, refused = outcome(make_file(tmp_path, "page.json.gz", packed[: len(packed) // 2]))
    given = int(only(refused).place.removeprefix("byte "))
    whole = page(*(study(number) for number in range(1, 4000)))[:given]
    assert len(ids) == whole.count(b"}}}") > 100
    assert only(refused).reason == "it ends in the middle of its data"


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_damaged_packed_file(pack, tmp_path: Path):
    packed = bytearray(pack(b"\n".join(study(number) for number in range(1, 4000))))
    packed[len(packed) // 2] ^= 0xFF
    assert outcome(make_file(tmp_path, "x.jsonl", bytes(packed)))[1][-1].reason == "it cannot be unpacked"
    ids, refused = outcome(make_file(tmp_path, "y", pack(ONE) + b"rubbish and more of it"))
    assert ids == []
    assert only(refused).reason == "it cannot be unpacked"


@pytest.mark.parametrize(
    "pack", [lambda data: gzip.compress(data, 9), lambda data: lzma.compress(data, preset=1)], ids=["gz", "xz"]
)
def test_a_bomb_in_gz_or_xz_is_stopped(pack, tmp_path: Path):
    bomb = make_file(tmp_path, "bomb", pack(b"[" + b" " * (20 * MIB)))
    refusal = only(outcome(bomb)[1])
    assert refusal.reason == "it unpacks to more than 200 times its size, as no registry data does"


def test_an_xz_file_that_asks_for_much_memory_is_refused(tmp_path: Path):
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 300 * MIB}]
    packed = lzma.compress(ONE, filters=filters)
    limits = replace(DEFAULT_LIMITS, unpacking_bytes=100 * MIB)
    assert (
        only(outcome(make_file(tmp_path, "x", packed), limits)[1]).reason
        == "unpacking it needs more memory than is allowed"
    )


SMALL = replace(DEFAULT_LIMITS, record_bytes=4 * KIB, list_bytes=40 * KIB)
LARGE = study(2, briefTitle="x" * 5000)


@pytest.mark.parametrize(
    ("name", "data", "refused_name"),
    [
        ("x.jsonl", b"\n".join([ONE, LARGE, THREE]), "x.jsonl:2"),
        ("x.jsonl", b"\n".join([ONE, LARGE + b" " * 200_000, THREE]), "x.jsonl:2"),
        ("x.json", page(ONE, LARGE, THREE), "x.json[1]"),
    ],
)
def test_a_record_that_is_too_large(name: str, data: bytes, refused_name: str, tmp_path: Path):
    limits = replace(SMALL, list_bytes=MIB)
    ids, refused = outcome(make_file(tmp_path, name, data), limits)
    assert ids == FIRST_AND_LAST
    assert only(refused).name == refused_name
    assert "may hold 4 KiB at most, and this is larger" in only(refused).reason


@pytest.mark.parametrize("data", [LARGE, xml_study(1) + b" " * 5000, LARGE.replace(b"{", b"{\n ", 1)])
def test_a_single_record_that_is_too_large(data: bytes, tmp_path: Path):
    refusal = only(outcome(make_file(tmp_path, "x", data), SMALL)[1])
    assert refusal.reason == "a record may hold 4 KiB at most, and this is larger"


def test_a_list_that_is_too_large(tmp_path: Path):
    refusal = only(outcome(make_file(tmp_path, "x", page(*[ONE] * 500)), SMALL)[1])
    assert refusal.reason == "a list may hold 40 KiB at most, and this is larger"
    refusal = only(outcome(make_file(tmp_path, "x", b"\n".join([ONE] * 500).decode().encode("utf-16")), SMALL)[1])
    assert refusal.reason == "a file in UTF-16 may hold 40 KiB at most, and this is larger"


def test_a_value_of_a_hundred_megabytes(tmp_path: Path):
    giant = study(2, briefTitle="x" * 100_000_000)
    ids, refused = outcome(make_file(tmp_path, "x.jsonl", b"\n".join([ONE, giant, THREE])))
    assert ids == FIRST_AND_LAST
    assert only(refused).reason == "a line may hold 64 MiB at most, and this is larger"
    assert (
        only(outcome(make_file(tmp_path, "x.json", giant))[1]).reason
        == "a record may hold 64 MiB at most, and this is larger"
    )


def test_nothing_more_is_unpacked_than_is_allowed_in_all(tmp_path: Path):
    limits = replace(DEFAULT_LIMITS, total_bytes=10 * len(ONE))
    make_zip(tmp_path / "a.zip", [(f"{number}.json", study(number)) for number in range(1, 30)])
    ids, refused = outcome(tmp_path / "a.zip", limits)
    assert len(ids) == 9
    assert "more is unpacked from this input than is allowed" in only(refused).reason
    assert outcome(make_file(tmp_path, "x.gz", gzip.compress(b"\n".join([ONE] * 30))), limits)[1]


def test_one_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path):
    make_file(tmp_path, "a.json", ONE)
    make_file(tmp_path, "b.png", b"\x89PNG")
    make_file(tmp_path, "c.zip", b"PK\x03\x04 and nothing else")
    make_file(tmp_path, "d.xz", b"\xfd7zXZ\x00 and nothing else")
    make_file(tmp_path, "e.json", THREE)
    ids, refused = outcome(tmp_path)
    assert ids == FIRST_AND_LAST
    assert [refusal.name.rpartition("/")[2] for refusal in refused] == ["b.png", "c.zip", "d.xz"]


def test_limits_can_be_given():
    assert Limits(record_bytes=1).record_bytes == 1
    assert DEFAULT_LIMITS.record_bytes == 64 * MIB
