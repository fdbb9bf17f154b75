"""A backup holds everything, as it was at one moment, and a restore brings it all back."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.search.query import query_of
from app.errors import BackupRefused, DatabaseNotReady, VariorumError
from app.queries.health import audit_record
from app.services.record.append_revision import Author
from app.services.record.backup import write_backup
from app.services.record.redact import redact_subject
from app.storage.backup.reading import read_contents
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from app.storage.revisions import log
from app.storage.search.ranking import find
from tests import saved
from tests.databases import KINDS, SqliteFiles, filled

BY = Author("Clerk", datetime(2026, 11, 5, 8, tzinfo=UTC), "By order of a court", "api")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


@pytest.fixture
def record(example: Database, folder: Path) -> Database:
    saved.follow(example, folder)
    return example


@pytest.fixture
def on_sqlite(sqlite_files: SqliteFiles, folder: Path, tmp_path: Path) -> Iterator[Database]:
    """The same on SQLite alone, for what is about files and not about databases."""
    with closing(Database(f"sqlite:///{sqlite_files.copy('example', tmp_path)}")) as database:
        saved.follow(database, folder)
        yield database


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a place for a database in which nothing is, on each kind."""
    with filled(request.param, "nothing", request) as url:
        yield url


def test_a_restored_backup_has_every_row_file_and_secret_on_either_database(
    record: Database, folder: Path, empty_url: str, tmp_path: Path
) -> None:
    report = saved.save(record, folder, tmp_path / "backup.tar")
    saved.restore(tmp_path / "backup.tar", empty_url, tmp_path / "new")
    with closing(Database(empty_url)) as restored:
        assert saved.rows(restored) == saved.rows(record)
        with restored.reading() as session:
            result = audit_record(session)
            assert (result.fault, result.head) == (None, report.summary.head)
            # The index of the search is made anew.
            assert find(session, query_of("licensed"), 10)
    assert saved.files(tmp_path / "new" / "snapshots") == saved.files(folder)
    secret = tmp_path / "new" / "cookie-secret"
    assert (secret.read_text(), secret.stat().st_mode & 0o777) == (saved.SECRET, 0o600)
    assert list((tmp_path / "new").glob(".*")) == []


def test_a_backup_during_writes_holds_a_consistent_beginning_of_the_record(
    record: Database, folder: Path, tmp_path: Path
) -> None:
    stop, snapshots, numbers = threading.Event(), Snapshots(folder), []

    def write() -> None:
        while not stop.is_set():
            number = len(numbers)
            saved.check(record, snapshots, f"https://x.example/{number}", f"Page {number}.")
            with record.writing() as session:
                body = {"id": "lamp", "name": f"Lamp {number}"}
                by = {"author": "x", "origin": "api", "reason": "x", "at": BY.at}
                log.append(session, "side", "lamp", body, **by)  # type: ignore[arg-type]
            numbers.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(numbers) < 3:
            pass
        before = len(numbers)
        saved.save(record, folder, tmp_path / "backup.tar")
        during = len(numbers) - before
    finally:
        stop.set()
        writer.join()
    assert during >= 1, "nothing was written meanwhile"
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    # Revisions without their entries, as written above, are for the audit no whole record.
    report = saved.restore(tmp_path / "backup.tar", url, tmp_path / "new", accept_broken=True)
    with closing(Database(url)) as restored:
        now, then = saved.rows(record), saved.rows(restored)
    assert report.summary.head.number == len(then["revisions"]) == len(then["revision_bodies"])
    assert set(then["revisions"]) < set(now["revisions"])
    assert set(then["snapshots"]) < set(now["snapshots"])
    assert before <= len(then["snapshots"]) - 2 <= before + during + 1


def test_what_is_redacted_while_a_backup_is_made_is_not_in_it(
    record: Database, folder: Path, tmp_path: Path
) -> None:
    redacted = threading.Event()

    def redact(_done: int, _all: int) -> None:
        if not redacted.is_set():
            redacted.set()
            with record.writing() as session:
                redact_subject(session, Snapshots(folder), "claim", saved.CLAIM, BY)

    path = tmp_path / "backup.tar"
    with path.open("w+b") as file:
        write_backup(record, folder, None, file, BY.at, redact)
    assert redacted.is_set()
    assert saved.WORDS not in everything_in(path)
    assert "By order of a court" in everything_in(path)


