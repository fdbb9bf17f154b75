"""What contributors ask: which claims words from a page may belong to, and who holds a key."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey
from app.errors import BadInput
from app.queries.registers import document_at
from app.storage.claims.citations import citations_of
from app.storage.claims.word_overlap import claims_near
from app.storage.contributing.api_keys import list_keys

MOST_CLAIMS = 8
_CITED = 100


@dataclass(frozen=True, slots=True)
class Nearby:
    """A claim that words may belong to; `cites_page` where it cites their page already."""

    id: str
    question: str
    state: str
    cites_page: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the record has near words of a page: its document, if it is on record, and claims."""

    document: str | None
    claims: tuple[Nearby, ...]


def look_around(session: Session, url: str, words: str) -> Surroundings:
    """The document at an address, the claims that cite it, and those that share words with these.

    At most eight claims; those that share the most words come first, then those that cite the page.
    An address that cannot be read is of no document.
    """
    document = _document(session, url)
    cited = citations_of(session, "document", document, limit=_CITED) if document else []
    citing = {citation.claim: citation for citation in cited}
    found = [
        Nearby(claim.id, claim.question, claim.state, claim.id in citing)
        for claim in claims_near(session, words, limit=MOST_CLAIMS)
    ]
    known = {claim.id for claim in found}
    found += [
        Nearby(row.claim, row.question, row.state, cites_page=True)
        for key, row in citing.items()
        if key not in known
    ]
    return Surroundings(document, tuple(found[:MOST_CLAIMS]))


def api_keys(session: Session) -> list[ApiKey]:
    """Every key that was ever made, revoked or not, the oldest first."""
    return list_keys(session)


def _document(session: Session, url: str) -> str | None:
    try:
        return document_at(session, url) if url else None
    except BadInput:
        return None
