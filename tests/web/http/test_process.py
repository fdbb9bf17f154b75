"""Slow pages of the web keep nobody else from being answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import httpx

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

MORE_THAN_THREADS = 12


@contextmanager
def site(url: str, page: Event, asked: Event) -> Iterator[httpx.Client]:
    """Somebody with a key on a site; a page of its record answers when the event is set."""

    def slowly(connection: socket.socket, _asked: Asked) -> None:
        asked.set()
        page.wait(30)
        connection.sendall(NEWS)

    with (
        serving_pages({POST: slowly}, record_hosts()) as web,
        web.fetcher(deadline=40.0) as fetcher,
    ):
        with closing(Database(url)) as database, database.writing() as session:
            _, secret = make_key(session, "Net", "contributor", NOON)
        app = create_app(Settings(database_url=url), fetcher=fetcher)
        headers = {"Authorization": f"Bearer {secret}"}
        with (
            serving(app) as address,
            httpx.Client(base_url=address, headers=headers, timeout=60) as client,
        ):
            yield client


def test_many_checks_of_a_slow_page_leave_threads_for_everybody_else(
    tmp_path: Path, sqlite_files: SqliteFiles
) -> None:
    url = f"sqlite:///{sqlite_files.copy('example', tmp_path)}"
    page, asked = Event(), Event()
    with site(url, page, asked) as client, ThreadPoolExecutor(MORE_THAN_THREADS) as threads:
        body = {"url": URL, "quote": QUOTE}
        checks = [
            threads.submit(client.post, "/api/v1/quote-checks", json=body)
            for _ in range(MORE_THAN_THREADS)
        ]
        try:
            assert asked.wait(20)
            assert client.get("/api/v1/claims").status_code == 200
            assert not any(check.done() for check in checks)
        finally:
            page.set()
        assert {check.result().status_code for check in checks} == {200}
