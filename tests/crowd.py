"""Many contributors at once, on a site that several processes serve."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from app.services.contributing.api_keys import make_key
from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from tests.loaded import load

VARIORUM = Path(sys.executable).with_name("variorum")
MUCH = "1000000"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request was answered, after how many seconds, and the id of what it submitted."""

    status: int
    seconds: float
    id: str | None


@dataclass(slots=True)
class Site:
    """A site with the example record, served by processes of a group of their own."""

    port: int
    secrets: Sequence[str]
    server: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End every process of it at once, in the middle of whatever it does."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


def a_citation() -> dict[str, object]:
    """A citation for the example record, of words that nobody sent before."""
    return {
        "claim": "fire-dead",
        "account": "three",
        "speaker": "oskel-mayor",
        "said": "2019-05-05",
        "document": "council-statement-2019-05-05",
        "voice": "quoted",
        "quote": f"number {next(_numbers)} of us did not come home",
    }


def set_up(url: str, contributors: int) -> list[str]:
    """Load the example record into a database; gives the secrets of as many contributors' keys."""
    with closing(Database(url)) as database:
        migrate(database)
        load(database)
        now = datetime.now(UTC)
        with database.writing() as session:
            made = (make_key(session, f"c{n}", "contributor", now) for n in range(contributors))
            return [secret for _, secret in made]


@contextmanager
def served(folder: Path, url: str, *, processes: int = 2, contributors: int = 32) -> Iterator[Site]:
    """The site on a free port of loopback, until it is killed or no longer needed."""
    secrets = set_up(url, contributors)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clean = {name: text for name, text in os.environ.items() if not name.startswith("VARIORUM_")}
    settings = {"VARIORUM_DATABASE_URL": url, "VARIORUM_MAX_SUBMISSIONS_PER_HOUR": MUCH}
    server = subprocess.Popen(
        [VARIORUM, "serve", "--port", str(port), "--workers", str(processes)],
        cwd=folder,
        env=clean | settings | {"VARIORUM_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    site = Site(port, secrets, server)
    try:
        _wait_for(site)
        yield site
    finally:
        if server.poll() is None:
            site.kill()


def submit_all_at_once(
    site: Site, seconds: float, *, kill_after: int | None = None
) -> list[Answered]:
    """What everybody was answered who submitted one citation after the other for so long.

    After so many answers the site is killed. Whoever loses the connection stops.
    """
    answers: list[Answered] = []

    def hear(answer: Answered) -> None:
        answers.append(answer)
        if len(answers) == kill_after:
            site.kill()

    async def everybody() -> None:
        until = time.monotonic() + seconds
        sending = (_contributor(site.port, secret, until, hear) for secret in site.secrets)
        await asyncio.gather(*sending)

    # In a thread of its own: a browser's driver may have a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, everybody()).result()
    return answers


async def _contributor(
    port: int, secret: str, until: float, hear: Callable[[Answered], None]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.monotonic() < until:
            hear(await _submit(reader, writer, secret))
    except (OSError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


async def _submit(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secret: str
) -> Answered:
    body = json.dumps(a_citation()).encode()
    head = (
        "POST /api/v1/citations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    begun = time.monotonic()
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(answer.split(b"content-length:")[1].split(b"\r\n")[0])
    told = json.loads(await reader.readexactly(length))
    status = int(answer.split()[1])
    return Answered(status, time.monotonic() - begun, told.get("id"))


def _wait_for(site: Site) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{site.port}/healthz", timeout=60).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the site did not come up")
