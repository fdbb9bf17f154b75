"""No kind of page is forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import compile_path

from app.web import routes
from tests.every_page.kinds import PAGES

FILES = (".atom", ".png", ".svg", ".ico", ".txt", ".json")


def routes_of(router: APIRouter) -> Iterator[APIRoute]:
    """The routes of a router and of those that it includes."""
    for route in router.routes:
        included = getattr(route, "original_router", None)
        if included:
            yield from routes_of(included)
        elif isinstance(route, APIRoute):
            yield route


def test_every_route_that_answers_with_a_page_has_its_kinds() -> None:
    named = {kind.path.partition("?")[0].replace("{", "").replace("}", "") for kind in PAGES}
    paths = {
        route.path
        for route in (*routes_of(routes.pages_router), *routes_of(routes.private_pages_router))
        if "GET" in route.methods and not route.path.endswith(FILES)
    }
    assert len(paths) > 25
    missing = [path for path in paths if not any(map(compile_path(path)[0].match, named))]
    assert missing == []


def test_kinds_have_names_of_their_own() -> None:
    kinds = defaultdict(list)
    for kind in PAGES:
        kinds[kind.name].append(kind.path)
    assert [paths for paths in kinds.values() if len(paths) > 1] == []
