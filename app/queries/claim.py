"""One claim or several, with the stored comparison and the register entries that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.disagreement.as_known_on import as_known_on
from app.domain.disagreement.comparison import Comparison, comparison_of
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim, claim_of
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day
from app.queries.registers import dossier_of, registers_of
from app.storage.claims.documents import StoredClaim, get_claim, get_claims
from app.storage.claims.lists import ClaimItem
from app.storage.registers.entries import entries_for_claim, entries_for_claims


@dataclass(frozen=True, slots=True)
class WholeClaim:
    """A claim with all that its page needs."""

    claim: Claim
    comparison: Comparison
    registers: Registers
    dossier: Dossier
    stored: StoredClaim


def read_claim(session: Session, claim_id: str, day: Day | None = None) -> WholeClaim:
    """One claim, or what could be known of it on a day.

    Raises `NotFound`, or `Moved` where its id was renamed.
    """
    stored = get_claim(session, claim_id)
    claim = claim_of(stored.document)
    registers = registers_of(entries_for_claim(session, claim_id))
    dossier = dossier_of(session, stored.dossier)
    if day is None:
        return WholeClaim(claim, comparison_of(stored.comparison), registers, dossier, stored)
    comparison = compare(claim, registers, dossier.sides, day)
    return WholeClaim(as_known_on(claim, day), comparison, registers, dossier, stored)


def read_claims(
    session: Session, items: Sequence[ClaimItem]
) -> tuple[list[tuple[Claim, Comparison]], Registers]:
    """The claims of a list, in its order, with the registers that they name."""
    keys = [item.id for item in items]
    stored = get_claims(session, keys)
    registers = registers_of(entries_for_claims(session, keys))
    return [(claim_of(s.document), comparison_of(s.comparison)) for s in stored.values()], registers
