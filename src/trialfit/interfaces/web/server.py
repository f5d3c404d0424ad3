"""Serving the site from this machine."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from trialfit.errors import UsageError
from trialfit.interfaces.web.application import create_app

QUEUE = 128
STARTS_WITHIN_SECONDS = 20


def serve(store_path: Path, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the site until it is interrupted. port 0 takes a free one; announce is told the address.

    Visits are not logged. Raises UsageError when the address cannot be listened on.
    """
    with listening(host, port) as listener:
        announce(f"TrialFit is at {address_of(*listener.getsockname()[:2])} (stop it with Ctrl+C).")
        # Interrupting is how a site is stopped, so it is no failure; uvicorn raises it again once all is closed.
        with suppress(KeyboardInterrupt):
            _server(create_app(store_path)).run(sockets=[listener])


@contextmanager
def served(site: FastAPI) -> Iterator[str]:
    """Serve a site from a free port of this machine while the block runs; gives its address.

    For programs that look at the site themselves, such as a browser test. Raises TimeoutError when it does not start.
    """
    server = _server(site)
    with listening("127.0.0.1", 0) as listener:
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        try:
            deadline = time.monotonic() + STARTS_WITHIN_SECONDS
            while not server.started:
                if time.monotonic() > deadline:
                    raise TimeoutError("the site did not start")
                time.sleep(0.01)
            yield address_of(*listener.getsockname()[:2])
        finally:
            server.should_exit = True
            serving.join()


def _server(site: FastAPI) -> uvicorn.Server:
    """A server that logs no visit and does not name its software."""
    return uvicorn.Server(uvicorn.Config(site, access_log=False, log_level="warning", server_header=False))


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=QUEUE)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        remedy = "Another program may be using the port: choose one with --port, or --port 0 for a free one."
        raise UsageError(f"Cannot listen on {host}:{port} ({reason}).", remedy) from fault


def address_of(host: str, port: int) -> str:
    """The web address of a host and port."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
