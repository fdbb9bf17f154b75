"""The tables of comparability and of two answers, row by row."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.disagreement.relations import Gap, Grounds, Relation, Stated, relation
from app.domain.records.answers import Answer, Choice, Dated, Described, Quantity, YesNo
from app.domain.values.dates import parse_date
from app.domain.values.hedges import parse_quantity

PLAIN = Grounds()
CUMULATIVE = Grounds(counting="cumulative")
ONE_ROOT = Grounds(counting="cumulative", one_origin=True)
STATES = Grounds(over_time=True)


def killed(text: str, scope: str | None = None) -> Quantity:
    return Quantity(parse_quantity(text), "people", "killed", scope)


def day(text: str) -> Dated:
    return Dated(parse_date(text))


def option(name: str, *includes: str) -> Choice:
    return Choice(name, frozenset(includes))


def related(
    a: Answer, b: Answer, grounds: Grounds = PLAIN, at: str | None = None, bt: str | None = None
) -> Relation:
    left = Stated(a, parse_date(at) if at else None)
    right = Stated(b, parse_date(bt) if bt else None)
    found = relation(left, right, grounds)
    assert found == relation(right, left, grounds), "a relation mirrors"
    return found


def test_equal_yes_no_answers_are_the_same_and_different_ones_conflict() -> None:
    assert related(YesNo(True), YesNo(True)) == Relation("same", "equal-answers")
    assert related(YesNo(True), YesNo(False)) == Relation("conflict", "different-answers")


def test_yes_and_no_about_different_days_can_both_hold() -> None:
    found = related(YesNo(True), YesNo(False), at="2020-10-01", bt="2020-10-02")
    assert found == Relation("compatible", "different-days")
    assert related(YesNo(True), YesNo(False), at="2020-10-01").kind == "conflict"


def test_equal_intervals_are_the_same_however_they_are_worded() -> None:
    found = related(killed("almost 600"), killed("nearly 600"))
    assert found == Relation("same", "equal-intervals")


def test_overlapping_intervals_are_compatible() -> None:
    found = related(killed("about 2000"), killed("1960"))
    assert found == Relation("compatible", "intervals-overlap")


def test_touching_intervals_are_rounding() -> None:
    found = related(killed("almost 600"), killed("600"))
    assert found == Relation("compatible", "rounding")


def test_disjoint_intervals_conflict_by_the_nearer_bounds() -> None:
    found = related(killed("18"), killed("at least 100"))
    gap = Gap("quantity", Decimal(82), Decimal("5.56"))
    assert found == Relation("conflict", "intervals-disjoint", gap)


def test_no_ratio_is_taken_against_zero_or_of_a_word() -> None:
    assert related(killed("0"), killed("3")).gap == Gap("quantity", Decimal(3), None)
    assert related(killed("dozens"), killed("300")).gap == Gap("quantity", Decimal(201), None)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Quantity(parse_quantity("100"), "vehicles", "killed", None), "unit"),
        (Quantity(parse_quantity("100"), "people", "killed and wounded", None), "measure"),
        (killed("100", scope="civilians"), "scope"),
    ],
)
def test_unit_measure_and_scope_come_before_all_arithmetic(other: Quantity, reason: str) -> None:
    found = related(killed("18"), other)
    assert (found.kind, found.rule, found.gap) == ("not-comparable", reason, None)


def test_a_later_higher_count_of_one_root_is_an_update_not_a_conflict() -> None:
    found = related(
        killed("nearly 500"), killed("almost 600"), ONE_ROOT, "2020-10-12", "2020-10-14"
    )
    assert found == Relation("compatible", "later-count")


def test_a_count_of_one_root_that_fell_conflicts() -> None:
    found = related(killed("73"), killed("60"), ONE_ROOT, "2020-10-12", "2020-10-14")
    assert (found.kind, found.rule) == ("conflict", "count-fell")
    assert found.gap == Gap("quantity", Decimal(13), Decimal("1.22"))


def test_a_later_higher_count_of_another_side_is_not_comparable() -> None:
    found = related(killed("100"), killed("5000"), CUMULATIVE, "2020-10-01", "2020-10-30")
    assert found == Relation("not-comparable", "moment")


def test_a_later_lower_count_of_another_side_conflicts() -> None:
    found = related(killed("5000"), killed("100"), CUMULATIVE, "2020-10-01", "2020-10-30")
    assert (found.kind, found.rule) == ("conflict", "later-count-lower")


def test_overlapping_counts_of_two_sides_at_two_moments_are_compatible() -> None:
    found = related(killed("about 100"), killed("105"), CUMULATIVE, "2020-10-01", "2020-10-30")
    assert found == Relation("compatible", "intervals-overlap")


def test_counts_as_of_one_day_are_compared_as_numbers() -> None:
    found = related(killed("100"), killed("5000"), CUMULATIVE, "2020-10-01", "2020-10-01")
    assert (found.kind, found.rule) == ("conflict", "intervals-disjoint")


def test_a_growing_count_without_a_day_conflicts_with_none_that_has_one() -> None:
    apart = related(killed("100"), killed("5000"), CUMULATIVE, "2020-10-01")
    assert apart == Relation("not-comparable", "moment")
    near = related(killed("about 100"), killed("100"), CUMULATIVE, "2020-10-01")
    assert near == Relation("compatible", "intervals-overlap")


def test_two_growing_counts_without_days_are_compared_as_numbers() -> None:
    assert related(killed("100"), killed("5000"), CUMULATIVE).rule == "intervals-disjoint"


def test_numbers_present_on_different_days_are_not_comparable() -> None:
    found = related(killed("100"), killed("5000"), PLAIN, "2020-10-01", "2020-10-30")
    assert found == Relation("not-comparable", "moment")


def test_numbers_are_compared_where_only_one_has_a_day() -> None:
    found = related(killed("3"), killed("4"), PLAIN, "2020-10-01")
    assert (found.kind, found.rule) == ("conflict", "intervals-disjoint")


def test_a_toll_counted_once_is_compared_whenever_it_was_counted() -> None:
    found = related(killed("3"), killed("4"), Grounds(counting="once"), "2020-10-01", "2020-10-30")
    assert (found.kind, found.rule) == ("conflict", "intervals-disjoint")


def test_the_same_date_is_the_same_and_overlapping_dates_are_compatible() -> None:
    assert related(day("2020-12"), day("2020-12")) == Relation("same", "equal-dates")
    assert related(day("2020-12"), day("2020-12-11")) == Relation("compatible", "dates-overlap")


def test_two_days_in_a_row_without_zones_are_a_matter_of_clocks() -> None:
    found = related(day("2020-11-09"), day("2020-11-10"))
    assert found == Relation("compatible", "clock")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-11-09T23:00:00+04:00", "2020-11-10T01:00:00+04:00"),
        ("2020-11", "2020-12"),
        ("2020-11-08", "2020-11-09/2020-11-10"),
    ],
)
def test_days_in_a_row_conflict_where_zones_or_spans_are_given(left: str, right: str) -> None:
    found = related(day(left), day(right))
    assert found == Relation("conflict", "dates-disjoint", Gap("days", Decimal(1)))


def test_disjoint_dates_conflict_by_days() -> None:
    found = related(day("2020-12-11"), day("2020-12-13"))
    assert found == Relation("conflict", "dates-disjoint", Gap("days", Decimal(2)))


def test_one_option_is_the_same_one_that_includes_is_compatible_others_conflict() -> None:
    assert related(option("a"), option("a")) == Relation("same", "equal-options")
    assert related(option("both", "a", "b"), option("a")) == Relation(
        "compatible", "option-includes"
    )
    assert related(option("a"), option("b")) == Relation("conflict", "different-options")


def test_states_conflict_only_on_a_day_that_both_speak_of() -> None:
    a, b = option("a"), option("b")
    assert related(a, b, STATES, "2020-12-12", "2020-12-12").kind == "conflict"
    assert related(a, b, STATES, "2020-12-12/2020-12-14", "2020-12-13").kind == "conflict"
    assert related(a, a, STATES, "2020-12-12", "2020-12-12").kind == "same"
    different = Relation("compatible", "different-days")
    assert related(a, b, STATES, "2020-12-12", "2020-12-13") == different
    assert related(a, a, STATES, "2020-12-12", "2020-12-13") == different


def test_a_state_of_no_known_day_is_not_comparable() -> None:
    found = related(option("a"), option("b"), STATES, "2020-12-12")
    assert found == Relation("not-comparable", "moment")


def test_descriptions_clash_only_where_a_curator_said_so() -> None:
    named = Described("a", frozenset({"b"}))
    other = Described("b", frozenset())
    assert related(named, other) == Relation("conflict", "named-by-curator")
    assert related(other, Described("c", frozenset())) == Relation("not-comparable", "prose")
    assert related(named, named) == Relation("same", "same-description")


def test_answers_of_two_kinds_are_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError, match=r"^Answers of two kinds are never in one claim\.$"):
        relation(Stated(YesNo(True), None), Stated(day("2020"), None), PLAIN)


quantities = st.builds(
    "{}{}".format,
    st.sampled_from(["", "about ", "almost ", "nearly ", "over ", "at least ", "up to "]),
    st.integers(1, 40),
)
moments = st.none() | st.sampled_from(["2020-10-01", "2020-10-02", "2020-10-01/2020-10-03", "2020"])
grounds = st.builds(
    Grounds, st.sampled_from([None, "cumulative", "once"]), st.booleans(), st.booleans()
)


@given(quantities, quantities, grounds, moments, moments)
def test_every_pair_of_quantities_has_one_mirrored_relation_and_a_gap_only_in_conflict(
    a: str, b: str, on: Grounds, at: str | None, bt: str | None
) -> None:
    found = related(killed(a), killed(b), on, at, bt)
    assert (found.gap is not None) == (found.kind == "conflict")
    assert found.gap is None or found.gap.difference > 0
