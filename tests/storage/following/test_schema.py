"""The migration for following sources, with a record already in the database."""

from __future__ import annotations

from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import select, text

from app.domain.contributing.records import SubmissionCheck
from app.domain.records.page_checks import Finding
from app.storage import tables
from app.storage.contributing.quotes import save_submission_check
from app.storage.database.engine import Database
from app.storage.database.schema import config_for, migrate, schema_state
from app.storage.following.checks import check_number, documents_at, save_page_check
from app.storage.registers.entries import get_entry
from app.storage.revisions.audit import audit
from tests.domain.factories import account, cite, claim
from tests.storage.contribution_factories import a_key, submit
from tests.storage.factories import NOON, put, save, save_registers
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


FINDINGS: dict[Finding, str | None] = {
    "not-shown": "log-in",
    "undecodable": "undecodable",
    "unreadable": "pdf-encrypted",
    "not-text": "media-type",
    "struck-out": None,
}


def findings_of(database: Database) -> list[tuple[str, str, str]]:
    """The state and finding of each check, and the last finding of the submission's words."""
    checks, quotes = tables.page_checks.c, tables.quote_checks.c
    with database.reading() as session:
        last = session.scalar(select(tables.submission_quotes.c.finding))
        rows = session.execute(
            select(checks.state, quotes.finding)
            .where(quotes.page_check == checks.number)
            .order_by(checks.number)
        )
        return [(state, finding, str(last)) for state, finding in rows]


@pytest.mark.parametrize("finding", FINDINGS)
def test_findings_that_were_not_known_before_are_said_as_nearly_as_can_be_and_come_back(
    database: Database, finding: Finding
) -> None:
    rule = FINDINGS[finding]
    state = "read" if rule is None else finding
    with database.writing() as session:
        look = a_look(state=state, rule=rule)
        number = save_page_check(session, look, [a_quote(finding=finding)])
        submitted = submit(session, a_key(session))
        check = SubmissionCheck(number, NOON, finding)
        save_submission_check(session, submitted.id, check)
    take_back(database, "0011")
    before = {"struck-out": "altered", "not-shown": "unreachable"}.get(finding, "not-text")
    assert findings_of(database) == [("read" if rule is None else before, before, before)]
    migrate(database)
    # How a page was shown, and what it struck out, is found anew at the next check.
    after = before if finding in ("struck-out", "not-shown") else finding
    assert findings_of(database) == [("read" if rule is None else after, after, after)]
