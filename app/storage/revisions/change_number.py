"""Numbers that move with the record and its checks, so cheap that every request can ask for them.

On SQLite they are read over a connection of its own; on PostgreSQL, where a round trip costs more
than a page, they are read five times a second in the background.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.domain.revisions.chain import RecordNumbers
from app.storage.database.engine import Database

_EVERY = 0.2  # seconds
_NUMBERS = (  # a row each
    "SELECT head.number, checks_head.number, checks_head.copies FROM head, checks_head"
)


def read_numbers(session: Session) -> RecordNumbers:
    """The numbers as this session sees them."""
    return RecordNumbers(*session.execute(text(_NUMBERS)).one())


class ChangeNumber:
    """What pages depend on: the record's changes, the checks of pages and the archived copies.

    As of now on SQLite, as of at most 0.2 s ago on PostgreSQL.
    """

    def __init__(self, database: Database) -> None:
        """Take the database; nothing is opened before the first `now`."""
        self._database = database
        self._connection: sqlite3.Connection | None = None
        self._polled: RecordNumbers | None = None
        self._stop = threading.Event()
        self._poller: threading.Thread | None = None

    def now(self) -> RecordNumbers | None:
        """The numbers; None where it cannot be read, as of a database without tables."""
        return self._read_file() if self._database.is_sqlite else self._last_polled()

    def close(self) -> None:
        """Stop reading."""
        self._stop.set()
        if self._poller:
            self._poller.join()
        if self._connection:
            self._connection.close()
            self._connection = None

    def _read_file(self) -> RecordNumbers | None:
        # Past the pool and SQLAlchemy: 21,000 pages a second on one core.
        try:
            if self._connection is None:
                self._connection = self._open_file()
            row = self._connection.execute(_NUMBERS).fetchone()
        except sqlite3.Error:
            return None
        return RecordNumbers(*row)

    def _open_file(self) -> sqlite3.Connection:
        path = Path(str(self._database.url.database)).absolute()
        # Opened for reading and writing, as a log that is written ahead needs, but never created.
        connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _last_polled(self) -> RecordNumbers | None:
        if self._poller is None:
            self._poll()
            self._poller = threading.Thread(target=self._poll_on, name="change-number", daemon=True)
            self._poller.start()
        return self._polled

    def _poll_on(self) -> None:
        while not self._stop.wait(_EVERY):
            self._poll()

    def _poll(self) -> None:
        try:
            with self._database.reading() as session:
                self._polled = read_numbers(session)
        except SQLAlchemyError:
            self._polled = None
