from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.schema import migrate
from tests.databases import PostgresServer, running_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: everything is in the one file once it is closed."""
    path = tmp_path_factory.mktemp("migrated") / "variorum.sqlite3"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "variorum.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("postgresql").database(migrated=True) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite3'}"
    else:
        with request.getfixturevalue("postgresql").database(migrated=False) as url:
            yield url
