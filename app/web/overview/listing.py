"""The claims that an overview shows: a page of the list as it is now, or as of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison
from app.domain.records.claim_filter import MOST_COUNTED, ClaimFilter
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.domain.values.dates import Day
from app.errors import BadQuery, Sentence
from app.queries.as_known_on import DatedClaim, list_as_known_on, sheet_can_be_dated
from app.queries.claim import read_claims
from app.storage.claims.facets import FACETS, facet_sheet
from app.storage.claims.lists import ClaimItem, count_before, count_within_events, cut_claims
from app.web.overview.filters import ListQuery, figure
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list, and what is known of the whole of it.

    `first` is the place of the page's first claim, counted from 1 (None beyond what is counted);
    `counts` are by filter and option, where known; `states` are those of all claims that any
    filter leaves out or not; `elsewhere` counts the claims of events that other pages show;
    `can_be_dated` where few enough claims fit to be compared for a day.
    """

    claims: Sequence[tuple[Claim, Comparison]]
    registers: Registers
    total: int
    first: int | None
    before: str
    after: str
    counts: Mapping[str, Mapping[str, int]]
    states: Mapping[str, int]
    elsewhere: Mapping[str, int]
    can_be_dated: bool = True


def listed_now(session: Session, where: ClaimFilter, query: ListQuery) -> Listed:
    """The claims as the record has them now."""
    sheet = facet_sheet(session, where)
    sort = query.sort or "state"
    page = cut_claims(
        session, where, sort, limit=ON_A_PAGE, cursor=query.after, before=query.before
    )
    before: int | None = 0
    if page.previous_cursor:
        before = count_before(session, where, sort, page.previous_cursor)
    claims, registers = read_claims(session, page.items)
    counts = sheet.count(_chosen(where))
    whole = sheet
    if where.q or where.event:
        whole = facet_sheet(session, ClaimFilter(dossier=where.dossier))
    return Listed(
        claims=claims,
        registers=registers,
        total=counts.total,
        first=None if before is None else before + 1,
        before=page.previous_cursor or "",
        after=page.next_cursor or "",
        counts=counts.options,
        states=whole.count().options["state"],
        elsewhere=_elsewhere(session, where, page.items),
        can_be_dated=sheet_can_be_dated(sheet, where),
    )


def listed_on(session: Session, where: ClaimFilter, query: ListQuery, day: Day) -> Listed:
    """The claims as they could be known on a day; its cursors are ids of claims."""
    dated = list_as_known_on(session, where, day, query.sort or "state")
    start, end = _stretch(dated.items, query)
    shown = dated.items[start:end]
    counts = dated.sheet.count(_chosen(where)).options
    events = Counter(item.claim.event for item in dated.items if item.claim.event)
    here = Counter(item.claim.event for item in shown if item.claim.event)
    return Listed(
        claims=[(item.claim, item.comparison) for item in shown],
        registers=dated.registers,
        total=len(dated.items),
        first=start + 1,
        before=shown[0].claim.id if start else "",
        after=shown[-1].claim.id if end < len(dated.items) else "",
        counts={name: found for name, found in counts.items() if name not in dated.uncounted},
        states=dated.sheet.count().options["state"],
        elsewhere={event: events[event] - here[event] for event in here},
    )


def position(listed: Listed) -> str:
    """Which claims of the list the page shows, and of how many."""
    shown, total = len(listed.claims), listed.total
    if listed.first is None:
        told = _("%(shown)s claims, after the first %(bound)s of the list.")
        return told % {"shown": figure(shown), "bound": figure(MOST_COUNTED)}
    if shown == total:
        return ngettext("%(count)s claim.", "%(count)s claims.", total) % {"count": figure(total)}
    return _("%(first)s–%(last)s of %(total)s claims.") % {
        "first": figure(listed.first),
        "last": figure(listed.first + shown - 1),
        "total": figure(total),
    }


def _chosen(where: ClaimFilter) -> dict[str, str | None]:
    return {name: getattr(where, name) for name in FACETS}


def _elsewhere(session: Session, where: ClaimFilter, items: Sequence[ClaimItem]) -> dict[str, int]:
    here = Counter(item.event for item in items if item.event)
    if not here:
        return {}
    everywhere = count_within_events(session, where, list(here))
    return {event: everywhere[event] - number for event, number in here.items()}


def _stretch(items: Sequence[DatedClaim], query: ListQuery) -> tuple[int, int]:
    """Where a page of a dated list begins and ends; raises `BadQuery` for an unknown cursor."""
    keys = [item.claim.id for item in items]
    for cursor in filter(None, (query.after, query.before)):
        if cursor not in keys:
            raise BadQuery(
                "after",
                Sentence("This list did not give out that cursor; begin at the first page."),
            )
    if query.before:
        start = max(0, keys.index(query.before) - ON_A_PAGE)
    else:
        start = keys.index(query.after) + 1 if query.after else 0
    return start, min(len(items), start + ON_A_PAGE)
