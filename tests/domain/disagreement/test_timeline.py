"""States over time: who is said to hold the village, day by day."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings

from app.domain.disagreement.comparison import Segment
from app.domain.disagreement.moments import ended_by
from app.domain.disagreement.timeline import timeline
from app.domain.records.claims import Claim
from app.domain.values.dates import Day, EdtfDate, parse_date
from tests.domain.factories import DOSSIER, REGISTERS, SIDES, account, cite, claim
from tests.domain.strategies import claims

LANES = (*SIDES, "others")


def held(*accounts: dict[str, Any], day: Day | None = None, **more: Any) -> tuple[Segment, ...]:
    return timeline(claim("choice", *accounts, **more), REGISTERS, DOSSIER, day)


def spans(segments: tuple[Segment, ...]) -> list[tuple[str | None, str | None]]:
    return [(segment.first, segment.last) for segment in segments]


def lane(segment: Segment, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return segment.lanes[name].stated, segment.lanes[name].carried


def relations(segment: Segment) -> dict[str, str]:
    return {f"{r.left}-{r.right}": r.relation for r in segment.relations}


def test_a_village_over_four_days_is_four_rows_and_not_one_quarrel() -> None:
    rows = held(
        account("n-still", "north", cite("n-min", "2020-12-12"), as_of="2020-12-11"),
        account("s-took", "south", cite("s-min", "2020-12-12"), as_of="2020-12-12"),
        account("n-lost", "south", cite("n-min", "2020-12-14"), as_of="2020-12-13"),
        account("w-zone", "nobody", cite("w-min", "2020-12-14"), as_of="2020-12-14"),
    )
    assert spans(rows) == [(f"2020-12-{day}", f"2020-12-{day}") for day in (11, 12, 13, 14)]
    assert [lane(row, "north") for row in rows] == [
        (("n-still",), ()),
        ((), ("n-still",)),
        (("n-lost",), ()),
        ((), ("n-lost",)),
    ]
    assert [lane(row, "south") for row in rows] == [
        ((), ()),
        (("s-took",), ()),
        ((), ("s-took",)),
        ((), ("s-took",)),
    ]
    assert lane(rows[3], "west") == (("w-zone",), ())
    assert all(not row.clashes for row in rows)
    assert {relation for row in rows for relation in relations(row).values()} == {"silent"}


def test_what_two_sides_state_for_one_day_clashes_on_that_day_only() -> None:
    one, other = cite("n-min"), cite("s-min")
    rows = held(
        account("remains", "north", one, as_of="2020-12-11/2020-12-13"),
        account("took", "south", other, as_of="2020-12-12"),
    )
    assert spans(rows) == [(f"2020-12-{day}", f"2020-12-{day}") for day in (11, 12, 13)]
    assert [relations(row)["north-south"] for row in rows] == ["silent", "conflict", "silent"]
    clash = rows[1].clashes[0]
    assert (clash.left.side, clash.left.account, clash.left.citations) == (
        "north",
        "remains",
        (one["id"],),
    )
    assert (clash.right.side, clash.right.account, clash.rule, clash.gap) == (
        "south",
        "took",
        "different-options",
        None,
    )
    assert rows[1].relations[0].rule == "different-options"


def test_an_open_interval_ends_on_the_day_it_was_said_and_begins_before_all_days() -> None:
    rows = held(
        account("a", "north", cite("n-min", "2020-12-20"), as_of="2020-12-12/.."),
        account("b", "south", cite("s-min"), as_of="../2020-12-01"),
    )
    assert spans(rows) == [(None, "2020-12-01"), ("2020-12-12", "2020-12-20")]
    assert lane(rows[1], "south") == ((), ("b",))


def test_days_of_which_nobody_speaks_have_no_row_and_a_stretch_is_one_row() -> None:
    rows = held(
        account("a", "north", cite("n-min"), as_of="2020-12-01/2020-12-05"),
        account("b", "south", cite("n-min"), as_of="2020-12-30"),
    )
    assert spans(rows) == [("2020-12-01", "2020-12-05"), ("2020-12-30", "2020-12-30")]


def test_two_who_state_the_same_agree_on_that_day() -> None:
    rows = held(account("a", "north", cite("n-min"), cite("s-min"), as_of="2020-12-12"))
    assert relations(rows[0])["north-south"] == "same"
    assert rows[0].relations[0].rule == "equal-options"


def test_of_one_speaker_and_one_day_the_latest_statement_stands() -> None:
    rows = held(
        account("first", "north", cite("n-min", "2020-12-12"), as_of="2020-12-12"),
        account("then", "south", cite("n-min", "2020-12-14"), as_of="2020-12-12"),
    )
    assert [lane(row, "north") for row in rows] == [(("then",), ())]


def test_one_day_written_in_two_ways_is_one_moment() -> None:
    rows = held(
        account("first", "north", cite("n-min", "2020-12-12"), as_of="2020-12-12"),
        account("then", "south", cite("n-min", "2020-12-14"), as_of="2020-12-12/2020-12-12"),
    )
    assert [lane(row, "north") for row in rows] == [(("then",), ())]


def test_each_speaker_carries_its_own_last_step() -> None:
    rows = held(
        account("a", "north", cite("n-min"), as_of="2020-12-10"),
        account("b", "south", cite("n-pm"), as_of="2020-12-11"),
        account("c", "nobody", cite("n-min"), as_of="2020-12-12"),
        account("d", "other", cite("s-min"), as_of="2020-12-13"),
    )
    assert [lane(row, "north") for row in rows] == [
        (("a",), ()),
        (("b",), ("a",)),
        (("c",), ("b",)),
        ((), ("b", "c")),
    ]


def test_outsiders_and_own_voices_have_a_lane_that_clashes_with_nobody() -> None:
    rows = held(
        account("a", "north", cite("n-min"), as_of="2020-12-12"),
        account("b", "south", cite("f-min"), cite(document="n-gazette-doc"), as_of="2020-12-12"),
        account("c", "nobody", cite(), as_of="2020-12-13"),
    )
    assert lane(rows[0], "others") == (("b",), ())
    assert lane(rows[1], "others") == (("c",), ("b",))
    assert rows[0].clashes == ()


def test_unofficial_speakers_have_their_sides_lane_only_where_no_official_spoke() -> None:
    party = account("b", "south", cite("n-party"), as_of="2020-12-12")
    both = held(account("a", "north", cite("n-min"), as_of="2020-12-12"), party)
    assert lane(both[0], "north") == (("a",), ())
    alone = held(account("a", "north", cite("s-min"), as_of="2020-12-12"), party)
    assert lane(alone[0], "north") == (("b",), ())


def test_a_denial_and_a_statement_without_a_day_make_no_row() -> None:
    rows = held(
        account("a", "north", cite("n-min", stance="denies"), as_of="2020-12-10"),
        account("b", "south", cite(stance="denies"), as_of="2020-12-11"),
        account("c", "nobody", cite("s-min")),
        account("d", "other", cite("s-min"), as_of="2020-12-12"),
    )
    assert spans(rows) == [("2020-12-12", "2020-12-12")]
    assert lane(rows[0], "north") == lane(rows[0], "others") == ((), ())


def test_a_claim_without_days_or_about_no_state_has_no_timeline() -> None:
    assert held(account("a", "north", cite("n-min"))) == ()
    counted = claim("quantity", account("a", "3", cite("n-min"), as_of="2020-12-12"))
    assert timeline(counted, REGISTERS, DOSSIER) == ()


def test_an_overrule_that_nothing_can_be_compared_gives_its_reason() -> None:
    overrule = {"by": "An editor", "on": "2026-11-01", "reason": "Two hamlets."}
    overrule |= {"accounts": ["a", "b"], "relation": "not-comparable"}
    rows = held(
        account("a", "north", cite("n-min"), as_of="2020-12-12"),
        account("b", "south", cite("s-min"), as_of="2020-12-12"),
        overrules=[overrule],
    )
    found = rows[0].relations[0]
    assert (found.relation, found.rule, found.reason) == ("not-comparable", None, "overruled")


def test_a_dated_timeline_sees_only_what_was_said_by_then() -> None:
    steps = (
        account("a", "north", cite("n-min", "2020-12-12"), as_of="2020-12-10"),
        account("b", "south", cite("s-min", "2020-12-14"), as_of="2020-12-11"),
    )
    assert spans(held(*steps, day=Day(2020, 12, 13))) == [("2020-12-10", "2020-12-10")]


@settings(max_examples=60, deadline=None)
@given(claims("choice"))
def test_rows_are_in_order_do_not_overlap_and_hold_what_covers_them(subject: Claim) -> None:
    rows = timeline(subject, REGISTERS, DOSSIER)
    for before, after in pairwise(rows):
        assert before.last is not None
        assert after.first is not None
        assert before.last < after.first
    moments: dict[str, list[EdtfDate]] = {}
    for entry, citation in subject.citations():
        text = citation.as_of or entry.as_of
        said = parse_date(citation.said) if citation.said else None
        if text:
            moments.setdefault(entry.id, []).append(ended_by(parse_date(text), said))
    for row in rows:
        assert tuple(row.lanes) == LANES
        assert any(part.stated for part in row.lanes.values())
        for part in row.lanes.values():
            for name in part.stated:
                assert any(covers(moment, row) for moment in moments[name])
            for name in part.carried:
                ends = [moment.latest for moment in moments[name] if moment.latest]
                assert any(end.isoformat() < str(row.first) for end in ends)
        check_clashes(row)


def covers(moment: EdtfDate, row: Segment) -> bool:
    earliest, latest = moment.earliest, moment.latest
    begins = earliest is None or (row.first is not None and earliest.isoformat() <= row.first)
    ends = latest is None or (row.last is not None and row.last <= latest.isoformat())
    return begins and ends


def check_clashes(row: Segment) -> None:
    """Only stated lanes clash, and every conflict has its clash."""
    for clash in row.clashes:
        assert clash.left.account in row.lanes[clash.left.side].stated
        assert clash.right.account in row.lanes[clash.right.side].stated
    conflicts = {(r.left, r.right) for r in row.relations if r.relation == "conflict"}
    assert {(c.left.side, c.right.side) for c in row.clashes} == conflicts
