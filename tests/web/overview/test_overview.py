"""The overview: filters with counts, chips, pages both ways, the day, the density."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from app.dossiers.record import read_record
from app.main import create_app
from app.settings import Settings
from app.storage.claims.facets import FACETS
from tests.loaded import EXAMPLE, ROOT
from tests.serving import serving
from tests.web.test_pages import text_of

RECORD = read_record(EXAMPLE)
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}
OVERVIEW = "/dossiers/harbour"


@pytest.fixture(scope="module")
def shipped(shipped_url: str) -> Iterator[httpx.Client]:
    """A reader of the shipped record."""
    app = create_app(Settings(database_url=shipped_url))
    with serving(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def options_of(page: str, name: str) -> dict[str, int]:
    """What can be chosen of a filter, with the count beside it."""
    found = re.search(rf'<select id="filter-{name}".*?</select>', page, re.DOTALL)
    assert found, name
    options = re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)</option>', found.group())
    return {value: int(count) for value, count in options}


def claims_of(page: str) -> list[str]:
    return re.findall(r'<a class="question" href="/claims/([^"?]+)', page)


def link(page: str, words: str) -> str:
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>[^<]*{words}', page)
    assert found, words
    return unescape(found.group(1))


@pytest.mark.parametrize("asked", ["", "kind=quantity", "state=disputed&side=guild", "q=fire"])
@pytest.mark.parametrize("day", ["", "2019-05-06"])
def test_an_options_count_is_how_many_claims_choosing_it_shows(
    site: httpx.Client, asked: str, day: str
) -> None:
    query = dict(pair.split("=") for pair in asked.split("&") if pair)
    query |= {"as_known_on": day} if day else {}
    page = site.get(OVERVIEW, params=query).text
    tried = 0
    for name in FACETS:
        for value, count in options_of(page, name).items():
            chosen = site.get(OVERVIEW, params=query | {name: value}).text
            assert len(claims_of(chosen)) == count, (name, value)
            tried += 1
    assert tried > 5


def test_the_counts_are_those_of_the_api(site: httpx.Client) -> None:
    page = site.get(f"{OVERVIEW}?kind=quantity").text
    for name in FACETS:
        for value, count in options_of(page, name).items():
            asked = {"dossier": "harbour", "kind": "quantity", name: value}
            assert site.get("/api/v1/claims", params=asked).json()["total"] == count


def test_each_filter_in_force_is_a_chip_that_takes_it_off(site: httpx.Client) -> None:
    query = "?state=disputed&kind=quantity&q=fire&as_known_on=2019-06-30&density=compact"
    page = site.get(OVERVIEW + query).text
    found = re.findall(
        r'class="chip" href="([^"]+)"[^>]*><span[^>]*>([^<]+):</span> ([^<]+) <', page
    )
    assert [(name, unescape(value)) for _, name, value in found] == [
        ("State", "Disputed"),
        ("Kind", "how many"),
        ("Words", "“fire”"),
        ("As known on", "30 June 2019"),
    ]
    for url, gone in zip(found, ("state", "kind", "q", "as_known_on"), strict=True):
        left = httpx.URL(unescape(url[0])).params
        assert set(left) == {"state", "kind", "q", "as_known_on", "density"} - {gone}


def test_an_overview_without_filters_has_no_chips(site: httpx.Client) -> None:
    page = site.get(OVERVIEW).text
    assert 'class="chip"' not in page
    assert "Filters in force" not in page
    assert f"{len(CLAIMS)} claims." in text_of(page)


def test_both_forms_keep_the_rest_of_the_view(site: httpx.Client) -> None:
    page = site.get(f"{OVERVIEW}?kind=quantity&as_known_on=2019-06-30&density=compact&lang=en").text
    days = re.search(r'<form class="known-on".*?</form>', page, re.DOTALL)
    filters = re.search(r'<form method="get"[^>]*role="search".*?</form>', page, re.DOTALL)
    assert days
    assert filters
    for name, value in (("kind", "quantity"), ("density", "compact"), ("lang", "en")):
        assert f'name="{name}" value="{value}"' in days.group()
    for name, value in (("as_known_on", "2019-06-30"), ("density", "compact"), ("lang", "en")):
        assert f'name="{name}" value="{value}"' in filters.group()


def test_the_two_densities_are_a_link_apart(site: httpx.Client) -> None:
    reading = site.get(f"{OVERVIEW}?state=disputed").text
    assert 'class="matrix matrix-reading"' in reading
    compact = site.get(link(reading, "Compact")).text
    assert 'class="matrix matrix-compact"' in compact
    assert claims_of(compact) == claims_of(reading)
    assert link(compact, "Reading") == f"{OVERVIEW}?state=disputed"
    assert site.get(f"{OVERVIEW}?density=dense").status_code == 422


@pytest.mark.parametrize("day", ["2019-13-01", "yesterday", "2019-05", "2019-02-30", '"><b>'])
def test_a_bad_day_is_one_sentence_and_stays_in_the_field(site: httpx.Client, day: str) -> None:
    answer = site.get(OVERVIEW, params={"as_known_on": day, "kind": "quantity"})
    page = answer.text
    assert answer.status_code == 422
    assert f"“{day}” is not a day that can be shown; write one as YYYY-MM-DD" in text_of(page)
    field = re.search(r'<input id="as_known_on"[^>]*>', page)
    assert field
    assert 'type="text"' in field.group()
    assert unescape(re.search(r' value="([^"]*)"', field.group()).group(1)) == day  # type: ignore[union-attr]
    assert claims_of(page) == []
    assert site.get(link(page, "Show it as it is now")).url.params.get("kind") == "quantity"


def test_the_days_of_statements_can_be_walked_through(site: httpx.Client) -> None:
    """From the last statement back to the first, each step to the next day that has one."""
    wanted = sorted(
        {
            day
            for claim in CLAIMS.values()
            if claim.kind == "quantity"
            for _, citation in claim.citations()
            if (day := latest(citation.said))
        }
    )
    page = site.get(f"{OVERVIEW}?kind=quantity").text
    url = link(page, "Last statement")
    walked = []
    while True:
        params = httpx.URL(url).params
        assert params["kind"] == "quantity"
        walked.append(params["as_known_on"])
        page = site.get(url).text
        if "Statement before" not in page:
            break
        url = link(page, "Statement before")
    assert walked == wanted[::-1]
    assert httpx.URL(link(page, "Next statement")).params["as_known_on"] == wanted[1]


def latest(said: str | None) -> str | None:
    from app.domain.values.dates import parse_date

    day = parse_date(said).latest if said else None
    return day.isoformat() if day else None


@pytest.mark.parametrize("sort", ["state", "date", "gap", "changed", "question"])
def test_a_dated_list_can_be_sorted_in_every_way(site: httpx.Client, sort: str) -> None:
    now = site.get("/api/v1/claims", params={"sort": sort}).json()["items"]
    then = site.get("/api/v1/claims", params={"sort": sort, "as_known_on": "2099-01-01"}).json()
    # Undated statements are left out of a dated view, so that only what is dated can be compared.
    assert {item["id"] for item in then["items"]} == {item["id"] for item in now}
    if sort in ("changed", "question", "date"):
        assert [item["id"] for item in then["items"]] == [item["id"] for item in now]


def test_the_shipped_record_is_read_through_forward_and_back(shipped: httpx.Client) -> None:
    first = shipped.get("/dossiers/karabakh?sort=date").text
    assert re.search(r"1–100 of 1\d\d claims\.", text_of(first))
    assert 'rel="prev"' not in first
    second = shipped.get(link(first, "Further claims")).text
    assert re.search(r"101–1\d\d of 1\d\d claims\.", text_of(second))
    assert 'rel="next"' not in second
    back = shipped.get(link(second, "Claims before")).text
    assert claims_of(back) == claims_of(first)
    assert len(set(claims_of(first) + claims_of(second))) == len(
        claims_of(first) + claims_of(second)
    )


def test_a_dated_list_has_pages_too(shipped: httpx.Client) -> None:
    first = shipped.get("/dossiers/karabakh?as_known_on=2023-12-31").text
    assert re.search(r"1–100 of 1\d\d claims\.", text_of(first))
    second = shipped.get(link(first, "Further claims")).text
    assert not set(claims_of(first)) & set(claims_of(second))
    assert claims_of(shipped.get(link(second, "Claims before")).text) == claims_of(first)
    bad = shipped.get("/dossiers/karabakh?as_known_on=2023-12-31&after=nothing")
    assert bad.status_code == 422


def test_claims_of_an_event_on_another_page_are_said_and_lead_there(shipped: httpx.Client) -> None:
    whole = {
        item["id"]: item["event"]
        for url in ("/api/v1/claims?limit=200",)
        for item in shipped.get(url).json()["items"]
    }
    pages = [shipped.get("/dossiers/karabakh").text]
    pages.append(shipped.get(link(pages[0], "Further claims")).text)
    for page in pages:
        here = [whole[claim] for claim in claims_of(page) if whole[claim]]
        split = {event for event in here if list(whole.values()).count(event) > here.count(event)}
        told = re.findall(r'class="elsewhere"><a href="([^"]+)"', page)
        assert {httpx.URL(unescape(url)).params["event"] for url in told} == split
        for url in told:
            event = httpx.URL(unescape(url)).params["event"]
            shown = claims_of(shipped.get(unescape(url)).text)
            assert sorted(shown) == sorted(key for key, value in whole.items() if value == event)


def test_orders_other_than_by_date_are_not_broken_up_by_events(shipped: httpx.Client) -> None:
    page = shipped.get("/dossiers/karabakh?sort=question").text
    questions = [unescape(q) for q in re.findall(r'class="question"[^>]*>([^<]+)</a>', page)]
    in_order = shipped.get("/api/v1/claims?sort=question&limit=100").json()["items"]
    assert questions == [item["question"] for item in in_order]


def test_the_map_shows_or_lists_every_place(shipped: httpx.Client) -> None:
    page = shipped.get("/map").text
    dossier = read_record(ROOT).dossiers[0]
    drawn = set(re.findall(r'<a class="map-place" href="/places/([^"]+)"', page))
    assert drawn == {place.id for place in dossier.places if place.latitude is not None}
    table = page[page.index("<table") :]
    for place in dossier.places:
        row = re.search(
            rf'<tr>\s*<th scope="row"><a href="/places/{place.id}">.*?</tr>', table, re.DOTALL
        )
        assert row, place.id
        assert ("no coordinates on record" in row.group()) == (place.latitude is None)
        for name in place.names:
            assert name.name in unescape(row.group())


def test_the_map_counts_what_the_overview_lists(shipped: httpx.Client) -> None:
    page = shipped.get("/map").text
    rows = re.findall(
        r'<a href="/places/([^"]+)">[^<]+</a></th>\s*<td[^>]*><span>(\d+)</span></td>\s*'
        r"<td[^>]*><span>(?:<a[^>]*>)?(\d+)",
        page,
    )
    assert len(rows) > 20
    for place, disputed, claims in rows:
        asked = {"dossier": "karabakh", "place": place}
        everything = shipped.get("/api/v1/claims", params=asked).json()["total"]
        quarrels = shipped.get("/api/v1/claims", params=asked | {"state": "disputed"}).json()
        assert (int(disputed), int(claims)) == (quarrels["total"], everything)


def test_the_map_says_what_its_outlines_do_not_claim(shipped: httpx.Client) -> None:
    shown = text_of(shipped.get("/map").text)
    assert "Natural Earth, version 4.1.0 (public domain)" in shown
    assert "It does not say which of them are disputed" in shown
    assert "no finding of this record" in shown
    assert "No line and no dot here says who holds a place, or who should." in shown


def test_every_part_of_the_map_that_is_linked_can_be_seen(shipped: httpx.Client) -> None:
    waiting, seen = ["/map"], set()
    while waiting and len(seen) < 25:
        url = waiting.pop(0)
        seen.add(url)
        page = shipped.get(url)
        assert page.status_code == 200
        assert page.text.count('<svg class="map ') == 2
        nav = re.search(r'<nav class="map-moves".*?</nav>', page.text, re.DOTALL)
        assert nav
        found = [unescape(u) for u in re.findall(r'href="([^"]+)"', nav.group())]
        waiting += [u for u in found if u not in seen and u not in waiting]
    assert len(seen) == 25


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("zoom=9", "zoom: Input should be less than or equal to 4."),
        ("zoom=-1", "zoom: Input should be greater"),
        ("at=nowhere", "“nowhere” is neither a place of this dossier"),
        ("at=95,10", "“95,10” is neither"),
        ("at=sarsang", "“sarsang” is neither"),
        ("dossier=none", "none"),
    ],
)
def test_a_part_that_does_not_exist_is_refused_in_words(
    shipped: httpx.Client, query: str, said: str
) -> None:
    answer = shipped.get(f"/map?{query}")
    assert answer.status_code in (404, 422)
    assert said in text_of(answer.text)


def test_a_place_far_from_its_neighbours_still_has_a_map(site: httpx.Client) -> None:
    page = site.get("/map?dossier=harbour")
    assert page.status_code == 200
    assert "The data set has no boundary in this part of the world." in text_of(page.text)


def test_a_place_says_what_each_side_calls_it_and_what_is_claimed_there(
    shipped: httpx.Client,
) -> None:
    page = shipped.get("/places/parukh").text
    shown = text_of(page)
    assert '<span lang="hy">Փառուխ</span> <span class="label">(Armenian)</span>' in page
    assert '<span lang="az">Fərrux</span>' in page
    assert "Also written Farukh , Furukh" in shown
    assert "40.0186, 46.8014" in shown
    assert "The point represents village" in shown
    assert 'href="/search?q=Farrukh"' in page
    asked = {"place": "parukh", "limit": 200}
    claims = shipped.get("/api/v1/claims", params=asked).json()["items"]
    assert all(f'href="/claims/{item["id"]}"' in page for item in claims)
    assert "Conflict: Armenian – Russian" in shown


def test_a_place_without_coordinates_says_so(shipped: httpx.Client) -> None:
    page = shipped.get("/places/sarsang").text
    assert "No coordinates are on record, so the place is on no map." in text_of(page)
    assert "<svg" not in page


def test_a_side_without_a_name_for_a_place_is_said(shipped: httpx.Client) -> None:
    assert "Russian no name on record" in text_of(shipped.get("/places/karaglukh").text)


def test_maps_are_empty_where_nothing_is_loaded(empty_site: httpx.Client) -> None:
    assert empty_site.get("/map").status_code == 404
