"""In which column a citation is shown, and in which stretches of days as stated."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.disagreement.findings import by_column, column_of
from app.domain.disagreement.statements import cited
from app.domain.disagreement.timeline import is_stated_in, timeline
from tests.domain.factories import DOSSIER, REGISTERS, SIDES, account, cite, claim


@pytest.mark.parametrize(
    ("side", "column"),
    [("north", "north"), ("elsewhere", "others"), (None, "others"), ("others", "others")],
)
def test_a_side_that_is_not_compared_is_among_the_others(side: str | None, column: str) -> None:
    assert column_of(side, SIDES) == column


def columns(*citations: dict[str, Any]) -> dict[str, list[str]]:
    subject = claim("yes-no", account("y", "yes", *citations))
    found = by_column(cited(subject, REGISTERS), SIDES)
    return {name: [item.citation.id for item in items] for name, items in found.items() if items}


def test_every_column_is_there_and_others_come_last() -> None:
    assert list(by_column([], SIDES)) == [*SIDES, "others"]


def test_a_joint_statement_is_in_the_column_of_each_of_its_sides_once() -> None:
    joint = cite("n-min+s-min", id="joint")
    assert columns(joint) == {"north": ["joint"], "south": ["joint"]}
    assert columns(cite("n-min+n-pm", id="two")) == {"north": ["two"]}
    assert columns(cite("w-min+f-min", id="far")) == {"west": ["far"], "others": ["far"]}


def test_a_speaker_decides_the_column_and_a_publisher_where_nobody_speaks() -> None:
    gazette = cite("s-min", document="n-gazette-doc", id="said")
    own = cite(None, document="n-gazette-doc", id="own")
    daily = cite(None, id="daily")
    assert columns(gazette, own, daily) == {
        "south": ["said"],
        "north": ["own"],
        "others": ["daily"],
    }


def stated(citation: dict[str, Any], column: str, **more: Any) -> list[tuple[str | None, bool]]:
    """For each segment its first day, and whether it shows the citation in this column."""
    anchors = [cite("w-min", "2020-10-20", as_of=f"2020-10-{day}") for day in (11, 15)]
    subject = claim("choice", account("a", "one", citation, **more), account("z", "two", *anchors))
    segments = timeline(subject, REGISTERS, DOSSIER)
    item = cited(subject, REGISTERS)[0]
    return [(each.first, is_stated_in(each, item, column)) for each in segments]


def test_what_is_said_of_some_days_is_stated_in_each_stretch_of_them() -> None:
    span = cite("n-min", "2020-10-20", as_of="2020-10-10/2020-10-12")
    assert stated(span, "north") == [
        ("2020-10-10", True),
        ("2020-10-11", True),
        ("2020-10-12", True),
        ("2020-10-15", False),
    ]
    assert not any(shown for _, shown in stated(span, "south"))


def test_a_day_of_the_account_holds_for_a_citation_without_one() -> None:
    plain = cite("n-min", "2020-10-20")
    assert ("2020-10-11", True) in stated(plain, "north", as_of="2020-10-11")
    assert not any(shown for _, shown in stated(plain, "north"))


def test_an_open_span_is_stated_up_to_the_day_on_which_it_was_said() -> None:
    since = cite("n-min", "2020-10-13", as_of="2020-10-11/..")
    found = dict(stated(since, "north"))
    assert found["2020-10-11"]
    assert not found[max(day for day in found if day)]
    until = cite("n-min", "2020-10-13", as_of="../2020-10-11")
    assert dict(stated(until, "north"))[None]


def test_days_that_are_not_sure_are_not_stated() -> None:
    about = cite("n-min", "2020-10-20", as_of="2020-10")
    assert not any(shown for _, shown in stated(about, "north"))


@pytest.mark.parametrize(
    "more", [{"stance": "denies"}, {"reading": "editors", "note": "The words do not say it."}]
)
def test_only_what_is_asserted_in_words_is_stated(more: dict[str, str]) -> None:
    denied = cite("n-min", "2020-10-20", as_of="2020-10-11", **more)
    assert not any(shown for _, shown in stated(denied, "north"))


def test_an_own_voice_is_stated_beside_its_side_and_among_the_others() -> None:
    gazette = cite(None, "2020-10-20", document="n-gazette-doc", as_of="2020-10-11")
    assert ("2020-10-11", True) in stated(gazette, "north")
    daily = cite(None, "2020-10-20", as_of="2020-10-11")
    assert ("2020-10-11", True) in stated(daily, "others")
