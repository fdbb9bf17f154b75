import math
import warnings
from datetime import UTC, date, datetime, timedelta, timezone

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
        (Day(-1, 1, 1), "-0001-01-01"),
        (Day(-44, 3, 15), "-0044-03-15"),
        (Day(-9999, 1, 1), "-9999-01-01"),
        (Day(-10_000, 1, 1), "Y-10000-01-01"),
    ],
)
def test_a_day_is_written_with_a_prefix_where_its_year_has_not_four_digits(
    day: Day, text: str
) -> None:
    assert day.isoformat() == text
    assert parse_date(text).earliest == day


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
    ("text", "qualifier"),
    [
        ("2020", ""),
        ("2020?", "?"),
        ("2020-12~", "~"),
        ("2020-12-11%", "%"),
        ("2020-12-11T10:00:00Z", ""),
        ("2020~/2021", ""),
        ("../2021%", ""),
    ],
)
def test_a_single_date_has_its_qualifier(text: str, qualifier: str) -> None:
    assert parse_date(text).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("2020-11-10T00:05:00", "time"),
        ("2020-11-10T00:05:00+03:00", "time"),
        ("-0044-03-15T10:00:00", "time"),
        ("2020-11-10", "day"),
        ("-0044-03-15~", "day"),
        ("2020-11", "month"),
        ("2020-11-XX", "month"),
        ("2020-21", "month"),
        ("2020-24?", "month"),
        ("-0044-03", "month"),
        ("Y17000-03", "month"),
        ("2020", "year"),
        ("2020-XX", "year"),
        ("2020-XX-XX~", "year"),
        ("-0044", "year"),
        ("Y-17000", "year"),
        ("201X", "year"),
        ("20XX%", "year"),
        ("2020-12-11/2020-12-13", "day"),
        ("2020-12-11/2020-12-13~", "day"),
        ("2020-12/2020-12-13", "month"),
        ("2020-12-11/2021", "year"),
        ("2020-12-11/..", "day"),
        ("/2020-12", "month"),
    ],
)
def test_a_date_is_as_fine_as_its_coarser_end(text: str, unit: str) -> None:
    assert parse_date(text).unit == unit


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020-12-11~", "2020-12-10", "2020-12-12"),
        ("2021-01-01%", "2020-12-31", "2021-01-02"),
        ("2020-12~", "2020-11-01", "2021-01-31"),
        ("2021-01~", "2020-12-01", "2021-02-28"),
        ("2020-01~", "2019-12-01", "2020-02-29"),
        ("2020-11-XX~", "2020-10-01", "2020-12-31"),
        ("2020~", "2019-01-01", "2021-12-31"),
        ("2020-XX~", "2019-01-01", "2021-12-31"),
        ("2020-XX-XX%", "2019-01-01", "2021-12-31"),
        ("0000~", "-0001-01-01", "0001-12-31"),
        ("-0044~", "-0045-01-01", "-0043-12-31"),
        ("Y-17000~", "Y-17001-01-01", "Y-16999-12-31"),
        ("198X~", "1970-01-01", "1999-12-31"),
        ("19XX~", "1800-01-01", "2099-12-31"),
        ("2020-21~", "2019-12-01", "2020-08-31"),
        ("2020-22~", "2020-03-01", "2020-11-30"),
        ("2020-23~", "2020-06-01", "2021-02-28"),
        ("2020-24~", "2020-09-01", "2021-03-31"),
        ("2020-12-09/2020-12-11~", "2020-12-09", "2020-12-12"),
        ("2020-12-09~/2020-12-11", "2020-12-08", "2020-12-11"),
        ("2020-12~/2021%", "2020-11-01", "2022-12-31"),
        ("2020~/..", "2019-01-01", None),
        ("../2021-03~", None, "2021-04-30"),
        ("2020?", "2020-01-01", "2020-12-31"),
        ("2020-12-09?/2020-12-11?", "2020-12-09", "2020-12-11"),
        ("2020-12-09", "2020-12-09", "2020-12-09"),
        ("2020-12-09T10:00:00Z", "2020-12-09", "2020-12-09"),
    ],
)
def test_an_approximate_end_is_widened_by_one_unit_of_its_own(
    text: str, earliest: str | None, latest: str | None
) -> None:
    date = parse_date(text).widened()
    assert date.earliest == (parse_date(earliest).earliest if earliest else None)
    assert date.latest == (parse_date(latest).latest if latest else None)
    assert date.text == text
    assert date.widened() == date


