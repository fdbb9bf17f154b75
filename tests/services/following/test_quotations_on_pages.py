"""Quotations on small pages of every kind, in the languages of the record and some more."""

from collections import defaultdict

import pytest

from tests.services.following.quotation_table import Row, rows

ROWS = list(rows())
# Each of these is of one script or one typography alone.
OF_SOME_LANGUAGES = {"everyday marks", "unspaced scripts"}


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row.kind}: {row.language}: {row.quote}" for row in ROWS]
)
def test_a_quotation_has_the_finding_of_an_editor(row: Row) -> None:
    assert row.found() == row.finding, row.page


def test_the_table_has_every_kind_in_four_languages() -> None:
    assert len(ROWS) >= 200
    languages = defaultdict(set)
    for row in ROWS:
        languages[row.kind].add(row.language)
    for kind, found in languages.items():
        assert kind in OF_SOME_LANGUAGES or {"en", "ru", "hy", "az"} <= found, kind
