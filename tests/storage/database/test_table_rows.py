"""Rows go from one database into the other and back, and only values of their kind go in."""

from __future__ import annotations

from typing import Any

import pytest

from app.storage.database.engine import Database
from app.storage.database.table_rows import (
    Shape,
    clear_rows,
    count_rows,
    insert_rows,
    shapes,
    stream_rows,
)

CHECK = [1, "p", "u", "2026-11-03T12:00:00.000001Z", "gone", None, "", None, "u", None, 0.25]
BITS = ["harbour", "state:agreed", 0, "AAH/"]
SIDE = ["harbour-fire", "north", "holds", True]


def shape_of(database: Database, table: str) -> Shape:
    with database.reading() as session:
        return next(each for each in shapes(session.connection()) if each.name == table)


@pytest.mark.parametrize(("table", "row"), [("page_checks", CHECK), ("facet_bits", BITS)])
def test_a_row_comes_back_as_it_was_put_in(database: Database, table: str, row: list[Any]) -> None:
    shape = shape_of(database, table)
    with database.writing() as session:
        assert insert_rows(session.connection(), shape, [row]) == 1
        assert count_rows(session.connection(), shape) == 1
        assert list(stream_rows(session.connection(), shape)) == [row]
        clear_rows(session.connection(), shape)
        assert list(stream_rows(session.connection(), shape)) == []


NOT_OF_THEIR_KIND: list[tuple[str, int, object]] = [
    ("page_checks", 0, "1"),
    ("page_checks", 0, True),
    ("page_checks", 0, 1.0),
    ("page_checks", 0, 2**63),
    ("page_checks", 1, 1),
    ("page_checks", 1, ["p"]),
    ("page_checks", 3, "noon"),
    ("page_checks", 3, "2026-11-03T12:00:00"),
    ("page_checks", 3, "99999-01-01T00:00:00Z"),
    ("page_checks", 10, "0.25"),
    ("facet_bits", 3, "no base64"),
    ("facet_bits", 3, 7),
    ("claim_sides", 3, 1),
]


def test_a_value_of_another_kind_is_refused(database: Database) -> None:
    rows: dict[str, list[Any]] = {"page_checks": CHECK, "facet_bits": BITS, "claim_sides": SIDE}
    for table, place, value in NOT_OF_THEIR_KIND:
        shape, row = shape_of(database, table), rows[table].copy()
        row[place] = value
        with (
            pytest.raises(ValueError, match=f"{table}.*not of its kind"),
            database.writing() as session,
        ):
            insert_rows(session.connection(), shape, [row])


def test_tables_come_after_those_that_they_refer_to(database: Database) -> None:
    with database.reading() as session:
        names = [shape.name for shape in shapes(session.connection())]
    for first, then in (("revisions", "revision_bodies"), ("claims", "citations")):
        assert names.index(first) < names.index(then)
    assert not {"alembic_version", "search_rows", "search_index"} & set(names)
