from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.values.addresses import domains_of, normalised_url, site_of
from app.errors import BadInput

PAGE = "https://example.org/news/ferry?id=7"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.org/news/ferry?id=7",
        "HTTPS://EXAMPLE.org/news/ferry?id=7",
        "https://example.org:443/news/ferry?id=7",
        "https://example.org./news/ferry?id=7",
        "https://example.org/news/ferry/?id=7",
        "https://example.org/news/./old/../ferry?id=7",
        "https://example.org/news/ferry?id=7#quay",
        "https://example.org/news/ferry?id=7#:~:text=the%20quay",
        "https://example.org/news/ferry?utm_source=letter&id=7&UTM_Medium=mail",
        "https://example.org/news/ferry?id=7&fbclid=abc&gclid=def&yclid=ghi&mc_eid=jkl",
        "https://example.org/news/ferry?id=7&%66bclid=abc",
        "https://example.org/news/ferry?&id=7&",
    ],
)
def test_spellings_of_one_page_are_one_address(spelling: str) -> None:
    assert normalised_url(spelling) == PAGE


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/news/ferry?id=7",
        "https://www.example.org/news/ferry?id=7",
        "https://example.org:8443/news/ferry?id=7",
        "https://example.org/News/ferry?id=7",
        "https://example.org/news/ferry?id=8",
        "https://example.org/news/ferry?id=7&page=2",
        "https://example.org/news/ferry",
    ],
)
def test_what_may_be_another_page_stays_another_address(other: str) -> None:
    assert normalised_url(other) != PAGE


def test_parameters_keep_their_order_and_their_spelling() -> None:
    assert normalised_url("https://example.org/?b=%7e&a&b=2") == "https://example.org/?b=%7e&a&b=2"


@pytest.mark.parametrize(
    "text", ["", "example.org", "javascript:alert(1)", "https://", "ftp://example.org/", "\ud800"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        normalised_url(text)


@given(st.text(alphabet="ab/.?&=#:%~@2f_utmğя ", max_size=40))
@example("a.//?utm_=#")
@example("/a//")
@example("??")
@example("/a/%2f/")
def test_normalising_twice_changes_nothing_more(rest: str) -> None:
    try:
        once = normalised_url("https://example.org" + rest)
    except BadInput:
        return
    assert normalised_url(once) == once


@given(st.text(alphabet="ab/.?&=#:%~@2f_utmğя ", max_size=40))
@example("a.//?utm_=#")
@example("/a//")
@example("./" + "a" * 400 + "/")
def test_spellings_of_one_page_are_at_one_place(rest: str) -> None:
    url = "https://example.org" + rest
    try:
        once = normalised_url(url)
    except BadInput:
        return
    assert site_of(url) == site_of(once)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.org/news/ferry/?id=7#quay", "example.org/news/ferry"),
        ("http://example.org.:8080", "example.org/"),
        ("https://пример.рф/A", "xn--e1afmkfd.xn--p1ai/A"),
        ("https://example.org/" + "a" * 400, "example.org/" + "a" * 288),
        ("ftp://example.org/", None),
        ("example.org", None),
        ("\ud800", None),
    ],
)
def test_an_address_is_at_a_host_and_a_path(url: str, site: str | None) -> None:
    assert site_of(url) == site


def test_a_page_may_be_of_every_site_whose_name_its_host_ends_in() -> None:
    assert domains_of("https://www.amp.post.example.org/a") == [
        "amp.post.example.org",
        "post.example.org",
        "example.org",
    ]
    assert domains_of("https://org/") == domains_of("nothing") == []
