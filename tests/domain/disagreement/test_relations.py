"""Two answers that are no numbers and no dates: the table of relations, row by row."""

from __future__ import annotations

import pytest

from app.domain.disagreement.judge import denials
from app.domain.disagreement.relations import Relation, Stated, relation
from app.domain.values.dates import parse_date
from tests.domain.disagreement.stating import (
    NO,
    YES,
    denied,
    described,
    grounds,
    killed,
    on,
    option,
    related,
    stated,
)

PLAIN = grounds()
STATES = grounds(over_time=True)
MOMENT = Relation("not-comparable", "moment")
BOTH = option("both", "one", "two")
ONE, TWO = option("one"), option("two")


def test_equal_yes_no_answers_are_the_same_and_different_ones_conflict() -> None:
    assert related(stated(YES), stated(YES), PLAIN) == Relation("same", "equal-answers")
    assert related(stated(YES), stated(NO), PLAIN) == Relation("conflict", "different-answers")


def test_one_option_is_the_same_and_another_conflicts() -> None:
    assert related(ONE, option("one"), PLAIN) == Relation("same", "equal-options")
    assert related(ONE, TWO, PLAIN) == Relation("conflict", "different-options")


def test_an_option_is_compatible_with_one_that_it_includes() -> None:
    assert related(BOTH, ONE, PLAIN) == Relation("compatible", "option-includes")


def test_who_does_not_know_which_contradicts_nobody_who_names_one() -> None:
    unknown = option("unknown", unknown=True)
    assert related(unknown, ONE, PLAIN) == Relation("compatible", "option-unknown")
    assert related(unknown, unknown, PLAIN) == Relation("same", "equal-options")


def test_descriptions_clash_only_where_a_curator_said_so() -> None:
    named = described("a", "b")
    assert related(named, described("b"), PLAIN) == Relation("conflict", "named-by-curator")
    assert related(described("b"), described("c"), PLAIN) == Relation("not-comparable", "prose")
    assert related(named, named, PLAIN) == Relation("same", "same-description")


def test_what_answers_nothing_is_compared_with_nothing() -> None:
    assert related(stated(None), ONE, PLAIN) == Relation("not-comparable", "no-answer")


def test_answers_of_two_kinds_are_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError, match=r"^Answers of two kinds are never in one claim\.$"):
        relation(stated(YES), on("2020"), PLAIN)


# States over time


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-12-12", "2020-12-12"),
        ("2020-12-12?", "2020-12-12"),
        ("2020-12-12/2020-12-14", "2020-12-13"),
        ("2020-12-01/2020-12-31", "2020-12-13"),
        ("2020-12/2021-02", "2021-01-01"),
        ("../2020-12-12", "2020-12-11/2020-12-20"),
        ("2020-12-12", "2020-12-12T10:00:00"),
        ("2020-12-12T10:00:00+04:00", "2020-12-12T06:00:00Z"),
    ],
)
def test_states_conflict_on_a_day_that_both_surely_speak_of(left: str, right: str) -> None:
    there, gone = option("there", as_of=left), option("gone", as_of=right)
    assert related(there, gone, STATES) == Relation("conflict", "different-options")
    assert related(stated(YES, left), stated(NO, right), STATES).kind == "conflict"
    assert related(option("there", as_of=right), there, STATES).kind == "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2020-12-12", "2020-12-13"),
        # Some part of the month, which need not be that day, nor the same part.
        ("2020-12", "2020-12-13"),
        ("2020-12", "2020-12"),
        ("2020", "2020-12-13"),
        ("2020-12-13~", "2020-12-13"),
        # All days from some day of November to some day of January: not surely the 20th.
        ("2020-11/2021-01", "2020-11-20"),
        ("2020-11/2020-11", "2020-11-20"),
        ("2020-12-12T10:00:00", "2020-12-12T10:00:01"),
        ("2020-12-12", None),
    ],
)
def test_states_of_days_that_may_differ_are_not_compared(left: str, right: str | None) -> None:
    there, gone = option("there", as_of=left), option("gone", as_of=right)
    assert related(there, gone, STATES) == MOMENT
    assert related(option("there", as_of=right), there, STATES) == MOMENT
    assert related(stated(YES, left), stated(NO, right), STATES) == MOMENT


def test_without_any_day_a_yes_no_answer_is_to_the_question_and_a_choice_is_of_no_known_day() -> (
    None
):
    assert related(stated(YES), stated(NO), STATES).kind == "conflict"
    assert related(ONE, TWO, STATES) == MOMENT


# Denials


