from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.hedges import (
    HEDGES,
    MEASUREMENTS,
    SHARES,
    WORDS,
    Interval,
    Written,
    is_counted,
    parse_quantity,
    read_quantity,
)
from app.errors import BadAnswer

numbers = st.integers(1, 10**9)
hedges = st.sampled_from([word for hedge in HEDGES for word in hedge.words])
units = st.sampled_from(["people", "percent", None, "hectares"])


def bounds(interval: Interval) -> str:
    """An interval as mathematicians write it: `[540, 600)`."""
    high = "∞" if interval.high is None else f"{interval.high.normalize():f}"
    opening, closing = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{opening}{interval.low.normalize():f}, {high}{closing}"


@pytest.mark.parametrize(
    ("text", "of_people", "of_hectares"),
    [
        ("1960", "[1960, 1960]", "[1960, 1960]"),
        ("0", "[0, 0]", "[0, 0]"),
        ("2 783", "[2783, 2783]", "[2783, 2783]"),
        ("about 2000", "[1800, 2200]", "[1800, 2200]"),
        ("about 3", "[2, 4]", "[2.7, 3.3]"),
        ("about 10", "[9, 11]", "[9, 11]"),
        ("about 0", "[0, 1]", "[0, 0]"),
        ("almost 600", "[540, 600)", "[540, 600)"),
        ("nearly 500", "[450, 500)", "[450, 500)"),
        ("almost 5", "[4, 5)", "[4.5, 5)"),
        ("nearly 1", "[0, 1)", "[0.9, 1)"),
        ("over 5000", "(5000, ∞]", "(5000, ∞]"),
        ("more than 60", "(60, ∞]", "(60, ∞]"),
        ("at least 3", "[3, ∞]", "[3, ∞]"),
        ("fewer than 60", "[0, 60)", "[0, 60)"),
        ("less than 60", "[0, 60)", "[0, 60)"),
        ("under 1", "[0, 1)", "[0, 1)"),
        ("at most 60", "[0, 60]", "[0, 60]"),
        ("at most 0", "[0, 0]", "[0, 0]"),
        ("up to 40", "[1, 40]", "(0, 40]"),
        ("up to 1", "[1, 1]", "(0, 1]"),
        ("24..99", "[24, 99]", "[24, 99]"),
        ("5..5", "[5, 5]", "[5, 5]"),
        ("20..40 best 30", "[20, 40]", "[20, 40]"),
        ("dozens", "[24, 99]", "[24, 99]"),
        ("several dozen", "[24, 99]", "[24, 99]"),
        ("hundreds", "[200, 999]", "[200, 999]"),
        ("several hundred", "[200, 999]", "[200, 999]"),
        ("thousands", "[2000, 9999]", "[2000, 9999]"),
        ("tens of thousands", "[20000, 99999]", "[20000, 99999]"),
    ],
)
def test_each_notation_means_its_interval(text: str, of_people: str, of_hectares: str) -> None:
    assert bounds(parse_quantity(text, "people")) == of_people
    assert bounds(parse_quantity(text)) == of_people
    assert bounds(parse_quantity(text, "hectares")) == of_hectares


@pytest.mark.parametrize(
    ("text", "low_said", "high_said"),
    [
        ("2000", 2000, 2000),
        ("about 2000", 2000, 2000),
        ("almost 600", 600, 600),
        ("nearly 600", 600, 600),
        ("over 60", 60, None),
        ("more than 60", 60, None),
        ("at least 60", 60, None),
        ("fewer than 60", None, 60),
        ("less than 60", None, 60),
        ("under 60", None, 60),
        ("at most 60", None, 60),
        ("up to 60", None, 60),
        ("24..99", 24, 99),
        ("20..40 best 30", 20, 40),
    ],
)
def test_an_interval_has_the_number_that_was_said_at_either_end(
    text: str, low_said: int | None, high_said: int | None
) -> None:
    for unit in ("people", "percent"):
        interval = parse_quantity(text, unit)
        assert (interval.low_said, interval.high_said) == (low_said, high_said)


@pytest.mark.parametrize("interval", [*WORDS.values(), *SHARES.values()])
def test_of_a_word_no_number_was_said(interval: Interval) -> None:
    assert (interval.low_said, interval.high_said, interval.best) == (None, None, None)


