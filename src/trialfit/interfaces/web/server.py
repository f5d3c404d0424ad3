"""Serving the site from this machine."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from trialfit.errors import UsageError
from trialfit.interfaces.web.application import create_app

QUEUE = 128


def serve(store_path: Path, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the site until it is interrupted. port 0 takes a free one; announce is told the address.

    Visits are not logged. Raises UsageError when the address cannot be listened on.
    """
    with listening(host, port) as listener:
        announce(f"TrialFit is at {address_of(*listener.getsockname()[:2])} (stop it with Ctrl+C).")
        config = uvicorn.Config(create_app(store_path), access_log=False, log_level="warning", server_header=False)
        # Interrupting is how a site is stopped, so it is no failure; uvicorn raises it again once all is closed.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


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
