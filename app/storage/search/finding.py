"""Finding what holds the words of a query, in an order that is the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean

from app.domain.searching import Query, query_of
from app.storage import tables
from app.storage.paging import Page, read_cursor, require_limit, write_cursor
from app.storage.search.dialects import fts5_query, numbers_matching, tsquery
from app.storage.search.rows import KINDS, FoundKind, range_of

MOST_RANKED = 1_000
MOST_COUNTED = 10_000
IN_NAMES = (0, 1)

_ROWS = tables.search_rows.c
_CURSOR = "search"

Counts = dict[FoundKind, int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that holds what was asked for; `claim` is empty for a register entry.

    `tier` is how well: 0 in its names and whole words, 1 in its names, 2 whole words anywhere,
    3 anywhere.
    """

    kind: FoundKind
    tier: int
    sort: str
    claim: str
    id: str

    @property
    def place(self) -> tuple[int, int, str, str, str]:
        """Where it stands among everything that was found."""
        return KINDS.index(self.kind), self.tier, self.sort, self.claim, self.id


def find(
    session: Session,
    query: Query,
    kind: FoundKind | None = None,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Found]:
    """A page of what is found, of one kind or of all in the order of `KINDS`.

    Within a kind what stands in names comes before what stands elsewhere, and whole words before
    beginnings of words; among equals claims come by state and date, citations the latest first,
    entries by name. Of each kind the 1,000 that came on record first are ranked and listed;
    `total` counts all, None above 10,000. Raises `BadQuery` for a limit out of bounds or a cursor
    that is not this list's.
    """
    require_limit(limit)
    after = _read(cursor) if cursor else None
    items: list[Found] = []
    for found in _in_order(session, query, (kind,) if kind else KINDS, after):
        items.append(found)
        if len(items) > limit:
            break
    return Page(
        items=tuple(items[:limit]),
        next_cursor=_write(items[limit - 1]) if len(items) > limit else None,
        total=_total(count_found(session, query, kind)),
    )


def count_found(session: Session, query: Query, kind: FoundKind | None = None) -> Counts:
    """How many of each kind, or of one, hold what is asked for; None for more than 10,000."""
    return {one: _count(session, query, one) for one in ((kind,) if kind else KINDS)}


def holding(text: str) -> list[ColumnElement[bool]]:
    """Conditions that a claim holds what a reader typed; none for nothing but white space.

    Raises `BadQuery` for what is no query.
    """
    query = query_of(text)
    if query is None:
        return []
    found = select(_ROWS.id).where(
        _ROWS.number.between(*range_of("claim")), _Matches(fts5_query(query), tsquery(query))
    )
    return [tables.claims.c.id.in_(found)]


def _in_order(
    session: Session,
    query: Query,
    kinds: tuple[FoundKind, ...],
    after: tuple[int, int, str, str, str] | None,
) -> Iterator[Found]:
    for kind in kinds:
        if after is None or KINDS.index(kind) >= after[0]:
            ranked = sorted(_ranked(session, query, kind), key=lambda found: found.place)
            yield from (found for found in ranked if after is None or found.place > after)


def _ranked(session: Session, query: Query, kind: FoundKind) -> list[Found]:
    """At most `MOST_RANKED` of a kind, the best tiers first."""
    best: dict[int, Found] = {}
    for tier, (asked, in_names) in enumerate(
        ((query.exactly, True), (query, True), (query.exactly, False), (query, False))
    ):
        if tier % 2 and asked == query.exactly:
            continue
        for number, found in _first(session, asked, kind, tier, in_names=in_names):
            if len(best) < MOST_RANKED:
                best.setdefault(number, found)
        if len(best) == MOST_RANKED:
            break
    return list(best.values())


def _first(
    session: Session, query: Query, kind: FoundKind, tier: int, *, in_names: bool
) -> Iterator[tuple[int, Found]]:
    numbers = (
        numbers_matching(_dialect(session), query, range_of(kind), in_names=in_names)
        .limit(MOST_RANKED)
        .subquery()
    )
    rows = session.execute(
        select(_ROWS.number, _ROWS.sort, _ROWS.claim, _ROWS.id)
        .join(numbers, numbers.c.number == _ROWS.number)
        .order_by(_ROWS.number)
    )
    for row in rows:
        yield row.number, Found(kind, tier, row.sort, row.claim, row.id)


def _count(session: Session, query: Query, kind: FoundKind) -> int | None:
    numbers = numbers_matching(_dialect(session), query, range_of(kind)).limit(MOST_COUNTED + 1)
    counted = session.scalar(select(func.count()).select_from(numbers.subquery()))
    return counted if counted is not None and counted <= MOST_COUNTED else None


def _total(counts: Counts) -> int | None:
    known = [count for count in counts.values() if count is not None]
    total = sum(known)
    return total if len(known) == len(counts) and total <= MOST_COUNTED else None


def _write(found: Found) -> str:
    return write_cursor(_CURSOR, [found.kind, found.tier, found.sort, found.claim, found.id])


def _read(cursor: str) -> tuple[int, int, str, str, str]:
    kind, tier, sort, claim, key = read_cursor(_CURSOR, [str, int, str, str, str], cursor)
    rank = KINDS.index(kind) if kind in KINDS else len(KINDS)
    return rank, tier, sort, claim, key


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


class _Matches(FunctionElement[bool]):
    """Whether a row of `search_rows` holds what is asked for: in FTS5's language, as `tsquery`."""

    name = "matches"
    type = Boolean()
    inherit_cache = True


@compiles(_Matches, "sqlite")
def _on_sqlite(element: _Matches, compiler: SQLCompiler, **options: Any) -> str:
    in_fts5, _ = element.clauses
    asked = compiler.process(in_fts5, **options)
    found = f"SELECT rowid FROM search_index WHERE search_index MATCH {asked}"  # noqa: S608
    return f"search_rows.number IN ({found})"


@compiles(_Matches, "postgresql")
def _on_postgresql(element: _Matches, compiler: SQLCompiler, **options: Any) -> str:
    _, as_tsquery = element.clauses
    asked = compiler.process(as_tsquery, **options)
    return f"search_rows.words @@ CAST({asked} AS tsquery)"
