"""Passages that pages word otherwise than they did before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.following.records import ChangedWording, WordingChange
from app.storage.following.storable import storable

_CHANGES = tables.wording_changes.c
_OF_CHANGE = tuple(_CHANGES[field.name] for field in fields(ChangedWording))


def save_changes(
    session: Session, page_check: int, at: datetime, changes: Sequence[ChangedWording]
) -> None:
    """Write the changes that a page check saw, numbered on; `save_page_check` calls it.

    While a page check is saved nobody else can save one, so that no number is given twice.
    """
    if not changes:
        return
    last = session.scalar(select(func.max(_CHANGES.number))) or 0
    rows = [
        storable(asdict(change) | {"number": number, "page_check": page_check, "at": at})
        for number, change in enumerate(changes, start=last + 1)
    ]
    session.execute(insert(tables.wording_changes), rows)


def wording_changes(
    session: Session,
    *,
    limit: int,
    before: int | None = None,
    since: int | None = None,
    claim: str | None = None,
) -> list[WordingChange]:
    """Changed wordings, of one claim or of all, at most `limit`.

    Newest first, those before a number; with `since`, oldest first, those after that number, so
    that a mirror reads on where it stopped and misses nothing.
    """
    order = _CHANGES.number.desc() if since is None else _CHANGES.number.asc()
    statement = select(_CHANGES.number, _CHANGES.page_check, _CHANGES.at, *_OF_CHANGE)
    if before is not None:
        statement = statement.where(_CHANGES.number < before)
    if since is not None:
        statement = statement.where(_CHANGES.number > since)
    if claim is not None:
        statement = statement.where(_CHANGES.claim == claim)
    rows = session.execute(statement.order_by(order).limit(limit))
    return [WordingChange(row[0], row[1], row[2], ChangedWording(*row[3:])) for row in rows]
