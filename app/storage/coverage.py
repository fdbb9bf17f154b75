"""Which side answers which claim of a dossier, and which silence was searched."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import tables

_CLAIMS = tables.claims.c
_SIDES = tables.claim_sides.c


@dataclass(frozen=True, slots=True)
class SideOnClaim:
    """A side's position on a claim."""

    claim: str
    side: str
    position: str
    searched: bool


def positions_by_claim(session: Session, dossier: str) -> list[SideOnClaim]:
    """The position of every compared side on every claim, by when it happened, undated last."""
    rows = session.execute(
        select(_CLAIMS.id, _SIDES.side, _SIDES.position, _SIDES.searched)
        .join(tables.claim_sides, _SIDES.claim == _CLAIMS.id)
        .where(_CLAIMS.dossier == dossier)
        .order_by(_CLAIMS.happened_sort, _CLAIMS.id)
    )
    return [SideOnClaim(*row) for row in rows]
