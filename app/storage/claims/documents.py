"""Reading claims whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.domain.records.claims import ClaimHeading
from app.domain.values.base import is_id
from app.storage import tables
from app.storage.database.bulk import batched
from app.storage.revisions.log import missing

_CLAIMS = tables.claims.c


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it is now: `document` and `comparison` are JSON texts, keys sorted.

    `revision` and `hash` are of its newest revision, made at `changed_at`; `compared_at` is the
    change number of the record as of which the comparison holds.
    """

    id: str
    dossier: str
    document: str
    comparison: str
    engine: str
    revision: int
    changed_at: datetime
    hash: str
    compared_at: int


def get_claim(session: Session, claim_id: str) -> StoredClaim:
    """One claim; raises `NotFound`, or `Moved` where the id was renamed."""
    found = get_claims(session, [claim_id] if is_id(claim_id) else [])
    if not found:
        raise missing(session, "claim", claim_id)
    return found[claim_id]


def get_claims(session: Session, claim_ids: Collection[str]) -> dict[str, StoredClaim]:
    """Several claims by id, in the order asked for; those that are not on record are left out."""
    found = {
        row.id: StoredClaim(*row)
        for some in batched(claim_ids)
        for row in session.execute(_BY_ID, {"ids": some})
    }
    return {key: found[key] for key in claim_ids if key in found}


def parts_of(session: Session, claim_ids: Collection[str]) -> list[StoredClaim]:
    """The claims that count a part of one of these, by id."""
    found = [
        StoredClaim(*row)
        for some in batched(claim_ids)
        for row in session.execute(_PARTS, {"wholes": some})
    ]
    return sorted(found, key=lambda stored: stored.id)


def wholes_of(session: Session, claim_ids: Collection[str]) -> set[str]:
    """The ids of the claims of which one of these counts a part, on record or not."""
    return {
        whole
        for some in batched(claim_ids)
        for whole in session.scalars(_WHOLES, {"ids": some})
        if whole
    }


def headings_of_event(
    session: Session, dossier: str, event: str, *, limit: int
) -> list[ClaimHeading]:
    """The first claims of an event by when they happened, the undated last."""
    rows = session.execute(_OF_EVENT, {"dossier": dossier, "event": event, "most": limit})
    return [ClaimHeading(*row) for row in rows]


def stored_claims() -> Select[*tuple[Any, ...]]:
    """The statement whose rows are `StoredClaim`s, to be narrowed and sorted."""
    revision = tables.revisions.c
    return select(
        _CLAIMS.id,
        _CLAIMS.dossier,
        _CLAIMS.document,
        _CLAIMS.comparison,
        _CLAIMS.engine,
        _CLAIMS.revision,
        _CLAIMS.changed_at,
        revision.hash,
        _CLAIMS.compared_at,
    ).join(tables.revisions, revision.number == _CLAIMS.revision)


# Built once: SQLAlchemy takes about a millisecond to build and compile such a statement, SQLite a
# fraction of that to run it.
_BY_ID = stored_claims().where(_CLAIMS.id.in_(bindparam("ids", expanding=True)))
_PARTS = stored_claims().where(_CLAIMS.part_of.in_(bindparam("wholes", expanding=True)))
_WHOLES = select(_CLAIMS.part_of).where(_CLAIMS.id.in_(bindparam("ids", expanding=True))).distinct()
_OF_EVENT = (
    select(_CLAIMS.id, _CLAIMS.question, _CLAIMS.state)
    .where(_CLAIMS.dossier == bindparam("dossier"), _CLAIMS.event == bindparam("event"))
    .order_by(_CLAIMS.happened_sort, _CLAIMS.id)
    .limit(bindparam("most"))
)
