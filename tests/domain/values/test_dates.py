import math
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.dates import Day, EdtfDate, days_apart, parse_date
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


@given(st.dates(date.min + timedelta(1), date.max - timedelta(1)))
def test_the_days_before_and_after_are_the_calendars(day: date) -> None:
    after, before = day + timedelta(1), day - timedelta(1)
    here = Day(day.year, day.month, day.day)
    assert here.following() == (after.year, after.month, after.day)
    assert here.preceding() == (before.year, before.month, before.day)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (Day(2020, 2, 28), Day(2020, 2, 29)),
        (Day(2020, 2, 29), Day(2020, 3, 1)),
        (Day(2021, 2, 28), Day(2021, 3, 1)),
        (Day(1900, 2, 28), Day(1900, 3, 1)),
        (Day(2000, 2, 28), Day(2000, 2, 29)),
        (Day(2020, 11, 30), Day(2020, 12, 1)),
        (Day(2020, 12, 31), Day(2021, 1, 1)),
        (Day(2021, 1, 31), Day(2021, 2, 1)),
        (Day(-1, 12, 31), Day(0, 1, 1)),
        (Day(12_000, 2, 28), Day(12_000, 2, 29)),
    ],
)
def test_one_day_follows_another(day: Day, after: Day) -> None:
    assert day.following() == after
    assert after.preceding() == day
    assert after.ordinal - day.ordinal == 1


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (Day(0, 1, 1), "0000-01-01"),
        (Day(44, 3, 15), "0044-03-15"),
        (Day(9999, 12, 31), "9999-12-31"),
        (Day(10_000, 1, 1), "Y10000-01-01"),
        (Day(-1, 1, 1), "Y-1-01-01"),
    ],
)
def test_a_day_is_written_with_a_prefix_where_its_year_has_not_four_digits(
    day: Day, text: str
) -> None:
    assert day.isoformat() == text


def test_a_date_keeps_what_was_written_and_what_it_means() -> None:
    first, last = Day(2020, 12, 11), Day(2020, 12, 13)
    whole = EdtfDate("2020-12-11/2020-12-13", first, last, is_interval=True)
    assert parse_date("2020-12-11/2020-12-13") == whole
    about = EdtfDate("2020-12-11", first, first)
    assert parse_date("2020-12-11") == about
    timed = EdtfDate("2020-12-11T10:00:00Z", first, first, has_time=True, zone="Z")
    assert parse_date("2020-12-11T10:00:00Z") == timed
    one_day = EdtfDate("2020-12-11/2020-12-11", first, first, is_interval=True)
    assert parse_date("2020-12-11/2020-12-11") == one_day
    assert one_day.is_one_day


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("2020~", True),
        ("2020?", True),
        ("2020", False),
        ("2020-11/2020-12", False),
        ("2020~/2021", True),
        ("2020/2021?", True),
        ("2020~/..", True),
        ("../2021%", True),
    ],
)
def test_a_qualified_date_is_approximate_at_either_end(text: str, approximate: bool) -> None:
    assert parse_date(text).is_approximate is approximate


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("2020-12-11", "2020-12-11", True),
        ("2020-12-11", "2020-12-12", False),
        ("2020-12-11/2020-12-13", "2020-12-13/2020-12-14", True),
        ("2020-12-11/..", "2020-12-10", False),
        ("2020-12-11/..", "2020-12-11", True),
        ("../2020-12-11", "2020-12-11/..", True),
        ("../2020-12-11", "2020-12-12/..", False),
        ("2020-12-11/", "/2020-12-10", False),
        ("2020-12-11/..", "2030/..", True),
        ("../2020", "../1990", True),
    ],
)
def test_dates_overlap_where_they_share_a_day(left: str, right: str, share: bool) -> None:
    a, b = parse_date(left), parse_date(right)
    assert a.overlaps(b) is b.overlaps(a) is share


def test_a_date_precedes_only_what_lies_wholly_after_it() -> None:
    day = parse_date("2020-12-11")
    assert day.precedes(parse_date("2020-12-12"))
    assert not day.precedes(day)
    assert not day.precedes(parse_date("2020"))
    assert not parse_date("2020-12-11/..").precedes(parse_date("2030"))
    assert not day.precedes(parse_date("../2030"))


def test_only_a_date_of_one_day_is_one_day() -> None:
    assert parse_date("2020-12-11").is_one_day
    assert not parse_date("2020-12").is_one_day
    assert not parse_date("2020-12-11/..").is_one_day
    assert not parse_date("../2020-12-11").is_one_day


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020-11-XX", Day(2020, 11, 1), Day(2020, 11, 30)),
        ("2020-XX-XX", Day(2020, 1, 1), Day(2020, 12, 31)),
        ("201X-XX-XX", Day(2010, 1, 1), Day(2019, 12, 31)),
        ("20XX", Day(2000, 1, 1), Day(2099, 12, 31)),
        ("Y10000", Day(10_000, 1, 1), Day(10_000, 12, 31)),
        ("Y-10000", Day(-10_000, 1, 1), Day(-10_000, 12, 31)),
    ],
)
def test_what_is_unspecified_spans_every_day_that_it_may_be(
    text: str, earliest: Day, latest: Day
) -> None:
    date = parse_date(text)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize("text", ["201X-12", "20XX-01", "201X-21", "201X-12-XX"])
def test_a_month_of_an_unknown_year_is_refused(text: str) -> None:
    with pytest.raises(BadDate, match="level 2"):
        parse_date(text)


@given(st.integers(-10_000_000, 10_000_000))
def test_every_ordinal_has_its_day(ordinal: int) -> None:
    day = Day.at(ordinal)
    assert day.ordinal == ordinal
    assert Day.at(ordinal + 1) == day.following()
