from __future__ import annotations

import pytest

from app.errors import AddressRefused
from app.fetching.fetcher import Fetcher
from app.fetching.rules import Allowance, FetchRules
from tests.fetching.servers import answer, fetcher, site

ADDRESSES = [
    ("", "scheme"),
    (" ", "scheme"),
    ("example.org/page", "scheme"),
    ("//example.org/page", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("ftp://example.org/", "scheme"),
    ("gopher://example.org/", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("data:text/html,words", "scheme"),
    ("blob:https://example.org/1", "scheme"),
    ("view-source:https://example.org/", "scheme"),
    ("ws://example.org/", "scheme"),
    ("unix:/run/socket", "scheme"),
    ("localhost:8000", "scheme"),
    ("http://", "no-host"),
    ("http:///", "no-host"),
    ("https://:80/", "no-host"),
    ("http://?a", "no-host"),
    ("http://user@example.org/", "userinfo"),
    ("http://user:password@example.org/", "userinfo"),
    ("http://@example.org/", "userinfo"),
    ("http://:@example.org/", "userinfo"),
    ("http://example.com@127.0.0.1/", "userinfo"),
    ("http://example.com%40127.0.0.1/", "unreadable"),
    ("http://example.org:22/", "port"),
    ("http://example.org:8080/", "port"),
    ("http://example.org:0/", "port"),
    ("http://example.org:65536/", "unreadable"),
    ("http://example.org:-1/", "unreadable"),
    ("http://example.org:80x/", "unreadable"),
    ("http://127.0.0.1/", "address"),
    ("http://127.0.0.1:80/", "address"),
    ("http://127.0.0.1./", "address"),
    ("http://127.1/", "address"),
    ("http://2130706433/", "address"),
    ("http://017700000001/", "address"),
    ("http://0177.0.0.1/", "address"),
    ("http://0x7f000001/", "address"),
    ("http://0x7f.0.0.1/", "address"),
    ("http://0/", "address"),
    ("http://0.0.0.0/", "address"),
    ("http://%31%32%37.0.0.1/", "address"),
    ("http://１２７.０.０.１/", "address"),
    ("http://①②⑦.⓪.⓪.①/", "address"),
    ("http://127。0。0。1/", "address"),
    ("http:127.0.0.1", "address"),
    ("http:\\\\127.0.0.1\\", "address"),
    ("http:////127.0.0.1/", "address"),
    ("http://10.0.0.1/", "address"),
    ("https://1.1.1.1/", "address"),
    ("https://[2606:4700::1111]/", "address"),
    ("http://0x7f.1/", "address"),
    ("http://a.1../", "unreadable"),
    ("http://a.1./", "unreadable"),
    ("https://xn--/", "unreadable"),
    ("https://xn--a.example.org/", "unreadable"),
    ("https://xn--a-.example.org/", "unreadable"),
    ("https://xn--zzzzzzzzzzz99999.example.org/", "unreadable"),
    ("http://printer/", "local-name"),
    ("http://com./", "local-name"),
    ("http://router.lan/", "local-name"),
    ("http://169.254.169.254/latest/meta-data/", "address"),
    ("http://192.168.0.1/", "address"),
    ("http://100.64.0.1/", "address"),
    ("http://224.0.0.1/", "address"),
    ("http://255.255.255.255/", "address"),
    ("http://[::1]/", "address"),
    ("http://[::]/", "address"),
    ("http://[0:0:0:0:0:0:0:1]/", "address"),
    ("http://[::ffff:127.0.0.1]/", "address"),
    ("http://[::ffff:7f00:1]/", "address"),
    ("http://[::127.0.0.1]/", "address"),
    ("http://[64:ff9b::7f00:1]/", "address"),
    ("http://[64:ff9b::127.0.0.1]/", "address"),
    ("http://[2002:7f00:1::]/", "address"),
    ("http://[2001:0:7f00:1::]/", "address"),
    ("http://[fe80::1]/", "address"),
    ("http://[fd00::1]/", "address"),
    ("http://[ff02::1]/", "address"),
    ("http://[fe80::1%25lo]/", "unreadable"),
    ("http://[::1%lo]/", "unreadable"),
    ("http://[::1", "unreadable"),
    ("http://256.256.256.256/", "unreadable"),
    ("http://1.2.3.4.5/", "unreadable"),
    ("http://localhost/", "local-name"),
    ("http://LOCALHOST/", "local-name"),
    ("http://localhost./", "local-name"),
    ("http://ｌｏｃａｌｈｏｓｔ/", "local-name"),
    ("http://lo\u00adcalhost/", "local-name"),
    ("http://page.localhost/", "local-name"),
    ("http://printer.local/", "local-name"),
    ("http://metadata.internal/", "local-name"),
    ("http://router.home.arpa/", "local-name"),
    ("http://abc.onion/", "local-name"),
    ("http://./", "unreadable"),
    ("http://../", "unreadable"),
    ("http://example..org/", "unreadable"),
    ("http://.example.org/", "unreadable"),
    ("http://example.org../", "unreadable"),
    ("http://-example.org/", "unreadable"),
    ("http://" + "a" * 64 + ".test/", "unreadable"),
    ("http://" + "a." * 127 + "test/", "unreadable"),
    ("http://exa mple.org/", "unreadable"),
    ("http://exam$ple.org/", "unreadable"),
    ("http://exa\tmple.org/", "control-characters"),
    ("http://example.org/\r\nHost: 127.0.0.1", "control-characters"),
    ("java\nscript:alert(1)", "control-characters"),
    ("http://example.org/\0", "control-characters"),
    ("http://example.org/\x85", "control-characters"),
    ("http://example.org/\udcff", "unreadable"),
    ("http://example.org/" + "a" * 10_000, "too-long"),
    ("a" * 10_000, "too-long"),
]


@pytest.mark.parametrize(("url", "rule"), ADDRESSES, ids=lambda text: repr(text)[:40])
def test_a_hostile_address_is_refused_by_name_and_nobody_is_asked(url: str, rule: str) -> None:
    looked_up: list[str] = []

    def resolver(host: str, port: int) -> list[tuple[str, int]]:
        looked_up.append(host)
        return []

    with fetcher(resolver=resolver) as fetching, pytest.raises(AddressRefused) as refusal:
        fetching.fetch(url)

    assert refusal.value.rule == rule
    assert str(refusal.value).endswith(".")
    assert looked_up == []


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_name_that_leads_to_this_machine_is_refused_without_a_connection(host: str) -> None:
    with (
        site({"/": answer("secret")}, host=host) as private,
        fetcher(resolver=lambda *_: [private.place]) as fetching,
    ):
        fetched = fetching.fetch("http://inviting.test/")

    assert (fetched.state, fetched.rule, fetched.body) == ("unreachable", "address", b"")
    assert private.connections == 0


def test_a_name_that_leads_to_a_link_of_this_machine_is_refused() -> None:
    with fetcher(resolver=lambda *_: [("fe80::1%lo", 80)]) as fetching:
        fetched = fetching.fetch("http://inviting.test/")

    assert fetched.rule == "address"


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    with (
        site({"/": answer("secret")}) as private,
        site({"/": answer("open")}) as public,
        fetcher(public, resolver=lambda *_: [private.place, public.place]) as fetching,
    ):
        fetched = fetching.fetch("http://several.test/")

    assert fetched.body == b"open"
    assert private.connections == 0


def test_the_system_itself_is_asked_where_a_test_allows_nothing() -> None:
    with Fetcher(FetchRules("tests", robots=False)) as fetching:
        fetched = fetching.fetch("http://nothing-is-here.invalid/")

    assert (fetched.state, fetched.rule) == ("unreachable", "dns")


def test_only_loopback_addresses_can_be_allowed() -> None:
    with pytest.raises(ValueError, match="loopback"):
        Allowance({"a.test": ("10.0.0.1", 80)})
