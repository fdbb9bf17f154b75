"""Which claims are near words of a page."""

from __future__ import annotations

import pytest

from app.storage.claims.word_overlap import claims_near
from app.storage.database.engine import Database


@pytest.fixture(scope="module")
def filled(module_example: Database) -> Database:
    return module_example


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("The harbour office failed in its duty to sound the alarm", "alarm-duty"),
        ("harbour offices' failing duties, alarms", "alarm-duty"),
        ("από τις τέσσερις στις ΠΈΝΤΕ Μαΐου", "fire-date"),
    ],
)
def test_the_claim_that_shares_the_most_words_comes_first(
    filled: Database, words: str, first: str
) -> None:
    with filled.reading() as session:
        found = claims_near(session, words, limit=3)
    assert found[0].id == first
    assert [near.shared for near in found] == sorted((n.shared for n in found), reverse=True)
    assert len(found) <= 3


@pytest.mark.parametrize("words", ["", "of it as at", "zeppelin balloon", "% _ \\ ' \0"])
def test_nothing_is_near_words_that_stand_nowhere(filled: Database, words: str) -> None:
    with filled.reading() as session:
        assert claims_near(session, words, limit=3) == []


def test_a_long_text_is_looked_for_by_its_longest_words(filled: Database) -> None:
    with filled.reading() as session:
        found = claims_near(session, "word " * 5000 + "harbour failed duty alarm", limit=1)
    assert [near.id for near in found] == ["alarm-duty"]
