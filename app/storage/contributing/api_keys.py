"""API keys, found by the hash of their secret, which itself is stored nowhere."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, insert, or_, select, update
from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey
from app.errors import NotFound
from app.storage import tables

_KEYS = tables.api_keys.c
_OF_KEY = (  # in the order of ApiKey
    _KEYS.id,
    _KEYS.name,
    _KEYS.role,
    _KEYS.made_at,
    _KEYS.last_used_at,
    _KEYS.revoked_at,
)
BETWEEN_NOTES = timedelta(minutes=1)


def new_key(session: Session, key: ApiKey, secret_hash: str) -> None:
    """Add a key; the database refuses a name that a key in use has."""
    session.execute(insert(tables.api_keys), asdict(key) | {"secret_hash": secret_hash})


def find_key(session: Session, secret_hash: str) -> ApiKey | None:
    """The key with this secret's hash, revoked or not."""
    return _first(session, _KEYS.secret_hash == secret_hash)


def get_key(session: Session, key: str) -> ApiKey:
    """The key with this id, revoked or not; raises `NotFound`."""
    found = _first(session, _KEYS.id == key)
    if found is None:
        raise NotFound("key", key)
    return found


def list_keys(session: Session) -> list[ApiKey]:
    """Every key there ever was, the oldest first."""
    rows = session.execute(select(*_OF_KEY).order_by(_KEYS.made_at, _KEYS.id))
    return [ApiKey(*row) for row in rows]


def mark_revoked(session: Session, id_or_name: str, at: datetime) -> bool:
    """End a key in use, from the commit on; False where none has this id or name."""
    ended = session.execute(
        update(tables.api_keys)
        .where(or_(_KEYS.id == id_or_name, _KEYS.name == id_or_name), _KEYS.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return cast("CursorResult[Any]", ended).rowcount > 0


def touch_key(session: Session, key: str, at: datetime) -> None:
    """Record that a key was used, at most once a minute.

    A write for each request would make every reader with a key wait for the one writer of SQLite.
    """
    is_due = or_(_KEYS.last_used_at.is_(None), _KEYS.last_used_at <= at - BETWEEN_NOTES)
    session.execute(update(tables.api_keys).where(_KEYS.id == key, is_due).values(last_used_at=at))


def _first(session: Session, where: ColumnElement[bool]) -> ApiKey | None:
    row = session.execute(select(*_OF_KEY).where(where)).one_or_none()
    return None if row is None else ApiKey(*row)
