from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import KINDS, filled
from tests.serving import serving

# Pages that are only read are made of what storage and queries give, which are tested on each kind;
# and `http/test_both_databases.py` holds every kind of page on one against that on the other.
_READ_ON = [
    kind if kind == KINDS[0] else pytest.param(kind, marks=pytest.mark.long) for kind in KINDS
]


@pytest.fixture(scope="session", params=_READ_ON)
def loaded_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database that holds the example record, for tests that only read.

    In a long run these tests run once on each kind.
    """
    with filled(request.param, "example", request) as url:
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
