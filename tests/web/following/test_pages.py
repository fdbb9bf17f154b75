"""What readers see of the links that were followed: on claims, documents, /links, /changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import httpx
import pytest

from app.domain.contributing.records import SubmissionCheck
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from app.web.following.page_checks import submitted_check_view
from app.web.wording.record_text import text_direction
from tests.databases import filled
from tests.fetching.servers import answer
from tests.services.followed import page, record_hosts, record_pages, serving_pages
from tests.serving import serving
from tests.storage.factories import NOON

POST = "/2019/05/06/towns-trade-blame"
PAPERS = "/2019/06/papers"
BEFORE = "the mayor blamed arsonists from Tarnhaven"
AFTER = "the mayor suspected arsonists from Tarnhaven"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def followed_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A reader of the example record after its pages were looked at twice."""
    folder = tmp_path_factory.mktemp("snapshots")
    with (
        filled(request.param, "example", request) as url,
        serving_pages(record_pages(), record_hosts()) as web,
    ):
        database = Database(url)
        follower = web.follower(database, folder)
        web.pages["/14"] = answer("none", "404 Not Found")
        web.visit_all(follower)
        web.pages[POST] = page("Before <it>.", AFTER, "After it.")
        web.pages[PAPERS] = answer("<title>Log in</title><p>You must log in to continue.")
        web.pages["/2019/05/10/never-again"] = answer(b"%PDF-1.7 broken")
        garbled = "Министерство обороны сообщило, что войска отведены".encode().decode("latin-1")
        web.pages["/fr/2019/0505"] = answer(f"<p>{garbled}")
        web.visit_all(follower)
        database.close()
        app = create_app(Settings(database_url=url))
        with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
            yield client


def test_a_citation_says_that_its_words_stand_on_the_page(followed_site: httpx.Client) -> None:
    text = followed_site.get("/claims/fire-dead").text
    assert "is on the page" in text
    assert "checked" in text


def test_a_reworded_citation_shows_both_wordings(followed_site: httpx.Client) -> None:
    text = followed_site.get("/claims/fire-cause").text
    assert "the page words it differently" in text
    assert "<del>blamed</del>" in text
    assert "<ins>suspected</ins>" in text
    assert "Both wordings" in text


def test_every_link_to_a_source_is_a_robust_link(followed_site: httpx.Client) -> None:
    text = followed_site.get("/claims/fire-cause").text
    assert f'data-originalurl="https://post.example.org{POST}"' in text
    assert 'data-versiondate="2026-10-02"' in text


def test_what_a_page_says_is_shown_as_text(followed_site: httpx.Client) -> None:
    text = followed_site.get("/claims/fire-cause").text
    assert "Before &lt;it&gt;." in text
    assert "<it>" not in text


def test_a_document_shows_every_check_of_its_page(followed_site: httpx.Client) -> None:
    text = followed_site.get("/documents/post-2019-05-06").text
    assert text.count("new, stored as a snapshot") == 2
    gone = followed_site.get("/documents/guild-notice-14").text
    assert "HTTP 404" in gone
    unread = followed_site.get("/documents/radio-tarnhaven-2019-05-07").text
    assert "No address is known" in unread


def test_link_health_counts_and_lists_documents_by_state(followed_site: httpx.Client) -> None:
    text = followed_site.get("/links").text
    assert "10 documents" in text
    gone = followed_site.get("/links?state=gone").text
    assert "1 document<" in gone
    assert "Notice 14, to all members" in gone
    assert "Harbour office raises the toll" not in gone
    of_one = followed_site.get("/links?publisher=oskel-lantern").text
    assert "2 documents" in of_one
    empty = followed_site.get("/links?state=blocked").text
    assert "No document has a page in this state." in empty


@pytest.mark.parametrize(
    ("state", "document", "words"),
    [
        (
            "not-shown",
            "post-2019-06",
            {
                "en": ("not shown", "The page asks its readers to log in."),
                "ru": ("не показана", "Страница просит читателя войти в учётную запись."),
                "az": ("göstərilmir", "Səhifə oxucudan hesaba daxil olmağı tələb edir."),
                "hy": ("չի ցուցադրվում", "Էջը ընթերցողից պահանջում է մուտք գործել։"),
            },
        ),
        (
            "undecodable",
            "tarn-wire-2019-05-05",
            {"en": ("unreadable characters", "sensible text in no known character encoding.")},
        ),
        ("unreadable", "post-2019-05-10", {"en": ("unreadable", "The PDF is broken")}),
    ],
)
def test_a_page_that_was_not_read_is_shown_everywhere_with_its_state_and_the_reason(
    followed_site: httpx.Client, state: str, document: str, words: dict[str, tuple[str, str]]
) -> None:
    for tag, (name, reason) in words.items():
        for path in (f"/links?state={state}", f"/documents/{document}?"):
            text = unescape(followed_site.get(f"{path}&lang={tag}").text)
            assert name in text, (tag, path)
            assert reason in text, (tag, path)
    (item,) = followed_site.get("/api/v1/links", params={"state": state}).json()["items"]
    assert (item["document"], item["last"]["state"]) == (document, state)
    assert item["findings"].get(state)
    looks = followed_site.get(f"/api/v1/documents/{document}/checks").json()["items"]
    assert [look["state"] for look in looks[:2]] == [state, "read"]
    assert looks[0]["text_hash"] is None


