"""What a page that is not there costs, of which strangers can ask for as many as they like."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests.counting import counted
from tests.serving import serving

MAX_STATEMENTS = 8


@pytest.fixture(scope="module")
def app(loaded_url: str) -> FastAPI:
    return create_app(Settings(database_url=loaded_url))


@pytest.fixture(scope="module")
def reader(app: FastAPI) -> Iterator[httpx.Client]:
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        # The schema is looked at once in the life of a process.
        assert client.get("/").status_code == 200
        yield client


@pytest.mark.parametrize(
    "path",
    ["/claims/fire-ded", "/claims/dead-of-fire", "/speakers/ilva-brandt", "/dossiers/harbor"],
)
def test_a_page_that_is_not_there_is_one_transaction_of_few_statements(
    app: FastAPI, reader: httpx.Client, path: str
) -> None:
    with counted(app.state.database) as asked:
        answer = reader.get(path)
    assert answer.status_code == 404
    assert "Similar entries on record:" in answer.text
    assert len(asked.transactions) == 1
    assert len(asked.statements) <= MAX_STATEMENTS


def test_an_address_of_no_page_is_one_transaction(app: FastAPI, reader: httpx.Client) -> None:
    with counted(app.state.database) as asked:
        assert "breakwater" in reader.get("/somewhere/breakwater").text
    assert len(asked.transactions) == 1
    assert len(asked.statements) <= MAX_STATEMENTS


def test_nothing_is_suggested_to_programs(app: FastAPI, reader: httpx.Client) -> None:
    with counted(app.state.database) as asked:
        answer = reader.get("/api/v1/claims/fire-ded")
    assert answer.json().keys() == {"type", "title", "status", "detail"}
    assert not any("search" in statement for statement in asked.statements)
