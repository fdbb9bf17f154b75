"""How much is asked of a database meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from app.storage.database.engine import Database

# Every process that serves on PostgreSQL asks this several times a second, whoever reads.
_WATCHED = "SELECT head.number, checks_head.number FROM head, checks_head"


class Asked:
    """What was asked of a database: `transactions` are the statements of each."""

    def __init__(self) -> None:
        self._begun: list[list[str]] = []

    @property
    def transactions(self) -> list[list[str]]:
        """Those of readers: what watches for changes is left out."""
        return [asked for asked in self._begun if asked and set(asked) != {_WATCHED}]

    @property
    def statements(self) -> list[str]:
        """All statements of these transactions."""
        return [statement for asked in self.transactions for statement in asked]

    def begin(self) -> list[str]:
        """The statements of one transaction more, to be filled."""
        self._begun.append([])
        return self._begun[-1]


@contextmanager
def counted(database: Database) -> Iterator[Asked]:
    """What is asked of a database within the context, from whichever thread."""
    asked = Asked()
    open_now: dict[int, list[str]] = {}

    def on_begin(connection: Connection) -> None:
        open_now[id(connection)] = asked.begin()

    def on_statement(connection: Connection, _cursor: Any, statement: str, *_others: Any) -> None:
        # SQLite's transactions are begun by a statement of ours, PostgreSQL's by its driver.
        if statement != "BEGIN" and id(connection) in open_now:
            open_now[id(connection)].append(" ".join(statement.split()))

    event.listen(database.engine, "begin", on_begin)
    event.listen(database.engine, "before_cursor_execute", on_statement)
    try:
        yield asked
    finally:
        event.remove(database.engine, "begin", on_begin)
        event.remove(database.engine, "before_cursor_execute", on_statement)
