"""Two dates: days, times, zones and clocks; the table, row by row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.disagreement.relations import Gap, GapKind, Relation
from tests.domain.disagreement.stating import grounds, on, related

DAYS = grounds()
HOURS = grounds(by_the_hour=True)


def dated(left: str, right: str) -> Relation:
    return related(on(left), on(right), DAYS)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-12", "2020-12"),
        ("2020~", "2020~"),
        ("2020-12-11", "2020-12-11/2020-12-11"),
        ("2020-11-09T21:00:00Z", "2020-11-10T01:00:00+04:00"),
        ("2020-11-10T00:00:00", "2020-11-09T23:00:00+03:00"),
    ],
)
def test_one_date_or_one_instant_is_the_same_however_it_is_written(left: str, right: str) -> None:
    assert dated(left, right) == Relation("same", "equal-dates")
    assert related(on(left), on(right), HOURS) == Relation("same", "equal-dates")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-12", "2020-12-11"),
        ("2020-12", "2020-12-01/2020-12-31"),
        ("2020-12-11/..", "2021"),
        ("2020-12-11", "2020-12-11T10:00:00"),
        ("2020-12-11", "2020-12-11?"),
        # Already the tenth at the place.
        ("2020-11-10", "2020-11-09T21:30:00Z"),
        ("2020-11-10", "2020-11-10T23:30:00"),
    ],
)
def test_dates_that_may_be_one_are_compatible(left: str, right: str) -> None:
    assert dated(left, right) == Relation("compatible", "dates-overlap")
    assert related(on(left), on(right), HOURS) == Relation("compatible", "dates-overlap")


@pytest.mark.parametrize(
    ("about", "within", "beyond"),
    [
        ("2020-12-11~", "2020-12-10", "2020-12-09"),
        ("2020-12-11%", "2020-12-12", "2020-12-13"),
        ("2020-12~", "2021-01-31", "2021-02-01"),
        ("2020-21~", "2020-08-31", "2020-09-01"),
        ("2020~", "2019-01-01", "2018-12-31"),
        ("199X~", "2009", "2010"),
        ("19XX~", "2099", "2100"),
        ("2020-12-11~/2020-12-20", "2020-12-10", "2020-12-09"),
        ("2020-12-11/2020-12~", "2021-01-31", "2021-02-01"),
    ],
)
def test_about_widens_a_date_by_one_unit_of_its_own_precision(
    about: str, within: str, beyond: str
) -> None:
    assert dated(about, within) == Relation("compatible", "dates-overlap")
    assert dated(about, beyond).rule == "dates-disjoint"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-12-11?", "2020-12-10"),
        ("2020-12-11/2020-12-20~", "2020-12-10"),
        ("2020-12?", "2021-01-01"),
    ],
)
def test_what_is_uncertain_is_not_widened(left: str, right: str) -> None:
    assert dated(left, right).kind == "conflict"


def test_two_bare_days_in_a_row_conflict() -> None:
    found = dated("2020-11-09", "2020-11-10")
    assert found == Relation("conflict", "dates-disjoint", Gap("days", Decimal(1)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-11-09T23:00:00", "2020-11-10T01:00:00"),
        ("2020-11-09T21:00:00", "2020-11-10T03:00:00"),
        ("2020-11-09T23:00:00+04:00", "2020-11-10T01:00:00"),
        # 23:30 of the ninth at the place, against its day after.
        ("2020-11-09T19:30:00Z", "2020-11-10"),
        ("2020-11-09T21:00:00", "2020-11-10"),
        ("2020-11-10T00:00:00", "2020-11-09"),
        ("2020-11-09T23:00:00", "2020-11-10T00:00:00"),
        ("2020-11-10T03:00:00", "2020-11-09"),
        ("2020-11-10T03:00:00", "2020-11-09/2020-11-09"),
    ],
)
def test_a_time_near_a_midnight_may_be_across_it_by_another_clock(left: str, right: str) -> None:
    across = Relation("compatible", "clock")
    assert dated(left, right) == related(on(left), on(right), HOURS) == across


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-11-09T20:59:59", "2020-11-10T01:00:00"),
        ("2020-11-09T23:00:00", "2020-11-10T03:00:01"),
        ("2020-11-09T10:00:00", "2020-11-10T18:00:00"),
        # Near two midnights that are a day apart.
        ("2020-11-09T23:00:00", "2020-11-11T01:00:00"),
        # Who names the zone of both leaves nothing to clocks.
        ("2020-11-09T23:00:00+04:00", "2020-11-10T01:00:00+04:00"),
        ("2020-11-09T20:59:59", "2020-11-10"),
        ("2020-11-10T03:00:01", "2020-11-09"),
        # Near the midnight on the far side of the other day.
        ("2020-11-10T23:00:00", "2020-11-09"),
        ("2020-11-09T01:00:00", "2020-11-10"),
        ("2020-11-09T23:00:00", "2020-11-10/2020-11-11"),
        ("2020-11-09T23:00:00", "2020-11-11~"),
    ],
)
def test_a_time_far_from_the_midnight_between_conflicts(left: str, right: str) -> None:
    assert dated(left, right).rule == "dates-disjoint"


def test_two_times_of_one_day_conflict_only_where_the_hour_is_asked_for() -> None:
    for left, right in (
        ("2020-11-09T10:00:00", "2020-11-09T18:00:00"),
        ("2020-11-09T10:00:00+04:00", "2020-11-09T14:00:00Z"),
    ):
        assert dated(left, right) == Relation("compatible", "one-day")
        found = related(on(left), on(right), HOURS)
        assert found == Relation("conflict", "dates-disjoint", Gap("hours", Decimal(8)))


def test_one_day_is_that_of_the_place() -> None:
    # The same evening in Greenwich, but after midnight at the place.
    assert dated("2020-11-09T19:00:00Z", "2020-11-09T21:00:00Z").rule == "dates-disjoint"
    assert dated("2020-11-09T21:00:00Z", "2020-11-10T10:00:00Z").rule == "one-day"


@pytest.mark.parametrize(
    ("left", "right", "kind", "difference"),
    [
        ("2020-12-11", "2020-12-13", "days", "2"),
        ("2020-12-11", "2021-01", "days", "21"),
        ("2020-12-11/2020-12-20", "2021", "days", "12"),
        ("2020-12-11~", "2020-12-20", "days", "9"),
        ("2020-11-09T10:00:00", "2020-11-12", "days", "3"),
        ("2020-11-09T10:00:00", "2020-11-10T18:00:00", "hours", "32"),
        ("2020-11-09T10:00:00+04:00", "2020-11-10T10:00:00+03:00", "hours", "25"),
        ("2020-11", "2020-12", "months", "1"),
        ("2020", "2021-03", "months", "3"),
        ("2020-22", "2020-12", "months", "4"),
        ("2020/2021", "2021-12/2022", None, None),
        ("2019", "2021", "years", "2"),
        ("198X", "2001", "years", "12"),
        ("2018/2019", "2021", "years", "2"),
        # The tenth at the place, by a clock far to the east of it.
        ("2020-11-10T05:00:00+14:00", "2020-11-10", "days", "1"),
    ],
)
def test_a_gap_is_in_the_finest_unit_that_both_are_given_in(
    left: str, right: str, kind: GapKind | None, difference: str | None
) -> None:
    gap = Gap(kind, Decimal(difference)) if kind and difference else None
    assert dated(left, right).gap == gap


def test_a_gap_of_seconds_is_not_nothing() -> None:
    found = related(on("2020-11-09T10:00:00"), on("2020-11-09T10:00:05"), HOURS)
    assert found.gap == Gap("hours", Decimal("0.01"))


DATES = (
    "2020-11-09 2020-11-10 2020-11-10~ 2020-11 2020-12 2020 2021~ ../2020-11 2020-11-09/2020-11-12"
    " 2020-11-11/.. 2020-11-09T23:00:00 2020-11-10T02:00:00 2020-11-09T22:00:00Z"
    " 2020-11-10T05:00:00+14:00 2020-11-10T23:59:59+04:00"
)
texts = st.sampled_from(DATES.split())


@given(texts, texts, st.booleans())
def test_every_pair_of_dates_has_one_mirrored_relation_and_a_gap_only_in_conflict(
    a: str, b: str, by_the_hour: bool
) -> None:
    found = related(on(a), on(b), HOURS if by_the_hour else DAYS)
    assert (found.gap is not None) == (found.kind == "conflict")
    assert found.gap is None or found.gap.difference > 0
