"""Making a backup while the record is read and written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.domain.revisions.chain import Head
from app.errors import BackupRefused, DatabaseNotReady
from app.queries.health import audit_record
from app.settings import Settings
from app.storage.backup.archive import SECRET, PartsWriter
from app.storage.backup.contents import Changed, traces, write_contents
from app.storage.backup.filling import has_tables
from app.storage.backup.manifest import Manifest
from app.storage.backup.place import new_file
from app.storage.database.engine import Database
from app.storage.database.schema import found_migration, is_known, schema_state

# Seconds before each new attempt: a redaction erases files some time before it commits.
_WAITS = (0.1, 0.4, 1.6, 6.4)


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup says of itself; `missing` counts files of snapshots that it could not hold."""

    head: Head
    migration: str
    variorum: str
    made_at: datetime
    missing: int


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written, how many bytes, their SHA-256; what is wrong with the chain.

    A backup of a broken chain is better than none, but nobody should learn of it when it is needed.
    """

    summary: BackupSummary
    size: int
    sha256: str
    fault: str | None


def summary_of(manifest: Manifest) -> BackupSummary:
    """What a manifest says, for people."""
    return BackupSummary(
        head=Head(manifest.head.number, manifest.head.hash),
        migration=manifest.migration,
        variorum=manifest.variorum,
        made_at=manifest.made_at,
        missing=len(manifest.missing),
    )


def secret_in_use(settings: Settings) -> str | None:
    """The secret that cookies are signed with; None where there is none yet: none is made."""
    if settings.secret_key:
        # A file of it is ASCII. Whoever set another one in the environment has it there.
        return settings.secret_key if settings.secret_key.isascii() else None
    path = settings.data_dir / SECRET
    return path.read_text(encoding="ascii") if path.exists() else None


def save_backup(
    database: Database,
    snapshots: Path,
    secret: str | None,
    path: Path,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    replace: bool = False,
) -> BackupReport:
    """The same as `write_backup` into a file of mode 0600, which is there once it is whole.

    Raises `BackupRefused` too where the file is there, unless it is to be replaced, and OSError
    where the disk fails.
    """
    with new_file(path, replace=replace) as file:
        return write_backup(database, snapshots, secret, file, at, progress)


def write_backup(
    database: Database,
    snapshots: Path,
    secret: str | None,
    file: BinaryIO,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> BackupReport:
    """Write a backup of what is committed now; others read and write meanwhile.

    `snapshots` is the folder of the snapshots' files. A redaction that is committed while it runs
    makes it begin again, so that no backup holds words that were redacted before it was done; where
    the file cannot be rewound, as a pipe, raises `BackupRefused`. Raises `DatabaseNotReady` where
    the database is empty or a newer version's.
    """
    for wait in (*_WAITS, None):
        try:
            return _attempt(database, snapshots, secret, file, at, progress)
        except Changed:
            if wait is None or not file.seekable():
                break
            file.seek(0)
            file.truncate()
            time.sleep(wait)
    raise BackupRefused(
        "Something was redacted while the backup was made, and it may hold the words; no backup "
        "was made. Make it again."
    )


def _attempt(
    database: Database,
    snapshots: Path,
    secret: str | None,
    file: BinaryIO,
    at: datetime,
    progress: Callable[[int, int], None],
) -> BackupReport:
    # Asked before it is opened: SQLite makes a file that is not there.
    if not has_tables(database):
        raise DatabaseNotReady("There is no database to back up; see VARIORUM_DATABASE_URL.")
    writer = PartsWriter(file)
    with database.reading() as session:
        migration = found_migration(session.connection())
        _require_known(migration)
        before = traces(session)
        manifest = write_contents(session, snapshots, secret, at, writer, progress)
        # The chain of an older schema is verified when it is restored.
        found = audit_record(session).fault if schema_state(session).is_migrated else None
    # In a transaction of its own, which sees what was committed since.
    with database.reading() as session:
        if traces(session, before) != before:
            raise Changed
    # The checksums last, and not before that look: without them no restore takes what was written.
    whole = writer.finish()
    fault = f"The chain breaks at revision {found.number}: {found.what}" if found else None
    return BackupReport(summary_of(manifest), writer.size, whole, fault)


def _require_known(migration: str | None) -> None:
    # An older one may be backed up, as an operator does before an update; not a newer one, whose
    # tables this version does not know.
    if migration is None:
        raise DatabaseNotReady("The database is empty; there is nothing to back up.")
    if not is_known(migration):
        raise DatabaseNotReady(
            f"The database is at migration {migration}, which this version of Variorum does not "
            "know; make the backup with the newer version that made it."
        )