@pytest.mark.parametrize("unit", ["percent", "Per cent", "%", "percent of the town"])
def test_a_share_is_of_a_hundred_percent(unit: str) -> None:
    half, about = parse_quantity("half", unit), parse_quantity("about 50", unit)
    assert bounds(half) == bounds(about) == "[45, 55]"
    assert bounds(parse_quantity("a third", unit)) == "[30, 37]"


@pytest.mark.parametrize("unit", [None, "people", "hectares"])
@pytest.mark.parametrize("text", SHARES)
def test_a_share_of_anything_but_percent_is_refused(text: str, unit: str | None) -> None:
    with pytest.raises(BadAnswer, match="needs the unit percent"):
        parse_quantity(text, unit)


def test_a_range_has_its_best_figure() -> None:
    assert parse_quantity("20..40 best 30").best == 30
    assert parse_quantity("20..40 best 20").best == 20
    assert parse_quantity("20..40 best 40").best == 40
    assert parse_quantity("20..40").best is None
    assert parse_quantity("1.5..2.5 best 2.25", "hectares").best == Decimal("2.25")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1960", Written("", ("1960",))),
        ("about 2 783", Written("about", ("2783",))),
        ("over 1\u00a0234\u00a0567", Written("over", ("1234567",))),
        ("20\u202f000..40\u202f000 best 30\u202f000", Written("", ("20000", "40000"), "30000")),
        ("2 783.50", Written("", ("2783.50",))),
        ("tens of thousands", Written("tens of thousands")),
        ("half", Written("half")),
    ],
)
def test_a_quantity_is_read_as_it_is_written(text: str, written: Written) -> None:
    assert read_quantity(text) == written


@pytest.mark.parametrize(
    "text",
    ["", "many", "1,960", "-3", "about", "about about 3", "99..24", "3..", "almost 0", "1e3", "٣",
     "about  600", "About 600", "1.", "600 ", "none", "fewer than 0", "less than 0", "under 0",
     "nearly 0", "up to 0", "20..40 best 19", "20..40 best 41", "30 best 30", "20..40 best",
     "about 20..40", "2 78", "2  783", "2783 1", "12 34 567", "1234 567", " 783", "2\t783",
     "2\u2009783", "fewer 60", "a half", "a dozen", "dozens 3", "over dozens"],
)  # fmt: skip
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(BadAnswer):
        parse_quantity(text)
    with pytest.raises(BadAnswer):
        parse_quantity(text, "people")


def test_nothing_up_to_zero_is_refused_of_what_is_measured_too() -> None:
    for text in ("up to 0", "almost 0", "less than 0.0"):
        with pytest.raises(BadAnswer, match="does not mean a number"):
            parse_quantity(text, "hectares")


@pytest.mark.parametrize(
    "text", ["2.5", "about 2.50", "3..4.5", "1.5..4", "20..40 best 30.1", "12.0", "1234.567"]
)
def test_only_what_is_measured_has_a_decimal_point(text: str) -> None:
    for unit in ("people", None, "tanks", "drone strikes"):
        with pytest.raises(BadAnswer, match="write a whole number"):
            parse_quantity(text, unit)
    for unit in ("percent", "km²", "tonnes of flour", "million dollars"):
        assert parse_quantity(text, unit)


@pytest.mark.parametrize(
    ("text", "meant", "whole"),
    [
        ("2.783", "2\u00a0783", "2783"),
        ("about 100.000", "100\u00a0000", "100000"),
        ("2..2.783", "2\u00a0783", "2783"),
        ("1..3000 best 2.783", "2\u00a0783", "2783"),
    ],
)
def test_a_point_before_three_digits_asks_whether_thousands_were_meant(
    text: str, meant: str, whole: str
) -> None:
    with pytest.raises(BadAnswer, match=f"Was {meant} meant\\? Then write {whole}\\."):
        parse_quantity(text, "people")


@pytest.mark.parametrize("text", ["0.783", "2.78", "2.7831", "2783.000"])
def test_a_point_before_other_digits_does_not(text: str) -> None:
    with pytest.raises(BadAnswer, match="write a whole number"):
        parse_quantity(text, "people")


