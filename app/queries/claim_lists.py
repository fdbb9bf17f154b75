"""Lists of claims: a page of one, with comparisons, entries, counts beside filters and position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, comparison_of
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim, ClaimHeading
from app.domain.records.registers import Registers
from app.domain.values.paging import Page
from app.queries.claim import read_claims
from app.storage.claims import lists
from app.storage.claims.facets import FACETS, FacetSheet, facet_sheet
from app.storage.claims.lists import ClaimItem

PAGE_SIZE = 100
MAX_DATED = 500
"""So many claims are compared for a list as of a day."""

# What a day decides is asked of the comparison made for it; the rest of the record's own index.
_DECIDED_BY_THE_DAY = ("state", "flag", "side")


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in a list: what the index has of it, and its comparison."""

    id: str
    dossier: str
    question: str
    kind: str
    nature: str
    topic: str
    event: str | None
    happened: str | None
    revision: int
    changed_at: datetime
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class ClaimsWithEntries:
    """Whole claims with their comparisons, in order, and the entries that they name."""

    claims: Sequence[tuple[Claim, Comparison]]
    registers: Registers


@dataclass(frozen=True, slots=True)
class ListPage(ClaimsWithEntries):
    """One page of a list, and what is known of the whole of it.

    `first` is the place of the page's first claim, counted from 1 (None beyond what is counted);
    `before` and `after` are the cursors of its neighbours, empty where there is none; `counts` are
    by filter and option, where known; `states` are those of all claims that any filter leaves out
    or not; `elsewhere` counts the claims of events that other pages show; `can_be_dated` where few
    enough claims fit to be compared for a day.
    """

    total: int
    first: int | None
    before: str
    after: str
    counts: Mapping[str, Mapping[str, int]]
    states: Mapping[str, int]
    elsewhere: Mapping[str, int]
    can_be_dated: bool = True


_COLUMNS = tuple(field.name for field in fields(ListedClaim) if field.name != "comparison")


def list_claims(
    session: Session,
    where: ClaimFilter,
    sort: str = "state",
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[ListedClaim]:
    """A page of claims as the index has them, sorted in one of the ways of storage's `SORTS`.

    The total is None above 10,000. Raises `BadQuery` for a filter, sort, limit or cursor that
    cannot be read.
    """
    page = lists.list_claims(session, where, sort, limit=limit, cursor=cursor)
    return Page(tuple(map(_listed, page.items)), page.next_cursor, page.total)


def first_claims(
    session: Session, where: ClaimFilter, sort: str = "state", *, limit: int
) -> ClaimsWithEntries:
    """The first claims of a list, whole; how many there are is not counted."""
    # Cut, not listed: counting the whole list would cost more than the few that are shown.
    page = lists.cut_claims(session, where, sort, limit=limit)
    return ClaimsWithEntries(*read_claims(session, [item.id for item in page.items]))


def first_headings(
    session: Session, where: ClaimFilter, sort: str = "state", *, limit: int
) -> list[ClaimHeading]:
    """The first claims of a list by their questions; how many there are is not counted."""
    page = lists.cut_claims(session, where, sort, limit=limit)
    return [ClaimHeading(item.id, item.question, item.state) for item in page.items]


def read_list_page(
    session: Session,
    where: ClaimFilter,
    sort: str = "state",
    *,
    after: str | None = None,
    before: str | None = None,
) -> ListPage:
    """A page of a dossier's claims as the record has them now, from a cursor on or up to one.

    Raises `BadQuery` for a filter, sort or cursor that cannot be read.
    """
    sheet = facet_sheet(session, where)
    page = lists.cut_claims(session, where, sort, limit=PAGE_SIZE, cursor=after, before=before)
    claims, registers = read_claims(session, [item.id for item in page.items])
    counts = sheet.count(facets_asked(where))
    # Facets are left out of the sheet, so that it has the whole dossier unless more is asked for.
    whole = sheet
    if where.q or where.event:
        whole = facet_sheet(session, ClaimFilter(dossier=where.dossier))
    return ListPage(
        claims=claims,
        registers=registers,
        total=counts.total,
        first=_position(session, where, sort, page.previous_cursor),
        before=page.previous_cursor or "",
        after=page.next_cursor or "",
        counts=counts.options,
        states=whole.count().options["state"],
        elsewhere=_elsewhere(session, where, page.items),
        can_be_dated=few_enough(sheet, where),
    )


def without_dated(where: ClaimFilter) -> ClaimFilter:
    """A filter without what the comparison as of a day decides."""
    return replace(where, **dict.fromkeys(_DECIDED_BY_THE_DAY))


def few_enough(sheet: FacetSheet, where: ClaimFilter) -> bool:
    """Whether so few claims of the sheet fit the filter that they can be compared for a day."""
    return sheet.count(facets_asked(without_dated(where))).total <= MAX_DATED


def facets_asked(where: ClaimFilter) -> dict[str, str | None]:
    """What a filter asks of each facet."""
    return {name: getattr(where, name) for name in FACETS}


def _listed(item: ClaimItem) -> ListedClaim:
    columns = {name: getattr(item, name) for name in _COLUMNS}
    return ListedClaim(**columns, comparison=comparison_of(item.comparison))


def _position(session: Session, where: ClaimFilter, sort: str, previous: str | None) -> int | None:
    """The place of a page's first claim, where `previous` is the cursor of the page before."""
    # The first page needs no counting.
    if previous is None:
        return 1
    before = lists.count_before(session, where, sort, previous)
    return None if before is None else before + 1


def _elsewhere(session: Session, where: ClaimFilter, items: Sequence[ClaimItem]) -> dict[str, int]:
    here = Counter(item.event for item in items if item.event)
    if not here:
        return {}
    everywhere = lists.count_within_events(session, where, list(here))
    return {event: everywhere[event] - number for event, number in here.items()}
