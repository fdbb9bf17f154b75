"""The rows that hold what is asked for, as each database finds them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean

from app.domain.records.kinds import FoundKind
from app.domain.search.query import Query, query_of
from app.storage import tables
from app.storage.database.full_text import (
    any_sound,
    fts5_query,
    numbers_matching,
    parameters,
    tsquery,
)
from app.storage.search.rows import range_of

Range = tuple[int, int]

_ROWS = tables.search_rows.c


def rows_matching(
    session: Session, query: Query, between: Range, most: int, *, in_names: bool = False
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The first rows in a range of numbers: number, kind, sort, claim and id."""
    dialect = _dialect(session)
    asked = parameters(dialect, query, between, most, in_names=in_names)
    return session.execute(_whole(dialect), asked).all()


def matching_numbers(
    session: Session, query: Query, between: Range, most: int, *, in_names: bool = False
) -> set[int]:
    """The first of their numbers alone."""
    dialect = _dialect(session)
    asked = parameters(dialect, query, between, most, in_names=in_names)
    return set(session.scalars(numbers_matching(dialect), asked))


def count_matching(session: Session, query: Query, between: Range, most: int) -> int:
    """How many there are, counted up to `most`."""
    dialect = _dialect(session)
    asked = parameters(dialect, query, between, most)
    return session.scalar(_counted(dialect), asked) or 0


def first_in_names(
    session: Session, queries: Sequence[Query], kinds: Sequence[FoundKind], most: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Of each kind the first rows, at most `most`, in whose names all of a query is.

    For every query, in one statement; `query` counts from 0 which of them found a row. They are in
    no order.
    """
    dialect = _dialect(session)
    asked: dict[str, str | int] = {}
    parts = []
    for place, (query, kind) in enumerate(product(queries, kinds)):
        part = f"_{place}"
        between = range_of(kind)
        asked |= parameters(dialect, query, between, most, in_names=True, part=part)
        numbers = numbers_matching(dialect, part=part).subquery()
        parts.append(select(numbers.c.number, literal(place // len(kinds)).label("query")))
    found = union_all(*parts).subquery()
    rows = select(found.c.query, _ROWS.kind, _ROWS.sort, _ROWS.claim, _ROWS.id)
    return session.execute(rows.join(found, found.c.number == _ROWS.number), asked).all()


def first_sounding(
    session: Session, keys: Collection[str], kinds: Sequence[FoundKind], most: int
) -> list[tuple[FoundKind, str]]:
    """Of each kind the first, at most `most`, whose names have one of these keys as their sound."""
    if not keys:
        return []
    dialect = _dialect(session)
    asked: dict[str, str | int] = {}
    parts = []
    for place, kind in enumerate(kinds):
        part = f"_{place}"
        first, last = range_of(kind)
        words = any_sound(dialect, keys)
        asked |= {f"asked{part}": words, f"first{part}": first, f"last{part}": last}
        asked[f"most{part}"] = most
        parts.append(select(numbers_matching(dialect, part=part).subquery().c.number))
    found = union_all(*parts).subquery()
    rows = select(_ROWS.kind, _ROWS.id).join(found, found.c.number == _ROWS.number)
    return [(row.kind, row.id) for row in session.execute(rows.order_by(_ROWS.number), asked)]


def holding(text: str) -> list[ColumnElement[bool]]:
    """Conditions that a claim holds what a reader typed; none for nothing but white space.

    Raises `BadQuery` for what is no query.
    """
    query = query_of(text)
    if query is None:
        return []
    asked = (fts5_query(query), tsquery(query), *range_of("claim"))
    return [_AmongFound(tables.claims.c.id, *asked)]


@cache
def _whole(dialect: str) -> Select[*tuple[Any, ...]]:
    numbers = numbers_matching(dialect).subquery()
    return (
        select(_ROWS.number, _ROWS.kind, _ROWS.sort, _ROWS.claim, _ROWS.id)
        .join(numbers, numbers.c.number == _ROWS.number)
        .order_by(_ROWS.number)
    )


# Counted without an order, as sorting what a common word finds takes longer than finding it.
@cache
def _counted(dialect: str) -> Select[*tuple[Any, ...]]:
    return select(func.count()).select_from(numbers_matching(dialect, in_order=False).subquery())


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


class _AmongFound(FunctionElement[bool]):
    """Whether an id is one of the rows in a range of numbers that hold what is asked for.

    It takes the id, the query in FTS5's language and as `tsquery`, the first number and the last.
    """

    name = "among_found"
    type = Boolean()
    inherit_cache = True


@compiles(_AmongFound, "sqlite")
def _on_sqlite(element: _AmongFound, compiler: SQLCompiler, **options: Any) -> str:
    column, in_fts5, _, *between = element.clauses
    parts = (compiler.process(part, **options) for part in (column, in_fts5, *between))
    key, asked, first, last = parts
    # CROSS JOIN makes SQLite begin with what FTS5 found; its planner would read all rows of the
    # range and ask FTS5 for each.
    found = (
        "SELECT search_rows.id FROM search_index"  # noqa: S608
        " CROSS JOIN search_rows ON search_rows.number = search_index.rowid"
        f" WHERE search_index MATCH {asked} AND search_index.rowid BETWEEN {first} AND {last}"
    )
    return f"{key} IN ({found})"


@compiles(_AmongFound, "postgresql")
def _on_postgresql(element: _AmongFound, compiler: SQLCompiler, **options: Any) -> str:
    column, _, as_tsquery, *between = element.clauses
    parts = (compiler.process(part, **options) for part in (column, as_tsquery, *between))
    key, asked, first, last = parts
    found = (
        "SELECT search_rows.id FROM search_rows"  # noqa: S608
        f" WHERE search_rows.words @@ CAST({asked} AS tsquery)"
        f" AND search_rows.number BETWEEN {first} AND {last}"
    )
    return f"{key} IN ({found})"
