from __future__ import annotations

import pytest

from app.domain.values.addresses import domains_of, site_of


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
