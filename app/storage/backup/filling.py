"""Filling an empty place with what a backup holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import psycopg
from alembic import command
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.errors import BackupRefused, DatabaseNotReady, DatabaseUnavailable
from app.storage.backup.contents import answer_ends, text_hashes
from app.storage.backup.manifest import Manifest, TableOf
from app.storage.backup.place import Place
from app.storage.backup.reading import Progress, read_contents
from app.storage.database.engine import Database
from app.storage.database.schema import config_for, is_known
from app.storage.database.table_rows import clear_rows, insert_rows, shapes
from app.storage.following.snapshots import text_file


class _Measure:
    """Takes everything and keeps nothing but how many bytes there are."""

    def __init__(self) -> None:
        self.size = 0

    def rows(self, _table: TableOf, rows: Iterator[list[object]]) -> None:
        for row in rows:
            self.size += sum(len(value) if isinstance(value, str) else 8 for value in row)

    def secret(self, _secret: str) -> None:
        return

    def file(self, _name: str, pieces: Iterator[bytes]) -> None:
        self.size += sum(map(len, pieces))


def check(file: BinaryIO, progress: Progress = lambda _done, _all: None) -> tuple[Manifest, int]:
    """Read a backup to its end and write nothing: what it says of itself, and its size unpacked.

    Raises `BackupRefused` unless every byte is as it was written and this program can restore it.
    """
    measure = _Measure()
    manifest = read_contents(file, lambda _: measure, progress)
    if not is_known(manifest.migration):
        raise BackupRefused(
            f"The backup is of migration {manifest.migration} and was made by Variorum "
            f"{manifest.variorum}, which is newer than this one; restore it with that version or a "
            "later one. Nothing was written."
        )
    return manifest, measure.size


def fill(
    connection: Connection,
    file: BinaryIO,
    place: Place,
    progress: Progress = lambda _done, _all: None,
) -> Manifest:
    """Make the tables as they were, put every row and file in, and bring the tables up to date.

    All within the connection's transaction. Raises `BackupRefused`, and what the database raises.
    """
    config = config_for(connection)

    def start(manifest: Manifest) -> _Filler:
        command.upgrade(config, manifest.migration)
        return _Filler(connection, manifest, place)

    manifest = read_contents(file, start, progress)
    if connection.dialect.name == "postgresql":
        # Checks that wait for the commit forbid changes of their tables until then.
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    command.upgrade(config, "head")
    return manifest


class _Filler:
    """Puts rows into tables and files into the staged place."""

    def __init__(self, connection: Connection, manifest: Manifest, place: Place) -> None:
        self._connection = connection
        self._place = place
        present = {shape.name: frozenset(shape.columns) for shape in shapes(connection)}
        held = {table.name: frozenset(table.columns) for table in manifest.tables}
        if present != held or len(held) != len(manifest.tables):
            raise BackupRefused(
                f"The backup's tables are not those of migration {manifest.migration}; nothing was "
                "written."
            )
        for table in manifest.tables:
            clear_rows(connection, table.shape)

    def rows(self, table: TableOf, rows: Iterator[list[object]]) -> None:
        insert_rows(self._connection, table.shape, rows)

    def secret(self, secret: str) -> None:
        _write(self._place.secret, iter([secret.encode("ascii")]), 0o600)

    def file(self, name: str, pieces: Iterator[bytes]) -> None:
        # `name` is one that `archive.NAMES` allows: it leads nowhere else.
        path = self._place.snapshots / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, pieces, 0o644)


def missing_files(session: Session, folder: Path) -> set[str]:
    """The hashes of texts, and the names of files of answers, that rows refer to and are not there.

    A file of answers that ends too early counts as not there.
    """
    missing = {text for text in text_hashes(session) if not text_file(folder, text).exists()}
    for name, end in answer_ends(session).items():
        path = folder / "warc" / name
        if not path.exists() or path.stat().st_size < end:
            missing.add(name)
    return missing


def has_tables(database: Database) -> bool:
    """Whether anything is in the database's place; no file is made by asking."""
    if database.is_sqlite:
        return Path(str(database.url.database)).exists()
    with database.reading() as session:
        return bool(inspect(session.connection()).get_table_names())


@contextmanager
def refused_by_the_database() -> Iterator[None]:
    """Say in a sentence what the database refuses: a full disk, rows that contradict each other."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, psycopg.Error) as fault:
        raise BackupRefused(
            f"The database does not take the backup: {_said_by(fault)}. Nothing was written."
        ) from fault
    except DatabaseUnavailable as fault:
        raise BackupRefused(f"{fault} Nothing was written.") from fault
    # What the check of foreign keys at the end of the transaction raises.
    except DatabaseNotReady as fault:
        raise BackupRefused(
            "Rows of the backup refer to what it does not hold; nothing was written."
        ) from fault


def _said_by(fault: Exception) -> str:
    # The first line: what follows in PostgreSQL's are hints, and the statement with its values.
    return str(getattr(fault, "orig", None) or fault).partition("\n")[0].rstrip(".")


def _write(path: Path, pieces: Iterator[bytes], mode: int) -> None:
    # O_EXCL: a second part of the same name is refused.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            file.write(piece)
