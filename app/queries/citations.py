"""Everything that one speaker said, in order, with the changes of its account marked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, ShiftFound, comparison_of
from app.domain.records.claims import Citation, Claim, claim_of
from app.storage.claims.citations import CitationOnRecord, citations_of
from app.storage.claims.documents import get_claims

MOST_STATEMENTS = 500


@dataclass(frozen=True, slots=True)
class SpokenStatement:
    """One citation of a speaker, with its claim, and the change that it marks, if it marks one."""

    on_record: CitationOnRecord
    claim: Claim
    citation: Citation
    shift: ShiftFound | None


def statements_of(session: Session, speaker_id: str) -> list[SpokenStatement]:
    """The statements of a speaker, oldest first, the undated last; at most 500."""
    found = citations_of(session, "speaker", speaker_id, limit=MOST_STATEMENTS, oldest_first=True)
    stored = get_claims(session, list(dict.fromkeys(item.claim for item in found)))
    claims = {key: claim_of(claim.document) for key, claim in stored.items()}
    comparisons = {key: comparison_of(claim.comparison) for key, claim in stored.items()}
    return [
        SpokenStatement(
            item,
            claims[item.claim],
            _citation(claims[item.claim], item.id),
            shift_brought(comparisons[item.claim], speaker_id, item.id),
        )
        for item in found
    ]


def _citation(claim: Claim, key: str) -> Citation:
    return next(citation for _account, citation in claim.citations() if citation.id == key)


def shift_brought(comparison: Comparison, speaker: str, citation: str) -> ShiftFound | None:
    """The change of account that this citation brought, if it brought one."""
    return next(
        (s for s in comparison.shifts if s.speaker == speaker and citation in s.to.citations), None
    )
