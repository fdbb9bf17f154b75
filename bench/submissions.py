"""How many submissions a second are kept for good, beside bare commits of the same rows.

Run with `.venv/bin/python -m bench.submissions`. On SQLite, each commit reaching the disk. Targets:
at least half as many submissions a second as bare commits; with 32 contributors at once and two
processes nothing but 202, 99 of 100 answers within 0.5 s, and every answer within 3 s. What else
the machine does moves all figures: the ratio is what to compare.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.services.contributing.keys import holder_of
from app.services.contributing.reading import read_citation
from app.services.contributing.submitting import prepare, submit
from app.storage.database import Database
from tests.crowd import a_citation, served, set_up, submit_all_at_once

SECONDS = 10.0
ALONE = 300
ROWS = {
    "submissions": "SELECT * FROM submissions ORDER BY id LIMIT ?",
    "submission_quotes": "SELECT * FROM submission_quotes ORDER BY submission LIMIT ?",
}

Rows = list[tuple[tuple[Any, ...], tuple[Any, ...]]]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "alone.sqlite3"
        (secret,) = set_up(f"sqlite:///{path}", 1)
        before = bare_commits(path, folder / "bare.sqlite3", fill(path, secret))
        whole, kept = one_after_the_other(path, secret)
        after = bare_commits(path, folder / "bare.sqlite3", read_rows(path))
        bare = (before + after) / 2
        print(f"bare commits of the same rows: {before:.0f} and {after:.0f} a second")
        print(f"kept, once prepared: {kept:.0f} a second, {kept / bare:.2f} of bare")
        print(f"prepared and kept: {whole:.0f} a second, {whole / bare:.2f} of bare")
        crowd(folder, bare)


def fill(path: Path, secret: str) -> Rows:
    """The rows that submissions make, after as many as warm everything up."""
    one_after_the_other(path, secret, ALONE // 3)
    return read_rows(path)


def one_after_the_other(path: Path, secret: str, times: int = ALONE) -> tuple[float, float]:
    """Submissions a second in one process without a server.

    First from the JSON sent to the commit: read, held against the record, counted, kept. Then of
    that only what happens while nobody else may write: counted and kept.
    """
    with closing(Database(f"sqlite:///{path}")) as database:
        with database.reading() as session:
            key = holder_of(session, secret)
        whole = kept = 0.0
        for _ in range(times):
            body, now = a_citation(), datetime.now(UTC)
            begun = time.perf_counter()
            sent = read_citation(json.loads(json.dumps(body)))
            with database.reading() as session:
                prepared = prepare(session, sent, body, now)
            ready = time.perf_counter()
            with database.writing() as session:
                submit(session, key, prepared, now, an_hour=1_000_000)
            done = time.perf_counter()
            whole, kept = whole + done - begun, kept + done - ready
        return times / whole, times / kept


def read_rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        found = [connection.execute(rows, (ALONE,)).fetchall() for rows in ROWS.values()]
    return list(zip(*found, strict=True))


def bare_commits(filled: Path, path: Path, rows: Rows) -> float:
    """Commits a second of these rows in a copy of the tables, indexes included."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for statement in declarations(filled):
            connection.execute(statement)
        begun = time.perf_counter()
        for row in rows:
            connection.execute("BEGIN IMMEDIATE")
            for table, values in zip(ROWS, row, strict=True):
                places = ", ".join("?" * len(values))
                connection.execute(f"INSERT INTO {table} VALUES ({places})", values)
            connection.execute("COMMIT")
        return len(rows) / (time.perf_counter() - begun)


def declarations(filled: Path) -> list[str]:
    """How the tables and their indexes were made."""
    places = ", ".join("?" * len(ROWS))
    of_tables = f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({places}) AND sql IS NOT NULL"
    with closing(sqlite3.connect(filled)) as connection:
        return [row[0] for row in connection.execute(f"{of_tables} ORDER BY rowid", list(ROWS))]


def crowd(folder: Path, bare: float) -> None:
    """32 contributors at once on a site of two processes."""
    with served(folder, f"sqlite:///{folder / 'crowd.sqlite3'}") as site:
        submit_all_at_once(site, 1.0)
        answers = submit_all_at_once(site, SECONDS)
    took = sorted(answer.seconds for answer in answers)
    rate = len(answers) / SECONDS
    print(f"32 contributors, two processes: {rate:.0f} a second, {rate / bare:.2f} of bare")
    print(f"answers: {dict(Counter(answer.status for answer in answers))}")
    print(
        f"seconds to an answer: half within {took[len(took) // 2]:.3f}, "
        f"99 of 100 within {took[int(len(took) * 0.99)]:.3f}, the slowest {took[-1]:.3f}"
    )


if __name__ == "__main__":
    main()
