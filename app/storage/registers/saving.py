"""Saving register entries; a dossier's places are written with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.database import upsert
from app.storage.former_ids import save_former_ids
from app.storage.pages import page_key
from app.storage.revisions import EntryKind, Revision, canonical, sha256
from app.storage.search.entries import index_entry
from app.storage.search.rows import forget_entry_texts

_ENTRIES = tables.register_entries.c


def save_entry(
    session: Session,
    kind: EntryKind,
    body: Mapping[str, Any],
    *,
    revision: Revision,
    ordinal: int | None = None,
) -> None:
    """Write what an entry's newest revision says; with a dossier its places are written anew.

    `body` is what was appended. Without an `ordinal` an entry keeps its place, a new one comes
    last. Raises ValueError for a revision that is not of this entry as it is.
    """
    if (revision.subject_kind, revision.subject_id) != (kind, body["id"]):
        raise ValueError(f"revision {revision.number} is not of the {kind} {body['id']}")
    if revision.body_hash != sha256(canonical(body)):
        raise ValueError(f"revision {revision.number} says something else of {body['id']}")
    place = _next_ordinal(session, kind, body["id"]) if ordinal is None else ordinal
    upsert(session, tables.register_entries, [_row(kind, body, place, revision)])
    save_former_ids(session, kind, body["id"], body.get("formerly", ()))
    if kind == "document":
        for table in (tables.citations, tables.dossier_documents):
            cited = table.c.document == body["id"]
            session.execute(update(table).where(cited).values(publisher=body["publisher"]))
    if kind == "dossier":
        _save_places(session, body, revision)
    index_entry(session, kind, body["id"])


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
        "publisher": body.get("publisher"),
        "side": body.get("side"),
        "dossier": revision.subject_id if kind == "place" else None,
        "page": page_key(body["url"]) if kind == "document" and body.get("url") else None,
    }


def _next_ordinal(session: Session, kind: EntryKind, entry_id: str) -> int:
    of_kind = select(_ENTRIES.ordinal).where(_ENTRIES.kind == kind)
    present: int | None = session.scalar(of_kind.where(_ENTRIES.id == entry_id))
    if present is not None:
        return present
    last: int | None = session.scalar(of_kind.order_by(_ENTRIES.ordinal.desc()).limit(1))
    return 0 if last is None else last + 1


def _save_places(session: Session, dossier: Mapping[str, Any], revision: Revision) -> None:
    """Write the places of a dossier, and take out those that it has no more."""
    places = dossier.get("places", ())
    of_dossier = (_ENTRIES.kind == "place") & (_ENTRIES.dossier == dossier["id"])
    kept = {place["id"] for place in places}
    gone = set(session.scalars(select(_ENTRIES.id).where(of_dossier))) - kept
    session.execute(delete(tables.register_entries).where(of_dossier, _ENTRIES.id.in_(gone)))
    forget_entry_texts(session, "place", gone)
    rows = [_row("place", place, ordinal, revision) for ordinal, place in enumerate(places)]
    upsert(session, tables.register_entries, rows)
    for place in places:
        save_former_ids(session, "place", place["id"], place.get("formerly", ()))
