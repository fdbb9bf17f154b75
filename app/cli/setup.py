"""The database that a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from app.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.storage.database.engine import Database


@contextmanager
def open_database(settings: Settings | None = None, *, current: bool = True) -> Iterator[Database]:
    """The database of the settings, which are read where none are given; closed at the end.

    Raises `DatabaseNotReady` where it has not the schema of this program, unless `current` is off.
    """
    from app.storage.database.engine import Database
    from app.storage.database.schema import require_current

    with closing(Database((settings or load_settings()).database_url)) as database:
        if current:
            require_current(database)
        yield database
