"""In which language a page answers, and how that is kept."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.domain.revisions.chain import RecordNumbers
from app.web.http.languages import Languages, negotiated
from app.web.http.page_cache import PageCache
from app.web.wording.locale import LANGUAGES, catalogue, language
from tests.loaded import NOON

FOR_MACHINES = ["/api/v1/claims", "/api/v1/claims/nowhere", "/changes.atom", "/static/site.css"]


def tag_of(page: httpx.Response) -> str:
    found = re.search(r'<html lang="([^"]+)"', page.text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
        ("hy-AM", "hy"),
        ("AZ-Latn-AZ", "az"),
        ("de,fr;q=0.9", "en"),
        ("de, az;q=0.3, ru;q=0.2", "az"),
        ("en;q=0.5, hy;q=0.8", "hy"),
        ("ru;q=0, hy;q=0.1", "hy"),
        ("ru;q=0", "en"),
        ("*", "en"),
        ("*;q=0.1, ru;q=0.5", "ru"),
        ("ru; q=0.4 , az ; q=0.6", "az"),
        ("", "en"),
        (";;;,,,q=1", "en"),
        ("ru;q=high, hy;q=0.1", "hy"),
        ("ru;q=7, hy;q=0.1", "hy"),
        ("ru;q=nan, hy;q=0.1", "hy"),
        ("x" * 10_000, "en"),
        (",".join(["de"] * 500 + ["ru"]), "en"),
    ],
)
def test_a_browser_gets_the_language_that_it_ranks_highest_of_ours(accepted: str, tag: str) -> None:
    assert negotiated([accepted]) == tag


def test_several_headers_count_as_one() -> None:
    assert negotiated(["de", "ru"]) == "ru"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_page_says_in_which_language_it_is(site: httpx.Client, tag: str) -> None:
    by_address = site.get(f"/method?lang={tag}")
    by_header = site.get("/method", headers={"Accept-Language": f"{tag},de;q=0.5"})
    for page in (by_address, by_header):
        assert tag_of(page) == tag
        assert page.headers["content-language"] == tag


def test_the_address_outweighs_the_browser(site: httpx.Client) -> None:
    page = site.get("/method?lang=hy", headers={"Accept-Language": "ru"})
    assert tag_of(page) == "hy"
    assert "accept-language" not in page.headers.get("vary", "").lower()


def test_an_error_page_is_in_the_language_too(site: httpx.Client) -> None:
    for path in ("/nowhere?lang=ru", "/claims/nowhere?lang=ru", "/claims/fire-dead/diff?left=x"):
        page = site.get(path, headers={"Accept-Language": "ru"})
        assert (page.is_error, tag_of(page)) == (True, "ru")


def test_a_language_that_pages_do_not_speak_is_a_readable_error(site: httpx.Client) -> None:
    page = site.get("/method?lang=xx")
    assert page.status_code == 422
    assert "en, hy, az, ru" in page.text


def test_an_empty_language_asks_for_none(site: httpx.Client) -> None:
    assert tag_of(site.get("/method?lang=", headers={"Accept-Language": "az"})) == "az"


@pytest.mark.parametrize("path", FOR_MACHINES)
def test_what_machines_read_is_the_same_for_every_browser(site: httpx.Client, path: str) -> None:
    ours = site.get(path)
    theirs = site.get(path, headers={"Accept-Language": "ru"})
    assert theirs.content == ours.content
    assert "accept-language" not in theirs.headers.get("vary", "").lower()


def test_a_page_depends_on_the_browsers_language_and_says_so(site: httpx.Client) -> None:
    first = site.get("/speakers", headers={"Accept-Language": "ru"})
    other = site.get("/speakers", headers={"Accept-Language": "hy"})
    again = site.get("/speakers", headers={"Accept-Language": "ru"})
    assert first.headers["vary"].lower().count("accept-language") == 1
    assert again.headers["vary"] == first.headers["vary"]
    assert first.headers["etag"] != other.headers["etag"]
    assert again.content == first.content != other.content
    mine = {"Accept-Language": "hy", "If-None-Match": first.headers["etag"]}
    assert site.get("/speakers", headers=mine).status_code == 200


def test_a_page_is_kept_once_a_language_however_browsers_ask() -> None:
    made = []

    def page(request: Request) -> PlainTextResponse:
        made.append(language())
        return PlainTextResponse(language(), headers={"ETag": f'"{language()}"'})

    site = Starlette(routes=[Route("/", page)])
    cache = PageCache(site, lambda: RecordNumbers(1, 1, 1), "http://test", lambda: NOON)
    app = Languages(cache, catalogue, "http://test")
    odd = ["ru", "ru-RU", "RU;q=0.3", "tlh, ru", "ru-Cyrl-RU;q=1.0, en;q=0.9", "ru, *;q=0.1"]

    async def read() -> list[str]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://test"
        ) as reader:
            asked = [{"Accept-Language": accepted} for accepted in [*odd, "hy", "xx", *odd]]
            return [(await reader.get("/", headers=headers)).text for headers in asked]

    # In a thread of its own: where browser tests ran before, this one has a running loop.
    with ThreadPoolExecutor(1) as alone:
        found = alone.submit(asyncio.run, read()).result()
    assert found == ["ru"] * len(odd) + ["hy", "en"] + ["ru"] * len(odd)
    assert made == ["ru", "hy", "en"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/dossiers/harbour?state=disputed",
        "/claims/fire-dead",
        "/claims/fire-dead/history",
        "/claims/fire-dead/diff",
        "/publishers",
        "/speakers",
        "/places",
        "/links",
        "/changes",
        "/method",
        "/compare",
        "/losses",
        "/timeline",
        "/blindspots",
        "/map",
        "/search?q=fire",
        "/places/north-quay",
        "/dossiers/harbour?density=compact",
        "/contribute",
        "/review",
        "/nowhere",
        "/api/docs",
    ],
)
def test_links_and_forms_keep_the_language_that_was_chosen(site: httpx.Client, path: str) -> None:
    asked = httpx.URL(path).copy_add_param("lang", "ru")
    page = site.get(asked).text
    for link in links_of(page):
        assert parse_qs(urlsplit(link).query).get("lang") == ["ru"], link
    for method, action, form in forms_of(page):
        carried = 'name="lang" value="ru"' in form if method == "get" else "lang=ru" in action
        assert carried, (method, action)


def test_links_name_no_language_where_none_was_chosen(site: httpx.Client) -> None:
    page = site.get("/claims/fire-dead", headers={"Accept-Language": "ru"}).text
    assert not [link for link in links_of(page) if "lang=" in link]


def test_a_redirect_keeps_the_language(site: httpx.Client) -> None:
    answer = site.get("/dossiers/harbour?q=&state=disputed&lang=hy")
    assert answer.headers["location"] == "/dossiers/harbour?state=disputed&lang=hy"


def test_what_is_cited_for_ever_names_no_language(site: httpx.Client) -> None:
    page = site.get("/claims/fire-dead/history?lang=ru").text
    newest = re.findall(r'href="(/claims/fire-dead/revisions/\d+)\?lang=ru"', page)[0]
    cited = site.get(f"{newest}?lang=ru").text
    assert f'href="http://127.0.0.1:8000{newest}"' in cited


@pytest.mark.parametrize("path", ["/", "/dossiers/harbour?state=disputed&q=a+b", "/method"])
def test_every_page_names_its_other_languages(site: httpx.Client, path: str) -> None:
    page = site.get(httpx.URL(path).copy_add_param("lang", "ru")).text
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
    named = "&lang=" if "?" in path else "?lang="
    here = {tag: unescape(url) for tag, url in found.items()}
    base = "http://127.0.0.1:8000"
    assert here == {tag: f"{base}{path}{named}{tag}" for tag in LANGUAGES} | {
        "x-default": f"{base}{path}"
    }


def test_the_switcher_leads_to_this_page_in_each_language_and_marks_the_present_one(
    site: httpx.Client,
) -> None:
    page = site.get("/claims/fire-dead?as_known_on=2031-01-01&lang=az").text
    switcher = re.search(r'<nav class="languages".*?</nav>', page, re.S)
    assert switcher
    for tag, name in LANGUAGES.items():
        address = f"/claims/fire-dead?as_known_on=2031-01-01&amp;lang={tag}"
        here = ' aria-current="true"' if tag == "az" else ""
        expected = f'<a href="{address}" lang="{tag}" hreflang="{tag}"{here}>{name}</a>'
        assert expected in switcher[0]


def links_of(page: str) -> list[str]:
    """The links to pages of the site, but for those to other languages."""
    without = re.sub(r'<nav class="languages".*?</nav>', "", page, flags=re.S)
    found = (unescape(link) for link in re.findall(r'<a [^>]*?href="(/[^"]*)"', without))
    return [link for link in found if not link.startswith(("/api/v1", "/api/openapi", "/changes."))]


def forms_of(page: str) -> list[tuple[str, str, str]]:
    """Every form: its method, its address and its whole text."""
    found = re.findall(r"(<form [^>]*>)(.*?)</form>", page, re.S)
    return [
        (
            (re.search(r'method="([^"]*)"', head) or ["", "get"])[1],
            unescape((re.search(r'action="([^"]*)"', head) or ["", ""])[1]),
            body,
        )
        for head, body in found
    ]
