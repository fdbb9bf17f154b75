"""Finding what holds the words of a query, in an order that is the same on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.records.kinds import FOUND_KINDS, FoundKind
from app.domain.records.search_results import (
    MAX_COUNTED,
    MAX_RANKED,
    Order,
    ResultCounts,
    SearchResult,
    total_of,
)
from app.domain.search.query import Query
from app.domain.values.paging import Page, read_cursor, require_limit, write_cursor
from app.storage.search.matching import count_matching, matching_numbers, rows_matching
from app.storage.search.rows import range_of

IN_NAMES = (0, 1)

_CURSOR = "search"
_EVERYTHING = (range_of(FOUND_KINDS[0])[0], range_of(FOUND_KINDS[-1])[1])
_LAST_TIER = 4


class Findings:
    """What is found for a query, by kind in the order of `FOUND_KINDS`; read as it is asked for.

    Within a kind, what is found in names comes before what is found elsewhere, whole words before
    beginnings of words, and names that only sound so come last; among equals claims come by state
    and date, citations the latest first, entries by name. Of each kind the 1,000 that came on
    record first are ranked and listed.
    """

    def __init__(self, session: Session, query: Query) -> None:
        self._session = session
        self._query = query
        self._ranked: dict[FoundKind, list[SearchResult]] = {}
        self._counted: dict[FoundKind, int | None] = {}

    def count(self, kind: FoundKind) -> int | None:
        """How many of a kind hold what is asked for; None for more than 10,000."""
        if self._few is not None:
            return Counter(found.kind for found in self._few)[kind]
        if kind not in self._counted:
            most = MAX_COUNTED + 1
            counted = count_matching(self._session, self._query, range_of(kind), most)
            self._counted[kind] = counted if counted < most else None
        return self._counted[kind]

    @property
    def counts(self) -> ResultCounts:
        """How many there are of each kind."""
        return {kind: self.count(kind) for kind in FOUND_KINDS}

    def page(
        self, kind: FoundKind | None = None, *, limit: int = 50, cursor: str | None = None
    ) -> Page[SearchResult]:
        """A page of what is found, of one kind or of all; `total` counts all, listed or not.

        It is None above 10,000. Raises `BadQuery` for a limit out of bounds or a cursor that is
        not this list's.
        """
        require_limit(limit)
        after = _read(cursor) if cursor else None
        kinds = (kind,) if kind else FOUND_KINDS
        items: list[SearchResult] = []
        for found in self._in_order(kinds, after):
            items.append(found)
            if len(items) > limit:
                break
        counts = [self.count(kind) for kind in kinds]
        return Page(
            items=tuple(items[:limit]),
            next_cursor=_write(items[limit - 1]) if len(items) > limit else None,
            total=total_of(counts),
        )

    @cached_property
    def _few(self) -> list[SearchResult] | None:
        """All that is found, of every kind, where it is not too much to rank at once."""
        # One query for all kinds is enough for most searches; of more, each kind is asked for
        # itself.
        most = MAX_RANKED + 1
        rows = rows_matching(self._session, self._query, _EVERYTHING, most)
        if len(rows) == most:
            return None
        # The last tier needs no query: it has what is in no other.
        numbers = [self._numbers(tier) for tier in self._tiers[:-1]] if rows else []
        return sorted(
            (_found(row, self._tier(row.number, numbers)) for row in rows),
            key=lambda found: found.order,
        )

    def _in_order(
        self, kinds: tuple[FoundKind, ...], after: Order | None
    ) -> Iterator[SearchResult]:
        for kind in kinds:
            if after is None or FOUND_KINDS.index(kind) >= after[0]:
                ranked = self._of_kind(kind)
                yield from (found for found in ranked if after is None or found.order > after)

    def _of_kind(self, kind: FoundKind) -> list[SearchResult]:
        if self._few is not None:
            return [found for found in self._few if found.kind == kind]
        if kind not in self._ranked:
            self._ranked[kind] = sorted(self._first(kind), key=lambda found: found.order)
        return self._ranked[kind]

    def _first(self, kind: FoundKind) -> list[SearchResult]:
        """At most `MAX_RANKED` of a kind, the best tiers first."""
        best: dict[int, SearchResult] = {}
        for tier in self._tiers:
            query, in_names = self._asked(tier)
            between = range_of(kind)
            for row in rows_matching(self._session, query, between, MAX_RANKED, in_names=in_names):
                if len(best) < MAX_RANKED:
                    best.setdefault(row.number, _found(row, tier))
            if len(best) == MAX_RANKED:
                break
        return list(best.values())

    @cached_property
    def _tiers(self) -> tuple[int, ...]:
        """Those that are not the same as the one before: each costs a query."""
        # Words in quotation marks go on in no word and have no sound, numbers neither.
        goes_on = self._query.spelled != self._query.exactly
        spelled = tuple(range(_LAST_TIER)) if goes_on else (0, 2)
        return spelled if self._query == self._query.spelled else (*spelled, _LAST_TIER)

    def _tier(self, number: int, numbers: list[set[int]]) -> int:
        found = zip(self._tiers, numbers, strict=False)
        return next((tier for tier, among in found if number in among), self._tiers[-1])

    def _numbers(self, tier: int) -> set[int]:
        query, in_names = self._asked(tier)
        return matching_numbers(self._session, query, _EVERYTHING, MAX_RANKED, in_names=in_names)

    def _asked(self, tier: int) -> tuple[Query, bool]:
        if tier == _LAST_TIER:
            return self._query, False
        return self._query.spelled if tier % 2 else self._query.exactly, tier in IN_NAMES


def find(
    session: Session,
    query: Query,
    kind: FoundKind | None = None,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[SearchResult]:
    """A page of what is found, as `Findings` has it."""
    return Findings(session, query).page(kind, limit=limit, cursor=cursor)


def _found(row: Row[*tuple[Any, ...]], tier: int) -> SearchResult:
    return SearchResult(row.kind, tier, row.sort, row.claim, row.id)


def _write(found: SearchResult) -> str:
    return write_cursor(_CURSOR, [found.kind, found.tier, found.sort, found.claim, found.id])


def _read(cursor: str) -> Order:
    kind, tier, sort, claim, key = read_cursor(_CURSOR, [str, int, str, str, str], cursor)
    rank = FOUND_KINDS.index(kind) if kind in FOUND_KINDS else len(FOUND_KINDS)
    return rank, tier, sort, claim, key