def test_a_pipe_gets_no_whole_backup_where_something_is_redacted_meanwhile(
    on_sqlite: Database, folder: Path
) -> None:
    out, into = os.pipe()
    got: list[bytes] = []

    def drain() -> None:
        with os.fdopen(out, "rb") as pipe:
            got.append(pipe.read())

    reader = threading.Thread(target=drain)
    reader.start()

    def redact(done: int, total: int) -> None:
        if done == total:
            with on_sqlite.writing() as session:
                redact_subject(session, Snapshots(folder), "claim", saved.CLAIM, BY)

    with os.fdopen(into, "wb") as pipe, pytest.raises(BackupRefused, match="was redacted while"):
        write_backup(on_sqlite, folder, None, pipe, BY.at, redact)
    reader.join()
    assert b"END\0" not in got[0]


def test_a_file_of_a_snapshot_that_is_gone_is_named(
    on_sqlite: Database, folder: Path, tmp_path: Path
) -> None:
    text = next((folder / "text").rglob("*.txt"))
    text.unlink()
    assert saved.save(on_sqlite, folder, tmp_path / "backup.tar").summary.missing == 1
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    assert saved.restore(tmp_path / "backup.tar", url, tmp_path / "new").summary.missing == 1


def test_a_record_that_is_half_written_at_the_end_of_a_file_is_left_out(
    on_sqlite: Database, folder: Path, tmp_path: Path
) -> None:
    before = saved.files(folder)
    warc = next((folder / "warc").iterdir())
    with warc.open("ab") as file:
        file.write(warc.read_bytes()[:400])
    saved.save(on_sqlite, folder, tmp_path / "backup.tar")
    saved.restore(tmp_path / "backup.tar", f"sqlite:///{tmp_path / 'n'}", tmp_path / "new")
    assert saved.files(tmp_path / "new" / "snapshots") == before


def test_an_empty_database_and_a_missing_one_are_not_saved(blank_url: str, tmp_path: Path) -> None:
    with (
        closing(Database(blank_url)) as database,
        pytest.raises(DatabaseNotReady, match=r"nothing to back up|no database to back up"),
    ):
        saved.save(database, tmp_path, tmp_path / "backup.tar")
    assert list(tmp_path.glob("*backup*")) == []


AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/away"


def test_a_database_that_cannot_be_read_or_reached_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "garbage").write_bytes(b"garbage" * 1000)
    garbage = f"sqlite:///{tmp_path / 'garbage'}"
    for url, said in ((AWAY, "cannot be reached"), (garbage, "is not a database")):
        with (
            closing(Database(url)) as database,
            pytest.raises(VariorumError, match=said),
        ):
            saved.save(database, tmp_path, tmp_path / "backup.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["garbage"]


def test_a_restore_into_a_database_that_is_away_leaves_nothing(
    on_sqlite: Database, folder: Path, tmp_path: Path
) -> None:
    saved.save(on_sqlite, folder, tmp_path / "backup.tar")
    with pytest.raises(VariorumError, match="Nothing was written"):
        saved.restore(tmp_path / "backup.tar", AWAY, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def everything_in(path: Path) -> str:
    """All that a backup holds, unpacked."""
    said: list[str] = []

    class Everything:
        def rows(self, _table: object, rows: Iterator[list[object]]) -> None:
            said.extend(map(str, rows))

        def secret(self, secret: str) -> None:
            said.append(secret)

        def file(self, name: str, pieces: Iterator[bytes]) -> None:
            content = b"".join(pieces)
            said.extend((name, content.decode("latin-1"), unpacked(content)))

    with path.open("rb") as file:
        said.append(str(read_contents(file, lambda _: Everything())))
    return "\n".join(said)


def unpacked(content: bytes) -> str:
    """The members of a gzip file, as text; nothing for another file."""
    return gzip.decompress(content).decode("latin-1") if content[:2] == b"\x1f\x8b" else ""
