"""How much is asked of a database meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from app.storage.database.engine import Database

# Every process that serves on PostgreSQL asks this several times a second, whoever reads.
_WATCHED = "SELECT head.number, checks_head.number"


class Asked:
    """What was asked of a database: `transactions` are the statements of each."""

    def __init__(self) -> None:
        self._begun: list[list[str]] = []
        self._asked: list[tuple[str, Any]] = []

    @property
    def transactions(self) -> list[list[str]]:
        """Those of readers: what watches for changes is left out."""
        return [asked for asked in self._begun if not all(s.startswith(_WATCHED) for s in asked)]

    @property
    def statements(self) -> list[str]:
        """All statements of these transactions."""
        return [statement for asked in self.transactions for statement in asked]

    @property
    def parameters(self) -> list[Any]:
        """What was given to each statement."""
        return [parameters for _statement, parameters in self._asked]

    def scans(self, database: Database) -> list[str]:
        """How SQLite would find what was asked for, where that reads all of a register or table.

        What is bounded by a LIMIT does not.
        """
        with database.reading() as session:
            plans = [
                row.detail
                for statement, parameters in self._asked
                if statement.startswith("SELECT") and "LIMIT" not in statement
                for row in session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", parameters
                )
            ]
        return [plan for plan in plans if _reads_all(plan)]

    def note(self, statement: str, parameters: Any) -> None:
        """Remember a statement, to ask for its plan."""
        self._asked.append((statement, parameters))

    def begin(self) -> list[str]:
        """The statements of one transaction more, to be filled."""
        self._begun.append([])
        return self._begun[-1]


def _reads_all(plan: str) -> bool:
    is_scan = plan.startswith("SCAN") and plan != "SCAN head"  # which has one row
    is_constant = "CONSTANT ROW" in plan
    return (is_scan and not is_constant) or plan.endswith("(kind=?)")


@contextmanager
def counted(database: Database) -> Iterator[Asked]:
    """What is asked of a database within the context, from whichever thread."""
    asked = Asked()
    open_now: dict[int, list[str]] = {}

    def on_begin(connection: Connection) -> None:
        open_now[id(connection)] = asked.begin()

    def on_statement(
        connection: Connection, _cursor: Any, statement: str, parameters: Any, *_others: Any
    ) -> None:
        # SQLite's transactions are begun by a statement of ours, PostgreSQL's by its driver.
        if statement != "BEGIN" and id(connection) in open_now:
            open_now[id(connection)].append(" ".join(statement.split()))
            asked.note(statement, parameters)

    event.listen(database.engine, "begin", on_begin)
    event.listen(database.engine, "before_cursor_execute", on_statement)
    try:
        yield asked
    finally:
        event.remove(database.engine, "begin", on_begin)
        event.remove(database.engine, "before_cursor_execute", on_statement)
