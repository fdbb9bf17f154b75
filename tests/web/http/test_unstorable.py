"""Characters that no database stores are refused wherever a request can bring them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.web import routes
from tests.databases import KINDS, filled
from tests.every_page.test_kinds import routes_of
from tests.web.contributors import Site, contributed_site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with filled(request.param, "example", request) as url, contributed_site(url) as site:
        yield site


def root(client: httpx.Client) -> str:
    return str(client.base_url).removesuffix("/api/v1/")


def paths_of(method: str) -> list[str]:
    """The path of every route that takes a method, with its parameters in braces."""
    routers = {"/api/v1": [routes.api_router]}
    routers[""] = [routes.pages_router, routes.private_pages_router]
    found = [
        prefix + route.path
        for prefix, under in routers.items()
        for router in under
        for route in routes_of(router)
        if isinstance(route, APIRoute) and method in route.methods
    ]
    assert found
    return sorted(found)


def filled_in(path: str, text: str) -> str:
    """The path with a text in place of each parameter."""
    parts = path.replace("{number}", "1").split("{")
    return text.join([parts[0], *(part.partition("}")[2] for part in parts[1:])])


def test_a_path_with_a_zero_character_leads_nowhere(site: Site) -> None:
    for method in ("GET", "POST", "PUT"):
        addresses = (filled_in(path, "a%00b") for path in paths_of(method))
        for address in (address for address in addresses if "%00" in address):
            answer = site.moderator.request(method, root(site.moderator) + address)
            assert answer.status_code == 404, address


@pytest.mark.parametrize("path", ["/static/%00", "/%00", "/claims/%00/none", "/method/%00"])
def test_an_address_without_a_route_may_hold_one_too(site: Site, path: str) -> None:
    assert site.reader.get(root(site.reader) + path).status_code == 404


def test_a_query_with_a_zero_character_is_refused_with_its_name(site: Site) -> None:
    for path in paths_of("GET"):
        address = f"{root(site.moderator)}{filled_in(path, 'fire-dead')}?q=a%00b"
        answer = site.moderator.get(address)
        assert answer.status_code == 422, address
        if path.startswith("/api/"):
            assert "/query/q" in {problem["pointer"] for problem in answer.json()["errors"]}


def test_a_form_with_a_zero_character_is_refused(site: Site) -> None:
    for path in (path for path in paths_of("POST") if not path.startswith("/api/")):
        for field in (b"note=a%00b", b"%00=a", b"note=%ED%A0%80"):
            address = root(site.moderator) + filled_in(path, "fire-dead")
            answer = site.moderator.post(address, content=field, headers=FORM)
            assert answer.status_code == 422, address
            assert "The form cannot be read" in answer.text


def test_headers_are_answered_whatever_they_hold(site: Site) -> None:
    for text in (b"\x80\xff", b"%00", b'"r99999999999999999999999"', b"\xed\xa0\x80", b"a b"):
        for name in ("Authorization", "Cookie", "Idempotency-Key", "If-Match", "If-None-Match"):
            value = {"Authorization": b"Bearer " + text, "Cookie": b"variorum=" + text}
            headers = {"Authorization": site.moderator.headers["authorization"].encode()}
            headers[name] = value.get(name, text)
            for method, path in (("GET", "/submissions"), ("PUT", "/claims/fire-dead")):
                answer = site.reader.request(method, path, json={}, headers=headers)
                assert answer.status_code < 500, (method, name, text)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=30))
@example(text="\0")
@example(text="a\0b")
def test_every_text_in_an_address_is_answered(site: Site, text: str) -> None:
    written = quote(text.encode("utf-8", "surrogatepass"), safe="")
    for address in (
        f"/submissions/{written}",
        f"/api/v1/submissions/{written}",
        f"/api/v1/submissions?batch={written}&claim={written}",
        f"/api/v1/timeline?dossier={written}",
        f"/claims?{written}={written}",
    ):
        assert site.net.get(root(site.net) + address).status_code < 500, address
