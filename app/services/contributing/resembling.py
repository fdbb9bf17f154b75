"""What resembles a submission without being the same: for a moderator to look at beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from app.domain.addresses import normalised_url
from app.domain.dates import parse_date
from app.domain.quotations import fold
from app.errors import BadInput
from app.services.contributing.composed import Composed
from app.services.contributing.statements import cited, page_of
from app.storage.contributions import Waiting, waiting_for
from app.storage.registers import entries_named

_ALIKE = 80  # of 100, by Indel distance
_MOST_PENDING = 50

Why = Literal["same-speaker-and-day", "near-words-on-the-page", "same-name"]


@dataclass(frozen=True, slots=True)
class Resembling:
    """A citation, a pending submission or a register entry that a submission resembles.

    `claim` is that of a citation or submission.
    """

    kind: str
    id: str
    claim: str | None
    why: Why


@dataclass(frozen=True, slots=True)
class _Words:
    """What is compared: by whom, when, where, in which words."""

    speakers: frozenset[str]
    said: str | None
    page: str | None
    quote: str


def resembling(
    session: Session, composed: Composed, submission: str | None = None
) -> list[Resembling]:
    """Everything that a composed submission resembles; `submission` is its own id, once it has one.

    Of the claim's pending submissions the fifty newest are looked at.
    """
    found = list(_same_names(session, composed))
    if composed.before is None or composed.citation is None:
        return found
    own = _of_composed(composed, composed.citation)
    for _, citation in composed.before.citations():
        why = _alike(own, _of_composed(composed, citation.id))
        if why:
            found.append(Resembling("citation", citation.id, composed.before.id, why))
    for other in waiting_for(session, composed.before.id, most=_MOST_PENDING):
        why = _alike(own, _of_pending(other)) if other.id != submission else None
        if why:
            found.append(Resembling("submission", other.id, composed.before.id, why))
    return found


def _same_names(session: Session, composed: Composed) -> Iterator[Resembling]:
    for new in composed.new_entries:
        name = getattr(new.entry, "name", None)
        if name:
            for entry_id in entries_named(session, new.kind, name):
                yield Resembling(new.kind, entry_id, None, "same-name")


def _alike(left: _Words, right: _Words) -> Why | None:
    if left.speakers & right.speakers and _one_day(left.said, right.said):
        return "same-speaker-and-day"
    on_one_page = left.page is not None and left.page == right.page
    if on_one_page and left.quote and _ratio(left.quote, right.quote) >= _ALIKE:
        return "near-words-on-the-page"
    return None


def _one_day(left: str | None, right: str | None) -> bool:
    return bool(left and right and parse_date(left).overlaps(parse_date(right)))


def _of_composed(composed: Composed, citation_id: str) -> _Words:
    _, citation = cited(composed.after, citation_id)
    return _Words(
        frozenset(citation.all_speakers),
        citation.said,
        page_of(citation.document, composed.registers),
        citation.quote or "",
    )


def _of_pending(submission: Waiting) -> _Words:
    sent: dict[str, Any] = json.loads(submission.body)
    speakers = {sent.get("speaker"), *sent.get("speakers", ())} - {None}
    return _Words(
        frozenset(speakers),
        sent.get("said"),
        _page(submission.url),
        sent.get("quote") or "",
    )


@lru_cache(maxsize=1024)
def _page(url: str | None) -> str | None:
    try:
        return normalised_url(url) if url else None
    except BadInput:
        return None


def _ratio(left: str, right: str) -> float:
    return fuzz.ratio(fold(left).casefold(), fold(right).casefold())
