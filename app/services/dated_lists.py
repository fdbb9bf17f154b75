"""Lists of claims as they could be known on a day: computed on reading, for a bounded number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.domain.dates import Day
from app.domain.disagreement import Comparison, as_known_on, compare
from app.domain.registers import Registers
from app.errors import BadQuery, Sentence
from app.services.assembling import claim_of, dossier_of, registers_of
from app.storage.claims import STATES, ClaimFilter, StoredClaim, get_claims, list_claims
from app.storage.paging import MOST_ITEMS
from app.storage.registers import entries_for_claims

MOST_DATED = 500
ANSWERING = ("holds", "divided", "denies")


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """A claim as it could be known on a day; the claim holds only what had been said by then."""

    stored: StoredClaim
    claim: Claim
    comparison: Comparison


def list_as_known_on(
    session: Session, where: ClaimFilter, day: Day, sort: str = "state"
) -> tuple[list[DatedClaim], Registers]:
    """Every claim that passes the filter as things stood on that day.

    `sort` is `state` (disputed first, then by when it happened) or `date`. Raises `BadQuery` for
    another one, and where more than 500 claims would have to be compared.
    """
    if sort not in ("state", "date"):
        raise BadQuery("sort", Sentence("A dated list is sorted by state or by date."))
    found = _candidates(session, replace(where, state=None, flag=None, side=None))
    registers = registers_of(entries_for_claims(session, [stored.id for stored in found]))
    sides = {dossier: dossier_of(session, dossier).sides for dossier in {s.dossier for s in found}}
    dated = [_dated(stored, registers, sides[stored.dossier], day) for stored in found]
    kept = [item for item in dated if _fits(item.comparison, where)]
    if sort == "state":
        # The candidates come by date; a stable sort keeps that order within a state.
        kept.sort(key=lambda item: STATES.index(item.comparison.state))
    return kept, registers


def _candidates(session: Session, where: ClaimFilter) -> list[StoredClaim]:
    keys: list[str] = []
    cursor = None
    while True:
        page = list_claims(session, where, "date", limit=MOST_ITEMS, cursor=cursor)
        if page.total is None or page.total > MOST_DATED:
            raise BadQuery(
                "as_known_on",
                Sentence(
                    "A dated list compares at most {most} claims; narrow it by other filters.",
                    most=MOST_DATED,
                ),
            )
        keys += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return list(get_claims(session, keys).values())


def _dated(stored: StoredClaim, registers: Registers, sides: Sequence[str], day: Day) -> DatedClaim:
    claim = claim_of(stored.document)
    comparison = compare(claim, registers, sides, day)
    return DatedClaim(stored, as_known_on(claim, day), comparison)


def _fits(comparison: Comparison, where: ClaimFilter) -> bool:
    side = comparison.positions.get(where.side) if where.side else None
    return (
        where.state in (None, comparison.state)
        and (where.flag is None or where.flag in comparison.flags)
        and (where.side is None or (side is not None and side.position in ANSWERING))
    )
