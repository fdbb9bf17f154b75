"""The health of the record's links: the last check of each document's page, and its result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from app.domain.records.page_checks import Finding, LinkState, PageCheck
from app.domain.values.paging import Page
from app.storage import tables
from app.storage.database.keyset import Order
from app.storage.following.checks import OF_PAGE, is_row_of, newest_of_quotes
from app.storage.registers.entries import StoredEntry

_ENTRIES = tables.register_entries.c
_PAGES = tables.page_checks.c
_SNAPSHOTS = tables.snapshots.c
_DUE = tables.due_checks.c
_CITATIONS = tables.citations.c
_QUOTES = tables.quote_checks.c
_page_state = func.coalesce(_PAGES.state, literal("unchecked"))
_OF_ENTRY = tuple(_ENTRIES[field.name] for field in fields(StoredEntry))
_LAST = tables.last_page_checks
_WITH_LAST = tables.register_entries.outerjoin(_LAST, _LAST.c.page == _ENTRIES.page).outerjoin(
    tables.page_checks, _PAGES.number == _LAST.c.number
)
# For lists; `_WITH_LAST` is enough to count.
_WITH_ALL = _WITH_LAST.outerjoin(tables.snapshots, _SNAPSHOTS.number == _PAGES.snapshot).outerjoin(
    tables.due_checks, _DUE.page == _ENTRIES.page
)
_IN_ORDER = Order("links", (_ENTRIES.ordinal, _ENTRIES.id))


@dataclass(frozen=True, slots=True)
class LinkHealth:
    """A document with an address, and the last check of its page, None while there was none.

    `failures` is how often in a row the page failed, `due_at` when it is checked next, None where
    that is not planned. `findings` counts the document's citations by the result of their last
    check, `unchecked` included.
    """

    document: StoredEntry
    check: PageCheck | None
    failures: int
    due_at: datetime | None
    findings: Mapping[Finding, int]


@dataclass(frozen=True, slots=True)
class LinkCount:
    """How many documents of a publisher have a page in this state."""

    publisher: str
    state: LinkState
    documents: int


def link_health(
    session: Session,
    *,
    publisher: str | None = None,
    state: LinkState | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[LinkHealth]:
    """A page of the documents that have an address, in the register's order.

    Only those of a publisher, and only those whose page is in a state, where these are given.
    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    columns = (*_OF_ENTRY, *OF_PAGE, _DUE.failures, _DUE.due_at)
    listed = _narrowed(select(*columns).select_from(_WITH_ALL), publisher, state)
    counted = _narrowed(select(func.count()).select_from(_WITH_LAST), publisher, state)
    rows = session.execute(_IN_ORDER.cut(listed, limit, cursor)).all()
    # For the documents of the page alone: joined into the list, the newest checks of all citations
    # on record would be sorted out for fifty documents.
    findings = _findings(session, [row.id for row in rows[:limit]])
    return Page(
        items=tuple(_as_link(row, findings) for row in rows[:limit]),
        next_cursor=_IN_ORDER.cursor_after(rows[limit - 1]) if len(rows) > limit else None,
        total=session.scalar(counted),
    )


def count_links(session: Session) -> list[LinkCount]:
    """How many documents with an address each publisher has, by the state of their pages."""
    columns = (_ENTRIES.publisher, _page_state)
    rows = session.execute(
        _narrowed(select(*columns, func.count()).select_from(_WITH_LAST), None, None)
        .group_by(*columns)
        .order_by(*columns)
    )
    return [LinkCount(*row) for row in rows]


def _narrowed(
    statement: Select[*tuple[Any, ...]], publisher: str | None, state: LinkState | None
) -> Select[*tuple[Any, ...]]:
    """The documents with an address among those of a statement, or only some of them."""
    statement = statement.where(_ENTRIES.kind == "document", _ENTRIES.page.is_not(None))
    if publisher is not None:
        statement = statement.where(_ENTRIES.publisher == publisher)
    if state is not None:
        statement = statement.where(_page_state == state)
    return statement


def _findings(session: Session, documents: Collection[str]) -> dict[str, Counter[Finding]]:
    """The results of the last checks of each of these documents' citations, counted."""
    finding = func.coalesce(_QUOTES.finding, literal("unchecked"))
    cited = select(_CITATIONS.claim).where(_CITATIONS.document.in_(documents))
    newest = newest_of_quotes(_QUOTES.claim.in_(cited))
    rows = session.execute(
        select(_CITATIONS.document, finding, func.count())
        .select_from(
            tables.citations.outerjoin(
                newest,
                (newest.c.claim == _CITATIONS.claim) & (newest.c.citation == _CITATIONS.id),
            ).outerjoin(tables.quote_checks, is_row_of(newest))
        )
        .where(_CITATIONS.document.in_(documents))
        .group_by(_CITATIONS.document, finding)
    )
    found: dict[str, Counter[Finding]] = {document: Counter() for document in documents}
    for document, what, count in rows:
        found[document][what] = count
    return found


def _as_link(row: Any, findings: Mapping[str, Mapping[Finding, int]]) -> LinkHealth:
    entry, check = row[: len(_OF_ENTRY)], row[len(_OF_ENTRY) : -2]
    return LinkHealth(
        document=StoredEntry(*entry),
        check=None if check[0] is None else PageCheck(*check),
        failures=row[-2] or 0,
        due_at=row[-1],
        findings=findings[entry[1]],
    )
