"""One claim or several, with the stored comparison and the register entries that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, Segment, comparison_of
from app.domain.disagreement.parts import compare_with_parts
from app.domain.disagreement.statements import Cited, cited
from app.domain.disagreement.timeline import timeline
from app.domain.records.as_known_on import as_known_on
from app.domain.records.claims import Claim, ClaimHeading, claim_of
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day
from app.queries.parts import read_parts
from app.queries.registers import dossier_of, registers_of
from app.storage.claims.documents import StoredClaim, get_claim, get_claims, headings_of_event
from app.storage.registers.entries import entries_for_claim, entries_for_claims

MAX_RELATED = 50


# No slots: a cached property is stored in the instance's own dictionary.
@dataclass(frozen=True)
class ComparedClaim:
    """A claim with its comparison and the entries that both name, as they are or once were."""

    claim: Claim
    comparison: Comparison
    registers: Registers
    dossier: Dossier

    # The words of a page and its picture both need these two, so that each is computed once. They
    # are not stored with the comparison: lists read hundreds of those and show neither, and the
    # API would answer with them.
    @cached_property
    def evidence(self) -> Sequence[Cited]:
        """Every citation with the entries that it refers to, in file order."""
        return cited(self.claim, self.registers)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Who is said to hold what, day by day; empty for a claim that is about no state."""
        return timeline(self.claim, self.registers, self.dossier)


@dataclass(frozen=True)
class WholeClaim(ComparedClaim):
    """A claim with all that its page needs; `stored` has its revision and when that was made."""

    stored: StoredClaim


def read_claim(session: Session, claim_id: str, day: Day | None = None) -> WholeClaim:
    """One claim, or what could be known of it on a day.

    Raises `NotFound`, or `Moved` where its id was renamed.
    """
    return complete(session, find_claim(session, claim_id), day)


def find_claim(session: Session, claim_id: str) -> StoredClaim:
    """One claim as it is stored: its revision can be asked for before anything else is read.

    Raises `NotFound`, or `Moved` where its id was renamed.
    """
    return get_claim(session, claim_id)


def complete(session: Session, stored: StoredClaim, day: Day | None = None) -> WholeClaim:
    """A claim with the entries that it names, or what could be known of it on a day."""
    claim = claim_of(stored.document)
    # By the references that were stored with the comparison: one query, without walking the claim.
    registers = registers_of(entries_for_claim(session, stored.id))
    dossier = dossier_of(session, stored.dossier)
    if day is None:
        return WholeClaim(claim, comparison_of(stored.comparison), registers, dossier, stored)
    # The whole claim is given, so that what is undated and left out can be counted.
    parts = read_parts(session, [claim.id]).get(claim.id, ())
    comparison = compare_with_parts(claim, registers, dossier, parts, day)
    return WholeClaim(as_known_on(claim, day), comparison, registers, dossier, stored)


def current_revision(session: Session, claim_id: str) -> int:
    """The number of a claim's newest revision, to compare `If-Match` with.

    Raises `NotFound`, or `Moved` where its id was renamed.
    """
    return get_claim(session, claim_id).revision


def read_claims(
    session: Session, claim_ids: Sequence[str]
) -> tuple[list[tuple[Claim, Comparison]], Registers]:
    """Several claims, in the order asked for, with the registers that they name."""
    stored = get_claims(session, claim_ids)
    registers = registers_of(entries_for_claims(session, claim_ids))
    return [(claim_of(s.document), comparison_of(s.comparison)) for s in stored.values()], registers


def related_claims(session: Session, claim: Claim, dossier: str) -> list[ClaimHeading]:
    """The other claims of a claim's event, by when they happened; at most 50."""
    if claim.event is None:
        return []
    # One more than is shown, as the claim itself is among them.
    found = headings_of_event(session, dossier, claim.event, limit=MAX_RELATED + 1)
    return [heading for heading in found if heading.id != claim.id][:MAX_RELATED]
