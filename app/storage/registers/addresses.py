"""Documents by the page that they are of, in whatever spelling of its address.

A page is known by its address's canonical form, and once it was read also by the address that it
declares itself (`rel=canonical`): what an AMP form's own address is, its outlet knows best.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.values.addresses import page_key
from app.domain.values.canonical_addresses import RULES, address_key, declared_page
from app.storage import tables
from app.storage.database.bulk import batched, upsert

_ENTRIES = tables.register_entries.c
_DECLARED = tables.declared_addresses.c


def documents_of_pages(session: Session, urls: Collection[str]) -> list[str]:
    """The ids of the documents of the pages at these addresses, in the register's order."""
    keys = {key for key in map(address_key, urls) if key}
    declared = select(_DECLARED.canonical).where(_DECLARED.page.in_(map(page_key, urls)))
    keys.update(session.scalars(declared))
    so_declared = select(_DECLARED.page).where(_DECLARED.canonical.in_(keys))
    # Two queries, as SQLite takes no index for an “or” over two columns of which one is a subquery.
    found: set[tuple[int, str]] = set()
    for here in (_ENTRIES.canonical.in_(keys), _ENTRIES.page.in_(so_declared)):
        rows = session.execute(select(_ENTRIES.ordinal, _ENTRIES.id).where(here))
        found.update((row.ordinal, row.id) for row in rows)
    return [key for _, key in sorted(found)]


def declared_keys(session: Session, urls: Collection[str]) -> dict[str, str]:
    """The key of the address that each of the pages at these addresses declares, if it does."""
    pages = {page_key(url): url for url in urls}
    found: dict[str, str] = {}
    for some in batched(pages):
        rows = select(_DECLARED.page, _DECLARED.canonical).where(_DECLARED.page.in_(some))
        found.update((pages[row.page], row.canonical) for row in session.execute(rows))
    return found


def save_declared(session: Session, url: str, declared: str | None) -> None:
    """Store the address that the page at `url` declares as its own, in place of an earlier one.

    What it cannot be believed, or says nothing new, is not stored.
    """
    page = page_key(url)
    canonical = declared_page(url, declared) if declared else None
    key = address_key(canonical)
    if canonical is None or key is None:
        session.execute(delete(tables.declared_addresses).where(_DECLARED.page == page))
    else:
        upsert(
            session,
            tables.declared_addresses,
            [{"page": page, "url": canonical, "canonical": key}],
        )


def refresh_canonical(session: Session) -> int:
    """Make the canonical form anew wherever another version of the rules made it.

    Returns how many rows there were.
    """
    of_documents = _refreshed_documents(session)
    stale = or_(_DECLARED.canonical < f"{RULES}:", _DECLARED.canonical >= f"{RULES};")
    rows = session.execute(select(_DECLARED.page, _DECLARED.url).where(stale)).all()
    for row in rows:
        key = address_key(row.url)
        its = _DECLARED.page == row.page
        if key is None:
            session.execute(delete(tables.declared_addresses).where(its))
        else:
            session.execute(update(tables.declared_addresses).where(its).values(canonical=key))
    return of_documents + len(rows)


def _refreshed_documents(session: Session) -> int:
    # An address that was taken before it would have been refused has none, and is tried again.
    stale = or_(
        _ENTRIES.canonical.is_(None),
        _ENTRIES.canonical < f"{RULES}:",
        _ENTRIES.canonical >= f"{RULES};",
    )
    of_kind = (_ENTRIES.kind == "document") & _ENTRIES.page.is_not(None)
    rows = session.execute(select(_ENTRIES.id, _ENTRIES.body).where(of_kind, stale)).all()
    one = update(tables.register_entries).where(
        _ENTRIES.kind == "document", _ENTRIES.id == bindparam("entry")
    )
    made = [
        {"entry": row.id, "made": key}
        for row in rows
        if (key := address_key(json.loads(row.body).get("url")))
    ]
    for some in batched(made):
        session.execute(one.values(canonical=bindparam("made")), list(some))
    return len(made)
