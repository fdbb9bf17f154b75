import math
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import Day, EdtfDate, days_apart, parse_date
from app.errors import BadDate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

years = st.integers(0, 9999).map("{:04d}".format)
months = st.integers(1, 12).map("{:02d}".format)
days = st.integers(1, 28).map("{:02d}".format)
qualifiers = st.sampled_from(["", "?", "~", "%"])
plain = st.one_of(
    years,
    st.builds("{}-{}".format, years, months),
    st.builds("{}-{}-{}".format, years, months, days),
)
unspecified = st.one_of(
    years.map(lambda year: year[:3] + "X"),
    years.map(lambda year: year[:2] + "XX"),
    years.map("{}-XX".format),
    st.builds("{}-{}-XX".format, years, months),
    years.map("{}-XX-XX".format),
)
seasons = st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23", "24"]))
long_years = st.integers(10000, 999_999_999).flatmap(
    lambda year: st.sampled_from([f"Y{year}", f"Y-{year}"])
)
negative = st.integers(1, 9999).map("-{:04d}".format)
singles = st.one_of(st.builds("{}{}".format, plain, qualifiers), unspecified, seasons)


def oracle_bounds(text: str) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """What the reference implementation says; its infinities are open ends."""
    parsed = parse_edtf(text)

    def bound(value: object) -> tuple[int, ...] | None:
        return None if isinstance(value, float) and math.isinf(value) else tuple(value)[:3]  # type: ignore[arg-type]

    return bound(parsed.lower_strict()), bound(parsed.upper_strict())


@given(st.one_of(singles, long_years, negative))
def test_single_dates_have_the_bounds_of_the_reference_implementation(text: str) -> None:
    date = parse_date(text)
    assert (date.earliest, date.latest) == oracle_bounds(text)


@given(plain, plain)
def test_intervals_have_the_bounds_of_their_ends_and_never_invert(start: str, end: str) -> None:
    text = f"{start}/{end}"
    if parse_date(start).earliest > parse_date(end).latest:  # type: ignore[operator]
        with pytest.raises(BadDate, match="ends before it begins"):
            parse_date(text)
    else:
        assert (parse_date(text).earliest, parse_date(text).latest) == oracle_bounds(text)


@given(plain)
def test_open_and_unknown_ends_have_no_day(date: str) -> None:
    for text in (f"{date}/..", f"{date}/"):
        assert (parse_date(text).earliest, parse_date(text).latest) == (
            parse_date(date).earliest,
            None,
        )
    for text in (f"../{date}", f"/{date}"):
        assert parse_date(text).earliest is None


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_refused_in_a_sentence(text: str) -> None:
    try:
        date = parse_date(text)
    except BadDate as fault:
        said = str(fault)
    else:
        assert date == EdtfDate(**{name: getattr(date, name) for name in date.__slots__})
        said = "A date."
    assert said.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "2021-02-29",
        "2020-13",
        "2020-00",
        "2020-06-31",
        "2020-1-1",
        "20201",
        "2020-11-09T25:00:00",
        "2020-12-13/2020-12-11",
        "2020/2021/2022",
        "../..",
        "/",
        "",
        " 2020",
        "2020-11-09 ",
        "Y2020",
        "-0000",
        "156X-12-25",
        "15XX-12-25",
        "2004-XX-11",
        "2004-06-~11",
        "?2004-06-11",
        "[1667,1668]",
        "{1960,1961-12}",
        "2001-25",
        "2020-21-05",
        "1950S2",
        "Y-17E7",
        "２０２０",
        "9 November 2020",
    ],
)
def test_what_is_no_date_of_level_0_or_1_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        parse_date(text)


def test_a_time_keeps_its_zone_and_its_civil_day() -> None:
    date = parse_date("2020-11-10T00:00:00+03:00")
    assert date.zone == "+03:00"
    assert date.earliest == date.latest == Day(2020, 11, 10)
    assert parse_date("2020-11-10T00:00:00").zone is None


def test_days_apart_counts_from_the_nearer_ends() -> None:
    assert days_apart(parse_date("2020-12-11"), parse_date("2020-12-13")) == 2
    assert days_apart(parse_date("2020-12-13/2020-12-14"), parse_date("2020-12")) == 0
    assert days_apart(parse_date("2021"), parse_date("2019")) == 367
    assert days_apart(parse_date("2021-03/.."), parse_date("../2021-02-27")) == 2


@given(plain, plain)
def test_days_apart_is_symmetric_and_zero_only_on_overlap(a: str, b: str) -> None:
    left, right = parse_date(a), parse_date(b)
    assert days_apart(left, right) == days_apart(right, left)
    assert (days_apart(left, right) == 0) == left.overlaps(right) == right.overlaps(left)


@given(st.dates())
def test_a_day_counts_like_the_proleptic_calendar(day: object) -> None:
    assert Day(day.year, day.month, day.day).ordinal == day.toordinal()  # type: ignore[attr-defined]
    assert Day(day.year, day.month, day.day).isoformat() == day.isoformat()  # type: ignore[attr-defined]


def test_days_before_year_one_count_on_without_a_hole() -> None:
    assert Day(1, 1, 1).ordinal - Day(0, 12, 31).ordinal == 1
    assert Day(0, 3, 1).ordinal - Day(0, 2, 28).ordinal == 2
    assert Day(-4, 1, 1).ordinal < Day(-3, 1, 1).ordinal