@given(st.one_of(singles, st.builds("{}~".format, st.one_of(unspecified, seasons, negative))))
def test_only_an_approximate_date_is_widened_and_on_both_sides(text: str) -> None:
    date = parse_date(text)
    wide = date.widened()
    assert date.earliest and date.latest and wide.earliest and wide.latest  # noqa: PT018
    if date.qualifier in ("~", "%"):
        assert wide.earliest < date.earliest <= date.latest < wide.latest
    else:
        assert wide == date


DAY = 24 * 60 * 60


def seconds(*, year: int = 1, month: int = 1, day: int = 1, **time: int) -> int:
    """Seconds since the year 1 began, by the standard library."""
    moment = datetime(year, month, day, **time, tzinfo=UTC) - datetime(1, 1, 1, tzinfo=UTC)
    return moment.days * DAY + moment.seconds


@pytest.mark.parametrize(
    ("text", "zone", "first", "last"),
    [
        ("0001-01-01", "+00:00", 0, DAY - 1),
        ("0001-01-01", "+04:00", -4 * 3600, 20 * 3600 - 1),
        ("0001-01-01", "-03:30", 3 * 3600 + 1800, DAY + 3 * 3600 + 1800 - 1),
        ("0000-12-31", "+00:00", -DAY, -1),
        ("0001-01", "+00:00", 0, 31 * DAY - 1),
        ("0001", "+00:00", 0, 365 * DAY - 1),
        ("0001-01-02~", "+00:00", 0, 3 * DAY - 1),
        ("0001-01-02?", "+00:00", DAY, 2 * DAY - 1),
        ("0001-01-01/0001-01-03", "+00:00", 0, 3 * DAY - 1),
        ("0001-01-01/..", "+00:00", 0, None),
        ("/0001-01-01", "+00:00", None, DAY - 1),
        ("0001-01-01T00:00:07", "+00:00", 7, 7),
        ("0001-01-01T00:00:00", "+04:00", -4 * 3600, -4 * 3600),
        ("0001-01-01T00:00:00Z", "+04:00", 0, 0),
        ("0001-01-01T01:02:03+01", "+04:00", 123, 123),
        ("0001-01-01T00:00:00-01:30", "+04:00", 5400, 5400),
        ("0000-12-31T23:59:59Z", "+04:00", -1, -1),
    ],
)
def test_a_date_lasts_from_its_first_to_its_last_second_at_the_zone(
    text: str, zone: str, first: int | None, last: int | None
) -> None:
    assert parse_date(text).instants(zone) == (first, last)


def test_one_instant_in_two_zones_is_one() -> None:
    there, here = parse_date("2020-11-10T00:00:00+03:00"), parse_date("2020-11-10T01:00:00")
    assert there.instants("+04:00") == here.instants("+04:00")
    assert here.instants("+04:00") != here.instants("+03:00")


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_a_time_is_the_instant_of_the_standard_library(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    at = parse_date(moment.isoformat() + "+04:00").instants("Z")[0]
    aware = moment.replace(tzinfo=timezone(timedelta(hours=4)))
    assert at == (aware - datetime(1, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


@given(st.one_of(singles, long_years, negative), st.sampled_from(["+04:00", "-11:30", "Z"]))
def test_instants_span_the_days_of_the_widened_date(text: str, zone: str) -> None:
    first, last = parse_date(text).instants(zone)
    wide = parse_date(text).widened()
    assert first is not None and last is not None and wide.earliest and wide.latest  # noqa: PT018
    assert last - first + 1 == (wide.latest.ordinal - wide.earliest.ordinal + 1) * DAY


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
