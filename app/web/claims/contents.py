"""The parts of a claim's page, in their order: its table of contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.web.claims.claim_view import ClaimView
from app.web.wording.locale import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the page; `rank` is a side's, where it is that side's column."""

    anchor: str
    name: str
    count: int | None = None
    rank: int | None = None


def contents(claim: ClaimView, *, has_days: bool, related: int) -> list[Entry]:
    """The parts that the page of this claim has, in their order."""
    return list(_entries(claim, has_days=has_days, related=related))


def _entries(claim: ClaimView, *, has_days: bool, related: int) -> Iterable[Entry]:
    yield Entry("who-says-what", _("Who says what"), len(claim.accounts))
    for column in claim.columns:
        yield Entry(f"column-{column.side}", column.name, column.citations, column.rank)
    if claim.exempted:
        yield Entry("exempted", _("Filings read again by an editor"))
    if claim.overruled:
        yield Entry("overruled", _("Decided by an editor"))
    if has_days:
        yield Entry("over-time", _("Day by day"))
    if claim.shifts:
        yield Entry("shifts", _("How accounts changed"), len(claim.shifts))
    if claim.places:
        yield Entry("names", _("The names each side uses"))
    # Always there: a silence is a finding only where somebody searched, so “no search” is said too.
    yield Entry("searched", _("What was searched"), len(claim.searched))
    if claim.assessment:
        yield Entry("assessment", _("An editor's assessment"))
    if related:
        yield Entry("event", _("Other claims of this event"), related)
