"""Two counts: what is counted, of when, and what the numbers are; the table, row by row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.disagreement.relations import CountedAs, Gap, Relation
from tests.domain.disagreement.stating import grounds, killed, related

PLAIN = grounds()
ONCE = grounds(counting="once")
GROWING = grounds(counting="cumulative")
MOMENT = Relation("not-comparable", "moment")
OVERLAP = Relation("compatible", "intervals-overlap")


def gap(difference: int, ratio: str | None = None) -> Gap:
    return Gap("quantity", Decimal(difference), Decimal(ratio) if ratio else None)


def test_equal_intervals_are_the_same_however_they_are_worded() -> None:
    found = related(killed("almost 600"), killed("nearly 600"), PLAIN)
    assert found == Relation("same", "equal-intervals")
    best = related(killed("20..40"), killed("20..40 best 30"), PLAIN)
    assert best == Relation("same", "equal-intervals")


@pytest.mark.parametrize(
    ("left", "right"),
    [("about 2000", "1960"), ("dozens", "30"), ("over 5", "over 500"), ("about 3", "4")],
)
def test_overlapping_intervals_are_compatible(left: str, right: str) -> None:
    assert related(killed(left), killed(right), PLAIN) == OVERLAP


@pytest.mark.parametrize(
    ("left", "right"),
    [("almost 600", "600"), ("almost 600", "over 600"), ("fewer than 3", "at least 3")],
)
def test_touching_intervals_are_rounding(left: str, right: str) -> None:
    assert related(killed(left), killed(right), PLAIN) == Relation("compatible", "rounding")


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("18", "at least 100", gap(82, "5.56")),
        ("about 2000", "2300", gap(300, "1.15")),
        ("about 2000", "about 3000", gap(1000, "1.5")),
        ("20..40 best 30", "50", gap(10, "1.25")),
        ("almost 600", "over 700", gap(100, "1.17")),
        ("fewer than 10", "12", gap(2, "1.2")),
        ("up to 40", "60", gap(20, "1.5")),
        ("0", "3", gap(3)),
    ],
)
def test_disjoint_intervals_conflict_by_the_nearer_numbers_as_they_were_said(
    left: str, right: str, between: Gap
) -> None:
    found = related(killed(left), killed(right), PLAIN)
    assert found == Relation("conflict", "intervals-disjoint", between)


@pytest.mark.parametrize(
    ("left", "right", "difference"),
    [("dozens", "300", 201), ("10", "several dozen", 14), ("0", "up to 40", 1)],
)
def test_a_gap_to_a_word_is_to_the_bound_of_the_table_and_has_no_ratio(
    left: str, right: str, difference: int
) -> None:
    found = related(killed(left), killed(right), PLAIN)
    assert found.kind == "conflict"
    assert found.gap == Gap("quantity", Decimal(difference), None, by_table=True)


def test_unit_measure_and_scope_come_before_all_arithmetic() -> None:
    people = killed("18")
    vehicles = replace(killed("100"), counted=CountedAs("vehicles", "killed", ""))
    assert related(people, vehicles, PLAIN) == Relation("not-comparable", "unit")
    wounded = killed("100", measure="wounded")
    assert related(people, wounded, PLAIN) == Relation("not-comparable", "measure")
    civilians = killed("100", scope="civilians")
    assert related(people, civilians, PLAIN) == Relation("not-comparable", "scope")


# Parts and wholes, by the dossier's lists: killed within casualties, the city within the region


def test_a_part_that_surely_exceeds_its_whole_conflicts() -> None:
    whole = killed("18", measure="casualties")
    found = related(killed("over 100"), whole, PLAIN)
    assert found == Relation("conflict", "part-exceeds-whole", gap(82, "5.56"))
    city, region = killed("30", scope="city"), killed("20", scope="region")
    assert related(city, region, ONCE) == Relation("conflict", "part-exceeds-whole", gap(10, "1.5"))


@pytest.mark.parametrize("part", ["18", "about 19", "at least 3", "dozens"])
def test_a_part_that_may_be_no_more_than_its_whole_is_not_compared(part: str) -> None:
    whole = "18" if part != "dozens" else "30"
    found = related(killed(part), killed(whole, measure="casualties"), PLAIN)
    assert found == Relation("not-comparable", "measure")


def test_a_part_in_measure_and_scope_exceeds_its_whole_only_in_one_direction() -> None:
    part, whole = killed("9", scope="city"), killed("3", scope="region", measure="casualties")
    assert related(part, whole, PLAIN).rule == "part-exceeds-whole"
    crossed = killed("3", scope="city", measure="casualties")
    assert related(killed("9", scope="region"), crossed, PLAIN).rule == "measure"


def test_no_scope_is_a_scope_of_its_own_and_not_the_whole() -> None:
    assert related(killed("9", scope="city"), killed("3"), PLAIN).rule == "scope"


def test_a_part_counted_later_may_exceed_the_whole_of_before() -> None:
    whole = killed("18", "2020-10-12", measure="casualties")
    assert related(killed("50", "2020-10-11"), whole, GROWING).rule == "part-exceeds-whole"
    assert related(killed("50", "2020-10-12"), whole, GROWING).rule == "part-exceeds-whole"
    assert related(killed("50", "2020-10-13"), whole, GROWING).rule == "measure"
    assert related(killed("50"), whole, GROWING).rule == "measure"


def test_a_part_present_exceeds_the_whole_of_the_same_moment_only() -> None:
    whole = killed("18", "2020-10-12", measure="casualties")
    assert related(killed("50", "2020-10-12"), whole, PLAIN).rule == "part-exceeds-whole"
    assert related(killed("50", "2020-10-11"), whole, PLAIN).rule == "measure"
    assert related(killed("50", "2020-10-11"), whole, ONCE).rule == "part-exceeds-whole"


# Growing counts


def test_a_later_higher_count_of_one_root_is_an_update_not_a_conflict() -> None:
    early, late = killed("nearly 500", "2020-10-12"), killed("almost 600", "2020-10-14")
    found = related(early, late, GROWING, one_root=True)
    assert found == Relation("compatible", "later-count")


def test_a_count_of_one_root_that_fell_conflicts() -> None:
    early, late = killed("73", "2020-10-12"), killed("60", "2020-10-14")
    found = related(early, late, GROWING, one_root=True)
    assert found == Relation("conflict", "count-fell", gap(13, "1.22"))


def test_a_count_of_one_root_that_may_have_been_rounded_did_not_fall() -> None:
    early, late = killed("600", "2020-10-12"), killed("almost 600", "2020-10-14")
    assert related(early, late, GROWING, one_root=True).rule == "later-count"


def test_a_later_higher_count_of_another_root_is_not_comparable() -> None:
    assert related(killed("100", "2020-10-01"), killed("5000", "2020-10-30"), GROWING) == MOMENT


def test_a_later_lower_count_of_another_root_conflicts() -> None:
    found = related(killed("5000", "2020-10-01"), killed("100", "2020-10-30"), GROWING)
    assert found == Relation("conflict", "later-count-lower", gap(4900, "50"))


def test_overlapping_counts_of_two_roots_at_two_moments_are_compatible() -> None:
    found = related(killed("about 100", "2020-10-01"), killed("105", "2020-10-30"), GROWING)
    assert found == OVERLAP
    rounded = related(killed("almost 600", "2020-10-01"), killed("600", "2020-10-30"), GROWING)
    assert rounded == OVERLAP


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-10-01", "2020-10-01"),
        ("2020-10", "2020-10-31"),
        ("2020-09-01/2020-10-31", "2020-10"),
        ("2020-10-01", "2020-10-01T10:00:00"),
        ("2020-10~", "2020-10~"),
    ],
)
def test_growing_counts_of_one_moment_are_compared_as_numbers(left: str, right: str) -> None:
    found = related(killed("100", left), killed("5000", right), GROWING)
    assert (found.kind, found.rule) == ("conflict", "intervals-disjoint")


@pytest.mark.parametrize(
    ("left", "right"),
    [(None, "2020-10-01"), (None, None), ("2020-10~", "2020-10-15"), ("2020/2020-10~", "2020-10")],
)
def test_growing_counts_of_unknown_order_conflict_with_none(
    left: str | None, right: str | None
) -> None:
    assert related(killed("100", left), killed("5000", right), GROWING) == MOMENT
    assert related(killed("5000", left), killed("100", right), GROWING) == MOMENT
    assert related(killed("about 100", left), killed("100", right), GROWING) == OVERLAP


def test_counts_given_some_time_in_one_month_are_of_no_one_moment() -> None:
    span = killed("1", "2020-10-01").as_of, killed("1", "2020-10-31").as_of
    assert span[0]
    assert span[1]
    october = (span[0][0], span[1][1])
    few, many = replace(killed("100"), as_of=october), replace(killed("5000"), as_of=october)
    assert related(few, many, GROWING) == MOMENT


# Counts of what comes and goes, and tolls counted once


def test_numbers_present_at_different_moments_are_not_comparable() -> None:
    assert related(killed("100", "2020-10-01"), killed("5000", "2020-10-30"), PLAIN) == MOMENT
    assert related(killed("3", "2020-10-01"), killed("4"), PLAIN) == MOMENT
    assert related(killed("100", "2020-10"), killed("5000", "2020-10-30"), PLAIN) == MOMENT
    near = related(killed("about 100", "2020-10-01"), killed("100", "2020-10-30"), PLAIN)
    assert near == OVERLAP


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (None, None),
        ("2020-10-01", "2020-10-01"),
        ("2020-10-01/2020-10-30", "2020-10-12"),
        ("2020-10", "2020-10"),
    ],
)
def test_numbers_present_at_one_moment_are_compared(left: str | None, right: str | None) -> None:
    found = related(killed("3", left), killed("4", right), PLAIN)
    assert (found.kind, found.rule) == ("conflict", "intervals-disjoint")


def test_a_toll_counted_once_is_compared_whenever_it_was_counted() -> None:
    found = related(killed("3", "2020-10-01"), killed("4", "2020-10-30"), ONCE)
    assert (found.kind, found.rule) == ("conflict", "intervals-disjoint")


HEDGES = ["", "about ", "almost ", "over ", "at least ", "up to ", "fewer than ", "at most "]
quantities = st.builds("{}{}".format, st.sampled_from(HEDGES), st.integers(1, 40)).filter(
    lambda text: text != "fewer than 0"
)
moments = st.none() | st.sampled_from(["2020-10-01", "2020-10-02", "2020-10-01/2020-10-03", "2020"])
scopes = st.sampled_from(["", "city", "region"])
measures = st.sampled_from(["killed", "casualties"])
counts = st.builds(killed, quantities, moments, scopes, measures)


@given(counts, counts, st.sampled_from([None, "cumulative", "once"]), st.booleans(), st.booleans())
def test_every_pair_of_quantities_has_one_mirrored_relation_and_a_gap_only_in_conflict(
    a: object, b: object, counting: str | None, over_time: bool, one_root: bool
) -> None:
    ground = grounds(counting=counting, over_time=over_time)
    found = related(a, b, ground, one_root=one_root)  # type: ignore[arg-type]
    assert (found.gap is not None) == (found.kind == "conflict")
    assert found.gap is None or found.gap.difference > 0
