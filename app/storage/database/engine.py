"""Engines and transactions on SQLite and PostgreSQL.

What differs between the two databases is in this folder and in `search`, and nowhere else.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import DatabaseNotReady, DatabaseUnavailable
from app.storage.database.faults import faults_in_words, identity_of
from app.storage.database.group_commit import GroupCommit
from app.storage.database.slow_queries import log_slow_queries

T = TypeVar("T")

_BUSY_SECONDS = 10
_NAP = (0.0005, 0.003)  # seconds between two attempts to write while another process does
_PRIMARY_CODE = 0xFF  # the bits of an extended result code of SQLite that are its primary code
_HOLDS_LOCK = "variorum_holds_lock"
_FILE = "variorum_file"
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

    def __init__(self, url: str, *, slow_seconds: float = 1.0) -> None:
        """Take the address that `Settings.database_url` holds; nothing is opened yet.

        What takes a query longer than `slow_seconds` is logged.
        """
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._reader = self.engine.execution_options(
            **_READS_ON_SQLITE if self.is_sqlite else _READS_ON_POSTGRESQL
        )
        self._group_commit = GroupCommit(self.writing)
        log_slow_queries(self.engine, slow_seconds)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the record as it was at its first read, and cannot write.

        Here and in every other transaction, what the database cannot do now is raised as
        `DatabaseUnavailable`.
        """
        with faults_in_words(self.url), Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all committed at the end, or none of them on any error.

        On SQLite it is the only writer from its first statement on; on PostgreSQL from
        `revisions.lock_head` or `revisions.append` on.
        """
        with faults_in_words(self.url), Session(self.engine) as session, session.begin():
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """What the work returns, once its changes are committed; none are where it raises.

        For short work of which many threads have some at once. It may run in another thread, and
        twice, so that it changes nothing but what the session holds.
        """
        # PostgreSQL groups commits by itself. Several jobs in one of its transactions would take
        # their row locks in any order, and so block each other for good.
        if self.is_sqlite:
            return self._group_commit.run(work)
        with self.writing() as session:
            return work(session)

    @contextmanager
    def changing_schema(self) -> Iterator[Connection]:
        """One transaction that no other process's overlaps, in which tables may be rebuilt.

        Foreign keys are off in it on SQLite, and are checked before it commits.
        """
        with faults_in_words(self.url):
            if self.is_sqlite:
                with _rebuilding(self.url) as connection:
                    yield connection
                return
            committed = self.engine.execution_options(isolation_level="READ COMMITTED")
            with committed.begin() as alone:
                alone.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
                yield alone

    def rewrite(self, wait: float = _MIGRATION_SECONDS) -> bool:
        """Rewrite the files of the database, so that nothing that was deleted is left in them.

        Returns whether that was done whole. On SQLite one who goes on reading for longer than
        `wait` seconds keeps the log beside the file as it was, until every process has closed it.
        """
        with faults_in_words(self.url):
            if not self.is_sqlite:
                with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as alone:
                    alone.execute(text("VACUUM FULL"))
                return True
            path = str(self.url.database)
            with closing(sqlite3.connect(path, wait, isolation_level=None)) as file:
                file.execute("VACUUM")
                # Told in a row and by no error (SQLite's manual, “PRAGMA wal_checkpoint”).
                is_busy, _, _ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not is_busy

    def close(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()


def missing_guards(connection: Connection) -> list[str]:
    """The triggers that refuse changes of revisions, as far as they are missing."""
    dialect = connection.dialect.name
    present = set(connection.scalars(text(_TRIGGERS[dialect])))
    return [name for name, where in _GUARDS.items() if dialect in where and name not in present]


_READS_ON_SQLITE = {"variorum_reads": True}
_READS_ON_POSTGRESQL = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=40,
        # An error's text is logged, and the values are strangers' words and hashes of keys.
        hide_parameters=True,
    )


def _sqlite_engine(url: URL) -> Engine:
    """Connections whose transactions are begun by `_begin_on_sqlite`.

    The driver begins its own before the first write only: two processes that read first and write
    then lost updates, and a deferred BEGIN fails with “database is locked” without any wait.
    """
    path = Path(str(url.database)).absolute()
    engine = create_engine(
        url,
        creator=partial(_open_file, path),
        hide_parameters=True,
        pool_size=10,
        max_overflow=-1,
    )
    lock = FairLock()
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", partial(_begin_on_sqlite, lock, path))
    event.listen(engine, "commit", partial(_require_file, path))
    event.listen(engine, "checkin", partial(_release, lock))
    return engine


def _open_file(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there: only a migration makes one.

    An empty file made by a reader would hide that the database is gone.
    """
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
    )


