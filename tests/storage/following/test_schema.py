"""The migration for following sources, with a record already in the database."""

from __future__ import annotations

from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import text

from app.storage.database.engine import Database
from app.storage.database.schema import config_for, migrate, schema_state
from app.storage.following.checks import check_number, documents_at, save_page_check
from app.storage.registers.entries import get_entry
from app.storage.revisions.audit import audit
from tests.domain.factories import account, cite, claim
from tests.storage.factories import put, save, save_registers
from tests.storage.following_factories import URL, a_change, a_document, a_look, a_quote, a_snapshot


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as session:
        save_registers(session)
        save(session, "document", a_document("daily-1", f"{URL}#part-1"))
        put(session, claim("yes-no", account("yes", "yes", cite("n-min"))))
        look = a_look()
        save_page_check(session, look, [a_quote()], taken=a_snapshot(), changes=[a_change()])
    return database


def schema_is_current(database: Database) -> bool:
    with database.reading() as session:
        return schema_state(session).is_current


def take_back(database: Database, to: str) -> None:
    with database.changing_schema() as connection:
        command.downgrade(config_for(connection), to)


def test_the_record_survives_the_way_down_and_up_and_its_pages_are_named_again(
    filled: Database,
) -> None:
    take_back(filled, "0003")
    with filled.reading() as session:
        body = "SELECT body FROM register_entries WHERE kind = 'document' AND id = 'daily-1'"
        assert "part-1" in str(session.scalar(text(body)))
    migrate(filled)
    assert schema_is_current(filled)
    with filled.reading() as session:
        assert audit(session).is_intact
        assert documents_at(session, URL) == ["daily-1"]
        assert get_entry(session, "document", "daily-1").name == "The bridge"
        pages = "SELECT count(*) FROM register_entries WHERE page IS NOT NULL"
        assert session.scalar(text(pages)) == 1
        assert session.scalar(text("SELECT count(*) FROM citation_speakers")) == 1
        assert check_number(session) == 0


def test_what_was_found_before_keeps_its_numbers_when_the_program_starts_again(
    filled: Database,
) -> None:
    migrate(filled)
    with filled.writing() as session:
        assert save_page_check(session, a_look()) == 2


def test_a_record_without_documents_is_migrated_too(blank_url: str) -> None:
    with closing(Database(blank_url)) as database:
        migrate(database)
        take_back(database, "0003")
        migrate(database)
        assert schema_is_current(database)
