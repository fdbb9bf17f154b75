from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.hedges import HEDGES, WORDS, Interval, parse_quantity
from app.errors import BadAnswer

numbers = st.integers(1, 10**9)


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open"),
    [
        ("1960", "1960", "1960", False, False),
        ("about 2000", "1800", "2200", False, False),
        ("almost 600", "540", "600", False, True),
        ("nearly 500", "450", "500", False, True),
        ("over 5000", "5000", None, True, False),
        ("more than 60", "60", None, True, False),
        ("at least 3", "3", None, False, False),
        ("up to 40", "0", "40", False, False),
        ("24..99", "24", "99", False, False),
        ("5..5", "5", "5", False, False),
        ("dozens", "24", "99", False, False),
        ("several dozen", "36", "99", False, False),
        ("0", "0", "0", False, False),
        ("12.5", "12.5", "12.5", False, False),
    ],
)
def test_each_notation_means_its_interval(
    text: str, low: str, high: str | None, low_open: bool, high_open: bool
) -> None:
    interval = parse_quantity(text)
    assert interval.low == Decimal(low)
    assert interval.high == (Decimal(high) if high else None)
    assert (interval.low_open, interval.high_open) == (low_open, high_open)


def test_only_words_without_a_number_are_marked_as_such() -> None:
    assert all(interval.from_word for interval in WORDS.values())
    assert not parse_quantity("24..99").from_word


@pytest.mark.parametrize(
    "text",
    ["", "many", "1,960", "-3", "about", "about about 3", "99..24", "3..", "almost 0", "1e3", "٣",
     "about  600", "About 600", "1.", "600 "],
)  # fmt: skip
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(BadAnswer):
        parse_quantity(text)


@given(numbers, st.sampled_from([word for hedge in HEDGES for word in hedge.words]))
def test_intervals_never_invert_and_say_where_their_number_stands(number: int, word: str) -> None:
    interval = parse_quantity(f"{word} {number}")
    assert interval.high is None or interval.low < interval.high or not interval.high_open
    assert interval.low <= number
    assert interval.high is None or number <= interval.high


@given(numbers, numbers)
def test_two_intervals_overlap_touch_or_lie_apart_and_never_two_of_these(a: int, b: int) -> None:
    for left in ("{}", "about {}", "almost {}", "over {}", "at least {}", "up to {}"):
        for right in ("{}", "nearly {}", "more than {}", "up to {}"):
            first, second = parse_quantity(left.format(a)), parse_quantity(right.format(b))
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
