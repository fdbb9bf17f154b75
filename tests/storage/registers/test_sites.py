"""Finding documents and publishers by where they are on the web."""

from __future__ import annotations

import json

import pytest
from alembic import command
from sqlalchemy import text

from app.domain.values.addresses import site_of
from app.queries.registers import document_at, match_page
from app.storage.database.engine import Database
from app.storage.database.schema import config_for, migrate
from app.storage.registers.addresses import refresh_canonical
from app.storage.registers.entries import all_entries, get_entry
from tests.counting import counted
from tests.storage.factories import save
from tests.storage.following_factories import a_document

PAGE = "https://www.daily.example.org/news/bridge?id=7"


@pytest.fixture
def record(database: Database) -> Database:
    with database.writing() as session:
        outlet = {"name": "The Daily", "kind": "newspaper"}
        save(session, "publisher", outlet | {"id": "daily", "url": "https://example.org/daily"})
        save(session, "publisher", outlet | {"id": "weekly"})
        for key, url in (
            ("other-page", "https://www.daily.example.org/news/bridge?id=8"),
            ("bridge", PAGE),
            ("ferry", "https://xn--e1afmkfd.xn--p1ai/ferry"),
            ("weekly-1", "https://weekly.test/1"),
        ):
            publisher = "weekly" if key == "weekly-1" else "daily"
            save(session, "document", a_document(key, url) | {"publisher": publisher})
        save(session, "document", a_document("printed", None))
    return database


@pytest.mark.parametrize(
    ("url", "document"),
    [
        (PAGE, "bridge"),
        ("https://WWW.daily.example.org/news/./bridge/?utm_source=x&id=7#part", "bridge"),
        ("https://пример.рф/ferry", "ferry"),
        ("http://daily.example.org/news/bridge?id=7", "bridge"),
        ("https://www.daily.example.org/news/bridge?id=9", None),
        ("https://www.daily.example.org/news", None),
    ],
)
def test_a_document_is_found_at_any_spelling_of_its_address(
    record: Database, url: str, document: str | None
) -> None:
    with record.reading() as session:
        assert document_at(session, url) == document


def test_a_site_is_known_by_its_publisher_or_its_documents(record: Database) -> None:
    with record.reading() as session:
        assert match_page(session, [PAGE]).publisher == "daily"
        assert match_page(session, ["https://weekly.test/2"]).publisher == "weekly"
        assert match_page(session, ["https://weekly.testing/2"]).publisher is None
        assert match_page(session, [PAGE, "https://weekly.test/1"]).documents == (
            "bridge",
            "weekly-1",
        )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_document_is_read_that_is_elsewhere(record: Database) -> None:
    with counted(record) as asked, record.reading() as session:
        document_at(session, PAGE)
        match_page(session, [PAGE, "https://weekly.test/2"])
    assert asked.scans(record) == []


def test_an_entry_is_found_where_it_moved(record: Database) -> None:
    with record.writing() as session:
        save(session, "document", a_document("bridge", "https://weekly.test/moved"))
        assert document_at(session, PAGE) is None
        assert document_at(session, "https://weekly.test/moved") == "bridge"


def test_the_migration_finds_what_was_saved_before_it(record: Database) -> None:
    with record.changing_schema() as connection:
        command.downgrade(config_for(connection), "0009")
    with record.reading() as session:
        columns = session.execute(text("SELECT * FROM register_entries LIMIT 1")).keys()
        assert "site" not in columns
    migrate(record)
    with record.writing() as session:
        refresh_canonical(session)
    with record.reading() as session:
        assert document_at(session, PAGE) == "bridge"
        assert match_page(session, ["https://example.org/"]).publisher == "daily"
        assert get_entry(session, "document", "printed").name
        sites = {
            row.id: row.site
            for row in session.execute(text("SELECT id, site FROM register_entries"))
        }
        for entry in all_entries(session, "publisher", "document"):
            url = record_url(entry.body)
            assert sites[entry.id] == (site_of(url) if url else None)


def record_url(body: str) -> str | None:
    url: str | None = json.loads(body).get("url")
    return url