def test_a_citation_whose_page_is_not_shown_says_why_and_what_was_found_before(
    followed_site: httpx.Client,
) -> None:
    text = followed_site.get("/claims/fireboat-crossing").text
    assert "check-not-shown" in text
    assert "the page is not shown" in text
    assert "The page asks its readers to log in." in text
    assert re.search(r"When the page was last read, on [^:]+: is on the page\.", text)
    found = followed_site.get("/api/v1/claims/fireboat-crossing/checks").json()["items"]
    assert "not-shown" in {check["finding"] for check in found}


def test_a_rewording_is_among_the_changes(followed_site: httpx.Client) -> None:
    text = followed_site.get("/changes").text
    assert "<ins>suspected</ins>" in text
    assert "/claims/fire-cause#citation-" in text
    assert "Loaded from files" in text
    in_russian = followed_site.get("/changes?lang=ru").text
    assert re.search(r'cited-detail" href="/documents/post-2019-05-06[^"]*" lang="en"', in_russian)
    only_record = followed_site.get("/changes?show=record").text
    assert "suspected" not in only_record


def test_the_api_lists_page_checks_quote_checks_and_rewordings(followed_site: httpx.Client) -> None:
    links = followed_site.get("/api/v1/links", params={"state": "gone"}).json()
    assert [item["document"] for item in links["items"]] == ["guild-notice-14"]
    assert links["items"][0]["last"]["status"] == 404
    looks = followed_site.get("/api/v1/documents/post-2019-05-06/checks?limit=1").json()
    assert looks["items"][0]["state"] == "read"
    assert followed_site.get(looks["next"]).json()["next"] is None
    checks = followed_site.get("/api/v1/claims/fire-cause/checks").json()["items"]
    (altered,) = [check for check in checks if check["finding"] == "altered"]
    assert ["quoted", " blamed"] in altered["differences"]
    assert altered["exact"] == AFTER
    assert "#:~:text=" in altered["source"]
    changed = followed_site.get("/api/v1/wording-changes").json()["items"]
    assert any(BEFORE in item["before"] and AFTER in item["after"] for item in changed)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("az-Arab", "rtl"),
        ("az", "ltr"),
        ("hy", "ltr"),
        ("zh-Hant-TW", "ltr"),
        ("qqq", "auto"),
        ("no language", "auto"),
    ],
)
def test_each_language_is_written_in_its_direction(tag: str, direction: str) -> None:
    assert text_direction(tag) == direction


def test_a_quotation_from_right_to_left_is_turned_wherever_it_is_printed(
    site: httpx.Client,
) -> None:
    claim = next(
        item["id"]
        for item in site.get("/api/v1/claims").json()["items"]
        if "post-2019-06" in site.get(f"/api/v1/claims/{item['id']}").text
    )
    text = site.get(f"/claims/{claim}").text
    assert re.search(r'<blockquote class="\w+" lang="ar" dir="rtl">', text)
    assert 'cite lang="ar" dir="rtl"' in text
    assert 'dir="rtl"' in site.get("/documents/post-2019-06").text
    assert 'dir="ltr"' not in text


def test_a_check_says_why_its_link_does_not_lead_to_the_words() -> None:
    found = SubmissionCheck(1, NOON, "verbatim", exact="the bridge", directive="text=the%20bridge")
    assert submitted_check_view(found).link_note == ""
    assert "several times" in submitted_check_view(replace(found, directive="")).link_note
    # Not asked yet, or nothing to lead to: there is nothing to explain.
    assert submitted_check_view(replace(found, directive=None)).link_note == ""
    missing = SubmissionCheck(1, NOON, "missing", directive="")
    assert submitted_check_view(missing).link_note == ""


def test_a_new_page_check_changes_the_entity_tag(followed_site: httpx.Client) -> None:
    first = followed_site.get("/links")
    same = followed_site.get("/links", headers={"If-None-Match": first.headers["etag"]})
    assert same.status_code == 304
    assert "-" in first.headers["etag"]


def test_unchecked_pages_say_so(site: httpx.Client) -> None:
    assert "not checked" in site.get("/claims/fire-dead").text
    assert "not checked yet" in site.get("/links").text
    assert "has not been checked yet" in site.get("/documents/post-2019-05-06").text
    assert "No page that is cited here has been seen to change" in site.get("/changes").text


def test_nonsense_filters_are_refused_in_a_sentence(site: httpx.Client) -> None:
    assert site.get("/links?state=lost").status_code == 422
    assert site.get("/api/v1/links?state=lost").status_code == 422
    assert site.get("/api/v1/documents/nowhere/checks").status_code == 404
    assert site.get("/api/v1/claims/nowhere/checks").status_code == 404
    assert site.get("/changes?before=0").status_code == 422


@pytest.mark.parametrize(("tag", "of_english"), [("en", ""), ("ru", ' lang="en"')])
def test_titles_on_link_health_are_marked_with_the_language_of_their_document(
    site: httpx.Client, tag: str, of_english: str
) -> None:
    text = site.get("/links", params={"lang": tag}).text
    titles = dict(re.findall(r'href="/documents/([a-z0-9-]+)[^"]*"([^>]*)>', text))
    assert titles["tarn-wire-2019-05-05"] == ' lang="fr"'
    assert titles["post-2019-06"] == ' lang="ar" dir="rtl"'
    assert titles["guild-notice-14"] == of_english
