"""Copies of pages that web archives have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.database import upsert
from app.storage.following.records import CopyOnRecord
from app.storage.following.storable import storable
from app.storage.pages import page_key

_COPIES = tables.archived_copies.c


def save_copy(session: Session, url: str, copy: CopyOnRecord) -> None:
    """Note that an archive has a copy of the page at this address, in place of an earlier one."""
    row = asdict(copy) | {"page": page_key(url), "url": url}
    upsert(session, tables.archived_copies, [storable(row)])


def copies_of(session: Session, urls: Collection[str]) -> dict[str, list[CopyOnRecord]]:
    """The copies of the pages at these addresses, each archive's, oldest first."""
    pages = {url: page_key(url) for url in urls}
    found: dict[str, list[CopyOnRecord]] = {page: [] for page in pages.values()}
    rows = session.execute(
        select(_COPIES.page, _COPIES.archive, _COPIES.copy_url, _COPIES.copied_at, _COPIES.found_at)
        .where(_COPIES.page.in_(found))
        .order_by(_COPIES.copied_at, _COPIES.archive)
    )
    for row in rows:
        found[row.page].append(CopyOnRecord(*row[1:]))
    return {url: found[page] for url, page in pages.items()}
