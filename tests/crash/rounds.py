"""Rounds in which processes are killed under load, and what is looked at afterwards."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select

from app.domain.contributing.records import Submission
from app.services.contributing.api_keys import make_key
from app.services.record.audit import audit_whole
from app.storage import tables
from app.storage.claims.documents import get_claim
from app.storage.contributing.submissions import get_submission
from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from app.storage.revisions.audit import audit
from tests.loaded import EXAMPLE, load

Victim = Literal["server", "worker of the server", "work", "load"]
VICTIMS: tuple[Victim, ...] = ("server", "worker of the server", "work", "load")
VARIORUM = Path(sys.executable).with_name("variorum")
MUCH = "1000000"
SECONDS = 60.0
CLIENTS = 6
_FULL_AUDIT_EVERY = 20


@dataclass(slots=True)
class Acknowledged:
    """What the server said that it did, as its answers came in."""

    submitted: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # id: key, body
    accepted: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Report:
    """How many processes were killed, how many writes were acknowledged, and what was wrong."""

    kills: int = 0
    writes: int = 0
    faults: list[str] = field(default_factory=list)


def run_rounds(url: str, folder: Path, rounds: int, seed: int) -> Report:
    """Kill a process in each round, and look for everything that was acknowledged so far."""
    chance, report, known = random.Random(seed), Report(), Acknowledged()
    shutil.copytree(EXAMPLE, folder / "work")
    secrets = set_up(url)
    for number in range(rounds):
        victim = VICTIMS[number % len(VICTIMS)]
        with served(url, folder, processes=2 if victim == "worker of the server" else 1) as site:
            traffic = Traffic(site.port, secrets, known, number)
            traffic.start()
            kill_one(victim, site, chance, folder, number)
            traffic.stop()
        report.kills += 1
        is_last = number == rounds - 1
        wrong = look(url, known, is_whole=is_last or number % _FULL_AUDIT_EVERY == 0)
        report.faults += [f"round {number}, {victim}: {what}" for what in wrong]
    report.faults += repeated(url, folder, secrets, known, chance)
    report.writes = len(known.submitted) + len(known.accepted) + len(known.rejected)
    return report


def set_up(url: str) -> dict[str, str]:
    """The example record with a contributor's and a moderator's key; gives their secrets."""
    with closing(Database(url)) as database:
        migrate(database)
        load(database)
        with database.writing() as session:
            now = datetime.now(UTC)
            return {
                role: make_key(session, role, role, now)[1] for role in ("contributor", "moderator")
            }


@dataclass(slots=True)
class Site:
    """A server of a group of processes of its own."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The processes that it started."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]


def environment(url: str, folder: Path) -> dict[str, str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("VARIORUM_")}
    return clean | {
        "VARIORUM_DATABASE_URL": url,
        "VARIORUM_DATA_DIR": str(folder / "data"),
        "VARIORUM_MAX_SUBMISSIONS_PER_HOUR": MUCH,
    }


