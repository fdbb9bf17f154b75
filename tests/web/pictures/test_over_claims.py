"""The coverage strip and the timeline of statements."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import httpx
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.charts.picture import Glyph
from app.queries.dossiers import Coverage
from app.web.pictures.coverage import coverage
from app.web.pictures.timeline import MAX_BINS, statements_timeline
from tests.web.test_pages import CLAIMS

NAMES = {"north": "Northern", "south": "Southern"}


def test_a_side_has_a_tick_for_each_claim_and_says_how_many_of_which_kind() -> None:
    made = coverage(
        Coverage(
            3,
            {
                "north": {0: "answers", 1: "answers", 2: "evades"},
                "south": {0: "searched", 1: "unsearched", 2: "answers"},
            },
        ),
        NAMES,
        {"north": {"answers": "/here"}},
    )
    assert made.claims == 3
    north, south = made.sides
    assert [(ticks.kind, ticks.words) for ticks in north.ticks] == [
        ("answers", "2 answered"),
        ("evades", "1 without an answer"),
    ]
    assert north.ticks[0].url == "/here"
    assert [ticks.kind for ticks in south.ticks] == ["answers", "searched", "unsearched"]
    assert north.ticks[0].path == "M0 0h.75V10h-.75zM1 0h.75V10h-.75z"


def test_the_overview_shows_who_speaks_where_unless_it_is_filtered(site: httpx.Client) -> None:
    page = site.get("/dossiers/harbour").text
    assert '<figure class="coverage"' in page
    assert f'viewBox="0 0 {len(CLAIMS)} 10"' in page
    counts = re.findall(r'<li class="tick-\w+">(?:<a href="([^"]+)">)?(\d+)', page)
    assert sum(int(count) for _url, count in counts) == 3 * len(CLAIMS)
    for url, _count in counts:
        assert not url or site.get(url).status_code == 200
    assert '<figure class="coverage"' not in site.get("/dossiers/harbour?state=disputed").text


def test_a_link_of_the_strip_lists_as_many_claims_as_it_says(site: httpx.Client) -> None:
    page = site.get("/dossiers/harbour").text
    ((url, count), *_) = re.findall(r'<a href="(/dossiers/harbour\?side=[^"]+)">(\d+)', page)
    assert len(re.findall(r'<th scope="row">', site.get(url).text)) == int(count)


def test_the_pattern_page_shows_every_sign_of_a_picture(site: httpx.Client) -> None:
    page = site.get("/patterns").text
    key = page.partition('<ul class="picture-key"')[2].partition("</ul>")[0]
    assert key.count("<li>") == len(get_args(Glyph))
    ids = re.findall(r'\bid="(pic-[^"]+)"', page)
    assert len(ids) == len(set(ids))
    for shape in range(7):
        assert f'href="#pic-{shape}"' in page


def said(*items: tuple[str, str | None, int]) -> dict[tuple[int | None, int, str | None], int]:
    """Statements by day, or by the span of a first and a last one."""
    spans: dict[tuple[int | None, int, str | None], int] = {}
    for written, side, number in items:
        first, _, last = written.partition("/")
        from_day, to_day = (date.fromisoformat(day).toordinal() for day in (first, last or first))
        spans[from_day, to_day, side] = number
    return spans


def test_few_days_have_a_bar_each_and_years_have_months() -> None:
    few = statements_timeline(said(("2020-12-11", "north", 1), ("2020-12-13", None, 2)), NAMES, str)
    assert few
    assert [span.title for span in few.spans] == [
        "11 December 2020: Northern 1",
        "13 December 2020: Others 2",
    ]
    assert few.unit == "A bar counts a day."
    many = statements_timeline(
        said(("2020-12-11", "north", 4), ("2023-02-13", "south", 2)), NAMES, str
    )
    assert many
    assert [span.title for span in many.spans] == [
        "December 2020: Northern 4",
        "February 2023: Southern 2",
    ]
    assert [bar.height for span in many.spans for bar in span.bars] == [24, 12]
    assert many.spans[0].url == str(date(2020, 12, 1).toordinal())


def test_a_month_is_none_of_its_days_and_has_a_bar_only_where_bars_are_months() -> None:
    month = ("2020-12-01/2020-12-31", "north", 5)
    by_day = statements_timeline(said(("2020-12-11", "north", 1), month), NAMES, str)
    assert by_day
    assert [span.title for span in by_day.spans] == ["11 December 2020: Northern 1"]
    assert by_day.unit == (
        "A bar counts a day. 5 statements are in none, as their days are not known so closely."
    )
    by_month = statements_timeline(said(("2023-02-13", "south", 2), month), NAMES, str)
    assert by_month
    assert next(span.title for span in by_month.spans) == "December 2020: Northern 5"
    assert by_month.unit == "A bar counts a month."


def test_without_a_day_there_is_no_timeline() -> None:
    assert statements_timeline({}, NAMES, str) is None


@given(
    st.dictionaries(
        st.tuples(
            st.dates(date(1, 1, 1), date(9999, 12, 31)),
            st.sampled_from([*NAMES, "elsewhere", None]),
        ),
        st.integers(1, 999),
        min_size=1,
        max_size=30,
    )
)
def test_every_statement_is_counted_once_and_within_the_axis(
    items: dict[tuple[date, str | None], int],
) -> None:
    made = statements_timeline(
        {(d.toordinal(), d.toordinal(), side): number for (d, side), number in items.items()},
        NAMES,
        str,
    )
    assert made
    assert sum(int(row.said.split(" ")[0]) for row in made.rows) == sum(items.values())
    assert all(span.at >= 0 and span.at + span.width <= 100.1 for span in made.spans)
    assert all(0 < bar.height <= 24 for span in made.spans for bar in span.bars)
    days = [day for day, _side in items]
    if (max(days) - min(days)).days < 365 * 30:
        assert all(span.width >= 100 / MAX_BINS - 0.001 for span in made.spans)


def test_a_bar_of_the_timeline_leads_to_its_days_in_the_list(site: httpx.Client) -> None:
    page = site.get("/timeline?dossier=harbour").text
    links = re.findall(r'<a class="mark" href="([^"#]+)#days"><title>([^<:]+)', page)
    assert links
    for url, day in links:
        listed = site.get(url.replace("&amp;", "&")).text
        first = re.search(
            r'<ol class="days" id="days">\s*<li><h2><(?:time|data) [^>]+>([^<]+)', listed
        )
        assert first
        assert day.split(" ")[-1] in first[1]
