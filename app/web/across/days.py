"""Days with what happened on them and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim, claim_of
from app.queries.registers import registers_of
from app.storage.claims.documents import get_claims
from app.storage.claims.events_by_date import OnDay
from app.storage.registers.entries import entries_for_claims
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import Written, at_start


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something that happened (a claim) or was said (a citation, with who said it, and how)."""

    url: str
    question: str
    who: str
    said: str
    happened: bool


@dataclass(frozen=True, slots=True)
class DayGroup:
    """One date as written, with all that has it."""

    day: Day | None
    entries: tuple[DayEntry, ...]


def day_groups(session: Session, items: Sequence[OnDay]) -> list[DayGroup]:
    """Entries that share a date as written stand together, in order."""
    keys = list(dict.fromkeys(item.claim for item in items))
    registers = registers_of(entries_for_claims(session, keys))
    claims = {key: claim_of(s.document) for key, s in get_claims(session, keys).items()}
    evidence = {
        (key, item.citation.id): item
        for key, claim in claims.items()
        for item in cited(claim, registers)
    }
    groups: dict[str, list[DayEntry]] = {}
    for date, entry in _entries(items, claims, evidence):
        groups.setdefault(date, []).append(entry)
    return [DayGroup(day_view(date), tuple(entries)) for date, entries in groups.items()]


def _entries(
    items: Iterable[OnDay], claims: dict[str, Claim], evidence: dict[tuple[str, str], Cited]
) -> Iterable[tuple[str, DayEntry]]:
    for item in items:
        claim = claims[item.claim]
        if item.kind == "happened":
            question = Written(claim.question)
            entry = DayEntry(urls.claim(claim.id), question, "", "", happened=True)
            yield claim.happened or "", entry
        else:
            found = evidence[item.claim, item.id]
            yield found.citation.said or "", _said(claim, found)


def _said(claim: Claim, found: Cited) -> DayEntry:
    names = [speaker.name for speaker in found.speakers] or [found.publisher.name]
    who = ", ".join(names) if found.speakers else _("%s (in its own voice)") % ", ".join(names)
    stance = found.citation.stance
    wording = found.account.wording
    words = Written(wording) if wording else short_answer(claim, found.account)
    return DayEntry(
        url=urls.citation(claim.id, found.citation.id),
        question=Written(claim.question),
        who=at_start(who if stance == "asserts" else f"{who} · {terms.stance(stance)}"),
        said=words,
        happened=False,
    )
