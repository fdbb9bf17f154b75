"""Migrating a database to this program's schema, and checking whether it has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.errors import DatabaseNotReady
from app.storage.database.engine import Database, missing_guards

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"
_GUARDING = "0001"  # the migration that makes the guards
_OF_SEARCH = ("search_index", "ix_search_rows_words")


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which migration a database is at, which is wanted, and which guards it lacks."""

    found: str | None
    wanted: str
    missing_guards: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        """Whether this program can work with the database."""
        return self.problem is None

    @property
    def is_migrated(self) -> bool:
        """Whether the tables are this program's, guarded or not."""
        return self.found == self.wanted

    @property
    def problem(self) -> str | None:
        """Why this program cannot work with the database, as a sentence; None where it can."""
        if self.found is None:
            return "The database is empty; run “variorum load” to set it up."
        if self.found != self.wanted:
            return (
                f"The database is at migration {self.found} and this program needs "
                f"{self.wanted}; run “variorum load” of the newer version of the two."
            )
        if self.missing_guards:
            names = ", ".join(self.missing_guards)
            return (
                f"The database lacks triggers that refuse changes of revisions: {names}; "
                "find out who removed them, and run “variorum repair”."
            )
        return None


def migrate(database: Database) -> None:
    """Bring the schema up to date; does nothing where it is. Safe in many processes at once.

    Raises `DatabaseNotReady` where a newer version of this program was there before.
    """
    with database.changing_schema() as connection:
        found = found_migration(connection)
        if found is not None and not is_known(found):
            raise DatabaseNotReady(
                f"The database is at migration {found}, which this version of Variorum does "
                "not know; run the newer version that made it."
            )
        command.upgrade(config_for(connection), "head")


def restore_guards(connection: Connection) -> list[str]:
    """Put back the triggers that refuse changes of revisions, where some are missing.

    Returns the names of those that were.
    """
    gone = missing_guards(connection)
    # Each as the migration makes it, which is the one place that says what a guard refuses.
    first = _scripts().get_revision(_GUARDING).module
    dialect = connection.dialect.name
    for guard in first.GUARDS[dialect]:
        name, table = guard.split()[0], guard.split()[0].partition("_refuse_")[0]
        if name in gone:
            on = f" ON {table}" if dialect == "postgresql" else ""
            # One that is only disabled is still there, on PostgreSQL.
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on}"))
            connection.execute(text(f"CREATE TRIGGER {guard} {first.REFUSAL[dialect]}"))
    return gone


def config_for(connection: Connection) -> Config:
    """What Alembic's commands need to work on this connection, within its transaction."""
    config = Config()
    # ConfigParser would interpolate a percent sign in the folder's name.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["include_object"] = is_declared
    return config


def is_declared(
    _found: object, name: str | None, _kind: str, _reflected: bool, _like: object
) -> bool:
    """Whether Alembic is to compare something with what the tables declare.

    What search needs on one database alone is declared by migrations: FTS5's index with its tables,
    and PostgreSQL's index.
    """
    # Alembic takes FTS5's own tables for strangers, and would drop them.
    return not str(name).startswith(_OF_SEARCH)


def schema_state(session: Session) -> SchemaState:
    """The database's schema against this program's."""
    connection = session.connection()
    return SchemaState(
        found=found_migration(connection),
        wanted=str(_scripts().get_current_head()),
        missing_guards=tuple(missing_guards(connection)),
    )


def require_current(session: Session) -> None:
    """Raise `DatabaseNotReady`, with what is wrong, unless the schema is this program's."""
    problem = schema_state(session).problem
    if problem:
        raise DatabaseNotReady(problem)


def found_migration(connection: Connection) -> str | None:
    """The migration that a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(migration: str) -> bool:
    """Whether this program has the migration, and so can read and lift what is at it."""
    return any(script.revision == migration for script in _scripts().walk_revisions())


# Reading the folder imports every migration; the state is asked for by `/readyz` and by requests.
@lru_cache(maxsize=1)
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
