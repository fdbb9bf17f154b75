"""What pages and API read: storage's rows as domain records, in two or three queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.domain.dates import Day
from app.domain.disagreement import Comparison, as_known_on, compare
from app.domain.registers import Dossier, Registers
from app.services.assembling import claim_of, comparison_of, dossier_of, registers_of
from app.storage.claims import ClaimItem, StoredClaim, get_claim, get_claims
from app.storage.database import Database
from app.storage.following import copies_of, last_checks_of_claim, last_settled, wording_changes
from app.storage.registers import entries_for_claim, entries_for_claims
from app.storage.schema import require_current
from app.web.views.checks import Followed


def _read_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    if not request.app.state.schema_is_current:
        require_current(database)
        request.app.state.schema_is_current = True
    with database.reading() as session:
        yield session


ReadSession = Annotated[Session, Depends(_read_session, scope="function")]


_MOST_CHANGES = 100


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


def read_followed(session: Session, whole: WholeClaim) -> Followed:
    """What following the links of a claim's citations found."""
    key = whole.claim.id
    citations = [citation for _, citation in whole.claim.citations()]
    documents = {citation.document for citation in citations}
    addresses = {whole.registers.documents[document].url for document in documents}
    checks = last_checks_of_claim(session, key)
    return Followed(
        checks={(key, citation): check for citation, check in checks.items()},
        settled=last_settled(session, [(key, citation.id) for citation in citations]),
        changes=wording_changes(session, claim=key, limit=_MOST_CHANGES),
        copies=copies_of(session, [url for url in addresses if url]),
    )


def read_claims(
    session: Session, items: Sequence[ClaimItem]
) -> tuple[list[tuple[Claim, Comparison]], Registers]:
    """The claims of a list, in its order, with the registers that they name."""
    keys = [item.id for item in items]
    stored = get_claims(session, keys)
    registers = registers_of(entries_for_claims(session, keys))
    return [(claim_of(s.document), comparison_of(s.comparison)) for s in stored.values()], registers
