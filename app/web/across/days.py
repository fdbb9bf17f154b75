"""Days with what happened on them and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.disagreement.statements import Cited
from app.domain.records.claims import Claim
from app.queries.across import DayEvent
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, at_start


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


def day_groups(events: Sequence[DayEvent]) -> list[DayGroup]:
    """Events grouped by their date as written, in order."""
    # By the date as written: “2020-12” is none of its days, though it is sorted at one of them.
    groups: dict[str, list[DayEntry]] = {}
    for event in events:
        entry = _said(event.claim, event.cited) if event.cited else _happened(event.claim)
        groups.setdefault(event.date, []).append(entry)
    return [DayGroup(day_view(date), tuple(entries)) for date, entries in groups.items()]


def _happened(claim: Claim) -> DayEntry:
    return DayEntry(urls.claim(claim.id), RecordText(claim.question), "", "", happened=True)


def _said(claim: Claim, found: Cited) -> DayEntry:
    names = [speaker.name for speaker in found.speakers] or [found.publisher.name]
    # The publisher's name alone would read as if it were the speaker.
    who = ", ".join(names) if found.speakers else _("%s (in its own voice)") % ", ".join(names)
    stance = found.citation.stance
    wording = found.account.wording
    words = RecordText(wording) if wording else short_answer(claim, found.account)
    return DayEntry(
        url=urls.citation(claim.id, found.citation.id),
        question=RecordText(claim.question),
        who=at_start(who if stance == "asserts" else f"{who} · {terms.stance(stance)}"),
        said=words,
        happened=False,
    )
