"""Which hosts a site answers to, who asks, and how often one address may ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.web.http.limits import Throttle, client_of, is_throttled, network_of
from tests.serving import serving

_SITE = {"base_url": "https://record.example.org", "hosts": "alias.example alias.example.net:81"}


@pytest.fixture(scope="module")
def public_site(loaded_url: str) -> Iterator[httpx.Client]:
    """A site with a name, behind a proxy that speaks TLS."""
    app = create_app(Settings(database_url=loaded_url, **_SITE))  # type: ignore[arg-type]
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("record.example.org", 200),
        ("RECORD.example.org.", 200),
        ("record.example.org:443", 200),
        ("record.example.org:8080", 200),
        ("alias.example", 200),
        ("alias.example:99", 200),
        ("alias.example.net:81", 200),
        ("alias.example.net", 421),
        ("alias.example.net:82", 421),
        ("localhost", 200),
        ("127.0.0.1:1234", 200),
        ("127.9.9.9", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("record.example.org.evil.example", 421),
        ("evilrecord.example.org", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("[::2]", 421),
        ("", 400),
        ("record.example.org@evil.example", 400),
        ("record.example.org/evil", 400),
        ("record.example.org:99999", 400),
        ("record.example.org:a", 400),
        ("record.example.org, evil.example", 400),
        ("[::1", 400),
    ],
)
def test_a_site_answers_to_its_own_names(public_site: httpx.Client, host: str, status: int) -> None:
    for path in ("/method", "/api/v1/sides", "/static/site.css"):
        answer = public_site.get(path, headers={"Host": host})
        assert answer.status_code == status
        assert "evil" not in answer.text
    assert public_site.get("/healthz", headers={"Host": host}).status_code == (
        400 if status == 400 else 200
    )


@pytest.mark.parametrize(
    ("path", "hosts", "status"),
    [
        ("/method", [], 400),
        ("/method", ["localhost", "localhost"], 400),
        ("/method", ["localhost", "evil.example"], 400),
        ("/healthz", ["localhost", "evil.example"], 400),
        ("/healthz", [], 200),
    ],
)
def test_a_request_names_one_host_except_for_probes(
    public_site: httpx.Client, path: str, hosts: list[str], status: int
) -> None:
    # By hand: httpx sends exactly one.
    with closing(HTTPConnection(public_site.base_url.host, public_site.base_url.port)) as raw:
        raw.putrequest("GET", path, skip_host=True)
        for host in hosts:
            raw.putheader("Host", host)
        raw.endheaders()
        assert raw.getresponse().status == status


def test_a_refusal_of_the_api_is_a_problem(public_site: httpx.Client) -> None:
    answer = public_site.get("/api/v1/claims", headers={"Host": "evil.example"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 421


def test_links_of_a_list_name_the_site_whatever_host_was_asked(public_site: httpx.Client) -> None:
    hosts = ("localhost", "alias.example", "record.example.org:8443")
    answers = [public_site.get("/api/v1/claims?limit=1", headers={"Host": h}) for h in hosts]
    following = "https://record.example.org/api/v1/claims?limit=1&cursor="
    assert all(answer.json()["next"].startswith(following) for answer in answers)
    assert all(answer.headers["link"].startswith(f"<{following}") for answer in answers)
    assert len({answer.headers["etag"] for answer in answers}) == 1


def test_redirects_name_no_foreign_host_and_keep_https(public_site: httpx.Client) -> None:
    answer = public_site.get("/method/", headers={"Host": "record.example.org"})
    assert answer.headers["location"] == "https://record.example.org/method"
    for path in ("//evil.example/", "/%2f%2fevil.example/", "/\\evil.example/"):
        location = public_site.get(path).headers.get("location", "")
        assert httpx.URL(location).host in ("", "127.0.0.1")
        assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "name",
    [
        "x-forwarded-host",
        "x-original-url",
        "x-rewrite-url",
        "forwarded",
        "x-forwarded-proto",
        "x-http-method-override",
        "x-host",
        "x-forwarded-prefix",
        "x-forwarded-scheme",
    ],
)
def test_headers_that_poison_caches_change_nothing(public_site: httpx.Client, name: str) -> None:
    path = "/api/v1/claims?limit=1&sort=question&state=disputed"
    plain = public_site.get(path).content
    assert public_site.get(path, headers={name: "evil.example"}).content == plain


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_ipv6_counts_by_its_first_half(address: str, network: str) -> None:
    assert network_of(address) == network


def asked_from(peer: str, *forwarded: str) -> dict[str, object]:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return {"client": (peer, 1), "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.9", ["192.0.2.7"], "198.51.100.9"),  # no proxy of ours says so
        ("10.0.0.2", [], "10.0.0.2"),
        ("10.0.0.2", ["192.0.2.7"], "192.0.2.7"),
        ("10.0.0.2", ["6.6.6.6, 192.0.2.7"], "192.0.2.7"),  # the first is the reader's own claim
        ("10.0.0.2", ["6.6.6.6", "192.0.2.7, 10.0.0.3"], "192.0.2.7"),
        ("10.0.0.2", ["10.0.0.4, 10.0.0.3"], "10.0.0.4"),
        ("10.0.0.2", ["192.0.2.7:4711"], "192.0.2.7"),
        ("10.0.0.2", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("10.0.0.2", ["evil"], "10.0.0.2"),
        ("10.0.0.2", ["6.6.6.6, evil, 10.0.0.3"], "10.0.0.3"),
        ("::ffff:10.0.0.2", ["192.0.2.7"], "192.0.2.7"),
        ("10.0.0.2", [", ".join(["1.2.3.4"] * 2000)], "1.2.3.4"),
    ],
)
def test_an_address_is_believed_of_our_proxies_alone(
    peer: str, forwarded: list[str], client: str
) -> None:
    proxies = Settings(trusted_proxies="10.0.0.0/8").trusted_proxies  # type: ignore[arg-type]
    assert client_of(asked_from(peer, *forwarded), proxies) == client


@pytest.mark.parametrize(
    ("path", "query", "counts"),
    [
        ("/search", "q=fire", True),
        ("/search", "", True),
        ("/api/v1/search", "q=fire", True),
        ("/read", "", True),
        ("/review/sign-in", "", True),
        ("/contribute", "url=https://a.example", True),
        ("/contribute", "", False),
        ("/dossiers/harbour", "q=fire", True),
        ("/dossiers/harbour", "side=a&q=fire", True),
        ("/dossiers/harbour", "%71=fire", True),
        ("/dossiers/harbour", "q=&side=a", False),
        ("/dossiers/harbour", "faq=1&seq=2", False),
        ("/claims/fire-dead", "as_known_on=2022-03-01", True),
        ("/claims/fire-dead", "", False),
    ],
)
def test_what_costs_more_than_a_page_is_counted(path: str, query: str, counts: bool) -> None:
    assert is_throttled({"path": path, "query_string": query.encode()}) is counts


def test_a_throttle_forgets_after_its_time_and_holds_so_many_addresses() -> None:
    throttle = Throttle(limit=2, seconds=60, most=100)
    assert [throttle.count("a", now=at)[0] for at in (0, 1, 2, 59.9, 60, 61)] == [1, 2, 3, 4, 1, 2]
    for number in range(1000):
        throttle.count(f"address {number}", now=100)
    assert len(throttle) == 100


def test_one_address_may_search_so_often_and_another_goes_on(loaded_url: str) -> None:
    settings = Settings(
        database_url=loaded_url,
        max_searches_per_minute=3,
        trusted_proxies="127.0.0.1",  # type: ignore[arg-type]
    )
    with serving(create_app(settings)) as address, httpx.Client(base_url=address) as client:

        def search(path: str, by: str) -> httpx.Response:
            return client.get(path, headers={"X-Forwarded-For": by, "Accept-Language": "ru"})

        assert [search("/search?q=a", "192.0.2.1").status_code for _ in range(3)] == [200] * 3
        page = search("/search?q=b", "192.0.2.1")
        assert page.status_code == 429
        assert 1 <= int(page.headers["Retry-After"]) <= 60
        assert 'lang="ru"' in page.text
        problem = search("/api/v1/search?q=b", "192.0.2.1")
        assert problem.json()["status"] == problem.status_code == 429
        search("/search?q=b", "192.0.2.1")
        flooded = search("/search?q=b", "192.0.2.1")
        assert flooded.headers["content-type"].startswith("text/plain")
        assert flooded.headers["Retry-After"]
        # Pages are read on, and others search on.
        assert search("/method", "192.0.2.1").status_code == 200
        assert search("/search?q=b", "192.0.2.2").status_code == 200
        # The same customer, with another of their 2^64 addresses.
        ours = [search("/search?q=c", f"2001:db8::{n}").status_code for n in range(4)]
        assert ours == [200, 200, 200, 429]


@pytest.mark.parametrize("path", ["/api/v1/citations", "/contribute", "/nowhere"])
@pytest.mark.parametrize(("coding", "is_refused"), [("gzip", True), ("identity", False)])
def test_a_compressed_body_is_refused(
    site: httpx.Client, path: str, coding: str, is_refused: bool
) -> None:
    answer = site.post(path, content=b"{}", headers={"Content-Encoding": coding})
    # RFC 9110, section 15.5.16.
    assert ("without “Content-Encoding”" in answer.text) == is_refused
    assert answer.status_code == 415 or not is_refused


def test_an_address_with_very_many_fields_is_refused(site: httpx.Client) -> None:
    assert site.get("/dossiers/harbour?" + "&".join(["a=1"] * 300)).status_code == 400
