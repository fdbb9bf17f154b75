"""One quotation on one page, for somebody who is about to cite it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from app.domain.records.registers import Registers
from app.dossiers.record import read_record
from app.errors import AddressRefused, BadInput
from app.queries.registers import match_page
from app.services.following.check_quotation import PageMatcher, check_quotation, match_page_among
from app.services.following.verify_quotations import verify_pages, verify_quotes
from app.storage.database.engine import Database
from tests.fetching.servers import answer
from tests.loaded import EXAMPLE
from tests.services.followed import Web, record_hosts, record_pages, serving_pages

POST = "/2019/05/06/towns-trade-blame"
URL = f"https://post.example.org{POST}"
QUOTE = "the mayor blamed arsonists from Tarnhaven"
NEWS = answer(
    "<!doctype html><html lang=en><title>Blame</title>"
    '<meta property="article:published_time" content="2019-05-06T08:00:00Z">'
    f'<meta name="author" content="A. Reporter"><p>On Monday {QUOTE}, he said.</p>'
)


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    pages = {**record_pages(), POST: NEWS}
    with serving_pages(pages, record_hosts()) as serving:
        yield serving


@pytest.fixture(scope="module")
def match() -> PageMatcher:
    return partial(match_page_among, Registers(read_record(EXAMPLE).sources))


def test_a_page_is_checked_with_what_it_says_of_itself(web: Web, match: PageMatcher) -> None:
    with web.fetcher() as fetcher:
        report = check_quotation(fetcher, match, URL, QUOTE)
    assert report.seen.finding == "verbatim"
    assert report.source.startswith(f"{URL}#:~:text=")
    assert report.about is not None
    assert (report.about.title, report.about.language) == ("Blame", "en")
    assert report.about.author == "A. Reporter"
    assert (report.publisher, report.documents) == ("mainland-post", ("post-2019-05-06",))
    context = report.seen.context
    assert context is not None
    assert f"On Monday {QUOTE}" in context.before + context.exact


def test_a_page_that_is_gone_is_told_from_words_that_are_missing(
    web: Web, match: PageMatcher
) -> None:
    with web.fetcher() as fetcher:
        gone = check_quotation(fetcher, match, "https://post.example.org/nowhere", QUOTE)
        missing = check_quotation(fetcher, match, URL, "something that nobody has ever written")
    assert (gone.seen.finding, gone.status, gone.about) == ("gone", 404, None)
    assert (missing.seen.finding, missing.status) == ("missing", 200)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "ftp://post.example.org/", "http://a@b.example/"]
)
def test_an_address_that_is_not_public_is_refused_without_a_request(
    web: Web, match: PageMatcher, url: str
) -> None:
    before = web.server.connections
    with web.fetcher() as fetcher, pytest.raises(AddressRefused):
        check_quotation(fetcher, match, url, QUOTE)
    assert web.server.connections == before


@pytest.mark.parametrize("quote", ["", "  ", "x" * 10_001])
def test_a_quotation_that_cannot_be_checked_is_refused_in_a_sentence(
    web: Web, match: PageMatcher, quote: str
) -> None:
    with web.fetcher() as fetcher, pytest.raises(BadInput, match=r"^The quotation is .*\.$"):
        check_quotation(fetcher, match, URL, quote)


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.post.example.org/other", "mainland-post"),
        ("https://amp.post.example.org/other", "mainland-post"),
        ("https://notpost.example.org/other", None),
        ("https://example.org/", None),
        ("https://org/", None),
    ],
)
def test_a_publisher_is_guessed_by_its_host(
    match: PageMatcher, url: str, publisher: str | None
) -> None:
    assert match([url]).publisher == publisher


def test_the_database_tells_the_same_of_a_page_as_the_files(
    module_example: Database, match: PageMatcher
) -> None:
    documents = read_record(EXAMPLE).sources.documents
    addresses = [document.url for document in documents if document.url]
    assert addresses
    with module_example.reading() as session:
        for url in [*addresses, *(f"{url}/other#part" for url in addresses), "https://org/"]:
            assert match_page(session, [url]) == match([url])


def test_the_record_is_verified_on_the_web_as_against_texts(web: Web) -> None:
    record = read_record(EXAMPLE)
    with web.fetcher() as fetcher:
        found = list(verify_pages(record, fetcher))
    by_finding = {entry.finding for entry in found}
    assert by_finding == {"verbatim", "missing", "unchecked"}
    assert {entry.document for entry in found if entry.finding == "missing"} == {"post-2019-05-06"}
    texts = {"post-2019-05-06": f"It says that {QUOTE.replace('blamed', 'suspected')}."}
    against = list(verify_quotes(record, texts, "fire-cause"))
    altered = [entry for entry in against if entry.finding == "altered"]
    assert [entry.quote for entry in altered] == [QUOTE]
    assert [part.text for part in altered[0].differences if part.kind == "page"] == [" suspected"]


def test_a_page_is_the_document_whose_address_it_declares(match: PageMatcher) -> None:
    declaring = (
        f'<link rel="canonical" href="{URL}?utm_source=amp"><p>On Monday {QUOTE}, he said.</p>'
    )
    pages = {"/?p=77": answer(f"<!doctype html><html lang=en><title>Blame</title>{declaring}")}
    with serving_pages(pages, record_hosts()) as short, short.fetcher() as fetcher:
        report = check_quotation(fetcher, match, "https://post.example.org/?p=77", QUOTE)
    assert (report.publisher, report.documents) == ("mainland-post", ("post-2019-05-06",))
