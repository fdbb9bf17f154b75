"""How dates, numbers and lists read, most of them in English."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.dates import parse_date
from app.web.wording.numbers_and_dates import (
    date_in_words,
    listed,
    number_in_words,
    when_in_words,
)
from tests.web.wording.sentences import in_language


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
        ("201X~", "about the 2010s"),
        ("2021-05?", "May 2021, uncertain"),
        ("2021-05-03?", "3 May 2021, uncertain"),
        ("2021%", "about 2021, uncertain"),
        ("2020-12-11/2020-12-13", "11–13 December 2020"),
        ("2020-11-30/2020-12-02", "30 November – 2 December 2020"),
        ("2020-11-30/2021-12-02", "30 November 2020 – 2 December 2021"),
        ("2020-12-11/2021-12-11", "11 December 2020 – 11 December 2021"),
        ("2020-11-09/2020-11-09", "9 November 2020"),
        ("2020-11-09~/2020-11-09~", "about 9 November 2020"),
        ("2020/2020", "2020"),
        ("2020-11-09/2020-11-09?", "9 November 2020 – 9 November 2020, uncertain"),
        ("2020-11/2020-12", "November – December 2020"),
        ("2020-11/2021-12", "November 2020 – December 2021"),
        ("2019/2020", "2019–2020"),
        ("2020-11/2020-12-02", "November 2020 – 2 December 2020"),
        ("2020-21/2020-22", "spring 2020 – summer 2020"),
        ("199X/2003", "the 1990s – 2003"),
        ("-0043/0014", "44 BC – 14 AD"),
        ("2020-12-09/2020-12-11~", "9 December 2020 – about 11 December 2020"),
        ("2020/..", "from 2020"),
        ("2020-11-09/", "from 9 November 2020"),
        ("../2020", "until 2020"),
        ("/2020-11", "until November 2020"),
        ("2020-11-10T00:05:00", "10 November 2020, 00:05"),
        ("2020-11-10T00:05:00+03:00", "10 November 2020, 00:05 UTC+03:00"),
        ("2020-11-10T00:05:00Z", "10 November 2020, 00:05 UTC"),
        ("198X", "the 1980s"),
        ("../199X", "until the 1990s"),
        ("198X-XX-XX", "the 1980s"),
        ("190X", "1900–1909"),
        ("200X", "2000–2009"),
        ("004X", "40 AD – 49 AD"),
        ("000X", "1 BC – 9 AD"),
        ("-004X", "50 BC – 41 BC"),
        ("18XX", "the 19th century"),
        ("20XX?", "the 21st century, uncertain"),
        ("10XX", "the 11th century"),
        ("01XX~", "about the 2nd century"),
        ("02XX", "the 3rd century"),
        ("-01XX", "the 2nd century BC"),
        ("2020-XX", "2020"),
        ("2020-XX-XX~", "about 2020"),
        ("2020-11-XX", "November 2020"),
        ("-0043", "44 BC"),
        ("0000", "1 BC"),
        ("0988", "988 AD"),
        ("1000", "1000"),
        ("0044-03-15", "15 March 44 AD"),
        ("-0043-03-15", "15 March 44 BC"),
        ("-0043-03-15T10:00:00", "15 March 44 BC, 10:00"),
        ("-0004-02-29", "29 February 5 BC"),
        ("-0043-03", "March 44 BC"),
        ("-0043-22", "summer 44 BC"),
        ("Y17000", "17000"),
        ("Y17000-03-05", "5 March 17000"),
        ("Y-17000", "17001 BC"),
    ],
)
def test_a_date_reads_as_people_write_it(text: str, words: str) -> None:
    assert date_in_words(parse_date(text)) == words


@pytest.mark.parametrize(
    ("text", "hy", "az", "ru"),
    [
        ("199X", "1990-ական թվականներ", "1990-cı illər", "1990-е годы"),
        ("192X", "1920-ական թվականներ", "1920-ci illər", "1920-е годы"),
        ("193X", "1930-ական թվականներ", "1930-cu illər", "1930-е годы"),
        ("18XX", "19-րդ դար", "XIX əsr", "XIX век"),
        ("00XX", "1-ին դար", "I əsr", "I век"),
        ("03XX", "4-րդ դար", "IV əsr", "IV век"),
        ("-01XX", "մ.թ.ա. 2-րդ դար", "e.ə. II əsr", "II век до н. э."),
        ("-0043", "մ.թ.ա. 44 թ.", "e.ə. 44", "44 г. до н. э."),
        (
            "-0043-03-15",
            "մ.թ.ա. 15 մարտի, 44 թ.",
            "e.ə. 15 mart 44",
            "15 марта 44 г. до н. э.",
        ),
        (
            "2020-11-30/2020-12-02",
            "30 նոյեմբերի – 02 դեկտեմբերի, 2020 թ.",
            "30 noyabr – 2 dekabr 2020",
            "30 ноября – 2 декабря 2020 г.",
        ),
        (
            "2020-12-11/2020-12-13",
            "11–13 դեկտեմբերի, 2020 թ.",
            "11–13 dekabr 2020",
            "11–13 декабря 2020 г.",
        ),
        (
            "2020-11/2020-12",
            "2020 թ․ նոյեմբեր – դեկտեմբեր",
            "noyabr–dekabr 2020",
            "ноябрь – декабрь 2020 г.",
        ),
        ("2020-11-09/2020-11-09", "09 նոյեմբերի, 2020 թ.", "9 noyabr 2020", "9 ноября 2020 г."),
    ],
)
def test_a_date_reads_as_people_write_it_in_every_language(
    text: str, hy: str, az: str, ru: str
) -> None:
    date = parse_date(text)
    assert everywhere(lambda: date_in_words(date)) == [hy, az, ru]


def everywhere(say: Callable[[], str]) -> list[str]:
    """What is said in the other languages, every space as a plain one."""
    said = [in_language(tag, say) for tag in ("hy", "az", "ru")]
    return [re.sub("[\u00a0\u202f]", " ", words) for words in said]


@pytest.mark.parametrize(
    ("text", "words", "hy", "az", "ru"),
    [
        (
            "../2024-04-17",
            "by 17 April 2024",
            "ամենաուշը՝ 17 ապրիլի, 2024 թ.",
            "ən geci 17 aprel 2024",
            "не позднее 17 апреля 2024 г.",
        ),
        (
            "/2024-04~",
            "no later than about April 2024",
            "ամենաուշը՝ մոտավորապես 2024 թ․ ապրիլ",
            "ən geci təxminən aprel 2024",
            "не позднее: примерно апрель 2024 г.",
        ),
        (
            "2024-04-17/..",
            "17 April 2024 or later",
            "ամենավաղը՝ 17 ապրիլի, 2024 թ.",
            "ən tezi 17 aprel 2024",
            "не ранее 17 апреля 2024 г.",
        ),
        ("2024/", "no earlier than 2024", "ամենավաղը՝ 2024", "ən tezi 2024", "не ранее: 2024"),
        (
            "2020-11-09",
            "9 November 2020",
            "09 նոյեմբերի, 2020 թ.",
            "9 noyabr 2020",
            "9 ноября 2020 г.",
        ),
    ],
)
def test_what_happened_by_a_day_was_not_going_on_until_it(
    text: str, words: str, hy: str, az: str, ru: str
) -> None:
    assert when_in_words(text) == words
    assert everywhere(lambda: when_in_words(text)) == [hy, az, ru]


years = st.integers(-9999, 9999).map(lambda n: f"{'-' if n < 0 else ''}{abs(n):04d}")
dates = st.one_of(
    years,
    st.builds("{}-{:02d}".format, years, st.integers(1, 12)),
    st.builds("{}-{:02d}-{:02d}".format, years, st.integers(1, 12), st.integers(1, 28)),
    st.builds("{}-{}".format, years, st.integers(21, 24)),
    st.builds("{}{:03d}X".format, st.sampled_from(["", "-"]), st.integers(0, 999)),
    st.builds("{}{:02d}XX".format, st.sampled_from(["", "-"]), st.integers(0, 99)),
    st.integers(10_000, 10**9).map("Y{}".format),
)


@given(dates, st.sampled_from(["", "?", "~", "%"]), st.sampled_from(["en", "hy"]))
def test_no_date_is_shown_as_it_is_written_in_files(text: str, qualifier: str, tag: str) -> None:
    date = parse_date(text + qualifier)
    words = in_language(tag, lambda: date_in_words(date))
    assert not re.search(r"[XYy~%?]\d|\dX|(^|\s)-\d|\d-\d|[?~%]", words)
    # Every number in it is of a day or a year, or the century's.
    assert date.earliest and date.latest  # noqa: PT018 - one fact
    of_years = range(date.earliest.year, date.latest.year + 1)
    shown = {str(year if year > 0 else 1 - year) for year in of_years}
    century = {str(abs(int(text[:-2])) + 1)} if text.endswith("XX") else set()
    for number in re.findall(r"\d+", words):
        assert number.lstrip("0") in shown | century | {str(date.earliest.day)}


@pytest.mark.parametrize(
    ("text", "hy", "az", "ru"),
    [
        ("fewer than 60", "60-ից քիչ", "60 rəqəmindən az", "менее 60"),
        ("at most 6000", "առավելագույնը 6 000", "ən çoxu 6.000", "не более 6 000"),
        ("up to 60", "մինչև 60", "60 rəqəminədək", "до 60"),
        ("tens of thousands", "տասնյակ հազարավորներ", "on minlərlə", "десятки тысяч"),
        ("a third", "մեկ երրորդը", "üçdə biri", "треть"),
        (
            "20..40 best 30",
            "20–40, ամենահավանականը՝ 30",
            "20–40, ən ehtimallısı 30",
            "20–40, вероятнее всего 30",
        ),
        ("34500", "34 500", "34.500", "34 500"),
    ],
)
def test_numbers_read_with_their_hedge_in_every_language(
    text: str, hy: str, az: str, ru: str
) -> None:
    assert everywhere(lambda: number_in_words(text)) == [hy, az, ru]


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
