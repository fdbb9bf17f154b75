"""A site with the example record, and people with keys who write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from app.domain.contributing.records import Role
from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.settings import Settings
from app.storage.database.engine import Database
from tests.loaded import NOON
from tests.serving import serving

HOLDERS: dict[str, Role] = {
    "Net": "contributor",
    "Other": "contributor",
    "Moderator": "moderator",
}


@dataclass(frozen=True)
class Site:
    """The site's database, and a client for everybody: for a reader, and for each key's holder."""

    database: Database
    reader: httpx.Client
    net: httpx.Client
    other: httpx.Client
    moderator: httpx.Client


@contextmanager
def contributed_site(database_url: str, **settings: Any) -> Iterator[Site]:
    """A served example record to which three people hold keys."""
    app = create_app(Settings(database_url=database_url, **settings))
    with closing(Database(database_url)) as database:
        with database.writing() as session:
            secrets = [make_key(session, name, role, NOON)[1] for name, role in HOLDERS.items()]
        with serving(app) as address, ExitStack() as open_clients:
            clients = [
                open_clients.enter_context(
                    httpx.Client(base_url=f"{address}/api/v1", headers=headers, timeout=60)
                )
                for headers in ({}, *({"Authorization": f"Bearer {s}"} for s in secrets))
            ]
            yield Site(database, *clients)


def pointers(answer: httpx.Response) -> set[str]:
    """The fields that a problem tells of."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {problem["pointer"] for problem in answer.json()["errors"]}
