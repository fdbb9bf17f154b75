"""A page of the web is fetched while nobody holds a connection to the database."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.settings import Settings
from app.storage.database.engine import Database
from tests.databases import SqliteFiles
from tests.fetching.servers import Asked
from tests.loaded import NOON
from tests.services.followed import record_hosts, serving_pages
from tests.services.following.test_check_quotation import NEWS, POST, QUOTE, URL
from tests.serving import serving
from tests.web.contributing.test_pages import post, token_of


class Connections:
    """How many connections an application held whenever a page was fetched."""

    def __init__(self) -> None:
        self.held: list[int] = []
        self.database: Any = None

    def serve_page(self, connection: socket.socket, _asked: Asked) -> None:
        """Answer with the page, and note how many connections are in use meanwhile."""
        self.held.append(self.database.engine.pool.checkedout())
        connection.sendall(NEWS)


@contextmanager
def site(url: str, folder: Path, connections: Connections) -> Iterator[tuple[httpx.Client, str]]:
    """Somebody with a key on a site that reaches a page of the record, and the key's secret."""
    database = Database(url)
    with database.writing() as session:
        _, secret = make_key(session, "Net", "contributor", NOON)
    database.close()
    with (
        serving_pages({POST: connections.serve_page}, record_hosts()) as web,
        web.fetcher() as fetcher,
    ):
        app = create_app(Settings(database_url=url, data_dir=folder), fetcher=fetcher)
        connections.database = app.state.database
        with serving(app) as address, httpx.Client(base_url=address, timeout=60) as client:
            yield client, secret


@pytest.mark.parametrize("by", ["form", "api"])
def test_no_database_connection_is_held_while_a_page_is_fetched(
    by: str, tmp_path: Path, sqlite_files: SqliteFiles
) -> None:
    url = f"sqlite:///{sqlite_files.copy('example', tmp_path)}"
    connections = Connections()
    asked = {"url": URL, "quote": QUOTE}
    with site(url, tmp_path, connections) as (client, secret):
        if by == "form":
            post(client, "/review/sign-in", "/review", secret=secret)
            answer = post(client, "/contribute", "/contribute", **asked)
            assert token_of(answer.text)
        else:
            key = {"Authorization": f"Bearer {secret}"}
            answer = client.post("/api/v1/quote-checks", json=asked, headers=key)
        assert answer.status_code == 200
    assert connections.held == [0]
