"""Queries that take long are logged, without their values."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, event

_BEGAN = "variorum_query_began"
_MAX_LETTERS = 2_000
_log = structlog.get_logger("variorum.queries")


def log_slow_queries(engine: Engine, seconds: float) -> None:
    """Log every statement of an engine that takes so many seconds or more, until its first row."""

    def before(connection: Connection, *_given: Any) -> None:
        connection.info[_BEGAN] = perf_counter()

    def after(connection: Connection, _cursor: Any, statement: str, *_given: Any) -> None:
        took = perf_counter() - connection.info.pop(_BEGAN, perf_counter())
        if took >= seconds:
            # Values are not in it: SQLAlchemy passes them beside the statement.
            _log.warning("slow query", seconds=round(took, 3), statement=statement[:_MAX_LETTERS])

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
