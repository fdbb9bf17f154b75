"""What is cited from a speaker, a document or a publisher, and answers that show a hedge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, ShiftFound, comparison_of
from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import CITED_KINDS, KINDS, CitedKind
from app.domain.records.registers import Document, Publisher, Registers, Speaker
from app.domain.values.base import Record
from app.queries.registers import named_by, read_entry, registers_of
from app.storage.claims import citations
from app.storage.claims.documents import get_claims
from app.storage.registers.entries import entries_for_claims

MAX_STATEMENTS = citations.MAX_CITATIONS

E = TypeVar("E", Speaker, Document, Publisher)


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A citation with its claim and all that it refers to.

    `shift` is the change of the speaker's account that it brought, where it was asked for by
    speaker and brought one.
    """

    claim: Claim
    item: Cited
    shift: ShiftFound | None


@dataclass(frozen=True, slots=True)
class CitedEntry(Generic[E]):
    """A speaker, document or publisher, what it names, and what is cited from it.

    `total` counts all citations, `statements` are the first of them.
    """

    record: E
    named: Registers
    total: int
    statements: Sequence[CitedStatement]


def read_cited_entry(session: Session, model: type[E], key: str, *, limit: int) -> CitedEntry[E]:
    """An entry with at most `limit` citations, and never more than 500.

    A speaker's come oldest first, others latest first, the undated last. Raises `NotFound` or
    `Moved`.
    """
    record = read_entry(session, model, key).record
    kind = _KINDS[model]
    return CitedEntry(
        record=record,
        named=named_by(session, [record]),
        total=citations.count_citations(session, kind, [key])[key],
        statements=_statements(session, kind, key, limit),
    )


_KINDS: Mapping[type[Record], CitedKind] = {KINDS[kind].model: kind for kind in CITED_KINDS}


def _statements(session: Session, kind: CitedKind, key: str, limit: int) -> list[CitedStatement]:
    found = citations.citations_of(session, kind, key, limit=limit, oldest_first=kind == "speaker")
    # A claim that cites an entry ten times is read once.
    keys = list(dict.fromkeys(row.claim for row in found))
    stored = get_claims(session, keys)
    registers = registers_of(entries_for_claims(session, keys))
    claims = {name: claim_of(claim.document) for name, claim in stored.items()}
    items = {
        (name, item.citation.id): item
        for name, claim in claims.items()
        for item in cited(claim, registers)
    }
    # Changes are a speaker's: for a publisher or a document no comparison is read at all.
    comparisons = (
        {name: comparison_of(claim.comparison) for name, claim in stored.items()}
        if kind == "speaker"
        else {}
    )
    return [
        CitedStatement(
            claims[row.claim],
            items[row.claim, row.id],
            _shift(comparisons[row.claim], key, row.id) if comparisons else None,
        )
        for row in found
    ]


def _shift(comparison: Comparison, speaker: str, citation: str) -> ShiftFound | None:
    """The change of account that this citation brought, if it brought one."""
    return next(
        (s for s in comparison.shifts if s.speaker == speaker and citation in s.to.citations), None
    )


def answer_hedged(session: Session, words: Sequence[str]) -> citations.HedgedAnswer | None:
    """The first answer to “how many” that is hedged with one of these words, by claim and account.

    A word before a number, as in “almost 600”, or the answer's only word, as “dozens”.
    """
    return citations.hedged_answer(session, words)
