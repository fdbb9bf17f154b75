"""Which snapshots were taken of a page; the answers and texts themselves lie in files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.following.records import (
    CheckedPage,
    SavedSnapshot,
    SnapshotOnRecord,
    TakenSnapshot,
)
from app.storage.following.storable import storable
from app.storage.pages import page_key

_SNAPSHOTS = tables.snapshots.c


def save_taken(session: Session, number: int, page: CheckedPage, taken: TakenSnapshot) -> None:
    """Note a snapshot under the number of its page check; `save_page_check` calls it."""
    row = {
        "number": number,
        "page": page_key(page.url),
        "url": page.url,
        "final_url": page.final_url,
        "at": page.at,
        "status": page.status,
        "media_type": taken.media_type,
        "encoding": taken.encoding,
        "text_hash": taken.saved.text_hash,
        "warc": taken.saved.warc,
        "warc_offset": taken.saved.offset,
        "warc_length": taken.saved.length,
    }
    session.execute(insert(tables.snapshots), storable(row))


def last_snapshot(session: Session, url: str) -> SnapshotOnRecord | None:
    """The newest snapshot of the page at this address."""
    return _first(session, _SNAPSHOTS.page == page_key(url))


def get_snapshot(session: Session, number: int) -> SnapshotOnRecord | None:
    """The snapshot that the page check of this number took."""
    return _first(session, _SNAPSHOTS.number == number)


def _first(session: Session, where: ColumnElement[bool]) -> SnapshotOnRecord | None:
    statement = select(*_SNAPSHOTS).where(where).order_by(_SNAPSHOTS.number.desc()).limit(1)
    row: Any = session.execute(statement).one_or_none()
    if row is None:
        return None
    saved = SavedSnapshot(row.warc, row.warc_offset, row.warc_length, row.text_hash)
    return SnapshotOnRecord(
        number=row.number,
        url=row.url,
        final_url=row.final_url,
        at=row.at,
        status=row.status,
        taken=TakenSnapshot(saved, row.media_type, row.encoding),
    )