def _require_file(path: Path, connection: Connection) -> None:
    """Raise `DatabaseUnavailable` where the file is not the one that the connection has open.

    A file that was deleted or replaced goes on being written by those who have it open: everything
    that they store, and acknowledge, would be lost with their last connection.
    """
    if connection.info[_FILE] != identity_of(path):
        # The next transaction opens what is there now.
        connection.invalidate()
        raise DatabaseUnavailable(
            f"The database {path} was deleted or replaced while it was open; nothing was stored. "
            "Put it back, or restore a backup, and start Variorum again."
        )


def _set_up_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    record.info[_FILE] = identity_of(cursor.execute("PRAGMA database_list").fetchone()[2])
    _write_ahead(cursor)
    # Without recursive triggers INSERT OR REPLACE slips past those that refuse deletes. In WAL mode
    # `synchronous = NORMAL` may lose the last commits when the power fails.
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Put a new file into WAL mode; it stays in it.

    Where processes do this at the same moment, SQLite answers “locked” without the busy timeout.
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


def _begin_on_sqlite(lock: FairLock, path: Path, connection: Connection) -> None:
    """Begin a transaction that reads, or one that writes as soon as no other does.

    A writer holds the lock of this process until its connection goes back to the pool: SQLite's own
    waiting is not fair, and of many writers some would wait for seconds.
    """
    reads = connection.get_execution_options().get("variorum_reads", False)
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    driver.execute(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    if reads:
        connection.exec_driver_sql("BEGIN")
        return
    _require_file(path, connection)
    deadline = time.monotonic() + _BUSY_SECONDS
    connection.info[_HOLDS_LOCK] = lock.acquire(_BUSY_SECONDS)
    # Other processes do not share the lock. SQLite's busy handler sleeps up to 100 ms between two
    # attempts; short random naps find the moment when another process is done.
    driver.execute("PRAGMA busy_timeout = 0")
    while not _begins_to_write(driver):
        if time.monotonic() > deadline:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            break
        time.sleep(random.uniform(*_NAP))  # noqa: S311
    driver.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")


def _begins_to_write(driver: sqlite3.Connection) -> bool:
    """Begin to write; False while another process writes."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _release(lock: FairLock, _driver: object, record: ConnectionPoolEntry) -> None:
    # At check-in and not at commit: a transaction that failed comes back to the pool, too.
    if record.info.pop(_HOLDS_LOCK, False):
        lock.release()


@contextmanager
def _rebuilding(url: URL) -> Iterator[Connection]:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": _MIGRATION_SECONDS},
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_up_sqlite)
    with engine.connect() as connection:
        # Alembic rebuilds a table by dropping it: with foreign keys on that silently deleted every
        # row of other tables with ON DELETE CASCADE.
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


class FairLock:
    """Held by one thread at a time, and passed on in the order in which threads asked.

    A plain lock goes to the thread that asks at the right moment: of many waiting threads some wait
    very long. Another thread than the one that acquired it may release it.
    """

    def __init__(self) -> None:
        """Nobody holds it."""
        self._guard = Lock()
        self._queue: deque[Lock] = deque()
        self._is_held = False

    @property
    def waiting(self) -> int:
        """How many threads wait for it."""
        return len(self._queue)

    def acquire(self, seconds: float) -> bool:
        """Wait for the lock for so many seconds at most; False where it did not come."""
        with self._guard:
            if not self._is_held:
                self._is_held = True
                return True
            mine = Lock()
            mine.acquire()
            self._queue.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._queue:
                self._queue.remove(mine)
                return False
        # Released to this thread between the end of its wait and the guard: it holds the lock.
        return True

    def release(self) -> None:
        """Pass the lock on to the thread that has waited longest, if one waits."""
        with self._guard:
            # It stays held while it changes hands, so that no newcomer gets in between.
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_held = False
