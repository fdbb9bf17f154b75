"""Whether the index says what the newest revision of each of its subjects says."""

from __future__ import annotations

import json

from sqlalchemy import Subquery, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.revisions.chain import Fault, canonical
from app.storage.revisions.takedown import tombstone_text


def index_fault(session: Session) -> Fault | None:
    """The first claim, register entry or place that is not its newest revision's, if one is not.

    What was redacted is not compared; what was taken down as a whole stands in no index.
    """
    return _stale_subject(session) or _subject_of_nothing(session) or _stale_place(session)


def _newest() -> Subquery:
    revision = tables.revisions.c
    return (
        select(
            revision.subject_kind, revision.subject_id, func.max(revision.number).label("number")
        )
        .group_by(revision.subject_kind, revision.subject_id)
        .subquery("newest")
    )


def _indexed() -> Subquery:
    claim, entry = tables.claims.c, tables.register_entries.c
    return union_all(
        select(
            literal("claim").label("kind"), claim.id, claim.revision, claim.document.label("body")
        ),
        select(entry.kind, entry.id, entry.revision, entry.body).where(entry.kind != "place"),
    ).subquery("indexed")


def _stale_subject(session: Session) -> Fault | None:
    newest, indexed, stored = _newest(), _indexed(), tables.revision_bodies
    same = and_(
        indexed.c.kind == newest.c.subject_kind,
        indexed.c.id == newest.c.subject_id,
    )
    row = session.execute(
        select(newest.c.number, newest.c.subject_kind, newest.c.subject_id)
        .join(stored, stored.c.number == newest.c.number)
        .outerjoin(indexed, same)
        .where(
            or_(
                indexed.c.revision.is_distinct_from(newest.c.number),
                and_(stored.c.body.is_not(None), stored.c.body != indexed.c.body),
            ),
            or_(
                indexed.c.id.is_not(None),
                stored.c.body.is_distinct_from(tombstone_text(newest.c.subject_id)),
            ),
        )
        .order_by(newest.c.number)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    subject = f"{row.subject_kind} “{row.subject_id}”"
    return Fault(row.number, f"is the newest of the {subject}, and the index says otherwise.")


def _subject_of_nothing(session: Session) -> Fault | None:
    newest, indexed = _newest(), _indexed()
    same = and_(
        indexed.c.kind == newest.c.subject_kind,
        indexed.c.id == newest.c.subject_id,
    )
    row = session.execute(
        select(indexed.c.revision, indexed.c.kind, indexed.c.id)
        .outerjoin(newest, same)
        .where(newest.c.number.is_(None))
        .order_by(indexed.c.revision)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Fault(row.revision, f"is not one of the {row.kind} “{row.id}”, as the index says.")


def _stale_place(session: Session) -> Fault | None:
    entry = tables.register_entries.c
    places = session.execute(
        select(entry.dossier, entry.id, entry.revision, entry.body).where(entry.kind == "place")
    ).all()
    dossiers = session.execute(
        select(entry.id, entry.revision, entry.body).where(entry.kind == "dossier")
    )
    indexed = {(row.dossier, row.id, row.revision, row.body) for row in places}
    recorded = {
        (dossier.id, place["id"], dossier.revision, canonical(place))
        for dossier in dossiers
        for place in json.loads(dossier.body).get("places", [])
    }
    differing = indexed ^ recorded
    if not differing:
        return None
    dossier_id, place_id, number, _ = min(differing, key=lambda place: (place[2], place[1]))
    return Fault(
        number,
        f"holds the places of the dossier “{dossier_id}”; the index differs on “{place_id}”.",
    )