def test_units_of_measurement_are_not_counted() -> None:
    assert set(MEASUREMENTS) == {"percent", "length", "area", "volume", "weight", "time", "money"}
    for names in MEASUREMENTS.values():
        assert not any(is_counted(name) for name in names)
        assert not any(is_counted(name.upper()) for name in names)


@pytest.mark.parametrize(
    ("unit", "counted"),
    [
        (None, True),
        ("", True),
        ("people", True),
        ("million people", True),
        ("days", False),
        ("Square  kilometres", False),
        ("km²", False),
        ("hectares of forest", False),
        ("million US dollars", False),
        ("thousand tonnes of grain", False),
        ("deaths per day", False),
        ("children of 14 years", True),
        ("drone strikes", True),
        ("kilometre posts", True),
        ("persons", True),
    ],
)
def test_a_unit_is_counted_unless_it_is_measured(unit: str | None, counted: bool) -> None:
    assert is_counted(unit) is counted


def quantities() -> st.SearchStrategy[str]:
    """Any quantity without a decimal point."""
    low_and_more = st.tuples(numbers, st.integers(0, 10**6), st.floats(0, 1))
    return st.one_of(
        st.builds("{} {}".format, hedges, numbers),
        numbers.map(str),
        low_and_more.map(lambda n: f"{n[0]}..{n[0] + n[1]} best {n[0] + int(n[1] * n[2])}"),
        st.sampled_from(list(WORDS)),
    )


def said_numbers(interval: Interval) -> Iterator[Decimal]:
    yield from (n for n in (interval.low_said, interval.high_said, interval.best) if n is not None)


@given(quantities(), units)
def test_intervals_never_invert_and_hold_what_was_said(text: str, unit: str | None) -> None:
    interval = parse_quantity(text, unit)
    assert interval.low >= 0
    assert interval.high is None or interval.low <= interval.high
    if interval.high == interval.low:
        assert not interval.low_open
        assert not interval.high_open
    for number in said_numbers(interval):
        assert interval.low <= number
        assert interval.high is None or number <= interval.high


@given(numbers, hedges, st.sampled_from(" \u00a0\u202f"))
def test_digits_grouped_by_a_space_mean_the_same(number: int, hedge: str, space: str) -> None:
    grouped = f"{number:,}".replace(",", space)
    assert parse_quantity(f"{hedge} {grouped}") == parse_quantity(f"{hedge} {number}")


@given(numbers, st.sampled_from(["about", "almost", "nearly", "up to"]))
def test_a_hedge_leaves_a_count_some_room(number: int, hedge: str) -> None:
    interval = parse_quantity(f"{hedge} {number}", "people")
    assert interval.high is not None
    if hedge == "up to":
        assert interval.low == 1
    else:
        assert interval.low <= number - 1
        assert (interval.high == number) is interval.high_open


@given(st.text(max_size=12), units)
def test_any_text_is_a_quantity_or_refused_in_a_sentence(text: str, unit: str | None) -> None:
    try:
        parse_quantity(text, unit)
    except BadAnswer as fault:
        assert str(fault).endswith(".")  # noqa: PT017 - a text that is read has no fault


@given(numbers, numbers, units)
def test_two_intervals_overlap_touch_or_lie_apart_and_never_two_of_these(
    a: int, b: int, unit: str | None
) -> None:
    for left in ("{}", "about {}", "almost {}", "over {}", "at least {}", "up to {}", "under {}"):
        for right in ("{}", "nearly {}", "more than {}", "up to {}", "fewer than {}"):
            first = parse_quantity(left.format(a), unit)
            second = parse_quantity(right.format(b), unit)
            apart = first.below(second) or second.below(first)
            assert [first.overlaps(second), first.touches(second), apart].count(True) == 1
            assert first.overlaps(second) == second.overlaps(first)
            assert first.touches(second) == second.touches(first)


def test_almost_a_number_and_the_number_touch() -> None:
    assert parse_quantity("almost 600").touches(parse_quantity("600"))
    assert parse_quantity("over 600").touches(parse_quantity("600"))
    assert not parse_quantity("599").touches(parse_quantity("600"))


def test_two_wordings_of_one_interval_mean_the_same_numbers() -> None:
    assert parse_quantity("almost 600").same_numbers(parse_quantity("nearly 600"))
    assert not parse_quantity("almost 600").same_numbers(Interval(Decimal(540), Decimal(600)))
