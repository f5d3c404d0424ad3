"""What bench/load.py measures, each in a process of its own that imports nothing else."""

import sys
import zipfile
from collections.abc import Callable, Iterator


def members(path: str) -> Iterator[bytes]:
    """The records of a zip file, as bytes."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield archive.read(member)


def decode_json(path: str) -> None:
    """Child: read and decode every JSON record, nothing else."""
    import orjson

    print(sum(1 for data in members(path) if orjson.loads(data)))


def decode_xml(path: str) -> None:
    """Child: read and decode every XML record, nothing else."""
    from lxml import etree

    print(sum(1 for data in members(path) if etree.fromstring(data) is not None))


def load_into(path: str, store: str, workers: str) -> None:
    """Child: load the input into the store; prints what the comparison needs."""
    import json
    from pathlib import Path

    from trialfit.sources.files import records_in
    from trialfit.store import describe_inputs, load

    source = Path(path)
    inputs = describe_inputs([source])
    summary = load(Path(store), records_in(source), inputs=inputs, workers=int(workers) if workers else None)
    print(json.dumps({"records": summary.read, "bytes": summary.read_bytes, "refused": summary.refused_count}))


CHILDREN: dict[str, Callable[..., None]] = {
    "decode_json": decode_json,
    "decode_xml": decode_xml,
    "load_into": load_into,
}

if __name__ == "__main__":
    CHILDREN[sys.argv[1]](*sys.argv[2:])
