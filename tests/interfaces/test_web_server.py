"""Serving: the address is announced, visits leave no trace, an interrupt ends it."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.store.studies import loaded, study

from trialfit.errors import UsageError
from trialfit.interfaces.web import create_app
from trialfit.interfaces.web.server import address_of, listening, served

SERVE = """
import sys
from pathlib import Path
from trialfit.interfaces.web import serve
serve(Path(sys.argv[1]), host="127.0.0.1", port=0, announce=lambda words: print(words, flush=True))
"""


def test_served_site_answers_and_keeps_no_log_of_visits(tmp_path: Path) -> None:
    store = tmp_path / "trials.duckdb"
    loaded(store, study(1, title="Morning light"))
    command = [sys.executable, "-c", SERVE, str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as served:
        assert served.stdout is not None
        words = served.stdout.readline()
        address = next(word for word in words.split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(f"{address}trials?q=morning", timeout=20) as answer:
            assert "Morning light" in answer.read().decode()
            assert "server" not in {name.lower() for name in answer.headers}
        served.send_signal(signal.SIGINT)
        rest, _ = served.communicate(timeout=20)
    assert "morning" not in words + rest


def test_a_site_is_served_while_a_block_runs(tmp_path: Path) -> None:
    with served(create_app(tmp_path / "none.duckdb")) as address:
        with urllib.request.urlopen(f"{address}about", timeout=20) as answer:
            assert answer.status == 200
        port = int(address.rsplit(":", 1)[1].rstrip("/"))
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=20)


def test_a_port_in_use_is_refused_with_what_to_do() -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Cannot listen on 127.0.0.1:{port}") as refusal:
            listening("127.0.0.1", port)
    assert "--port 0" in refusal.value.remedy


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "http://127.0.0.1:80/"), ("::1", "http://[::1]:80/")])
def test_address_of_a_host(host: str, address: str) -> None:
    assert address_of(host, 80) == address
