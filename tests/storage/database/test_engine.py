from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from app.domain.revisions.chain import GENESIS, Head
from app.storage import tables
from app.storage.database.engine import Database
from app.storage.registers.entries import get_entry
from app.storage.revisions.audit import audit
from app.storage.revisions.log import get, head, list_changes, lock_head
from tests.databases import SqliteFiles
from tests.storage.factories import NOON, append_body, save
from tests.storage.workers import AT_ONCE, run_at_once


def test_what_was_written_is_there_after_the_transaction(database: Database) -> None:
    with database.writing() as session:
        revision = append_body(session)
    with database.reading() as session:
        assert get(session, 1).revision == revision


def test_an_error_leaves_nothing_of_the_transaction_behind(database: Database) -> None:
    class Interruption(Exception):
        pass

    def interrupted() -> None:
        with database.writing() as session:
            append_body(session)
            raise Interruption

    with pytest.raises(Interruption):
        interrupted()
    with database.reading() as session:
        assert head(session) == Head(0, GENESIS)
        assert list_changes(session, 0, 10) == []


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError):
        session.execute(text("UPDATE head SET number = 7"))
    with database.writing() as session:
        assert append_body(session).number == 1


def test_a_reading_session_sees_the_record_as_it_was_at_its_first_read(database: Database) -> None:
    with database.reading() as before:
        assert head(before).number == 0
        with database.writing() as session:
            append_body(session)
        assert head(before).number == 0
    with database.reading() as after:
        assert head(after).number == 1


def test_times_go_in_with_any_zone_and_come_out_in_utc(database: Database) -> None:
    in_yerevan = datetime(2026, 11, 3, 16, 0, 0, 123456, timezone(timedelta(hours=4)))
    with database.writing() as session:
        append_body(session, at=in_yerevan)
    with database.reading() as session:
        at = get(session, 1).revision.at
    assert at == in_yerevan
    assert at.isoformat() == "2026-11-03T12:00:00.123456+00:00"


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = NOON.replace(tzinfo=None)
    with database.writing() as session:
        with pytest.raises(ValueError, match="zone"):
            append_body(session, at=naive)
        with pytest.raises(StatementError, match="timezone"):
            session.execute(tables.revisions.insert(), {"number": 1, "at": naive})


def test_short_texts_are_sorted_by_code_point_whatever_the_locale(database: Database) -> None:
    with database.writing() as session:
        for former in ("b", "B", "a-c", "ab", "é"):
            row = {"former": former}
            session.execute(text("INSERT INTO former_ids VALUES ('claim', :former, 'x')"), row)
        in_order = session.scalars(text("SELECT former FROM former_ids ORDER BY former")).all()
    assert in_order == ["B", "a-c", "ab", "b", "é"]


def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    orphan = text("INSERT INTO accounts (claim, id, ordinal) VALUES ('none', 'left', 0)")
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(orphan)


def test_sqlite_keeps_what_was_committed_and_waits_for_other_writers(tmp_path: Path) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10_000,
    }
    path = tmp_path / "50 % of" / "variorum.sqlite3"
    path.parent.mkdir()
    path.touch()
    with closing(Database(f"sqlite:///{path}")) as database, database.writing() as session:
        assert expected == {name: session.scalar(text(f"PRAGMA {name}")) for name in expected}


def test_opening_a_new_file_waits_for_whoever_writes_to_it(tmp_path: Path) -> None:
    """SQLite refuses WAL mode at once while a new file is written to; it does not wait itself."""
    path = tmp_path / "variorum.sqlite3"
    with (
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
        closing(Database(f"sqlite:///{path}")) as database,
    ):
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE written (number INTEGER)")
        release = threading.Timer(0.3, other.execute, ["COMMIT"])
        release.start()
        with database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM written")) == 0
        release.join()


def test_a_second_writer_waits_for_the_first(database: Database) -> None:
    first_holds, second_asks = threading.Event(), threading.Event()
    order: list[str] = []

    def second() -> None:
        first_holds.wait(10)
        second_asks.set()
        with database.writing() as session:
            lock_head(session)
            order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with database.writing() as session:
        lock_head(session)
        first_holds.set()
        second_asks.wait(10)
        other.join(0.2)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_processes_that_read_and_then_write_lose_nothing(database_url: str) -> None:
    assert set(run_at_once("write a lot", database_url)) == {0}
    with closing(Database(database_url)) as database, database.reading() as session:
        assert head(session).number == 20 * AT_ONCE
        assert audit(session).is_intact


def test_a_rewritten_database_keeps_its_rows_and_nothing_of_what_was_deleted(
    database: Database,
) -> None:
    words = "words that have to go"
    with database.writing() as session:
        save(session, "side", {"id": "north", "name": "Northern"})
        save(session, "side", {"id": "south", "name": words})
    with database.writing() as session:
        session.execute(text("DELETE FROM register_entries WHERE id = 'south'"))
        session.execute(text("UPDATE revision_bodies SET body = NULL WHERE number = 2"))
    assert database.rewrite()
    with database.reading() as session:
        assert get_entry(session, "side", "north").name == "Northern"
        assert session.scalar(text("SELECT count(*) FROM register_entries")) == 1
    if database.is_sqlite:
        path = Path(str(database.url.database))
        files = [path, path.with_name(f"{path.name}-wal")]
        assert not any(words.encode() in file.read_bytes() for file in files if file.exists())


def test_a_reader_who_does_not_end_keeps_a_database_from_being_rewritten_whole(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    path = sqlite_files.copy("example", tmp_path)
    with closing(Database(f"sqlite:///{path}")) as database:
        with database.writing() as session:
            session.execute(text("UPDATE workers SET seen_at = seen_at"))
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM revisions").fetchone()
            assert not database.rewrite(wait=0.1)
        assert database.rewrite()


def test_works_written_together_are_each_kept_or_undone(database: Database) -> None:
    def work(number: int) -> int:
        def insert(session: Session) -> int:
            session.execute(text("INSERT INTO together VALUES (:n)"), {"n": number // 2})
            return number

        try:
            return database.write(insert)
        except IntegrityError:
            return -1

    with database.writing() as session:
        session.execute(text("CREATE TABLE together (number INTEGER PRIMARY KEY)"))
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(work, range(40)))
    assert told.count(-1) == 20
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM together")) == 20