@pytest.mark.parametrize(
    ("denies", "holds"),
    [
        (stated(YES), stated(YES)),
        (ONE, ONE),
        (ONE, BOTH),
        (killed("at least 1"), killed("3")),
        (killed("at least 1"), killed("over 1")),
        (killed("over 0"), killed("at least 1")),
        (killed("3"), killed("3")),
        (killed("about 600"), killed("600")),
        (killed("at most 10"), killed("fewer than 10")),
        (killed("fewer than 10"), killed("under 10")),
        (on("2020-11"), on("2020-11-09")),
        (on("2020-11-09"), on("2020-11-09T10:00:00")),
        (on("2020-11-09T10:00:00+04:00"), on("2020-11-09T06:00:00Z")),
        (on("../2020-11-09"), on("2020-11-09")),
        (on("2020~"), on("2020~")),
        (described("a"), described("a")),
    ],
)
def test_who_denies_an_answer_contradicts_who_holds_one_that_entails_it(
    denies: Stated, holds: Stated
) -> None:
    assert denied(denies, holds, PLAIN) == "conflict"


@pytest.mark.parametrize(
    ("denies", "holds"),
    [
        (stated(YES), stated(NO)),
        (BOTH, ONE),
        (ONE, TWO),
        (killed("3"), killed("at least 1")),
        (killed("at least 4"), killed("3")),
        (killed("over 1"), killed("at least 1")),
        (killed("600"), killed("about 600")),
        (killed("fewer than 10"), killed("at most 10")),
        (killed("at most 10"), killed("over 5")),
        (on("2020-11-09"), on("2020-11")),
        (on("2020-11"), on("2020-12-01")),
        (on("2020-11"), on("2020-11-01~")),
        (on("2020-11"), on("2020-11-09/..")),
        (on("2020-11-09T10:00:00"), on("2020-11-09")),
        # Already the tenth at the place, whatever day it is written with.
        (on("2020-11-09"), on("2020-11-09T23:00:00Z")),
        (described("a"), described("b", "a")),
        (ONE, stated(None)),
    ],
)
def test_denying_one_answer_says_nothing_of_another_that_it_leaves_open(
    denies: Stated, holds: Stated
) -> None:
    assert denied(denies, holds, PLAIN) == "not-comparable"


def test_a_denial_is_compared_only_where_the_same_is_counted() -> None:
    assert denied(killed("at least 1"), killed("3", scope="city"), PLAIN) == "scope"
    assert denied(killed("at least 1"), killed("3", measure="casualties"), PLAIN) == "measure"


def test_a_denial_of_a_state_contradicts_who_states_it_for_a_day_of_the_denied() -> None:
    there = option("there", as_of="2020-12-12")
    assert denied(there, option("there", as_of="2020-12-11/2020-12-13"), STATES) == "conflict"
    assert denied(there, option("there", as_of="2020-12-13"), STATES) == "moment"
    assert denied(option("there"), there, STATES) == "moment"


def test_a_denial_of_a_number_present_is_of_its_moment() -> None:
    few = killed("3", as_of="2020-12-12")
    assert denied(killed("at least 1", as_of="2020-12-12"), few, PLAIN) == "conflict"
    assert denied(killed("at least 1"), few, PLAIN) == "conflict"
    assert denied(killed("at least 1", as_of="2020-12-13"), few, PLAIN) == "moment"


def test_denying_a_toll_on_one_day_leaves_that_of_a_later_day_open() -> None:
    growing = grounds(counting="cumulative")
    some = killed("at least 1", as_of="2020-10-12")
    assert denied(some, killed("3", as_of="2020-10-13"), growing) == "moment"
    assert denied(some, killed("3", as_of="2020-10-12"), growing) == "conflict"
    assert denied(some, killed("3", as_of="2020-10-11"), growing) == "conflict"
    assert denied(some, killed("3"), growing) == "conflict"
    once = grounds(counting="once")
    assert denied(some, killed("3", as_of="2020-10-13"), once) == "conflict"


def test_two_denials_are_the_same_where_they_deny_one_answer() -> None:
    same, apart = Relation("same", "denial"), Relation("not-comparable", "denial")
    assert denials(killed("almost 600"), killed("nearly 600"), PLAIN) == same
    assert denials(killed("at least 1"), killed("3"), PLAIN) == apart
    assert denials(killed("3"), killed("at least 1"), PLAIN) == apart
    assert denials(killed("3"), killed("3", scope="city"), PLAIN) == apart
    there = option("there", as_of="2020-12-12")
    assert denials(there, option("there", as_of="2020-12-12/2020-12-12"), STATES) == same
    assert denials(there, option("there", as_of="2020-12-13"), STATES) == apart


def test_the_moment_of_a_denied_open_interval_has_no_end() -> None:
    assert parse_date("2020-12-12/..").latest is None
    ongoing = option("there", as_of="2020-12-12/..")
    assert denied(ongoing, option("there", as_of="2030"), STATES) == "moment"
    assert denied(ongoing, option("there", as_of="2030-01-01"), STATES) == "conflict"
