"""Power fails at any moment of many commits: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.values.base import sha256
from app.errors import DatabaseUnavailable, NotFound
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from app.storage.revisions.audit import audit
from tests.crash.power import Disk, Operation, operations
from tests.databases import SqliteFiles

SOURCE = Path(__file__).with_name("writes.c")
WRITER = "tests.crash.writer"
DATABASE = "variorum.sqlite3"
CHANGES = 400  # of which SQLite moves the log into the database several times
FEW, MANY = 40, 2_000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that writes down what a process does to files."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler; on Debian: apt-get install gcc libc6-dev")
    made = tmp_path_factory.mktemp("library") / "writes.so"
    options = ["-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run([compiler, *options], check=True)
    return made


@pytest.fixture(scope="module")
def log(
    library: Path, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The files before the first change, and the log of all changes."""
    before = tmp_path_factory.mktemp("before")
    sqlite_files.copy("tables", before)
    watched = tmp_path_factory.mktemp("watched") / "data"
    shutil.copytree(before, watched)
    written = tmp_path_factory.mktemp("log") / "writes"
    preloaded = {"LD_PRELOAD": str(library), "WATCHED": str(watched), "WRITES": str(written)}
    command = [sys.executable, "-m", WRITER, str(watched), str(CHANGES)]
    subprocess.run(command, env=os.environ | preloaded, check=True)
    return before, written


def test_power_that_fails_at_any_moment_loses_nothing_that_was_acknowledged(
    log: tuple[Path, Path], tmp_path: Path
) -> None:
    assert fail_at(log, FEW, seed=1, folder=tmp_path) == []


@pytest.mark.long
def test_power_that_fails_at_thousands_of_moments_loses_nothing(
    log: tuple[Path, Path], tmp_path: Path
) -> None:
    assert fail_at(log, MANY, seed=2, folder=tmp_path) == []


def test_a_database_that_does_not_sync_would_be_found_out(
    log: tuple[Path, Path], tmp_path: Path
) -> None:
    """The harness itself: without the syncs of the log, acknowledged changes are missing."""
    assert fail_at(log, FEW, seed=1, folder=tmp_path, without_syncs=True) != []


def fail_at(
    log: tuple[Path, Path], moments: int, seed: int, folder: Path, *, without_syncs: bool = False
) -> list[str]:
    """What is wrong after power failed at some moments of the log, each in three ways."""
    before, written = log
    done = list(operations(written))
    assert sum(each.what == "sync" and each.path == DATABASE for each in done) > 2, "no checkpoint"
    chance = random.Random(seed)
    failures = sorted(chance.sample(range(len(done)), moments))
    disk = Disk(safe={DATABASE: bytearray((before / DATABASE).read_bytes())})
    faults: list[str] = []
    for number, each in enumerate(done):
        if failures and number == failures[0]:
            failures.pop(0)
            known = acknowledged(done[:number])
            for files in three_ways(disk, chance):
                found = wrong_with(files, known, folder)
                faults += [f"after operation {number}: {fault}" for fault in found]
        if not (without_syncs and each.what == "sync"):
            disk.apply(each)
    return faults


def three_ways(disk: Disk, chance: random.Random) -> Iterator[dict[str, bytes]]:
    yield disk.after_failure(None, is_kept=False)
    yield disk.after_failure(None, is_kept=True)
    yield disk.after_failure(chance, is_kept=False)


def acknowledged(done: list[Operation]) -> list[tuple[str, str]]:
    """What the process had said to be stored until then, in order."""
    said = b"".join(each.data for each in done if each.path == "acknowledged")
    return [tuple(line.split(" ", 1)) for line in said.decode().splitlines()]  # type: ignore[misc]


def wrong_with(files: dict[str, bytes], known: list[tuple[str, str]], folder: Path) -> list[str]:
    """Open what is left with the program, and look for what was acknowledged."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    for path, content in files.items():
        target = folder / "data" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    revisions = [int(what) for kind, what in known if kind == "revision"]
    try:
        faults = wrong_with_database(folder / "data" / DATABASE, revisions)
    except (sqlite3.DatabaseError, DatabaseUnavailable) as fault:
        faults = [str(fault)]
    snapshots = Snapshots(folder / "data" / "snapshots")
    for kind, what in known:
        if kind == "snapshot" and not is_there(snapshots, what):
            faults.append(f"snapshot {what} is lost")
    return faults


def wrong_with_database(path: Path, revisions: list[int]) -> list[str]:
    faults = []
    with closing(sqlite3.connect(path)) as file:
        (state,) = file.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            faults.append(f"integrity: {state}")
    with closing(Database(f"sqlite:///{path}")) as database, database.reading() as session:
        result = audit(session)
    if result.fault:
        faults.append(f"chain: {result.fault}")
    if revisions and result.head.number < revisions[-1]:
        faults.append(f"revision {revisions[-1]} is lost; the last is {result.head.number}")
    return faults


def is_there(snapshots: Snapshots, text_hash: str) -> bool:
    """Whether the text of a snapshot is stored, and is the one that its hash says."""
    try:
        return sha256(snapshots.read_text(text_hash)) == text_hash
    except NotFound:
        return False
