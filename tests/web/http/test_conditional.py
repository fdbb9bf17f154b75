"""Conditional requests, and what every answer carries."""

import httpx
import pytest

PAGES = [
    "/",
    "/dossiers/harbour",
    "/claims/fire-dead",
    "/publishers",
    "/documents",
    "/speakers",
    "/places",
    "/method",
    "/api/docs",
]
LISTS = ["/api/v1/claims", "/api/v1/claims/fire-dead", "/api/v1/speakers", "/api/v1/changes"]


@pytest.mark.parametrize("path", PAGES + LISTS)
def test_an_unchanged_page_is_answered_304(site: httpx.Client, path: str) -> None:
    first = site.get(path)
    etag = first.headers["etag"]
    assert first.status_code == 200
    assert not etag.startswith("W/")
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = site.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/method", *LISTS[:2], "/static/site.css"])
# A page that was asked for with a cookie comes from its route, one without from the page cache.
@pytest.mark.parametrize("headers", [{}, {"Cookie": "any=1"}])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_304_has_the_vary_and_cache_control_of_its_200(
    site: httpx.Client, path: str, headers: dict[str, str], coding: str
) -> None:
    headers = {**headers, "Accept-Encoding": coding}
    first = site.get(path, headers=headers)
    again = site.get(path, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers.get("vary") == first.headers.get("vary")
    assert again.headers.get("cache-control") == first.headers.get("cache-control")


@pytest.mark.parametrize("path", [*PAGES, *LISTS, "/nowhere", "/static/site.css"])
def test_every_answer_forbids_everything_that_is_not_ours(site: httpx.Client, path: str) -> None:
    headers = site.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", [*PAGES, "/api/v1/claims"])
def test_head_answers_as_get_without_a_body(site: httpx.Client, path: str) -> None:
    head = site.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == site.get(path).headers["etag"]
