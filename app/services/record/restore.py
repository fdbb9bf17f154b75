"""Restoring a backup into an empty place: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import make_url
from sqlalchemy.orm import Session

from app.domain.revisions.chain import Head
from app.errors import BackupRefused, NotFound
from app.queries.health import audit_record
from app.services.record.backup import BackupSummary, summary_of
from app.services.record.load_record import recompare_stale
from app.services.record.reindex_search import index_stale
from app.storage.backup.filling import (
    check,
    fill,
    has_tables,
    missing_files,
    refused_by_the_database,
)
from app.storage.backup.manifest import Manifest
from app.storage.backup.place import Place
from app.storage.database.engine import Database
from app.storage.registers.addresses import refresh_canonical

Progress = Callable[[int, int], None]
Steps = Callable[[str], AbstractContextManager[Progress]]
"""Begins a step of the work under its name; gives what is called with how much of it is done."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored; `fault` is what is wrong with its chain, where that was accepted."""

    summary: BackupSummary
    fault: str | None


def check_backup(file: BinaryIO, steps: Steps) -> BackupSummary:
    """Read a backup to its end, and write nothing.

    Raises `BackupRefused` unless every byte is as it was written and this program can restore it.
    """
    with steps("Checking") as progress:
        return summary_of(check(file, progress)[0])


def restore_backup(
    file: BinaryIO, database_url: str, data_dir: Path, steps: Steps, *, accept_broken: bool = False
) -> RestoreReport:
    """Restore a backup into a database and a folder in which nothing of a record is.

    The tables are brought up to date, and the chain is verified before anything is in place; with
    `accept_broken` what is wrong with it is only reported. Raises `BackupRefused`, and OSError
    where the disk fails; nothing was written then.
    """
    with steps("Checking") as progress:
        _manifest, size = check(file, progress)
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        # Not opened: to open a SQLite database is to make its file.
        path = Path(str(url.database))
        place = Place(data_dir, path, path.exists)
        with place.staged():
            require_room(data_dir, size)
            report = _restore_sqlite(file, place, steps, accept_broken)
            place.done()
        return report
    with refused_by_the_database(), closing(Database(database_url)) as database:
        place = Place(data_dir, None, lambda: has_tables(database))
        with place.staged():
            require_room(data_dir, size)
            report = _restore_postgresql(database, file, place, steps, accept_broken)
            place.done()
    return report


def _restore_sqlite(
    file: BinaryIO, place: Place, steps: Steps, accept_broken: bool
) -> RestoreReport:
    """In a file beside its place, which is put there when all is in it."""
    # The commits, too, may find the disk full.
    with (
        refused_by_the_database(),
        closing(Database(f"sqlite:///{place.database}")) as database,
    ):
        with steps("Restoring") as progress, database.changing_schema() as connection:
            manifest = fill(connection, file, place, progress)
        with database.writing() as session:
            fault = _finish(session, manifest, place, steps, accept_broken)
    place.put()
    return RestoreReport(summary_of(manifest), fault)


def _restore_postgresql(
    database: Database, file: BinaryIO, place: Place, steps: Steps, accept_broken: bool
) -> RestoreReport:
    """In one transaction: PostgreSQL takes back tables, too, where it is not committed."""
    with database.changing_schema() as connection:
        if has_tables(database):
            raise BackupRefused("The database has been filled meanwhile; nothing was written.")
        with steps("Restoring") as progress:
            manifest = fill(connection, file, place, progress)
        with Session(connection) as session:
            fault = _finish(session, manifest, place, steps, accept_broken)
            session.flush()
        place.put()
    return RestoreReport(summary_of(manifest), fault)


def _finish(
    session: Session, manifest: Manifest, place: Place, steps: Steps, accept_broken: bool
) -> str | None:
    """Verify what was put in, and make anew what is derived from it; what is wrong with the chain.

    Raises `BackupRefused`.
    """
    with _unreadable_refused():
        fault = _chain_fault(session, manifest)
        if fault and not accept_broken:
            raise BackupRefused(
                f"{fault} Nothing was written; to restore the backup all the same, say "
                "--accept-broken-chain."
            )
        if missing_files(session, place.snapshots) != set(manifest.missing):
            raise BackupRefused("The backup lacks files of snapshots; nothing was written.")
        refresh_canonical(session)
        with steps("Comparing") as progress:
            recompare_stale(session, progress)
        with steps("Indexing") as progress:
            index_stale(session, progress)
    return fault


def _chain_fault(session: Session, manifest: Manifest) -> str | None:
    head = Head(manifest.head.number, manifest.head.hash)
    result = audit_record(session, head)
    if result.fault:
        return f"The chain breaks at revision {result.fault.number}: {result.fault.what}"
    if result.head != head:
        return "The chain does not end where the backup says."
    return None


def require_room(folder: Path, size: int) -> None:
    """Raise `BackupRefused` where a folder has no room for so many bytes."""
    # What is packed may be a thousand times larger: asked before, as a disk that is full stops
    # everything else on it, too.
    free = shutil.disk_usage(folder).free
    if size > free:
        raise BackupRefused(
            f"The backup needs {size / 1e6:,.1f} MB in {folder}, where {free / 1e6:,.1f} MB are "
            "free; nothing was written."
        )


@contextmanager
def _unreadable_refused() -> Iterator[None]:
    """Refuse rows that fit into the tables and are no record: bodies that are no JSON, or no claim.

    Nobody but a forger makes such a backup: reading it raises whatever reading nonsense raises.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, NotFound) as fault:
        raise BackupRefused(
            f"What the backup holds is no record ({type(fault).__name__}); nothing was written."
        ) from fault
