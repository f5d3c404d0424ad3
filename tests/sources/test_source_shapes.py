"""Every shape in which records come, told by content: all of them give the same records."""

import gzip
import lzma
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.made_inputs import make_file, make_zip, origins, outcome, page, study, xml_study

from trialfit.errors import NotFound
from trialfit.sources.files import records_in, size_of
from trialfit.sources.registries import RawRecord

THREE = [study(1), study(2), study(3)]
IDS = ["NCT00000001", "NCT00000002", "NCT00000003"]
LINES = b"\n".join(THREE) + b"\n"
INDENTED_PAGE = b'{\n "studies": [\n  ' + b",\n  ".join(THREE) + b"\n ]\n}\n"

PLAIN = {
    "list": b"[" + b",".join(THREE) + b"]",
    "indented list": b"[\n  " + b",\n  ".join(THREE) + b"\n]\n",
    "page": page(*THREE),
    "indented page": INDENTED_PAGE,
    "page with its studies late": b'{"x": {"y": [1]}, "studies": [' + b",".join(THREE) + b"]}",
    "page whose lines begin with braces": b'{"studies": [\n' + b",\n".join(THREE) + b"\n]}",
    "JSON Lines": LINES,
    "JSON Lines without an end of line": b"\n".join(THREE),
    "JSON Lines of pages": page(THREE[0]) + b"\n" + page(*THREE[1:]) + b"\n",
    "Windows line ends": b"\r\n".join(THREE) + b"\r\n",
    "blank lines": b"\n\n" + THREE[0] + b"\n  \n\n" + THREE[1] + b"\n\n" + THREE[2] + b"\n\n",
    "white space around": b" \n\t [" + b" , ".join(THREE) + b" ] \n",
    "a comma too many": b"[" + b",".join(THREE) + b",]",
    "a byte order mark": b"\xef\xbb\xbf" + LINES,
    "UTF-16": LINES.decode().encode("utf-16"),
    "UTF-16 without a byte order mark": LINES.decode().encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + LINES.decode().encode("utf-16-be"),
    "UTF-32": LINES.decode().encode("utf-32"),
}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "xz": lzma.compress,
    "two gz in one": lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]),
    "padded gz": lambda data: gzip.compress(data) + bytes(512),
    "two xz in one": lambda data: lzma.compress(data[:50]) + lzma.compress(data[50:]),
}


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("shape", PLAIN)
def test_a_shape_is_read_whatever_its_name(shape: str, packed: str, tmp_path: Path):
    path = make_file(tmp_path, "input.bin", PACKED[packed](PLAIN[shape]))
    assert outcome(path) == (IDS, [])


def test_one_study_keeps_its_bytes(tmp_path: Path):
    data = b'{\n  "protocolSection" : {"identificationModule": {"nctId": "NCT00000001"}}\r\n}\n'
    (found,) = records_in(make_file(tmp_path, "one.json", data))
    assert isinstance(found, RawRecord)
    assert found.data == data
    assert found.origin == "one.json"


@pytest.mark.parametrize("shape", ["list", "page", "indented page"])
def test_a_study_of_a_list_keeps_its_bytes(shape: str, tmp_path: Path):
    found = list(records_in(make_file(tmp_path, "list.json", PLAIN[shape])))
    assert [record.data for record in found if isinstance(record, RawRecord)] == THREE


def test_an_id_may_stand_anywhere_in_a_study(tmp_path: Path):
    late = b'{"note": 1, "hasResults": false, "protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}'
    assert outcome(make_file(tmp_path, "late.json", late)) == (IDS[:1], [])


def test_records_say_where_they_stood(tmp_path: Path):
    make_file(tmp_path, "a.json", page(*THREE))
    make_file(tmp_path, "b.jsonl", b"\n" + THREE[0] + b"\n" + THREE[1])
    make_zip(tmp_path / "c.zip", [("in/NCT00000003.json", THREE[2]), ("list.json", PLAIN["list"])])
    assert origins(tmp_path / "a.json") == ["a.json[0]", "a.json[1]", "a.json[2]"]
    assert origins(tmp_path / "b.jsonl") == ["b.jsonl:2", "b.jsonl:3"]
    assert origins(tmp_path / "c.zip")[:2] == ["c.zip!in/NCT00000003.json", "c.zip!list.json[0]"]
    assert origins(tmp_path)[0] == f"{tmp_path.name}/a.json[0]"


@pytest.mark.parametrize("empty", [b"[]", b'{"studies": []}', b'{"studies":[],"totalCount":0}'])
def test_a_list_of_nothing_is_fine(empty: bytes, tmp_path: Path):
    assert outcome(make_file(tmp_path, "none.json", empty)) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_xml_says_its_encoding_itself(encoding: str, tmp_path: Path):
    declared = encoding.removesuffix("-sig")
    words = f'<?xml version="1.0" encoding="{declared}"?>\n{xml_study(1).decode()}'.replace("</", "<!-- ä --></", 1)
    assert outcome(make_file(tmp_path, "record", words.encode(encoding))) == (IDS[:1], [])


