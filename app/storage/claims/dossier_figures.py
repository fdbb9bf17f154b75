"""What a dossier rests on, and which side answers which of its claims."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.storage import tables

_COUNTS = tables.dossier_documents.c


@dataclass(frozen=True, slots=True)
class Extent:
    """What a dossier rests on: how many claims, citations, documents and publishers."""

    claims: int
    citations: int
    documents: int
    publishers: int


def extent(session: Session, dossier: str) -> Extent:
    """What a dossier rests on."""
    claims = select(func.count()).where(_CLAIMS.dossier == dossier).select_from(tables.claims)
    row = session.execute(
        select(
            claims.scalar_subquery(),
            func.coalesce(func.sum(_COUNTS.citations), 0),
            func.count(),
            func.count(distinct(_COUNTS.publisher)),
        ).where(_COUNTS.dossier == dossier)
    ).one()
    return Extent(*row)


def documents_by_side(session: Session, dossier: str) -> dict[str, int]:
    """How many documents that a dossier cites come from publishers of each side that has any."""
    publisher = tables.register_entries.c
    counted = (
        select(_COUNTS.publisher, func.count().label("documents"))
        .where(_COUNTS.dossier == dossier)
        .group_by(_COUNTS.publisher)
        .subquery()
    )
    # Counted by publisher first: hundreds of rows are then joined, and not thousands.
    rows = session.execute(
        select(publisher.side, func.sum(counted.c.documents))
        .join(
            tables.register_entries,
            (publisher.kind == "publisher") & (publisher.id == counted.c.publisher),
        )
        .where(publisher.side.is_not(None))
        .group_by(publisher.side)
    )
    return {row[0]: int(row[1]) for row in rows}  # PostgreSQL's sums are `Decimal`


def most_cited(session: Session, dossier: str, *, limit: int) -> list[tuple[str, int]]:
    """The publishers that a dossier cites most, each with the number of citations."""
    number = func.sum(_COUNTS.citations)
    rows = session.execute(
        select(_COUNTS.publisher, number)
        .where(_COUNTS.dossier == dossier)
        .group_by(_COUNTS.publisher)
        .order_by(number.desc(), _COUNTS.publisher)
        .limit(limit)
    )
    return [(row[0], int(row[1])) for row in rows]


_CLAIMS = tables.claims.c
_SIDES = tables.claim_sides.c


@dataclass(frozen=True, slots=True)
class SidePosition:
    """A side's position on a claim."""

    claim: str
    side: str
    position: str
    searched: bool


def positions_by_claim(session: Session, dossier: str) -> list[SidePosition]:
    """The position of every compared side on every claim, by when it happened, undated last."""
    rows = session.execute(
        select(_CLAIMS.id, _SIDES.side, _SIDES.position, _SIDES.searched)
        .join(tables.claim_sides, _SIDES.claim == _CLAIMS.id)
        .where(_CLAIMS.dossier == dossier)
        .order_by(_CLAIMS.happened_sort, _CLAIMS.id)
    )
    return [SidePosition(*row) for row in rows]
