"""Every route × every role: who is answered, who is asked to sign in, and who may not.

A new route fails here until it has a row. Each request is as good as it gets without changing
anything: a form has the token of its sender, and what is decided on does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI

from app.domain.contributing.records import Role
from app.main import create_app
from app.services.contributing.api_keys import make_key, revoke_key
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.revisions.past import history_page
from tests.databases import KINDS, filled
from tests.loaded import NOON
from tests.services.submissions import citation, send
from tests.serving import serving
from tests.web.contributing.test_pages import post, token_of

NOBODY, REVOKED = "nobody", "revoked"
WHO = (NOBODY, REVOKED, "contributor", "moderator", "admin")
_ROLES: tuple[Role, ...] = ("contributor", "moderator", "admin")

IN_VALUES = {
    "claim_id": "fire-dead",
    "dossier": "harbour",
    "register": "claims",
    "name": "claims",
}
KEYS = {
    "dossiers": "harbour",
    "sides": "oskel",
    "bodies": "oskel-council",
    "publishers": "tarn-wire",
    "speakers": "oskel-mayor",
    "documents": "guild-notice-14",
    "places": "north-quay",
}

QUERIES = {
    "compare": "?dossier=harbour&left=oskel&right=tarnhaven",
    "losses": "?dossier=harbour",
    "blindspots": "?dossier=harbour",
    "timeline": "?dossier=harbour",
    "search": "?q=fire",
}

# Of every route the statuses for each of WHO. 404, 422 and 428 say that somebody may do it, but has
# sent nothing to do it with.
_ALL = (200, 200, 200, 200, 200)
_HOLDER = (401, 401, 422, 422, 422)
_DECIDING = (401, 401, 403, 404, 404)
_EDITING = (401, 401, 403, 428, 428)
_MODERATOR = (401, 401, 403, 200, 200)
TABLE = {
    "GET /api/v1/claims": _ALL,
    "GET /api/v1/claims/{claim_id}": _ALL,
    "GET /api/v1/claims/{claim_id}/comparison": _ALL,
    "GET /api/v1/claims/{claim_id}/timeline": _ALL,
    "GET /api/v1/claims/{claim_id}/revisions": _ALL,
    "GET /api/v1/claims/{claim_id}/revisions/{number}": _ALL,
    "GET /api/v1/changes": _ALL,
    "GET /api/v1/submissions/{key}": _ALL,
    "GET /api/v1/links": _ALL,
    "GET /api/v1/documents/{key}/checks": _ALL,
    "GET /api/v1/claims/{claim_id}/checks": _ALL,
    "GET /api/v1/wording-changes": _ALL,
    "GET /api/v1/compare": _ALL,
    "GET /api/v1/losses": _ALL,
    "GET /api/v1/blindspots": _ALL,
    "GET /api/v1/timeline": _ALL,
    "GET /api/v1/search": _ALL,
    "GET /api/v1/speakers/{key}/statements": _ALL,
    "GET /api/v1/dossiers": _ALL,
    "GET /api/v1/dossiers/{key}": _ALL,
    "GET /api/v1/sides": _ALL,
    "GET /api/v1/sides/{key}": _ALL,
    "GET /api/v1/bodies": _ALL,
    "GET /api/v1/bodies/{key}": _ALL,
    "GET /api/v1/publishers": _ALL,
    "GET /api/v1/publishers/{key}": _ALL,
    "GET /api/v1/speakers": _ALL,
    "GET /api/v1/speakers/{key}": _ALL,
    "GET /api/v1/documents": _ALL,
    "GET /api/v1/documents/{key}": _ALL,
    "GET /api/v1/places": _ALL,
    "GET /api/v1/places/{key}": _ALL,
    "GET /favicon.ico": _ALL,
    "GET /robots.txt": _ALL,
    "GET /": _ALL,
    "GET /dossiers/{dossier}": _ALL,
    "GET /claims/{claim_id}": _ALL,
    "GET /claims/{claim_id}/chart.svg": _ALL,
    "GET /claims/{claim_id}/card.png": _ALL,
    "GET /dossiers/{dossier}/card.png": _ALL,
    "GET /card.png": _ALL,
    "GET /compare": _ALL,
    "GET /losses": _ALL,
    "GET /blindspots": _ALL,
    "GET /timeline": _ALL,
    "GET /map": _ALL,
    "GET /places/{key}": _ALL,
    "GET /publishers": _ALL,
    "GET /documents": _ALL,
    "GET /speakers": _ALL,
    "GET /places": _ALL,
    "GET /publishers/{key}": _ALL,
    "GET /documents/{key}": _ALL,
    "GET /speakers/{key}": _ALL,
    "GET /links": _ALL,
    "GET /search": _ALL,
    "GET /changes": _ALL,
    "GET /changes.atom": _ALL,
    "GET /{register}/{key}/history": _ALL,
    "GET /{register}/{key}/diff": _ALL,
    "GET /{register}/{key}/revisions/{number}": _ALL,
    "GET /method": _ALL,
    "GET /method/{name}": _ALL,
    "GET /audit": _ALL,
    "GET /patterns": _ALL,
    "GET /api/openapi.json": _ALL,
    "GET /api/docs": _ALL,
    "GET /contribute": _ALL,
    "GET /submissions/{key}": _ALL,
    "GET /healthz": _ALL,
    "GET /readyz": _ALL,
    "GET /metrics": _ALL,
    "GET /.well-known/security.txt": _ALL,
    "GET /static/site.css": _ALL,
    "POST /api/v1/citations": _HOLDER,
    "POST /api/v1/claims": _HOLDER,
    "POST /api/v1/quote-checks": _HOLDER,
    "GET /api/v1/submissions": (401, 401, 200, 200, 200),
    # Only who sent one may withdraw it.
    "POST /api/v1/submissions/{key}/withdraw": (401, 401, 403, 403, 403),
    "POST /api/v1/submissions/{key}/accept": _DECIDING,
    "POST /api/v1/submissions/{key}/reject": (401, 401, 403, 422, 422),
    "POST /api/v1/claims/{claim_id}/revisions/{number}/restore": _EDITING,
    "PUT /api/v1/claims/{claim_id}": _EDITING,
    "POST /contribute": _ALL,
    "POST /submissions/{key}": (401, 401, 403, 403, 403),
    "POST /review/sign-in": (401, 401, 401, 401, 401),
    "POST /review/sign-out": (303, 303, 303, 303, 303),
    "GET /review": _MODERATOR,
    "POST /review": (401, 401, 403, 200, 200),
    "GET /review/{key}": _DECIDING,
    "POST /review/{key}": _DECIDING,
    "GET /review/claims/{key}": _MODERATOR,
    "POST /review/claims/{key}": (401, 401, 403, 422, 422),
    "GET /review/restore/{register}/{key}/{number}": _MODERATOR,
    "POST /review/restore/{register}/{key}/{number}": (401, 401, 403, 422, 422),
}


@dataclass(frozen=True)
class Site:
    """A site, and a client of it for everybody: by key for the API, by cookie for pages."""

    app: FastAPI
    api: dict[str, httpx.Client]
    pages: dict[str, httpx.Client]
    # Names in addresses that are made with the record.
    names: dict[str, str]


# What somebody may do is decided before the database is asked what to do it with.
_ON = [kind if kind == KINDS[0] else pytest.param(kind, marks=pytest.mark.long) for kind in KINDS]


@pytest.fixture(scope="module", params=_ON)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("roles")
    with ExitStack() as stack:
        url = stack.enter_context(filled(request.param, "example", request))
        settings = Settings(database_url=url, data_dir=folder, contact="https://desk.example")
        app = create_app(settings)
        database = stack.enter_context(closing(Database(url)))
        with database.writing() as session:
            secrets = {role: make_key(session, role, role, NOON)[1] for role in _ROLES}
            secrets[REVOKED] = make_key(session, REVOKED, "admin", NOON)[1]
            sender = make_key(session, "Sender", "contributor", NOON)[0]
            names = {
                "number": str(history_page(session, "claim", ["fire-dead"], limit=1)[0].number),
                "submission": send(session, sender, citation(quote="a bell rang")).id,
            }
        address = stack.enter_context(serving(app))

        def client(who: str, *, by_key: bool) -> httpx.Client:
            key = {"Authorization": f"Bearer {secrets[who]}"} if by_key and who in secrets else {}
            made = httpx.Client(base_url=address, headers=key, timeout=60)
            stack.enter_context(made)
            if who in secrets and not by_key:
                post(made, "/review/sign-in", "/review", secret=secrets[who])
            return made

        api = {who: client(who, by_key=True) for who in WHO}
        pages = {who: client(who, by_key=False) for who in WHO}
        with database.writing() as session:
            revoke_key(session, REVOKED, NOON)
        yield Site(app, api, pages, names)


def routes_of(app: FastAPI) -> list[str]:
    """Every method and path that the application answers."""
    return [f"{method} {path}" for method, path in _walk(app.routes, "")]


def _walk(routes: Iterable[object], prefix: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            below = getattr(route, "include_context", None)
            yield from _walk(inner.routes, prefix + getattr(below, "prefix", ""))
        elif methods := getattr(route, "methods", None):
            for method in sorted(methods):
                yield method, prefix + getattr(route, "path", "")
        else:
            yield "GET", prefix + getattr(route, "path", "") + "/site.css"


def ask(site: Site, route: str, who: str) -> httpx.Response:
    """What is answered to somebody at a route."""
    method, path = route.split(" ")
    first, _, rest = path.removeprefix("/api/v1").removeprefix("/").partition("/")
    if first in ("submissions", "review"):
        # Nobody decides here on one that exists.
        key = "fire-dead" if "claims" in rest or "restore" in rest else site.names["submission"]
        key = "nothing" if rest.endswith(("accept", "reject")) or path == "/review/{key}" else key
    else:
        key = KEYS.get(first, "fire-dead")
    address = path.format(**IN_VALUES, **site.names, key=key)
    if path.startswith("/api/v1"):
        body = None if method == "GET" else {}
        return site.api[who].request(method, address + QUERIES.get(first, ""), json=body)
    client = site.pages[who]
    if method == "GET":
        return client.get(address + QUERIES.get(first, ""))
    if path == "/review/sign-out":
        client = site.pages[NOBODY]  # Who signs out here would be nobody in the tests that follow.
    return client.post(address, data={"token": token_of(client.get("/contribute").text)})


def test_every_route_has_a_row(site: Site) -> None:
    assert sorted(routes_of(site.app)) == sorted(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_a_route_answers_each_role_as_its_row_says(site: Site, route: str) -> None:
    answers = {who: ask(site, route, who) for who in WHO}
    assert tuple(answer.status_code for answer in answers.values()) == TABLE[route]
    for answer in answers.values():
        # RFC 9110, section 15.5.2.
        assert ("www-authenticate" in answer.headers) == (answer.status_code == 401)
