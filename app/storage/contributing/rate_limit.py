"""How often something may be done, counted in the database for all processes.

The library `limits` stores its counts in memory, Redis, memcached or MongoDB, and in no SQL
database: a limit would need another server, or hold for one process alone.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.errors import TooMany
from app.storage import tables
from app.storage.database.bulk import insert_into

_WINDOWS = tables.rate_windows.c


def consume(session: Session, bucket: str, now: datetime, *, limit: int, seconds: int) -> None:
    """Count one more of what `bucket` names; raises `TooMany` where that is not allowed.

    A window of `seconds` begins with the first one and allows `limit`; further ones are refused
    until it ends, which the error says in whole seconds. A transaction that is rolled back counts
    nothing. Until the transaction ends, no other counts in this bucket on PostgreSQL, and none
    writes on SQLite.
    """
    later = now + timedelta(seconds=seconds)
    counted: Any = session.execute(
        _count(session.get_bind().dialect.name),
        {"bucket": bucket, "hits": 1, "ends_at": later, "now": now},
    ).one()
    if counted.hits == 1:
        # Here and by no timer: the transaction that opens a window clears those that are over.
        _delete_others(session, now)
    if counted.hits > limit:
        wait: timedelta = counted.ends_at - now
        raise TooMany(max(1, math.ceil(wait.total_seconds())))


def forbid(session: Session, bucket: str, now: datetime, *, seconds: int) -> None:
    """Allow nothing of what `bucket` names for so long; `is_forbidden` asks for it."""
    ends_at = now + timedelta(seconds=seconds)
    session.execute(
        _count(session.get_bind().dialect.name),
        {"bucket": bucket, "hits": 1, "ends_at": ends_at, "now": now},
    )
    _delete_others(session, now)


def is_forbidden(session: Session, bucket: str, now: datetime) -> bool:
    """Whether `forbid` was said of this, and its time is not over."""
    ends_at = session.scalar(select(_WINDOWS.ends_at).where(_WINDOWS.bucket == bucket))
    return ends_at is not None and ends_at > now


@cache
def _count(dialect: str) -> ReturningInsert[*tuple[Any, ...]]:
    """One more, or the first of a new window where the last is over or there is none."""
    insert = insert_into(tables.rate_windows, dialect)
    is_over = _WINDOWS.ends_at <= bindparam("now")
    return insert.on_conflict_do_update(
        index_elements=[_WINDOWS.bucket],
        set_={
            "hits": case((is_over, 1), else_=_WINDOWS.hits + 1),
            "ends_at": case((is_over, insert.excluded.ends_at), else_=_WINDOWS.ends_at),
        },
    ).returning(_WINDOWS.hits, _WINDOWS.ends_at)


def _delete_others(session: Session, now: datetime) -> None:
    """Delete windows that are over, but for those in which another transaction counts now."""
    over = select(_WINDOWS.bucket).where(_WINDOWS.ends_at <= now).with_for_update(skip_locked=True)
    session.execute(delete(tables.rate_windows).where(_WINDOWS.bucket.in_(over)))
