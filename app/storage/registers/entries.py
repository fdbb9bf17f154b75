"""Reading register entries: one, a page, all, or those that claims need."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.records.kinds import ENTRY_KINDS, EntryKind
from app.domain.values.base import is_id
from app.domain.values.paging import Page
from app.storage import tables
from app.storage.database.bulk import AT_ONCE, batched
from app.storage.database.keyset import Order
from app.storage.revisions.log import missing

_ENTRIES = tables.register_entries.c
_REFERENCES = tables.claim_references.c


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A register entry: its name (a document's or dossier's title) and its body as JSON text.

    `ordinal` is its place in its register, `revision` the newest of it, or of a place's dossier.
    `publisher` is a document's, `side` a body's, publisher's or speaker's, `dossier` a place's.
    """

    kind: EntryKind
    id: str
    ordinal: int
    name: str
    body: str
    revision: int
    publisher: str | None
    side: str | None
    dossier: str | None


COLUMNS = tuple(_ENTRIES[field.name] for field in fields(StoredEntry))
_ONE = select(*COLUMNS).where(_ENTRIES.kind == bindparam("kind"), _ENTRIES.id == bindparam("id"))
_IN_ORDER = Order("register", (_ENTRIES.ordinal, _ENTRIES.id))


def get_entry(session: Session, kind: EntryKind, entry_id: str) -> StoredEntry:
    """One entry; raises `NotFound`, or `Moved` where the id was renamed."""
    named = {"kind": kind, "id": entry_id}
    row = session.execute(_ONE, named).one_or_none() if is_id(entry_id) else None
    if row is None:
        raise missing(session, kind, entry_id)
    return StoredEntry(*row)


def list_entries(
    session: Session, kind: EntryKind, *, limit: int = 50, cursor: str | None = None
) -> Page[StoredEntry]:
    """A page of a register, in its order.

    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    rows = session.execute(_IN_ORDER.cut(_of_kind(kind), limit, cursor)).all()
    return Page(
        items=tuple(StoredEntry(*row) for row in rows[:limit]),
        next_cursor=_IN_ORDER.cursor_after(rows[limit - 1]) if len(rows) > limit else None,
        total=session.scalar(select(func.count()).where(_ENTRIES.kind == kind)),
    )


def list_places(session: Session, dossier: str) -> list[StoredEntry]:
    """The places of a dossier, in its order."""
    rows = session.execute(_sorted(_of_kind("place").where(_ENTRIES.dossier == dossier)))
    return [StoredEntry(*row) for row in rows]


def all_entries(session: Session, *kinds: EntryKind) -> Iterator[StoredEntry]:
    """Every entry of these registers, each in its order, a few at a time in memory."""
    for kind in kinds:
        statement = _sorted(_of_kind(kind)).execution_options(yield_per=AT_ONCE)
        with session.execute(statement) as rows:
            for row in rows:
                yield StoredEntry(*row)


def document_addresses(session: Session) -> Iterator[str]:
    """The address of every document that has one, a few at a time in memory."""
    # Of a body the address alone is read: to follow links takes no more of it.
    bodies = select(_ENTRIES.body).where(_ENTRIES.page.is_not(None))
    with session.execute(bodies.execution_options(yield_per=AT_ONCE)) as rows:
        for row in rows:
            yield json.loads(row.body)["url"]


def entries_for_claims(session: Session, claim_ids: Collection[str]) -> list[StoredEntry]:
    """All that the pages and comparisons of these claims need of the registers, by kind."""
    found: dict[tuple[str, str], StoredEntry] = {}
    for some in batched(claim_ids):
        named = select(_REFERENCES.kind, _REFERENCES.id).where(_REFERENCES.claim.in_(some))
        wanted = named.distinct().subquery()
        is_wanted = (wanted.c.kind == _ENTRIES.kind) & (wanted.c.id == _ENTRIES.id)
        for row in session.execute(select(*COLUMNS).join(wanted, is_wanted)):
            found[row.kind, row.id] = StoredEntry(*row)
    return sorted(found.values(), key=lambda entry: (entry.kind, entry.ordinal, entry.id))


def entries_for_claim(session: Session, claim_id: str) -> list[StoredEntry]:
    """All that a claim's page and comparison need of the registers."""
    return entries_for_claims(session, [claim_id])


def claims_naming(session: Session, kind: EntryKind, entry_id: str) -> list[str]:
    """The ids of the claims whose page or comparison needs an entry, in order."""
    naming = (_REFERENCES.kind == kind) & (_REFERENCES.id == entry_id)
    return list(
        session.scalars(select(_REFERENCES.claim).where(naming).order_by(_REFERENCES.claim))
    )


def _of_kind(kind: EntryKind) -> Select[*tuple[Any, ...]]:
    return select(*COLUMNS).where(_ENTRIES.kind == kind)


def _sorted(entries: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return entries.order_by(_ENTRIES.ordinal, _ENTRIES.id)


_AMONG = select(*COLUMNS).where(  # and what has one's kind and another's id, where there is any
    _ENTRIES.kind.in_(bindparam("kinds", expanding=True)),
    _ENTRIES.id.in_(bindparam("ids", expanding=True)),
)


def get_entries(session: Session, keys: Collection[tuple[EntryKind, str]]) -> list[StoredEntry]:
    """The entries with these kinds and ids; those that are not on record are left out."""
    found = []
    for some in batched(sorted(keys)):
        wanted = set(some)
        named = {"kinds": sorted({kind for kind, _ in some}), "ids": [key for _, key in some]}
        for row in session.execute(_AMONG, named):
            entry = StoredEntry(*row)
            if (entry.kind, entry.id) in wanted:
                found.append(entry)
    return found


def ids_in_use(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these ids that a claim or a register entry has, or had."""
    claims, former = tables.claims.c, tables.former_ids.c
    taken: set[str] = set()
    # Of any kind, but with every kind named: the indexes begin with it.
    for column, of_any_kind in (
        (claims.id, ()),
        (_ENTRIES.id, (_ENTRIES.kind.in_(ENTRY_KINDS),)),
        (former.former, (former.kind.in_(("claim", *ENTRY_KINDS)),)),
    ):
        for some in batched(sorted(ids)):
            found = select(column).where(column.in_(some), *of_any_kind)
            taken.update(session.scalars(found))
    return taken


# Where something is says which kind it may be of. With a condition on the kind, or an order by the
# register's, SQLite takes the index that begins with the kind, and reads the whole register.


def publisher_of_domain(session: Session, domain: str) -> str | None:
    """The publisher whose own address is of this host, or else that of a document there.

    Of several the last in the register; None where there is none.
    """
    columns = (_ENTRIES.kind, _ENTRIES.ordinal, _ENTRIES.id, _ENTRIES.publisher)
    # Every site on the host: a slash follows its name, and “0” follows the slash. Not BETWEEN,
    # within which PostgreSQL takes no collation.
    here = (_ENTRIES.site >= f"{domain}/") & (_ENTRIES.site < f"{domain}0")
    # By kind, where “publisher” is after “document”, then by the place in the register.
    last = max(session.execute(select(*columns).where(here)), key=tuple, default=None)
    if last is None:
        return None
    publisher: str = last.id if last.kind == "publisher" else last.publisher
    return publisher


def entries_named(session: Session, kind: EntryKind, name: str) -> list[str]:
    """The ids of the entries that have exactly this name."""
    named = select(_ENTRIES.id).where(_ENTRIES.kind == kind, _ENTRIES.name == name)
    return list(session.scalars(named.order_by(_ENTRIES.id)))
