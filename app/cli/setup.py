"""The database and the snapshots that a command works on.

The one module of the commands that meets storage. What it needs of it is imported in its functions:
`check` should not wait for a database's libraries.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from app.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.storage.database.engine import Database
    from app.storage.database.schema import SchemaState
    from app.storage.following.snapshots import Snapshots


@contextmanager
def open_database(settings: Settings | None = None) -> Iterator[Database]:
    """The database of the settings, which are read where none are given; closed at the end.

    Raises `DatabaseNotReady` where its schema is not this program's.
    """
    from app.storage.database.schema import require_current

    with _opened(settings) as database:
        with database.reading() as session:
            require_current(session)
        yield database


@contextmanager
def open_migrated_database(settings: Settings | None = None) -> Iterator[Database]:
    """The same after its schema was brought up to date, or made where there was none."""
    from app.storage.database.schema import migrate
    from app.storage.registers.addresses import refresh_canonical

    with _opened(settings) as database:
        migrate(database)
        with database.writing() as session:
            refresh_canonical(session)
        yield database


@contextmanager
def open_database_to_audit() -> Iterator[tuple[Database, SchemaState]]:
    """The database of the settings with the state of its schema, whose guards may be missing.

    Raises `DatabaseNotReady` where its tables are not this program's.
    """
    from app.errors import DatabaseNotReady
    from app.storage.database.schema import schema_state

    with _opened(None) as database:
        with database.reading() as session:
            state = schema_state(session)
        # Missing guards are what an audit is to find; missing tables leave it nothing to read.
        if state.problem and not state.is_migrated:
            raise DatabaseNotReady(state.problem)
        yield database, state


@contextmanager
def open_database_of_any_schema(settings: Settings) -> Iterator[Database]:
    """The database of the settings, whatever is in it: a backup is made before an update, too."""
    with _opened(settings) as database:
        yield database


def open_snapshots(settings: Settings) -> Snapshots:
    """The snapshots of pages below the settings' data folder."""
    from app.storage.following.snapshots import Snapshots

    return Snapshots(settings.data_dir / "snapshots")


@contextmanager
def _opened(settings: Settings | None) -> Iterator[Database]:
    from app.storage.database.engine import Database

    with closing(Database((settings or load_settings()).database_url)) as database:
        yield database
