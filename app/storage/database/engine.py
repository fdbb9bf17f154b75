"""Engines and transactions on SQLite and PostgreSQL.

What differs between the two databases stands here and in `search`, and nowhere else.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import DatabaseNotReady
from app.storage.database.fair_lock import Turns
from app.storage.database.group_commit import Together

T = TypeVar("T")

_BUSY_SECONDS = 10
_NAP = (0.0005, 0.003)  # seconds between two attempts to write while another process does
_PRIMARY_CODE = 0xFF  # of SQLite's result codes, of which the extended ones say more
_HAS_TURN = "variorum_has_turn"
_MIGRATION_SECONDS = 60
_MIGRATION_LOCK = 0x7661_7269_6F72_756D  # “variorum” in ASCII

_GUARDS = {
    f"{table}_refuse_{change}": dialects
    for table in ("revisions", "revision_bodies")
    for change, dialects in {
        "update": ("sqlite", "postgresql"),
        "delete": ("sqlite", "postgresql"),
        "replace": ("sqlite",),
        "truncate": ("postgresql",),
    }.items()
}
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(pg_class.oid)",
}


class Database:
    """One database: its address, its pool of connections, its two kinds of transaction."""

    def __init__(self, url: str) -> None:
        """Take the address that `Settings.database_url` holds; nothing is opened yet."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._reader = self.engine.execution_options(
            **_READS_ON_SQLITE if self.is_sqlite else _READS_ON_POSTGRESQL
        )
        self._together = Together(self.writing)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the record as it stood at its first read, and cannot write."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all committed at the end, or none of them on any error.

        On SQLite it is the only writer from its first statement on; on PostgreSQL from
        `revisions.lock_head` or `revisions.append` on.
        """
        with Session(self.engine) as session, session.begin():
            yield session

    def write_together(self, work: Callable[[Session], T]) -> T:
        """What the work returns, once its changes are committed; none are where it raises.

        On SQLite, where one writes at a time, what other threads of this process want written at
        the same moment shares the transaction. On PostgreSQL, which commits together by itself,
        each has its own: locks of several would be taken in any order.
        """
        if self.is_sqlite:
            return self._together.run(work)
        with self.writing() as session:
            return work(session)

    @contextmanager
    def changing_schema(self) -> Iterator[Connection]:
        """One transaction that no other process's overlaps, in which tables may be rebuilt.

        Foreign keys are off in it on SQLite, where rebuilding a table would otherwise delete what
        depends on it, and are checked before it commits.
        """
        if self.is_sqlite:
            with _rebuilding(self.url) as connection:
                yield connection
        else:
            with self.engine.execution_options(isolation_level="READ COMMITTED").begin() as alone:
                alone.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
                yield alone

    def rewrite(self) -> None:
        """Write the database anew, so that nothing that was deleted is left in its files."""
        if not self.is_sqlite:
            with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as alone:
                alone.execute(text("VACUUM FULL"))
            return
        path = str(self.url.database)
        with closing(sqlite3.connect(path, _MIGRATION_SECONDS, isolation_level=None)) as file:
            file.execute("VACUUM")
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()


def missing_guards(connection: Connection) -> list[str]:
    """The triggers that keep revisions from being changed, as far as they are not there."""
    dialect = connection.dialect.name
    present = set(connection.scalars(text(_TRIGGERS[dialect])))
    return [name for name, where in _GUARDS.items() if dialect in where and name not in present]


_READS_ON_SQLITE = {"variorum_reads": True}
_READS_ON_POSTGRESQL = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url, isolation_level="READ COMMITTED", pool_pre_ping=True, pool_size=10, max_overflow=40
    )


def _sqlite_engine(url: URL) -> Engine:
    """Connections whose transactions we begin ourselves: the driver's own lose updates."""
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
        pool_size=10,
        max_overflow=-1,
    )
    turns = Turns()
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", partial(_begin_on_sqlite, turns))
    event.listen(engine, "checkin", partial(_end_turn, turns))
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Put a new file into WAL mode; it stays in it.

    Processes that do this at the same moment are told “locked” without having waited.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_on_sqlite(turns: Turns, connection: Connection) -> None:
    """Begin to read, or to write as soon as nobody else does.

    Who writes has its turn among this process's threads, and ends it when the connection goes back
    to the pool. SQLite's own waiting is not fair: of many that wait, some wait for seconds.
    """
    reads = connection.get_execution_options().get("variorum_reads", False)
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    driver.execute(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    if reads:
        connection.exec_driver_sql("BEGIN")
        return
    deadline = time.monotonic() + _BUSY_SECONDS
    connection.info[_HAS_TURN] = turns.take(_BUSY_SECONDS)
    driver.execute("PRAGMA busy_timeout = 0")
    while not _begins_to_write(driver):
        if time.monotonic() > deadline:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            break
        time.sleep(random.uniform(*_NAP))  # noqa: S311
    driver.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")


def _begins_to_write(driver: sqlite3.Connection) -> bool:
    """Whether the database is this connection's to write; not while another process does."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _end_turn(turns: Turns, _driver: object, record: ConnectionPoolEntry) -> None:
    if record.info.pop(_HAS_TURN, False):
        turns.give_up()


@contextmanager
def _rebuilding(url: URL) -> Iterator[Connection]:
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": _MIGRATION_SECONDS},
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.commit()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise DatabaseNotReady(
                f"Migrating would leave rows that refer to nothing in {tables}; nothing was done."
            )
        connection.commit()
