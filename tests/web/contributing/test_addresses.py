"""Addresses that no browser opens: refused at every door, in a sentence, and never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.databases import filled
from tests.services.submissions import citation, claim, new_document
from tests.web.contributors import Site, contributed_site, pointers

REFUSED = {
    "http://a.1../": "is no valid name of a host",
    "https://xn--/": "is no valid name of a host",
    "https://xn--a.example.org/": "is no valid name of a host",
    "http://example..org/": "is no valid name of a host",
    f"http://{'a' * 64}.org/": "is no valid name of a host",
    "http://example.1/": "cannot be read as an address",
    "http://a\u200db.example.org/": "cannot be read as an address",
    "http://0x7f.1/": "the IP address 127.0.0.1",
    "http://[::1]/": "the IP address [::1]",
    "http://2130706433/": "the IP address 127.0.0.1",
    "https://8.8.8.8/": "the IP address 8.8.8.8",
    "http://localhost/": "“localhost” is a name for local use",
    "http://printer.local/": "“printer.local” is a name for local use",
    "http://printer/": "“printer” is no public name",
    "http://example.org:8080/": "pages are read on 80 and 443 only",
}
# These are refused by the shape of an address already, each in its own words.
MISSHAPEN = [
    "http://user@example.org/",
    "http://example.org@127.0.0.1/",
    "ftp://example.org/",
    "javascript:alert(1)",
    "example.org",
    "https:///",
    "http://example.org/\x01",
    "http://[::1",
]


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("data")
    with (
        filled("sqlite", "example", request) as url,
        contributed_site(
            url,
            data_dir=folder,
            max_submissions_per_hour=10_000,
            max_quote_checks_per_hour=10_000,
        ) as made,
    ):
        yield made


def root(site: Site, path: str) -> str:
    return str(site.reader.base_url).removesuffix("/").removesuffix("/api/v1") + path


@pytest.mark.parametrize(("url", "sentence"), REFUSED.items())
def test_an_address_that_no_browser_opens_is_refused_at_every_door(
    site: Site, url: str, sentence: str
) -> None:
    form = site.reader.get(root(site, "/contribute"), params={"url": url, "quote": "words"})
    assert form.status_code == 422
    assert sentence in form.text
    sent = citation(document=None, new_document=new_document() | {"url": url})
    answer = site.net.post("/citations", json=sent)
    assert pointers(answer) == {"/new_document/url"}
    assert sentence in answer.text
    checked = site.net.post("/quote-checks", json={"url": url, "quote": "words"})
    assert pointers(checked) == {"/url"}
    assert sentence in checked.text


@pytest.mark.parametrize("url", MISSHAPEN)
def test_what_is_no_web_address_is_refused_at_every_door(site: Site, url: str) -> None:
    assert site.reader.get(root(site, "/contribute"), params={"url": url}).status_code == 422
    sent = citation(document=None, new_document=new_document() | {"url": url})
    assert pointers(site.net.post("/citations", json=sent)) == {"/new_document/url"}
    assert pointers(site.net.post("/quote-checks", json={"url": url, "quote": "a"})) == {"/url"}


def test_the_sentence_is_in_the_language_of_the_page(site: Site) -> None:
    page = site.reader.get(
        root(site, "/contribute"), params={"url": "http://printer/", "lang": "ru"}
    )
    assert "is no public name" not in page.text
    assert "printer" in page.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=30), st.sampled_from(["", "http://", "https://a.", "http://a.org/"]))
def test_no_text_in_place_of_an_address_is_a_fault_of_ours(
    site: Site, text: str, start: str
) -> None:
    # A lone surrogate cannot be sent at all.
    url = (start + text).encode("utf-8", "replace").decode("utf-8")
    page = site.reader.get(root(site, "/contribute"), params={"url": url})
    assert page.status_code in (200, 422)
    sent = citation(document=None, new_document=new_document() | {"url": url})
    answer = site.net.post("/citations", json=sent)
    assert answer.status_code in (202, 409, 422), answer.text


@pytest.mark.parametrize(
    "spelling",
    [
        "http://www.council.oskel.test/statements/2019-05-05/?utm_source=letter#bell",
        "https://m.council.oskel.test/amp/statements/2019-05-05",
        "https://web.archive.org/web/20190506000000/https://council.oskel.test/statements/2019-05-05",
    ],
)
def test_a_document_on_record_is_known_at_any_spelling(site: Site, spelling: str) -> None:
    page = site.reader.get(root(site, "/contribute"), params={"url": spelling})
    assert page.status_code == 200
    assert "/documents/" in page.text


@pytest.mark.parametrize("url", ["http://a.1../", "https://xn--/", "http://[::1]/"])
def test_addresses_within_what_is_sent_are_refused_at_their_place(site: Site, url: str) -> None:
    outlet = {"name": "The Quay", "kind": "newspaper", "url": url}
    page = new_document() | {
        "publisher": None,
        "new_publisher": outlet,
        "archived": {"url": url, "on": "2019-05-10"},
    }
    page = {key: value for key, value in page.items() if value is not None}
    assert pointers(
        site.net.post("/citations", json=citation(document=None, new_document=page))
    ) == {
        "/new_document/new_publisher/url",
        "/new_document/archived/url",
    }
    proposed = claim()
    proposed["new_documents"][0]["url"] = url
    assert pointers(site.net.post("/claims", json=proposed)) == {"/new_documents/0/url"}


def test_two_spellings_of_one_page_in_one_proposal_are_one_document(site: Site) -> None:
    proposed = claim()
    (book,) = proposed["new_documents"]
    book["url"] = "https://t.me/s/quay/7"
    again = book | {"id": "bell-book-again", "url": "https://telegram.me/quay/7?single"}
    proposed["new_documents"].append(again)
    cited = {"id": "again", "document": "bell-book-again", "quote": "rung"}
    proposed["claim"]["accounts"][0]["citations"].append(cited)
    answer = site.net.post("/claims", json=proposed)
    assert pointers(answer) == {"/new_documents/1/url"}
    assert "both are https://t.me/quay/7" in answer.text


def test_a_submission_keeps_the_address_that_was_sent(site: Site) -> None:
    sent = "http://www.post.example.org/amp/2019/05/09/Mourning?utm_source=letter"
    body = citation(document=None, new_document=new_document() | {"url": sent}, note="as sent")
    answer = site.net.post("/citations", json=body)
    assert answer.status_code == 202, answer.text
    made = site.net.get(f"/submissions/{answer.json()['id']}").json()
    assert made["body"]["new_document"]["url"] == sent


def test_a_new_document_that_is_on_record_at_another_spelling_is_answered_with_it(
    site: Site,
) -> None:
    sent = "http://www.council.oskel.test/amp/statements/2019-05-05?utm_source=letter"
    body = citation(document=None, new_document=new_document() | {"url": sent}, said="2019-05-05")
    answer = site.net.post("/citations", json=body)
    assert answer.status_code == 409, answer.text
    assert answer.json()["existing"]["id"] == "council-statement-2019-05-05"