@contextmanager
def served(url: str, folder: Path, *, processes: int) -> Iterator[Site]:
    """The site on a free port of loopback; every process of it is killed in the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [VARIORUM, "serve", "--port", str(port), "--workers", str(processes)],
        cwd=folder,
        env=environment(url, folder),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None
        assert b"Variorum is at" in server.stdout.readline(), "the server did not start again"
        yield Site(port, server)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        server.stdout.close()


def kill_one(victim: Victim, site: Site, chance: random.Random, folder: Path, number: int) -> None:
    """Kill a process at a random moment while the traffic goes on."""
    env = {**os.environ, **environment_of(site)}
    if victim == "server":
        time.sleep(chance.uniform(0.05, 1.5))
        os.kill(site.process.pid, signal.SIGKILL)
    elif victim == "worker of the server":
        time.sleep(chance.uniform(0.05, 1.5))
        os.kill(chance.choice(site.workers()), signal.SIGKILL)
        time.sleep(0.5)
    else:
        if victim == "load":
            change_files(folder / "work", number)
        command = [VARIORUM, victim] + (["--keep"] if victim == "load" else [])
        running = subprocess.Popen(
            command, cwd=folder / "work", env=env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.5, 4.0))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def environment_of(site: Site) -> dict[str, str]:
    """The settings of a server."""
    listed = Path(f"/proc/{site.process.pid}/environ").read_bytes().split(b"\0")
    pairs = (each.decode().partition("=") for each in listed if each.startswith(b"VARIORUM_"))
    return {name: text for name, _, text in pairs}


def change_files(folder: Path, number: int) -> None:
    """Change the summary of every claim: a load takes all of these changes, or none."""
    for path in sorted((folder / "claims" / "harbour").glob("*.yaml")):
        if path.name != "dossier.yaml":
            lines = path.read_text("utf-8").splitlines()
            kept = [line for line in lines if not line.startswith("note: round ")]
            place = next(n for n, line in enumerate(kept) if line.startswith("accounts:"))
            path.write_text(
                "\n".join([*kept[:place], f"note: round {number}.", *kept[place:]]) + "\n"
            )


class Traffic:
    """Contributors who submit and a moderator who decides, until the server is gone."""

    def __init__(
        self, port: int, secrets: dict[str, str], known: Acknowledged, number: int
    ) -> None:
        self._port, self._secrets, self._known, self._number = port, secrets, known, number
        self._stop = threading.Event()
        self._pending: list[str] = []
        self._threads = [
            *(threading.Thread(target=self._submit, args=(n,)) for n in range(CLIENTS)),
            threading.Thread(target=self._decide),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(SECONDS)

    def _submit(self, client: int) -> None:
        turn = 0
        while not self._stop.is_set():
            turn += 1
            name = f"{self._number}-{client}-{turn}"
            body = json.dumps(a_citation(name)).encode()
            headers = {"Idempotency-Key": name, "Content-Type": "application/json"}
            answer = self._ask("contributor", "POST", "/api/v1/citations", body, headers)
            if answer is None:
                return
            status, said = answer
            if status == 202:
                self._known.submitted[said["id"]] = (name, body)
                self._pending.append(said["id"])

    def _decide(self) -> None:
        turn = 0
        while not self._stop.is_set():
            if not self._pending:
                time.sleep(0.01)
                continue
            turn += 1
            chosen = self._pending.pop()
            verb, done = ("accept", self._known.accepted), ("reject", self._known.rejected)
            what, where = verb if turn % 2 else done
            body = b'{"reason": "Not so."}' if what == "reject" else b"{}"
            headers = {"Content-Type": "application/json"}
            path = f"/api/v1/submissions/{chosen}/{what}"
            answer = self._ask("moderator", "POST", path, body, headers)
            if answer is None:
                return
            if answer[0] == 200:
                where.add(chosen)

    def _ask(
        self, role: str, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, str]] | None:
        return ask(self._port, self._secrets[role], method, path, body, headers)


def ask(
    port: int, secret: str, method: str, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, dict[str, str]] | None:
    """Status and answer of a request; None where the server is gone before it has answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body, {**headers, "Authorization": f"Bearer {secret}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def a_citation(name: str) -> dict[str, object]:
    """A citation of words that nobody sent before."""
    return {
        "claim": "fire-dead",
        "account": "three",
        "speaker": "oskel-mayor",
        "said": "2019-05-05",
        "document": "council-statement-2019-05-05",
        "voice": "quoted",
        "quote": f"number {name} of us did not come home",
    }


def look(url: str, known: Acknowledged, *, is_whole: bool) -> list[str]:
    """What is wrong with the database after a kill."""
    with closing(Database(url)) as database, database.reading() as session:
        wrong = [] if (fault := audit(session).fault) is None else [f"chain: {fault}"]
        document = get_claim(session, "fire-dead").document
        for submission_id in known.submitted:
            wrong += _wrong_with(get_submission(session, submission_id), known, document)
        # A load is one transaction: the first has all subjects, each later one all claims.
        by_load = (
            select(tables.revisions.c.at, func.count())
            .where(tables.revisions.c.reason.startswith("Loaded from files"))
            .group_by(tables.revisions.c.at)
            .order_by(tables.revisions.c.at)
        )
        later = [row[1] for row in session.execute(by_load)][1:]
        if set(later) - {len(CHANGED)}:
            wrong.append(f"a load is there by half: {later}")
        latest = session.scalar(select(func.max(tables.hosts.c.not_before)))
        if latest and latest > datetime.now(UTC) + timedelta(minutes=6):
            wrong.append("a lease outlives its worker")
        if is_whole:
            wrong += audit_whole(session).faults
    return wrong


CHANGED = [p for p in (EXAMPLE / "claims" / "harbour").glob("*.yaml") if p.name != "dossier.yaml"]


def _wrong_with(found: Submission, known: Acknowledged, document: str) -> list[str]:
    name, _ = known.submitted[found.id]
    is_in = f"number {name} of us" in document
    wrong = []
    if found.id in known.accepted and found.state != "accepted":
        wrong.append(f"{found.id} was accepted, and is {found.state}")
    if found.id in known.rejected and found.state != "rejected":
        wrong.append(f"{found.id} was rejected, and is {found.state}")
    if (found.state == "accepted") != is_in or (found.state == "accepted") != bool(found.revision):
        wrong.append(f"{found.id} is {found.state} by half")
    return wrong


def repeated(
    url: str, folder: Path, secrets: dict[str, str], known: Acknowledged, chance: random.Random
) -> list[str]:
    """Send some again with their idempotency keys: each gets the answer that it got."""
    wrong = []
    chosen = chance.sample(sorted(known.submitted), min(20, len(known.submitted)))
    with served(url, folder, processes=1) as site:
        for submission_id in chosen:
            name, body = known.submitted[submission_id]
            headers = {"Idempotency-Key": name, "Content-Type": "application/json"}
            answer = ask(
                site.port, secrets["contributor"], "POST", "/api/v1/citations", body, headers
            )
            if answer is None or answer[0] != 202 or answer[1]["id"] != submission_id:
                wrong.append(f"{submission_id} sent again was answered {answer}")
    return wrong
