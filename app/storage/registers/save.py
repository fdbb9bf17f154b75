"""Saving register entries; a dossier's places are written with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from app.domain.records.kinds import EntryKind
from app.domain.records.references import REFERENCES, Key
from app.domain.revisions.chain import Revision
from app.domain.values.addresses import page_key, site_of
from app.domain.values.base import canonical, sha256
from app.domain.values.canonical_addresses import address_key
from app.storage import tables
from app.storage.database.bulk import batched, rows_of_pairs, upsert
from app.storage.revisions.log import save_former_ids
from app.storage.search.entries import index_entries
from app.storage.search.rows import delete_entry_texts

_ENTRIES = tables.register_entries.c
# What an entry names by one of these fields is also in a column of the same name.
_NAMED = sorted({field.field for field in REFERENCES if field.field in _ENTRIES})


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What an entry's newest revision says: `body` is what was appended."""

    kind: EntryKind
    body: Mapping[str, Any]
    revision: Revision

    @property
    def key(self) -> Key:
        """By what it is known."""
        return self.kind, str(self.body["id"])

    def require_its_own(self) -> None:
        """Raise ValueError for a revision that is not of this entry as it is."""
        kind, key = self.key
        if (self.revision.subject_kind, self.revision.subject_id) != (kind, key):
            raise ValueError(f"revision {self.revision.number} is not of the {kind} {key}")
        if self.revision.body_hash != sha256(canonical(self.body)):
            raise ValueError(f"revision {self.revision.number} says something else of {key}")


def save_entry(
    session: Session,
    kind: EntryKind,
    body: Mapping[str, Any],
    *,
    revision: Revision,
    ordinal: int | None = None,
) -> None:
    """Write what an entry's newest revision says; with a dossier its places are replaced.

    `body` is what was appended. Without an `ordinal` an entry keeps its place, a new one comes
    last. Raises ValueError for a revision that is not of this entry as it is.
    """
    entry = NewEntry(kind, body, revision)
    _save(session, [entry], {} if ordinal is None else {entry.key: ordinal})


def save_entries(
    session: Session, entries: Sequence[NewEntry], ordinals: Mapping[Key, int] | None = None
) -> None:
    """Write what the newest revisions of entries say, as `save_entry` does one by one."""
    _save(session, entries, ordinals or {})


def _save(session: Session, entries: Sequence[NewEntry], given: Mapping[Key, int]) -> None:
    for entry in entries:
        entry.require_its_own()
    present = _ordinals(session, [entry.key for entry in entries])
    following = {kind: _after_all(session, kind) for kind in {entry.kind for entry in entries}}
    rows = []
    for entry in entries:
        place = given.get(entry.key, present.get(entry.key))
        if place is None:
            place = following[entry.kind]
            following[entry.kind] += 1
        rows.append(_row(entry.kind, entry.body, place, entry.revision))
    upsert(session, tables.register_entries, rows)
    for entry in entries:
        _save_beside(session, entry, is_new=entry.key not in present)
    index_entries(session, [entry.key for entry in entries])


def _save_beside(session: Session, entry: NewEntry, *, is_new: bool) -> None:
    """Write what else holds something of an entry: nothing does yet of a document that is new."""
    kind, key = entry.key
    formerly = entry.body.get("formerly", ())
    if formerly or not is_new:
        save_former_ids(session, kind, key, formerly)
    if kind == "document" and not is_new:
        for table in (tables.citations, tables.dossier_documents):
            cited = table.c.document == key
            session.execute(update(table).where(cited).values(publisher=entry.body["publisher"]))
    if kind == "dossier":
        _save_places(session, entry.body, entry.revision)


def save_order(session: Session, kind: EntryKind, entry_ids: Sequence[str]) -> None:
    """Put the entries of a register into this order; those not named keep their ordinal."""
    statement = (
        update(tables.register_entries)
        .where(_ENTRIES.kind == kind, _ENTRIES.id == bindparam("entry"))
        .values(ordinal=bindparam("place"))
    )
    if entry_ids:
        places = [{"entry": key, "place": place} for place, key in enumerate(entry_ids)]
        session.execute(statement, places)


def _row(
    kind: EntryKind, body: Mapping[str, Any], ordinal: int, revision: Revision
) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": body["id"],
        "ordinal": ordinal,
        "name": body["name"] if "name" in body else body["title"],
        "body": canonical(body),
        "revision": revision.number,
        **{name: body.get(name) for name in _NAMED},
        "dossier": revision.subject_id if kind == "place" else None,
        "page": page_key(body["url"]) if kind == "document" and body.get("url") else None,
        "site": site_of(body["url"]) if body.get("url") else None,
        "canonical": address_key(body.get("url")) if kind == "document" else None,
    }


def _ordinals(session: Session, keys: Sequence[Key]) -> dict[Key, int]:
    """The places in their registers of those entries that are there."""
    # With the revision, which no index has: one that has the rest is read whole by SQLite.
    columns = (_ENTRIES.kind, _ENTRIES.id, _ENTRIES.ordinal, _ENTRIES.revision)
    rows = rows_of_pairs(session, select(*columns), (_ENTRIES.kind, _ENTRIES.id), keys)
    return {(row.kind, row.id): row.ordinal for row in rows}


def _after_all(session: Session, kind: EntryKind) -> int:
    """The place after the last entry of a kind."""
    ordinals = select(_ENTRIES.ordinal).where(_ENTRIES.kind == kind)
    last: int | None = session.scalar(ordinals.order_by(_ENTRIES.ordinal.desc()).limit(1))
    return 0 if last is None else last + 1


def _save_places(session: Session, dossier: Mapping[str, Any], revision: Revision) -> None:
    """Write the places of a dossier, and take out those that it has no more."""
    places = dossier.get("places", ())
    of_dossier = (_ENTRIES.kind == "place") & (_ENTRIES.dossier == dossier["id"])
    present = {place["id"] for place in places}
    gone = set(session.scalars(select(_ENTRIES.id).where(of_dossier))) - present
    for some in batched(gone):
        session.execute(delete(tables.register_entries).where(of_dossier, _ENTRIES.id.in_(some)))
    delete_entry_texts(session, "place", gone)
    rows = [_row("place", place, ordinal, revision) for ordinal, place in enumerate(places)]
    upsert(session, tables.register_entries, rows)
    for place in places:
        save_former_ids(session, "place", place["id"], place.get("formerly", ()))
