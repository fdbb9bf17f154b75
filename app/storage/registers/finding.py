"""Finding register entries otherwise than one by one: many by id, a document by where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.registers.reading import COLUMNS, StoredEntry
from app.storage.revisions import EntryKind

Key = TypeVar("Key")

_ENTRIES = tables.register_entries.c
_AT_ONCE = 500  # ids in one statement; what strangers send may name tens of thousands
_AMONG = select(*COLUMNS).where(  # and what has one's kind and another's id, where there is any
    _ENTRIES.kind.in_(bindparam("kinds", expanding=True)),
    _ENTRIES.id.in_(bindparam("ids", expanding=True)),
)


def get_entries(session: Session, keys: Collection[tuple[EntryKind, str]]) -> list[StoredEntry]:
    """The entries with these kinds and ids; those that are not on record are left out."""
    found = []
    for some in _parts(sorted(keys)):
        wanted = set(some)
        named = {"kinds": sorted({kind for kind, _ in some}), "ids": [key for _, key in some]}
        for row in session.execute(_AMONG, named):
            entry = StoredEntry(*row)
            if (entry.kind, entry.id) in wanted:
                found.append(entry)
    return found


def taken_ids(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these ids that a claim or a register entry has, or had."""
    taken: set[str] = set()
    for some in _parts(sorted(ids)):
        for column in (_ENTRIES.id, tables.claims.c.id, tables.former_ids.c.former):
            taken.update(session.scalars(select(column).where(column.in_(some))))
    return taken


def documents_of_host(session: Session, host: str) -> list[StoredEntry]:
    """The documents whose addresses may be of this host, in ASCII, and perhaps some others.

    It reads through all documents, for want of an index.
    """
    documents = select(*COLUMNS).where(_ENTRIES.kind == "document", _ENTRIES.page.is_not(None))
    if "xn--" not in host:  # on record such a name may stand in its own letters
        documents = documents.where(
            func.lower(_ENTRIES.body).contains(f"//{host}", autoescape=True)
        )
    return [StoredEntry(*row) for row in session.execute(documents)]


def entries_named(session: Session, kind: EntryKind, name: str) -> list[str]:
    """The ids of the entries that have exactly this name."""
    named = select(_ENTRIES.id).where(_ENTRIES.kind == kind, _ENTRIES.name == name)
    return list(session.scalars(named.order_by(_ENTRIES.id)))


def _parts(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
