from __future__ import annotations

import pytest

from app.domain.values.dates import Day
from app.storage.claims.dossier_figures import SidePosition, positions_by_claim
from app.storage.claims.events_by_date import SaidOnDay, cursor_from, list_days, said_by_day
from app.storage.database.engine import Database
from tests.domain.factories import account, cite, claim
from tests.storage.factories import outcome, put, save_registers


def day(text: str) -> int:
    return Day(*map(int, text.split("-"))).ordinal


@pytest.fixture
def record(database: Database) -> Database:
    """Two claims: an older one with statements of three days, and a later one with one."""
    bridge = claim(
        "yes-no",
        account(
            "yes",
            "yes",
            cite("n-min+w-min", "2020-10-12", id="a"),
            cite("n-pm", "2020-10-12", id="b"),
            cite("n-min+n-pm", "2020-10-13", id="c"),
        ),
        account("no", "no", cite(None, "2020-10", id="d"), cite("s-min", None, id="e")),
        happened="2020-10-12",
    )
    ford = claim("yes-no", account("yes", "yes", cite("f-min", "2021-01-02")), id="ford")
    with database.writing() as session:
        save_registers(session)
        put(session, ford, outcome("outside-only", north="silent", south="silent"))
        put(session, bridge, outcome(north="holds", south="denies"))
    return database


def test_statements_are_counted_by_day_and_by_the_side_of_who_speaks(record: Database) -> None:
    with record.reading() as session:
        found = said_by_day(session, "quarrel")
        assert said_by_day(session, "nowhere") == []
    assert {(item.first, item.day, item.side): item.count for item in found} == {
        (day("2020-10-12"), day("2020-10-12"), "north"): 2,
        (day("2020-10-12"), day("2020-10-12"), "west"): 1,
        (day("2020-10-13"), day("2020-10-13"), "north"): 1,
        (day("2020-10-01"), day("2020-10-31"), None): 1,
        (day("2021-01-02"), day("2021-01-02"), "elsewhere"): 1,
    }
    assert [item.day for item in found] == sorted(item.day for item in found)
    assert all(isinstance(item, SaidOnDay) for item in found)


def test_a_list_can_begin_with_any_day(record: Database) -> None:
    with record.reading() as session:
        from_then = list_days(session, "quarrel", cursor=cursor_from(day("2020-10-13")))
        all_days = list_days(session, "quarrel", cursor=cursor_from(day("2020-10-12")))
    assert [item.id for item in from_then.items] == ["c", "d", from_then.items[2].id]
    assert (all_days.items[0].kind, all_days.items[0].claim) == ("happened", "bridge")


def test_every_side_has_its_position_on_every_claim_the_oldest_first(record: Database) -> None:
    with record.reading() as session:
        found = positions_by_claim(session, "quarrel")
        assert positions_by_claim(session, "nowhere") == []
    assert list(dict.fromkeys(item.claim for item in found)) == ["bridge", "ford"]
    assert set(found) == {
        SidePosition("bridge", "north", "holds", False),
        SidePosition("bridge", "south", "denies", False),
        SidePosition("ford", "north", "silent", False),
        SidePosition("ford", "south", "silent", False),
    }
