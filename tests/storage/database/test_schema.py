from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.dialects import postgresql

from app.domain.revisions.chain import GENESIS, Head
from app.errors import DatabaseNotReady
from app.storage.database.engine import Database
from app.storage.database.schema import (
    SchemaState,
    config_for,
    is_declared,
    migrate,
    require_current,
    schema_state,
)
from app.storage.revisions.log import head
from app.storage.tables.columns import Base
from tests.domain.factories import account, cite, claim
from tests.storage.factories import append_body, put, save_registers, tamper
from tests.storage.workers import run_at_once


@pytest.fixture
def blank(blank_url: str) -> Iterator[Database]:
    with closing(Database(blank_url)) as database:
        yield database


def state_of(database: Database) -> SchemaState:
    with database.reading() as session:
        return schema_state(session)


def require(database: Database) -> None:
    with database.reading() as session:
        require_current(session)


def table_names(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_an_empty_database_says_so_until_it_is_migrated(blank: Database) -> None:
    with pytest.raises(DatabaseNotReady, match="run “variorum load” to set it up"):
        require(blank)
    migrate(blank)
    assert state_of(blank).is_current
    require(blank)


def test_the_migrated_schema_is_the_one_that_the_tables_declare(database: Database) -> None:
    with database.changing_schema() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_declared}
        )
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_every_key_is_collated_by_code_point_on_postgresql(database: Database) -> None:
    declared = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if getattr(column.type.dialect_impl(postgresql.dialect()), "collation", None) == "C"
    }
    with database.reading() as session:
        found = session.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND collation_name = 'C'"
            )
        )
        assert {tuple(row) for row in found} == declared
    assert {("claims", "id"), ("claims", "question_sort"), ("former_ids", "former")} <= declared


def test_migrations_go_up_down_and_up_again(blank: Database) -> None:
    migrate(blank)
    there = table_names(blank)
    with blank.changing_schema() as connection:
        command.downgrade(config_for(connection), "base")
    assert table_names(blank) == {"alembic_version"}
    migrate(blank)
    assert table_names(blank) == there
    assert state_of(blank).is_current


def test_each_migration_can_be_taken_back_alone(blank: Database) -> None:
    migrate(blank)
    with blank.changing_schema() as connection:
        command.downgrade(config_for(connection), "-1")
    state = state_of(blank)
    assert (state.found, state.is_current) == ("0013", False)
    with pytest.raises(DatabaseNotReady, match="0014"):
        require(blank)


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        revision = append_body(session)
    migrate(database)
    with database.reading() as session:
        assert head(session).hash == revision.hash


def test_many_processes_may_migrate_at_once(blank_url: str) -> None:
    assert set(run_at_once("migrate", blank_url)) == {0}
    with closing(Database(blank_url)) as database, database.reading() as session:
        assert state_of(database).is_current
        assert head(session) == Head(0, GENESIS)


def test_a_failed_migration_leaves_nothing_behind(blank: Database) -> None:
    class Interruption(Exception):
        pass

    def interrupted() -> None:
        with blank.changing_schema() as connection:
            command.upgrade(config_for(connection), "head")
            raise Interruption

    with pytest.raises(Interruption):
        interrupted()
    assert table_names(blank) == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_migration_that_orphans_rows_is_taken_back_on_sqlite(database: Database) -> None:
    def orphan() -> None:
        with database.changing_schema() as connection:
            connection.execute(text("INSERT INTO accounts (claim, id, ordinal) VALUES ('x','y',0)"))

    with pytest.raises(DatabaseNotReady, match="accounts"):
        orphan()
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM accounts")) == 0


def test_a_rebuilt_table_keeps_what_depends_on_it(database: Database) -> None:
    """The trap of Alembic's batch mode: SQLite empties the children of a table that is dropped."""
    with database.writing() as session:
        save_registers(session)
        put(session, claim("yes-no", account("yes", "yes", cite("n-min"))))
    with database.changing_schema() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("claims", recreate="auto") as batch:
            batch.alter_column("nature", nullable=True)
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM accounts")) == 1
        assert session.scalar(text("SELECT count(*) FROM citation_speakers")) == 1


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "9999" in str(state_of(database).problem)
    with pytest.raises(DatabaseNotReady, match="9999"):
        migrate(database)


def test_a_database_without_its_guards_is_not_current(database: Database) -> None:
    tamper(database)
    state = state_of(database)
    assert not state.is_current
    assert "revisions_refuse_update" in state.missing_guards
    assert "revision_bodies_refuse_delete" in str(state.problem)


def test_a_database_that_cannot_be_reached_is_not_ready() -> None:
    url = "postgresql+psycopg://nobody@/none?host=/nowhere"
    with (
        closing(Database(url)) as database,
        pytest.raises(DatabaseNotReady, match="cannot be reached"),
    ):
        state_of(database)
