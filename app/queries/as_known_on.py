"""Lists of claims as they could be known on a day: computed on reading, for a bounded number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.disagreement.as_known_on import as_known_on
from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.engine import compare
from app.domain.records.claim_filter import GAP_KINDS, STATES, ClaimFilter
from app.domain.records.claims import Claim, claim_of
from app.domain.records.registers import Registers
from app.domain.search.words import normalise
from app.domain.values.dates import Day
from app.domain.values.paging import MOST_ITEMS
from app.errors import BadQuery, Sentence
from app.queries.registers import dossier_of, registers_of
from app.storage.claims.documents import StoredClaim, get_claims
from app.storage.claims.facets import FACETS, FacetSheet, facet_sheet, facet_words, sheet_of
from app.storage.claims.lists import SORTS, list_claims
from app.storage.registers.entries import entries_for_claims

MOST_DATED = 500

# What a day decides is asked of the comparison made for it; the rest of the record's own index.
_DECIDED_BY_THE_DAY = ("state", "flag", "side")


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """A claim as it could be known on a day; the claim holds only what had been said by then."""

    stored: StoredClaim
    claim: Claim
    comparison: Comparison

    @property
    def facets(self) -> list[str]:
        """What filters choose among, of the claim as of that day."""
        found = self.comparison
        positions = {side: held.position for side, held in found.positions.items()}
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
    """Every claim that passes the filter as things stood on that day, sorted as lists are.

    Of equals the one that happened first comes first. Raises `BadQuery` for an unknown sort, and
    where more than 500 claims would have to be compared.
    """
    if sort not in SORTS:
        raise BadQuery("sort", Sentence("Claims can be sorted by {known}.", known=", ".join(SORTS)))
    widest = _widest(session, where)
    found = _candidates(session, widest)
    registers = registers_of(entries_for_claims(session, [stored.id for stored in found]))
    sides = {dossier: dossier_of(session, dossier).sides for dossier in {s.dossier for s in found}}
    dated = [_dated(stored, registers, sides[stored.dossier], day) for stored in found]
    asked = {f"{name}:{value}" for name in FACETS if (value := getattr(where, name)) is not None}
    kept = [item for item in dated if asked <= set(item.facets)]
    # The candidates come by date; a stable sort keeps that order among equals.
    kept.sort(key=_KEYS[sort])
    return DatedList(
        items=tuple(kept),
        registers=registers,
        sheet=sheet_of([item.facets for item in dated]),
        uncounted=frozenset(name for name in FACETS if getattr(widest, name) is not None),
    )


def can_be_dated(session: Session, where: ClaimFilter) -> bool:
    """Whether few enough claims pass the filter, its state, flag and side aside, to be compared."""
    left = _undecided(where)
    if left.dossier:
        return sheet_can_be_dated(facet_sheet(session, left), left)
    total = list_claims(session, left, "date", limit=1).total
    return total is not None and total <= MOST_DATED


def sheet_can_be_dated(sheet: FacetSheet, where: ClaimFilter) -> bool:
    """The same where the sheet of the filter is at hand."""
    left = _undecided(where)
    return sheet.count({name: getattr(left, name) for name in FACETS}).total <= MOST_DATED


def _widest(session: Session, where: ClaimFilter) -> ClaimFilter:
    """The filter without its facets, so that all of their options can be counted, if it may be."""
    without = replace(where, **dict.fromkeys(FACETS))
    return without if can_be_dated(session, without) else _undecided(where)


def _undecided(where: ClaimFilter) -> ClaimFilter:
    return replace(where, **dict.fromkeys(_DECIDED_BY_THE_DAY))


def _candidates(session: Session, where: ClaimFilter) -> list[StoredClaim]:
    keys: list[str] = []
    cursor = None
    while True:
        page = list_claims(session, where, "date", limit=MOST_ITEMS, cursor=cursor)
        if page.total is None or page.total > MOST_DATED:
            raise BadQuery(
                "as_known_on",
                Sentence(
                    "A dated list compares at most {most} claims; narrow it by other filters.",
                    most=MOST_DATED,
                ),
            )
        keys += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return list(get_claims(session, keys).values())


def _dated(stored: StoredClaim, registers: Registers, sides: Sequence[str], day: Day) -> DatedClaim:
    claim = claim_of(stored.document)
    comparison = compare(claim, registers, sides, day)
    return DatedClaim(stored, as_known_on(claim, day), comparison)


def _by_gap(item: DatedClaim) -> tuple[int, float]:
    gap = item.comparison.gap
    return (GAP_KINDS.index(gap.kind), -gap.difference) if gap else (len(GAP_KINDS), 0.0)


_KEYS: dict[str, Callable[[DatedClaim], Any]] = {
    "state": lambda item: STATES.index(item.comparison.state),
    "date": lambda _item: 0,
    "changed": lambda item: -item.stored.revision,
    "gap": _by_gap,
    "question": lambda item: normalise(item.claim.question),
}
