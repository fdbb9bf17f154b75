"""Lists of claims as they could be known on a day: computed on reading, for a bounded number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.parts import ComparedPart, compare_with_parts
from app.domain.records.as_known_on import as_known_on
from app.domain.records.claim_filter import GAP_KINDS, STATES, ClaimFilter
from app.domain.records.claims import Claim, claim_of
from app.domain.records.registers import Dossier, Registers
from app.domain.search.words import normalise
from app.domain.values.dates import Day
from app.domain.values.paging import MAX_ITEMS
from app.errors import BadQuery, LazyMessage
from app.queries.claim_lists import (
    MAX_DATED,
    PAGE_SIZE,
    ListedClaim,
    ListPage,
    facets_asked,
    few_enough,
    without_dated,
)
from app.queries.parts import read_parts
from app.queries.registers import dossier_of, registers_of
from app.storage.claims import events_by_date
from app.storage.claims.documents import StoredClaim, get_claims
from app.storage.claims.facets import FACETS, FacetSheet, facet_sheet, facet_words, sheet_of
from app.storage.claims.lists import SORTS, list_claims
from app.storage.registers.entries import entries_for_claims


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """A claim as it could be known on a day; the claim holds only what had been said by then."""

    stored: StoredClaim
    claim: Claim
    comparison: Comparison

    @property
    def listed(self) -> ListedClaim:
        """The claim as lists have it."""
        claim, stored = self.claim, self.stored
        return ListedClaim(
            id=claim.id,
            dossier=stored.dossier,
            question=claim.question,
            kind=claim.kind,
            nature=claim.nature,
            topic=claim.topic,
            event=claim.event,
            happened=claim.happened,
            revision=stored.revision,
            changed_at=stored.changed_at,
            comparison=self.comparison,
        )

    @property
    def facets(self) -> list[str]:
        """What filters choose among, of the claim as of that day."""
        found = self.comparison
        positions = {side: each.position for side, each in found.positions.items()}
        return facet_words(self.claim, found.state, found.flags, positions)


@dataclass(frozen=True, slots=True)
class DatedList:
    """The claims that pass a filter on a day, and the sheet of all that were compared for it.

    `uncounted` are facets by which the record was narrowed before anything was compared, so that
    the sheet knows of one of their options alone.
    """

    items: tuple[DatedClaim, ...]
    registers: Registers
    sheet: FacetSheet
    uncounted: frozenset[str]


def list_as_known_on(
    session: Session, where: ClaimFilter, day: Day, sort: str = "state"
) -> DatedList:
    """Every claim that passes the filter as things were on that day, sorted as lists are.

    Of equals the one that happened first comes first. Raises `BadQuery` for an unknown sort, and
    where more than 500 claims would have to be compared.
    """
    if sort not in SORTS:
        raise BadQuery(
            "sort", LazyMessage("Claims can be sorted by {known}.", known=", ".join(SORTS))
        )
    # What is stored is the comparison of today: on another day a claim may have another state, so
    # that filters by state, flag and side can only be asked after comparing.
    widest = _widest(session, where)
    found = _candidates(session, widest)
    # One query for all of them: a claim by itself would ask for nearly the same entries again.
    registers = registers_of(entries_for_claims(session, [stored.id for stored in found]))
    dossiers = {dossier: dossier_of(session, dossier) for dossier in {s.dossier for s in found}}
    parts = read_parts(session, [stored.id for stored in found])
    dated = [
        _dated(stored, registers, dossiers[stored.dossier], parts.get(stored.id, ()), day)
        for stored in found
    ]
    asked = {f"{name}:{value}" for name in FACETS if (value := getattr(where, name)) is not None}
    fitting = [item for item in dated if asked <= set(item.facets)]
    # The candidates come by date; a stable sort leaves that order among equals.
    fitting.sort(key=_KEYS[sort])
    return DatedList(
        items=tuple(fitting),
        registers=registers,
        sheet=sheet_of([item.facets for item in dated]),
        uncounted=frozenset(name for name in FACETS if getattr(widest, name) is not None),
    )


def read_list_page_on(
    session: Session,
    where: ClaimFilter,
    day: Day,
    sort: str = "state",
    *,
    after: str | None = None,
    before: str | None = None,
) -> ListPage:
    """A page of a dossier's claims as they could be known on a day; its cursors are claims' ids.

    Raises `BadQuery` as `list_as_known_on` does, and for an unknown cursor.
    """
    dated = list_as_known_on(session, where, day, sort)
    start, end = _bounds(dated.items, after, before)
    shown = dated.items[start:end]
    counts = dated.sheet.count(facets_asked(where)).options
    events = Counter(item.claim.event for item in dated.items if item.claim.event)
    here = Counter(item.claim.event for item in shown if item.claim.event)
    return ListPage(
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


def neighbouring_days(
    session: Session, where: ClaimFilter, day: Day | None
) -> tuple[Day | None, Day | None]:
    """The last day before a day, and the first after it, on which something was said.

    Of the claims that pass the filter, but for what the day decides; without a day the last of
    all, and none after it. Reads every citation of these claims.
    """
    ordinal = day.ordinal if day else None
    before, after = events_by_date.neighbouring_days(session, without_dated(where), ordinal)
    return _day(before), _day(after)


def _day(ordinal: int | None) -> Day | None:
    return None if ordinal is None else Day.at(ordinal)


def _bounds(items: Sequence[DatedClaim], after: str | None, before: str | None) -> tuple[int, int]:
    """Where a page of a dated list begins and ends; raises `BadQuery` for an unknown cursor."""
    # Cursors are ids and not places in the list: what is said of an earlier day can still come on
    # record while a reader leafs.
    keys = [item.claim.id for item in items]
    for cursor in filter(None, (after, before)):
        if cursor not in keys:
            raise BadQuery(
                "after",
                LazyMessage("That cursor is not from this list; begin at the first page."),
            )
    if before:
        start = max(0, keys.index(before) - PAGE_SIZE)
    else:
        start = keys.index(after) + 1 if after else 0
    return start, min(len(items), start + PAGE_SIZE)


def _widest(session: Session, where: ClaimFilter) -> ClaimFilter:
    """The filter without its facets, so that all of their options can be counted, if it may be."""
    without = replace(where, **dict.fromkeys(FACETS))
    return without if _can_be_dated(session, without) else without_dated(where)


def _can_be_dated(session: Session, where: ClaimFilter) -> bool:
    """Whether few enough claims pass the filter, what a day decides aside, to be compared."""
    if where.dossier:
        return few_enough(facet_sheet(session, without_dated(where)), where)
    total = list_claims(session, without_dated(where), "date", limit=1).total
    return total is not None and total <= MAX_DATED


def _candidates(session: Session, where: ClaimFilter) -> list[StoredClaim]:
    keys: list[str] = []
    cursor = None
    while True:
        page = list_claims(session, where, "date", limit=MAX_ITEMS, cursor=cursor)
        # Refused at the first page, before anything is read for comparing.
        if page.total is None or page.total > MAX_DATED:
            raise BadQuery(
                "as_known_on",
                LazyMessage(
                    "A dated list compares at most {most} claims; narrow it by other filters.",
                    most=MAX_DATED,
                ),
            )
        keys += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return list(get_claims(session, keys).values())


def _dated(
    stored: StoredClaim,
    registers: Registers,
    dossier: Dossier,
    parts: Sequence[ComparedPart],
    day: Day,
) -> DatedClaim:
    claim = claim_of(stored.document)
    comparison = compare_with_parts(claim, registers, dossier, parts, day)
    return DatedClaim(stored, as_known_on(claim, day), comparison)


def _by_gap(item: DatedClaim) -> tuple[int, float]:
    gap = item.comparison.gap
    if gap is None:
        return len(GAP_KINDS), 0.0
    # By kind first: a gap of days and a gap of people are not more or less than each other.
    return GAP_KINDS.index(gap.kind), 0.0 if gap.by_table else -gap.difference


_KEYS: dict[str, Callable[[DatedClaim], Any]] = {
    "state": lambda item: STATES.index(item.comparison.state),
    # The candidates are in this order already.
    "date": lambda _item: 0,
    "changed": lambda item: -item.stored.revision,
    "gap": _by_gap,
    "question": lambda item: normalise(item.claim.question),
}
