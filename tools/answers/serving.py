"""The program in processes of its own: its commands, and servers on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1:8000"
"""The address that every server takes for its own, whatever port it listens on."""

_PROGRAM = Path(sys.executable).with_name("variorum")
_SECONDS_TO_START = 120
_MAX_COMMAND_LENGTH = 300
_WIDTH = "100"


@dataclass(frozen=True)
class Installation:
    """A database file and a folder for everything else that the program stores."""

    database: Path
    folder: Path

    def environment(self) -> dict[str, str]:
        """The variables with which a command works on it; none of the caller's settings."""
        own = {name: value for name, value in os.environ.items() if "VARIORUM_" not in name}
        return own | {
            "VARIORUM_DATABASE_URL": f"sqlite:///{self.database}",
            "VARIORUM_DATA_DIR": str(self.folder / "data"),
            "VARIORUM_RECORD_DIR": str(ROOT),
            "VARIORUM_BASE_URL": BASE,
            "COLUMNS": _WIDTH,
            "NO_COLOR": "1",
            "TERM": "dumb",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end; gives its exit code and what it said."""
        return subprocess.run(
            [str(_PROGRAM), *arguments],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=_MAX_COMMAND_LENGTH,
        )

    @contextmanager
    def served(self, servers: int = 1) -> Iterator[list[str]]:
        """Servers on it; gives the address of each, and ends them afterwards."""
        with ExitStack() as stack:
            started = [stack.enter_context(self._one_server()) for _ in range(servers)]
            for server in started:
                server.wait_until_it_answers()
            yield [server.address for server in started]

    @contextmanager
    def _one_server(self) -> Iterator[_Server]:
        port = _free_port()
        log = self.folder / f"server-{port}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [str(_PROGRAM), "serve", "--port", str(port)],
                env=self.environment(),
                cwd=self.folder,
                stdout=file,
                stderr=file,
            )
        try:
            yield _Server(process, f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(timeout=30)


@dataclass(frozen=True)
class _Server:
    """A server that was started, its address, and the file with what it says."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def wait_until_it_answers(self) -> None:
        """Wait; raises `RuntimeError` where the server ends or takes too long."""
        until = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                ready = httpx.get(f"{self.address}/readyz", timeout=5, trust_env=False)
                ready.raise_for_status()
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text(encoding='utf-8')}")


def client_of(address: str) -> httpx.Client:
    """A client of a server on loopback, past any proxy; it is called by `BASE` all the same."""
    host = {"Host": BASE.removeprefix("http://"), "Accept-Encoding": "identity"}
    return httpx.Client(base_url=address, headers=host, timeout=120, trust_env=False)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
