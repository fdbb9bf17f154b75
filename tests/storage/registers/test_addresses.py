"""Documents by their page: in any spelling, by what pages declare, and by today's rules."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from app.queries.registers import document_at, match_page
from app.storage import tables
from app.storage.database.engine import Database
from app.storage.registers.addresses import (
    documents_of_pages,
    refresh_canonical,
    save_declared,
)
from tests.counting import counted
from tests.storage.factories import save
from tests.storage.following_factories import a_document

AMP = "https://www.interfax.ru/amp/831571"
POST = "https://t.me/s/watch/7"
PAGE = "https://post.test/2020/bridge-opens"
LISTED = "https://post.test/2020"


@pytest.fixture
def record(database: Database) -> Database:
    with database.writing() as session:
        save(session, "publisher", {"id": "daily", "name": "The Daily", "kind": "newspaper"})
        for key, url in (("amp", AMP), ("post", POST), ("bridge", PAGE), ("printed", None)):
            save(session, "document", a_document(key, url) | {"publisher": "daily"})
    return database


@pytest.mark.parametrize(
    ("url", "document"),
    [
        ("https://interfax.ru/831571", "amp"),
        ("http://m.interfax.ru/world/831571/?utm_source=a", "amp"),
        ("https://telegram.me/Watch/7?single", "post"),
        ("https://web.archive.org/web/20220101000000/https://t.me/watch/7", "post"),
        ("https://t.me/watch/8", None),
    ],
)
def test_a_document_is_found_wherever_its_page_is_named(
    record: Database, url: str, document: str | None
) -> None:
    with record.reading() as session:
        assert document_at(session, url) == document
        assert match_page(session, [url]).documents == ((document,) if document else ())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_documents_are_found_by_indexes(record: Database) -> None:
    with counted(record) as asked, record.reading() as session:
        documents_of_pages(session, [AMP, POST, PAGE])
    assert asked.scans(record) == []


def test_what_a_page_declares_as_its_address_is_one_of_its_document(record: Database) -> None:
    short = "https://m.post.test/?p=77"
    with record.writing() as session:
        assert documents_of_pages(session, [short]) == []
        save_declared(session, short, f"{PAGE}/?utm_source=a")
        assert documents_of_pages(session, [short]) == ["bridge"]
        # Also where the document is what declares it, and the other address is sent.
        save_declared(session, PAGE, "https://www.post.test/bridge")
        assert documents_of_pages(session, ["https://post.test/bridge"]) == ["bridge"]
        save_declared(session, short, None)
        assert documents_of_pages(session, [short]) == []


@pytest.mark.parametrize(
    "declared",
    [
        "https://other.test/2020/bridge-opens",
        "https://post.test/",
        LISTED,
        "/2020/elsewhere",
        "http://localhost/",
        f"{PAGE}?utm_source=a",
    ],
)
def test_what_cannot_be_believed_or_is_nothing_new_is_not_stored(
    record: Database, declared: str
) -> None:
    with record.writing() as session:
        save_declared(session, PAGE, declared)
        assert session.scalar(select(tables.declared_addresses.c.url)) is None


def test_a_route_of_a_script_has_no_address_that_its_server_could_declare(
    record: Database,
) -> None:
    with record.writing() as session:
        save_declared(session, "https://post.test/#/news/1", PAGE)
        assert documents_of_pages(session, ["https://post.test/#/news/2"]) == []


def test_rows_of_earlier_rules_are_made_anew(record: Database) -> None:
    entries, declared = tables.register_entries, tables.declared_addresses
    with record.writing() as session:
        save_declared(session, "https://post.test/?p=77", PAGE)
        assert refresh_canonical(session) == 0
        session.execute(update(entries).where(entries.c.id == "amp").values(canonical=None))
        session.execute(update(entries).where(entries.c.id == "post").values(canonical="0:a"))
        session.execute(update(declared).values(canonical="0:b"))
        assert document_at(session, AMP) is document_at(session, POST) is None
        assert refresh_canonical(session) == 3
        assert (document_at(session, AMP), document_at(session, POST)) == ("amp", "post")
        assert document_at(session, "https://post.test/?p=77") == "bridge"
        assert refresh_canonical(session) == 0
