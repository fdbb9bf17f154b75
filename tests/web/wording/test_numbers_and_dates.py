"""How dates, numbers and lists read in English; `test_languages` has other languages."""

import pytest

from app.domain.values.dates import parse_date
from app.web.wording.numbers_and_dates import date_in_words, listed, number_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-03-27", "27 March 2022"),
        ("2020-01-01", "1 January 2020"),
        ("2020-12", "December 2020"),
        ("2020", "2020"),
        ("2020-21", "spring 2020"),
        ("2020-24", "winter 2020"),
        ("2021~", "about 2021"),
        ("201X~", "about 201X"),
        ("2021-05?", "May 2021, uncertain"),
        ("2021-05-03?", "3 May 2021, uncertain"),
        ("2021%", "about 2021, uncertain"),
        ("2020-12-11/2020-12-13", "11–13 December 2020"),
        ("2020-11-30/2020-12-02", "30 November 2020 – 2 December 2020"),
        ("2020-11/2020-12", "November 2020 – December 2020"),
        ("2020-12-09/2020-12-11~", "9 December 2020 – about 11 December 2020"),
        ("2020/..", "from 2020"),
        ("2020-11-09/", "from 9 November 2020"),
        ("../2020", "until 2020"),
        ("/2020-11", "until November 2020"),
        ("2020-11-10T00:05:00", "10 November 2020, 00:05"),
        ("2020-11-10T00:05:00+03:00", "10 November 2020, 00:05 UTC+03:00"),
        ("2020-11-10T00:05:00Z", "10 November 2020, 00:05 UTC"),
        ("198X", "198X"),
        ("2020-XX", "2020-XX"),
        ("-0044", "-0044"),
        ("Y17000", "Y17000"),
    ],
)
def test_a_date_reads_as_people_write_it(text: str, words: str) -> None:
    assert date_in_words(parse_date(text)) == words


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_joined_as_in_a_sentence(words: list[str], joined: str) -> None:
    assert listed(words) == joined


def test_another_last_word_can_join_a_list() -> None:
    assert listed(["a", "b", "c"], either=True) == "a, b or c"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1960", "1,960"),
        ("about 2000", "about 2,000"),
        ("more than 60", "more than 60"),
        ("24..99", "24–99"),
        ("1000..2500.5", "1,000–2,500.5"),
        ("20..40 best 30", "20–40, best 30"),
        ("1000..2500.5 best 2000", "1,000–2,500.5, best 2,000"),
        ("2 783", "2,783"),
        ("about 2\u00a0783", "about 2,783"),
        ("fewer than 60", "fewer than 60"),
        ("less than 2.50", "less than 2.50"),
        ("under 60", "under 60"),
        ("at most 6000", "at most 6,000"),
        ("up to 60", "up to 60"),
        ("hundreds", "hundreds"),
        ("tens of thousands", "tens of thousands"),
        ("half", "half"),
        ("1234.5", "1,234.5"),
        ("dozens", "dozens"),
        ("several dozen", "several dozen"),
    ],
)
def test_numbers_have_their_thousands_apart(text: str, words: str) -> None:
    assert number_in_words(text) == words
