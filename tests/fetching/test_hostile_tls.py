from __future__ import annotations

import ssl
import time
from collections.abc import Callable

import pytest
import trustme

from tests.fetching.hostile import CERTIFICATES, HANDSHAKES
from tests.fetching.servers import Greeting, answer, fetcher, over_tls, redirect, site

PAGES = {"/": answer("words")}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_page_is_read_over_tls_with_a_trusted_certificate(
    authority: trustme.CA, trust: ssl.SSLContext
) -> None:
    with (
        site(PAGES, greeting=over_tls(authority.issue_cert("a.test"))) as server,
        fetcher(server, trust=trust) as fetching,
    ):
        fetched = fetching.fetch("https://a.test/")

    assert (fetched.state, fetched.body) == ("read", b"words")


def test_a_redirect_from_https_to_http_is_followed_and_seen_in_the_hops(
    authority: trustme.CA, trust: ssl.SSLContext
) -> None:
    with (
        site(
            {"/": redirect("http://b.test/")}, greeting=over_tls(authority.issue_cert("a.test"))
        ) as a,
        site(PAGES) as b,
        fetcher(a, b, trust=trust) as fetching,
    ):
        fetched = fetching.fetch("https://a.test/")

    assert (fetched.state, fetched.hops) == ("read", ("https://a.test/", "http://b.test/"))


@pytest.mark.parametrize(("name", "reason", "certificate"), CERTIFICATES)
def test_an_invalid_certificate_is_refused_before_anything_is_asked(
    authority: trustme.CA,
    trust: ssl.SSLContext,
    name: str,
    reason: str,
    certificate: Callable[[trustme.CA], trustme.LeafCert],
) -> None:
    greeting = over_tls(certificate(authority))
    with site(PAGES, greeting=greeting) as server, fetcher(server, trust=trust) as fetching:
        fetched = fetching.fetch("https://a.test/")

    assert (fetched.state, fetched.rule) == ("unreachable", "tls")
    assert reason in fetched.reason
    assert server.requests == []


def test_without_an_allowance_for_it_a_private_authority_is_not_trusted(
    authority: trustme.CA,
) -> None:
    with (
        site(PAGES, greeting=over_tls(authority.issue_cert("a.test"))) as server,
        fetcher(server, trust=ssl.create_default_context()) as fetching,
    ):
        assert fetching.fetch("https://a.test/").rule == "tls"


@pytest.mark.parametrize(("name", "rule", "greeting"), HANDSHAKES)
def test_a_handshake_that_is_none_ends_in_a_state(
    trust: ssl.SSLContext, name: str, rule: str, greeting: Greeting
) -> None:
    deadline = 0.3 if rule == "timeout" else 10.0
    with (
        site(PAGES, greeting=greeting) as server,
        fetcher(server, trust=trust, deadline=deadline) as fetching,
    ):
        begun = time.monotonic()
        fetched = fetching.fetch("https://a.test/")
        took = time.monotonic() - begun

    assert (fetched.state, fetched.rule) == ("unreachable", rule)
    assert took < deadline + 2