def test_a_zip_holds_any_of_these(tmp_path: Path):
    members = [
        ("NCT0000xxxx/", b""),
        ("NCT0000xxxx/NCT00000001.xml", xml_study(1)),
        ("Contents.txt", b"what the registry says of its zip"),
        ("deep/er/NCT00000002.json", THREE[1]),
        ("__MACOSX/deep/._NCT00000002.json", b"\x00\x05\x16"),
        (".hidden/x.json", b"{"),
        ("lines", THREE[2]),
    ]
    assert outcome(make_zip(tmp_path / "bulk.zip", members)) == (IDS, [])


def test_a_folder_is_read_through_in_order(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a").mkdir()
    make_file(tmp_path, "c.json", THREE[2])
    make_file(tmp_path / "b" / "a", "x.xml", xml_study(1))
    make_zip(tmp_path / "b" / "b.zip", [("y.json", THREE[1])])
    make_file(tmp_path, ".hidden.json", b"{")
    (tmp_path / ".git").mkdir()
    make_file(tmp_path / ".git", "x.json", b"{")
    assert outcome(tmp_path) == (IDS, [])


def test_links_in_a_folder_lead_nowhere_else(tmp_path: Path):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    make_file(outside, "secret.json", THREE[1])
    make_file(inside, "a.json", THREE[0])
    (inside / "again.json").symlink_to(inside / "a.json")
    (inside / "round").symlink_to(inside, target_is_directory=True)
    (inside / "out.json").symlink_to(outside / "secret.json")
    (inside / "out").symlink_to(outside, target_is_directory=True)
    (inside / "broken.json").symlink_to(inside / "nothing.json")
    ids, refused = outcome(inside)
    assert ids == IDS[:1]
    assert [refusal.name for refusal in refused] == ["inside/broken.json", "inside/out", "inside/out.json"]
    assert {refusal.reason for refusal in refused} == {"it is a link that leads out of the folder"}


def test_a_path_may_itself_be_a_link(tmp_path: Path):
    make_file(tmp_path, "a.json", THREE[0])
    (tmp_path / "link.json").symlink_to(tmp_path / "a.json")
    assert outcome(tmp_path / "link.json") == (IDS[:1], [])


def test_nothing_at_a_path_is_said_at_once(tmp_path: Path):
    with pytest.raises(NotFound, match=r"There is nothing at .*missing\.json"):
        records_in(tmp_path / "missing.json")
    with pytest.raises(NotFound):
        size_of([tmp_path / "missing.json"])


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    make_file(tmp_path, "a.json", THREE[0])
    ids, refused = outcome(tmp_path)
    assert ids == IDS[:1]
    assert [(refusal.name, refusal.reason) for refusal in refused] == [
        (f"{tmp_path.name}/pipe", "it is neither a file nor a folder")
    ]


def test_an_empty_folder_and_an_empty_zip_say_so(tmp_path: Path):
    (tmp_path / "none").mkdir()
    make_zip(tmp_path / "none.zip", [])
    make_zip(tmp_path / "folders.zip", [("only/", b"")])
    assert [refusal.reason for refusal in outcome(tmp_path / "none")[1]] == ["the folder holds no files"]
    assert [refusal.reason for refusal in outcome(tmp_path / "none.zip")[1]] == ["the zip holds no files"]
    assert [refusal.reason for refusal in outcome(tmp_path / "folders.zip")[1]] == ["the zip holds no files"]


def test_positions_rise_to_the_size(tmp_path: Path):
    for number, data in enumerate([PLAIN["list"], LINES, page(*THREE), THREE[0]]):
        make_file(tmp_path, f"{number}.json", data)
    make_file(tmp_path, "5.gz", gzip.compress(LINES * 50))
    positions = [found.position for found in records_in(tmp_path) if isinstance(found, RawRecord)]
    assert positions == sorted(positions)
    assert positions[-1] == size_of([tmp_path])
    assert size_of([tmp_path, tmp_path / "0.json"]) == size_of([tmp_path]) + len(PLAIN["list"])


def test_positions_in_a_zip_do_not_pass_its_size(tmp_path: Path):
    path = make_zip(tmp_path / "bulk.zip", [(f"NCT{n:08}.json", study(n)) for n in range(1, 30)])
    positions = [found.position for found in records_in(path) if isinstance(found, RawRecord)]
    assert positions == sorted(set(positions))
    assert positions[0] > 0
    assert positions[-1] <= size_of([path])


def test_a_raw_record_can_go_to_another_process(tmp_path: Path):
    (found,) = records_in(make_file(tmp_path, "one.json", THREE[0]))
    assert pickle.loads(pickle.dumps(found)) == found


def test_what_the_system_does_not_let_us_read_is_refused(tmp_path: Path):
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert [refusal.name for refusal in outcome(tmp_path)[1]] == [f"{tmp_path.name}/round"]
    (refusal,) = outcome(tmp_path / ("x" * 300))[1]
    assert refusal.reason.startswith("it cannot be read: ")
