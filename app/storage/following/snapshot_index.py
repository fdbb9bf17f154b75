"""Which snapshots and archived copies there are of a page; answers and texts are in files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.records.page_checks import (
    CheckedPage,
    PageCopy,
    SavedSnapshot,
    Snapshot,
    TakenSnapshot,
)
from app.domain.values.addresses import page_key
from app.storage import tables
from app.storage.database.bulk import batched, storable_row, upsert

_SNAPSHOTS = tables.snapshots.c


def save_snapshot(session: Session, number: int, page: CheckedPage, taken: TakenSnapshot) -> None:
    """Store where a snapshot is, under its page check's number; `save_page_check` calls it."""
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
    session.execute(insert(tables.snapshots), storable_row(row))


def last_snapshots(session: Session, urls: Collection[str]) -> dict[str, Snapshot]:
    """The newest snapshot of the page at each of these addresses that has one."""
    # By hash: addresses may be longer than PostgreSQL's index takes.
    pages = {url: page_key(url) for url in urls}
    newest = select(func.max(_SNAPSHOTS.number)).group_by(_SNAPSHOTS.page)
    found = {}
    for some in batched(set(pages.values())):
        among = _SNAPSHOTS.number.in_(newest.where(_SNAPSHOTS.page.in_(some)))
        for row in session.execute(select(*_SNAPSHOTS).where(among)):
            found[row.page] = _as_snapshot(row)
    return {url: found[page] for url, page in pages.items() if page in found}


def get_snapshot(session: Session, number: int) -> Snapshot | None:
    """The snapshot that the page check of this number took."""
    row = session.execute(select(*_SNAPSHOTS).where(_SNAPSHOTS.number == number)).one_or_none()
    return None if row is None else _as_snapshot(row)


def _as_snapshot(row: Row[*tuple[Any, ...]]) -> Snapshot:
    saved = SavedSnapshot(row.warc, row.warc_offset, row.warc_length, row.text_hash)
    return Snapshot(
        number=row.number,
        url=row.url,
        final_url=row.final_url,
        at=row.at,
        status=row.status,
        taken=TakenSnapshot(saved, row.media_type, row.encoding),
    )


_COPIES = tables.archived_copies.c


def save_copy(session: Session, url: str, copy: PageCopy) -> None:
    """Store an archive's copy of the page at this address, in place of an earlier one."""
    # Counted apart from checks, as a copy changes pages without a check: caches go by this number.
    head = tables.checks_head
    session.execute(update(head).values(copies=head.c.copies + 1))
    row = asdict(copy) | {"page": page_key(url), "url": url}
    upsert(session, tables.archived_copies, [storable_row(row)])


def copies_of(session: Session, urls: Collection[str]) -> dict[str, list[PageCopy]]:
    """The copies of the pages at these addresses, each archive's, oldest first."""
    pages = {url: page_key(url) for url in urls}
    found: dict[str, list[PageCopy]] = {page: [] for page in pages.values()}
    columns = (_COPIES.archive, _COPIES.copy_url, _COPIES.copied_at, _COPIES.found_at)
    copies = select(_COPIES.page, *columns).order_by(_COPIES.copied_at, _COPIES.archive)
    for some in batched(found):
        for row in session.execute(copies.where(_COPIES.page.in_(some))):
            found[row.page].append(PageCopy(*row[1:]))
    return {url: found[page] for url, page in pages.items()}
