"""The search as readers and programs see it, and what is near to an address that leads nowhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx
import pytest

from app.domain.records.kinds import FOUND_KINDS
from app.domain.search.query import query_of
from app.queries.search import search_record
from app.storage.database.engine import Database
from app.web.search.results import found_views
from tests.web.test_pages import ids_of, text_of

API = "/api/v1/search"


def found(site: httpx.Client, typed: str, **more: str) -> str:
    answer = site.get("/search", params={"q": typed, **more})
    assert answer.status_code == 200
    return answer.text


def sections(page: str) -> list[str]:
    return re.findall(r'<section aria-labelledby="found-(\w+)"', page)


def test_every_page_has_one_search_box_in_its_header_or_in_itself(site: httpx.Client) -> None:
    for path in ("/", "/dossiers/harbour", "/claims/fire-dead", "/method", "/nowhere", "/search"):
        page = site.get(path).text
        assert len(re.findall(r'<form class="search-box[^>]* action="/search"', page)) == 1
        label, box = re.search(r'<label class="unseen" for="([^"]+)">[^<]+<', page), ids_of(page)
        assert label
        assert label[1] in box


def test_without_words_the_page_says_how_to_search(site: httpx.Client) -> None:
    page = site.get("/search")
    assert "How the search works" in page.text
    assert "noindex" not in page.text
    empty = site.get("/search?q=&kind=&after=")
    assert empty.status_code == 200
    assert text_of(empty.text) == text_of(page.text)


def test_results_stand_by_kind_with_counts_and_are_not_for_search_engines(
    site: httpx.Client,
) -> None:
    page = found(site, "harbour")
    kinds = sections(page)
    assert kinds == sorted(kinds, key=["named", *FOUND_KINDS].index)
    assert '<meta name="robots" content="noindex">' in page
    counts = dict(re.findall(r'<a href="[^"]+"[^>]*>(\w+) <span class="number">([\d,]+)', page))
    assert int(counts.pop("All")) == sum(map(int, counts.values()))
    assert f"{sum(map(int, counts.values()))} results for “harbour”." in text_of(page)


def test_what_was_asked_for_is_marked_in_its_own_language_and_typed_words_are_kept(
    site: httpx.Client,
) -> None:
    page = unescape(found(site, "ΠΈΝΤΕ μαΐου"))
    assert re.search(r'<span lang="el">[^<]*(<mark>[^<]+</mark>[^<]*)+</span>', page)
    assert 'value="ΠΈΝΤΕ μαΐου"' in page


def test_only_a_speakers_own_words_stand_in_quotation_marks(site: httpx.Client) -> None:
    for item in site.get(API, params={"q": "fire", "kind": "citation", "limit": "200"}).json()[
        "items"
    ]:
        for extract in item["extracts"]:
            page = unescape(found(site, f'"{extract["text"]}"', kind="citation"))
            plain = re.sub(r"</?mark>", "", page)
            quoted = re.search(rf"“<span[^>]*>{re.escape(extract['text'])}</span>”", plain)
            assert bool(quoted) == (extract["voice"] == "quoted"), extract


def test_one_kind_can_be_listed_page_by_page(site: httpx.Client) -> None:
    page = found(site, "the", kind="citation")
    assert sections(page) == ["citation"]
    assert 'aria-current="page">Quotations' in page


def test_a_place_that_is_named_stands_on_top_with_its_names_by_side(site: httpx.Client) -> None:
    place = site.get("/api/v1/places").json()["items"][0]
    for name in (place["name"], *(named["name"] for named in place["names"]), *place["also"]):
        page = found(site, name.upper())
        assert sections(page)[0] == "named"
        card = page[page.index('<article class="place-card">') : page.index("</article>")]
        shown = text_of(re.sub(r"</?mark>", "", card))
        assert all(named["name"] in shown for named in place["names"])
        assert f'href="/places/{place["id"]}"' in card


def test_nothing_found_says_so_and_offers_names_that_are_near(site: httpx.Client) -> None:
    place = site.get("/api/v1/places").json()["items"][0]["name"]
    page = found(site, place + "x")
    assert "Nothing on record contains all of these words." in page
    assert "Did you mean:" in page
    assert place in unescape(page)
    assert "Did you mean" not in found(site, "zeppelin")


@pytest.mark.parametrize("typed", ["zzqxw", "zeppelin", "7777777", "ы", "«no such words»"])
def test_nothing_found_always_offers_the_nearest_on_record(site: httpx.Client, typed: str) -> None:
    page = found(site, typed)
    assert "The nearest on record:" in page or "Did you mean:" in page
    answer = site.get("/api/v1/search", params={"q": typed}).json()
    assert answer["items"] == []
    assert answer["near"]
    for near in answer["near"]:
        assert f'href="{near["url"]}"' in page
        assert site.get(near["url"]).status_code == 200


def test_what_holds_all_words_but_one_is_offered(site: httpx.Client) -> None:
    question = site.get("/api/v1/claims").json()["items"][0]
    answer = site.get("/api/v1/search", params={"q": question["question"] + " zeppelin"}).json()
    assert question["id"] in [near["id"] for near in answer["near"]]
    assert site.get("/api/v1/search", params={"q": question["question"]}).json()["near"] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("?!", "A search needs a letter or a digit"),
        ("x" * 301, "A search may have 300 letters; this one has 301."),
        ("a b c d e f g h i j k l m n o p q r s t u", "A search may have 20 words"),
    ],
)
def test_what_cannot_be_searched_is_said_in_a_sentence_and_kept_in_the_box(
    site: httpx.Client, typed: str, said: str
) -> None:
    answer = site.get("/search", params={"q": typed})
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert f'value="{typed}"' in answer.text
    problem = site.get(API, params={"q": typed})
    assert problem.status_code == 422
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["errors"][0]["pointer"] == "/query/q"


@pytest.mark.parametrize("query", ["kind=side", "after=garbage&kind=claim"])
def test_a_bad_parameter_is_a_readable_page(site: httpx.Client, query: str) -> None:
    assert site.get(f"/search?q=fire&{query}").status_code == 422


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "<mark>fire</mark>"])
def test_what_was_typed_is_shown_as_text(site: httpx.Client, typed: str) -> None:
    page = found(site, typed)
    assert typed not in page
    assert typed in unescape(page)


def test_an_empty_record_finds_nothing(empty_site: httpx.Client) -> None:
    assert "0 results for “fire”." in text_of(found(empty_site, "fire"))
    assert empty_site.get(API, params={"q": "fire"}).json() == {
        "items": [],
        "next": None,
        "total": 0,
        "near": [],
    }


def test_the_api_lists_all_that_the_page_shows_page_by_page(site: httpx.Client) -> None:
    whole = site.get(API, params={"q": "fire", "limit": "200"}).json()
    assert whole["total"] == len(whole["items"])
    url, items = f"{API}?q=fire&limit=3", []
    while url:
        answer = site.get(url)
        items += answer.json()["items"]
        url = answer.json()["next"]
        assert bool(url) == ("link" in answer.headers)
    assert items == whole["items"]
    for kind in {item["kind"] for item in items}:
        of_kind = site.get(API, params={"q": "fire", "kind": kind, "limit": "200"}).json()
        assert of_kind["items"] == [item for item in items if item["kind"] == kind]
    page = found(site, "fire", kind="claim")
    for item in items:
        assert site.get(item["url"]).status_code == 200
        assert "".join(piece["text"] for piece in item["title"]["marked"]) == item["title"]["text"]
        if item["kind"] == "claim":
            assert f'href="{item["url"]}"' in page
            assert item["state"]


@pytest.mark.parametrize("query", ["", "q=", "q=fire&state=x", "q=fire&limit=201", "q=%20"])
def test_a_bad_request_to_the_api_is_a_problem(site: httpx.Client, query: str) -> None:
    assert site.get(f"{API}?{query}").status_code == 422


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/claims/fire-deads", "/claims/fire-dead"),
        ("/claims/dead-of-fire", "/claims/fire-dead"),
        ("/dossiers/harbor", "/dossiers/harbour"),
        ("/dossiers/harbor/history", "/dossiers/harbour"),
        ("/somewhere/breakwater", "/claims/breakwater-control"),
    ],
)
def test_an_address_that_leads_nowhere_names_what_is_near(
    site: httpx.Client, path: str, near: str
) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    main = answer.text[answer.text.index("<main") :]
    assert "Similar entries on record:" in main
    assert f'<a href="{near}">' in main


@pytest.mark.parametrize("path", ["/claims/zzzzzz", "/%00", "/claims/%F0%90", "/" + "x/" * 900])
def test_where_nothing_is_near_nothing_is_named(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "Similar entries" not in answer.text


def test_an_address_of_no_record_is_still_answered(
    empty_site: httpx.Client, blank_site: httpx.Client
) -> None:
    assert empty_site.get("/nowhere").status_code == blank_site.get("/nowhere").status_code == 404


def test_scripts_are_our_own_files(site: httpx.Client) -> None:
    page = site.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    scripts = re.findall(r"<script([^>]*)>([^<]*)</script>", page.text)
    assert scripts
    for attributes, inside in scripts:
        assert inside == ""
        address = re.search(r'src="(/static/[^"]+)"', attributes)
        assert address
        script = site.get(address[1])
        assert script.status_code == 200
        assert "javascript" in script.headers["content-type"]


def test_a_result_that_left_the_record_meanwhile_is_skipped(module_example: Database) -> None:
    query = query_of("fire")
    assert query
    with module_example.reading() as session:
        results = search_record(session, query, "citation", limit=2)
    first, second = results.page.items
    gone = [replace(first, id="gone"), replace(first, claim="gone"), second]
    assert [view.id for view in found_views(gone, query, results.named)] == [second.id]
