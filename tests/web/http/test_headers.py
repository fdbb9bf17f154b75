"""What every answer carries, whatever made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.loaded import NOON
from tests.serving import serving


@pytest.fixture(scope="module")
def secure_site(loaded_url: str) -> Iterator[httpx.Client]:
    settings = Settings(
        database_url=loaded_url, base_url="https://record.example.org", contact="desk@example.org"
    )
    app = create_app(settings, now=lambda: NOON)
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


EVERYWHERE = [
    *("/", "/claims/fire-dead", "/search?q=fire", "/nowhere", "/claims/nothing", "/method/"),
    *("/claims/fire-dead/chart.svg", "/card.png", "/changes.atom", "/static/site.css"),
    *("/api/v1/claims", "/api/v1/nothing", "/api/v1/submissions", "/contribute", "/review"),
    *("/healthz", "/readyz", "/robots.txt", "/compare?dossier=nothing", "/%00", "/static/../x"),
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_what_protects_its_readers(
    secure_site: httpx.Client, path: str
) -> None:
    for host in ("localhost", "evil.example"):
        for method in ("GET", "HEAD", "POST"):
            headers = secure_site.request(method, path, headers={"Host": host}).headers
            assert headers["strict-transport-security"] == "max-age=63072000"
            assert headers["content-security-policy"].startswith("default-src 'none'")
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert headers["cross-origin-resource-policy"] in ("same-origin", "cross-origin")
            assert "server" not in headers
            # Each once: a proxy may join two into one that means nothing.
            assert len(headers.raw) == len({name for name, _ in headers.raw})


def test_a_font_carries_what_can_matter_of_a_font(secure_site: httpx.Client) -> None:
    page = secure_site.get("/", headers={"Host": "localhost"}).text
    font = re.search(r'/static/fonts/[^"]+\.woff2', page)
    assert font
    headers = secure_site.get(font[0], headers={"Host": "localhost"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"] == "max-age=63072000"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "content-security-policy" not in headers


def test_a_browser_is_held_to_https_only_where_the_site_has_it(site: httpx.Client) -> None:
    assert "strict-transport-security" not in site.get("/").headers


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/claims/fire-dead/chart.svg", "cross-origin"),
        ("/claims/fire-dead/card.png", "cross-origin"),
        ("/card.png", "cross-origin"),
        ("/static/favicon.svg", "cross-origin"),
        ("/static/site.css", "same-origin"),
        ("/claims/fire-dead", "same-origin"),
        ("/api/v1/claims", "same-origin"),
    ],
)
def test_other_sites_may_show_pictures_and_nothing_else(
    site: httpx.Client, path: str, policy: str
) -> None:
    for _from_memory in range(2):
        assert site.get(path).headers["cross-origin-resource-policy"] == policy


@pytest.mark.parametrize("path", ["/api/v1/claims", "/api/v1/claims/nothing", "/", "/changes.atom"])
def test_scripts_of_every_site_may_read_what_is_public(site: httpx.Client, path: str) -> None:
    for _from_memory in range(2):
        answer = site.get(path, headers={"Origin": "https://desk.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Link", "Retry-After"} <= set(exposed)


@pytest.mark.parametrize(
    "path", ["/contribute", "/review", "/api/v1/submissions", "/submissions/a"]
)
def test_scripts_of_other_sites_may_not_read_what_is_for_one_visitor(
    site: httpx.Client, path: str
) -> None:
    asked = {"Origin": "https://desk.example", "Access-Control-Request-Method": "GET"}
    for answer in (site.get(path, headers=asked), site.options(path, headers=asked)):
        assert "access-control-allow-origin" not in answer.headers


def test_a_browser_may_ask_beforehand(site: httpx.Client) -> None:
    asked = {
        "Origin": "https://desk.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = site.options("/api/v1/claims", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert "if-none-match" in allowed
    # Neither writing nor keys: a page of another site must not act for who reads it.
    assert "authorization" not in allowed
    assert int(answer.headers["access-control-max-age"]) > 0


def test_writing_is_open_to_no_other_site(site: httpx.Client) -> None:
    answer = site.post("/api/v1/citations", json={}, headers={"Origin": "https://desk.example"})
    assert answer.status_code == 401
    assert "access-control-allow-origin" not in answer.headers


def test_whom_to_tell_of_a_weakness(secure_site: httpx.Client) -> None:
    answer = secure_site.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:desk@example.org"
    assert fields["Canonical"] == "https://record.example.org/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - NOON.astimezone(UTC) < timedelta(days=365)


@pytest.mark.parametrize(
    ("settings", "contact"),
    [
        ({}, None),
        ({"contact": "http://desk.example"}, None),
        ({"contact": "https://desk.example/tell"}, "https://desk.example/tell"),
        ({"base_url": "https://record.example"}, "https://record.example"),
    ],
)
def test_without_a_contact_that_the_standard_allows_there_is_none(
    loaded_url: str, settings: dict[str, str], contact: str | None
) -> None:
    app = create_app(Settings(database_url=loaded_url, **settings))  # type: ignore[arg-type]
    with serving(app) as address:
        answer = httpx.get(f"{address}/.well-known/security.txt")
    assert answer.status_code == (200 if contact else 404)
    assert not contact or f"Contact: {contact}\n" in answer.text


@pytest.mark.parametrize("path", ["/", "/api/v1/claims", "/claims/fire-dead/chart.svg"])
def test_a_failure_of_ours_shows_nothing_of_the_inside(tmp_path: Path, path: str) -> None:
    # A database whose tables are not those of the program, in a way that nothing looks for.
    file = tmp_path / "secret-name.sqlite3"
    file.write_bytes(b"no database at all, but of some length " * 200)
    app = create_app(Settings(database_url=f"sqlite:///{file}"))
    with serving(app) as address:
        answer = httpx.get(f"{address}{path}")
    assert answer.status_code in (500, 503)
    for inside in ("Traceback", "sqlite", "secret-name", 'File "', "sqlalchemy", "app/"):
        assert inside not in answer.text
    assert answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
