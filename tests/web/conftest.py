from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from app.storage.database import Database
from tests.loaded import load


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application on a real server on loopback; gives its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def loaded_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database that holds the example record, for tests that only read; once on each kind."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("loaded") / "variorum.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        url = f"sqlite:///{path}"
        with closing(Database(url)) as database:
            load(database)
        yield url
    else:
        with request.getfixturevalue("postgresql").database(migrated=True) as url:
            with closing(Database(url)) as database:
                load(database)
            yield url


@pytest.fixture(scope="session")
def site(loaded_url: str) -> Iterator[httpx.Client]:
    """A reader of a served example record."""
    app = create_app(Settings(database_url=loaded_url))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture
def empty_site(database_url: str) -> Iterator[httpx.Client]:
    """A reader of a site on which nothing is loaded."""
    app = create_app(Settings(database_url=database_url))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture
def blank_site(tmp_path: Path) -> Iterator[httpx.Client]:
    """A reader of a site whose database was never set up."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'blank.sqlite3'}"))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
