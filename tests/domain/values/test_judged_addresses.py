from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.addresses import MAX_ADDRESS_LENGTH, host_of, judge_link, judge_url
from app.errors import AddressRefused


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://example.org", "https://example.org/"),
        ("  https://example.org/a  ", "https://example.org/a"),
        ("HTTPS://EXAMPLE.ORG/A", "https://example.org/A"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:80/a", "https://example.org:80/a"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c"),
        ("https://example.org/a#:~:text=words", "https://example.org/a"),
        ("https://example.org/a/../b", "https://example.org/b"),
        ("https://example.org/новости?з=1", "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?%D0%B7=1"),
        ("https://пример.test/", "https://xn--e1afmkfd.test/"),
        ("https://example.org./", "https://example.org/"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
        ("https://example.org\\@127.0.0.1/", "https://example.org/@127.0.0.1/"),
        ("https://under_score.example.org/", "https://under_score.example.org/"),
        ("https://example.org/100%", "https://example.org/100%"),
        ("https://example.org/a@b:c", "https://example.org/a@b:c"),
    ],
)  # fmt: skip
def test_an_address_is_asked_for_as_a_browser_would(written: str, asked: str) -> None:
    assert judge_url(written) == asked


def test_an_address_of_the_greatest_length_is_asked_for() -> None:
    address = "https://example.org/".ljust(MAX_ADDRESS_LENGTH, "a")

    assert judge_url(address) == address


def test_an_address_that_grows_too_long_when_spelled_out_is_refused() -> None:
    with pytest.raises(AddressRefused) as refusal:
        judge_url("https://example.org/" + "я" * 1000)

    assert refusal.value.rule == "too-long"


def test_what_is_judged_once_is_judged_the_same_again() -> None:
    asked = judge_url("http://ПРИМЕР.test.:80/a b/%zz|?q=“x”")

    assert judge_url(asked) == asked


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("/b", "https://example.org/b"),
        ("b", "https://example.org/a/b"),
        ("?b", "https://example.org/a/c?b"),
        ("//example.com/b", "https://example.com/b"),
        ("http://example.com/b#c", "http://example.com/b"),
        ("", "https://example.org/a/c"),
    ],
)
def test_a_link_is_read_against_the_page_it_stands_on(link: str, asked: str) -> None:
    assert judge_link(link, "https://example.org/a/c") == asked


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("//127.0.0.1/", "address"),
        ("//user@example.com/", "userinfo"),
        ("file:///etc/passwd", "scheme"),
        ("https://example.org:22/", "port"),
        ("/a\r\nSet-Cookie: b", "control-characters"),
    ],
)
def test_a_link_to_where_no_request_is_made_is_refused(link: str, rule: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        judge_link(link, "https://example.org/")

    assert refusal.value.rule == rule


def test_the_host_of_an_address_has_no_port() -> None:
    assert host_of("https://example.org:80/a") == "example.org"


PARTS = (
    *"/:@.?#\\[]%&= ",
    "http",
    "https:",
    "//",
    "xn--",
    "127",
    "0x7f",
    "é",
    "１",
    "a.test",
    "::1",
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=12).map("".join)))
def test_any_text_is_an_address_to_ask_for_or_refused(text: str) -> None:
    for written in (text, f"http://{text}", f"http://a.test/{text}"):
        with suppress(AddressRefused):
            asked = judge_url(written)

            assert asked.isascii()
            assert judge_url(asked) == asked
