"""How many submissions a second are stored durably, beside bare commits of the same rows.

Run with `.venv/bin/python -m bench.submissions`. On SQLite, each commit reaching the disk. Targets:
at least half as many submissions a second as bare commits; with 32 contributors at once and two
processes nothing but 202, 99 of 100 answers within 0.5 s, and every answer within 3 s. What else
the machine does moves all figures: the ratio is what to compare. How long the disk takes to sync
decides most: where that is half a millisecond, a bare commit costs less than Python's share of the
work, and where it is five, little else counts.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.services.contributing.api_keys import holder_of
from app.services.contributing.parsing import read_citation
from app.services.contributing.submit import Prepared, prepare, store
from app.storage.database.engine import Database
from app.web.http.process import tune_garbage_collection
from tests.crowd import a_citation, served, set_up, submit_all_at_once

SECONDS = 10.0
ALONE = 300
AT_ONCE = 32
ROWS = {
    "submissions": "SELECT * FROM submissions WHERE id = ?",
    "submission_quotes": "SELECT * FROM submission_quotes WHERE submission = ?",
}


@dataclass(slots=True)
class Took:
    """Seconds that submissions took, and bare commits of the same rows."""

    preparing: float = 0.0
    keeping: float = 0.0
    bare: float = 0.0


def main() -> None:
    """Print the rates, each as a share of bare commits."""
    tune_garbage_collection()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "alone.sqlite3"
        (secret,) = set_up(f"sqlite:///{path}", 1)
        beside_bare_commits(path, secret, ALONE // 3)  # warms everything up
        took = beside_bare_commits(path, secret, ALONE)
        bare = ALONE / took.bare
        print(f"bare commits: {bare:.0f} a second")
        told(f"kept, once prepared: {ALONE / took.keeping:.0f}", took.bare / took.keeping)
        whole = took.preparing + took.keeping
        told(f"prepared and kept: {ALONE / whole:.0f}", took.bare / whole)
        many = AT_ONCE * 30
        rate = many / keeping_at_once(path, secret, many)
        told(f"kept by {AT_ONCE} at once, once prepared: {rate:.0f}", rate / bare)
        crowd(folder, bare)


def told(rate: str, of_bare: float) -> None:
    print(f"{rate} a second, {of_bare:.2f} of bare")


def beside_bare_commits(path: Path, secret: str, times: int) -> Took:
    """One process without a server submits, and after each commits the same rows bare.

    Preparing is from the JSON sent until nothing is left but to write; keeping is what happens
    while nobody else may write: count, insert, commit.
    """
    took = Took()
    bare_path = path.with_name(f"bare-{times}.sqlite3")
    with closing(Database(f"sqlite:///{path}")) as database, bare_copy(path, bare_path) as bare:
        with database.reading() as session:
            key = holder_of(session, secret)
        for _ in range(times):
            text, now = json.dumps(a_citation()), datetime.now(UTC)
            begun = time.perf_counter()
            body = json.loads(text)
            with database.reading() as session:
                prepared = prepare(session, read_citation(body), body, now)
            ready = time.perf_counter()
            with database.writing() as session:
                made = store(session, key, prepared, now, an_hour=1_000_000)
            done = time.perf_counter()
            took.preparing += ready - begun
            took.keeping += done - ready
            took.bare += commit_bare(path, bare, made.submission.id)
    return took


def keeping_at_once(path: Path, secret: str, times: int) -> float:
    """Seconds until all of the prepared submissions are stored, by many threads of one process."""
    now = datetime.now(UTC)
    with closing(Database(f"sqlite:///{path}")) as database:
        with database.reading() as session:
            key = holder_of(session, secret)
            bodies = [a_citation() for _ in range(times)]
            ready = [prepare(session, read_citation(body), body, now) for body in bodies]

        def keep(prepared: Prepared) -> None:
            database.write(lambda session: store(session, key, prepared, now, an_hour=1_000_000))

        begun = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(keep, ready))
        return time.perf_counter() - begun


@contextmanager
def bare_copy(path: Path, to: Path) -> Iterator[sqlite3.Connection]:
    """An empty copy of the tables of submissions, indexes included."""
    places = ", ".join("?" * len(ROWS))
    made = f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({places}) AND sql IS NOT NULL"
    with closing(sqlite3.connect(path)) as filled:
        statements = filled.execute(f"{made} ORDER BY rowid", list(ROWS)).fetchall()
    with closing(sqlite3.connect(to, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for (statement,) in statements:
            connection.execute(statement)
        yield connection


def commit_bare(path: Path, bare: sqlite3.Connection, submission: str) -> float:
    """Seconds that one commit of a submission's rows takes."""
    with closing(sqlite3.connect(path)) as filled:
        found = {table: filled.execute(rows, (submission,)) for table, rows in ROWS.items()}
        values = {table: rows.fetchone() for table, rows in found.items()}
    begun = time.perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for table, row in values.items():
        bare.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    bare.execute("COMMIT")
    return time.perf_counter() - begun


def crowd(folder: Path, bare: float) -> None:
    """32 contributors at once on a site of two processes."""
    with served(folder, f"sqlite:///{folder / 'crowd.sqlite3'}") as site:
        submit_all_at_once(site, 1.0)
        answers = submit_all_at_once(site, SECONDS)
    took = sorted(answer.seconds for answer in answers)
    rate = len(answers) / SECONDS
    told(f"32 contributors, two processes: {rate:.0f}", rate / bare)
    print(f"answers: {dict(Counter(answer.status for answer in answers))}")
    print(
        f"seconds to an answer: half within {took[len(took) // 2]:.3f}, "
        f"99 of 100 within {took[int(len(took) * 0.99)]:.3f}, the slowest {took[-1]:.3f}"
    )


if __name__ == "__main__":
    main()
