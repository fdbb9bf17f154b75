"""Checking words on a page over the API."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.settings import Settings
from app.storage.database.engine import Database
from tests.databases import KINDS, filled
from tests.loaded import NOON
from tests.services.followed import Web, record_hosts, serving_pages
from tests.services.following.test_check_quotation import NEWS, POST, QUOTE, URL
from tests.serving import serving
from tests.web.contributors import pointers


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving_pages({POST: NEWS}, record_hosts()) as serving_web:
        yield serving_web


@pytest.fixture(scope="module", params=KINDS)
def client(request: pytest.FixtureRequest, web: Web) -> Iterator[httpx.Client]:
    """Somebody with a key on a site that reaches the record's pages on loopback."""
    with filled(request.param, "example", request) as url, web.fetcher() as fetcher:
        database = Database(url)
        with database.writing() as session:
            _, secret = make_key(session, "Net", "contributor", NOON)
        app = create_app(Settings(database_url=url, max_quote_checks_per_hour=7), fetcher=fetcher)
        headers = {"Authorization": f"Bearer {secret}"}
        with (
            serving(app) as address,
            httpx.Client(base_url=f"{address}/api/v1", headers=headers, timeout=60) as client,
        ):
            yield client
        database.close()


def test_words_are_checked_and_the_page_says_what_it_is(client: httpx.Client, web: Web) -> None:
    asked = {"url": URL, "quote": QUOTE}
    named = {"Idempotency-Key": "once"}
    answer = client.post("/quote-checks", json=asked, headers=named)
    assert answer.status_code == 200
    report = answer.json()
    assert (report["finding"], report["exact"], report["state"]) == ("verbatim", QUOTE, "read")
    assert report["source"].startswith(f"{URL}#:~:text=")
    assert report["about"]["title"] == "Blame"
    assert report["documents"] == ["post-2019-05-06"]
    assert client.post("/quote-checks", json=asked, headers=named).json() == report


def test_altered_words_are_compared_with_the_page(client: httpx.Client) -> None:
    asked = {"url": URL, "quote": QUOTE.replace("arsonists", "nobody")}
    report = client.post("/quote-checks", json=asked).json()
    assert report["finding"] == "altered"
    assert {"quoted", "page"} <= {kind for kind, _ in report["differences"]}


def test_a_refused_check_points_at_its_field(client: httpx.Client) -> None:
    for url in ("http://127.0.0.1/", "javascript:alert(1)", "http://[::1]:22/"):
        answer = client.post("/quote-checks", json={"url": url, "quote": "words"})
        assert pointers(answer) == {"/url"}
    assert pointers(client.post("/quote-checks", json={"url": URL, "quote": " "})) == {"/quote"}
    assert pointers(client.post("/quote-checks", json={"page": URL})) == {"/url", "/quote", "/page"}


def test_quote_checks_are_rate_limited_per_key(client: httpx.Client) -> None:
    statuses = [
        client.post("/quote-checks", json={"url": "http://127.0.0.1/", "quote": "w"}).status_code
        for _ in range(7)
    ]
    assert statuses[-1] == 429
