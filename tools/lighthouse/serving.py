"""The shipped record as an installation serves it, for measurements."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

_SECONDS_TO_START = 120
_COMMAND = (sys.executable, "-c", "from app.cli.main import main; main()")


@contextmanager
def serve_shipped(folder: Path) -> Iterator[str]:
    """The record of this tree, loaded into a database in a folder and served; gives its address."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "VARIORUM_DATA_DIR": str(folder),
        "VARIORUM_DATABASE_URL": f"sqlite:///{folder / 'variorum.sqlite3'}",
        "VARIORUM_BASE_URL": address,
    }
    subprocess.run([*_COMMAND, "load"], check=True, env=environment)
    server = subprocess.Popen([*_COMMAND, "serve", "--port", str(port)], env=environment)
    try:
        _wait_for(f"{address}/readyz", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; raises `RuntimeError` where it ends or takes too long."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx.get(url, timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")
