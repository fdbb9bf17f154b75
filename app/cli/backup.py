"""Commands that save everything into one file, and bring it back."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app.cli.output import complain, progress_bar, say
from app.cli.setup import open_database_of_any_schema
from app.errors import BackupRefused
from app.settings import load_settings

if TYPE_CHECKING:
    from app.services.record.backup import BackupReport, BackupSummary

_STDOUT = Path("-")
_OF_OTHERS = 0o077  # what a file's mode may not have: rights of its group and of everybody


def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; “-” is standard output.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the file, once the new one is whole.")
    ] = False,
) -> None:
    """Save database, snapshots, keys and secret into one file, while the site runs.

    Never copy the database's own file instead: a copy of it made while it is written is broken.
    """
    is_piped = file == _STDOUT
    if is_piped and sys.stdout.isatty():
        raise BackupRefused("A backup is no text for a terminal; send it into a file or a pipe.")
    with _disk_faults("The backup could not be written"):
        report = _write(None if is_piped else file, replace=replace)
    # What is printed must not run into a backup that is piped.
    tell = complain if is_piped else say
    tell(f"Saved: {_described(report.summary)}.")
    tell(f"{report.size:,} bytes in {'standard output' if is_piped else file}; it holds secrets.")
    if report.summary.missing:
        complain(f"{report.summary.missing} files of snapshots were missing, and are named in it.")
    if report.fault:
        complain(f"{report.fault} The backup holds it as it is; keep an older one, too.")
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that “variorum backup” made.")],
    check: Annotated[
        bool, typer.Option("--check", help="Only read the file and check it; write nothing.")
    ] = False,
    accept_broken: Annotated[
        bool, typer.Option("--accept-broken-chain", help="Restore it although its chain is broken.")
    ] = False,
) -> None:
    """Bring a backup back into an empty place, checked and up to date: all of it or nothing."""
    from app.services.record.restore import check_backup, restore_backup

    settings = load_settings()
    with _disk_faults("The backup could not be restored"), _opened(file) as opened:
        if check:
            say(f"The backup is whole: {_described(check_backup(opened, progress_bar))}.")
            return
        report = restore_backup(
            opened,
            settings.database_url,
            settings.data_dir,
            progress_bar,
            accept_broken=accept_broken,
        )
    say(f"Restored: {_described(report.summary)}.")
    if settings.secret_key:
        say("VARIORUM_SECRET_KEY is set and signs cookies; the secret of the backup does not.")
    if report.summary.missing:
        complain(f"{report.summary.missing} files of snapshots were missing when it was made.")
    if report.fault:
        complain(report.fault)
        raise typer.Exit(1)


def _write(file: Path | None, *, replace: bool) -> BackupReport:
    from app.services.record.backup import save_backup, secret_in_use, write_backup

    settings = load_settings()
    snapshots, secret, now = (
        settings.data_dir / "snapshots",
        secret_in_use(settings),
        datetime.now(UTC),
    )
    with open_database_of_any_schema(settings) as database, progress_bar("Saving") as progress:
        if file is None:
            return write_backup(database, snapshots, secret, sys.stdout.buffer, now, progress)
        return save_backup(database, snapshots, secret, file, now, progress, replace=replace)


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """The file, which must be one that can be read twice."""
    with file.open("rb") as opened:
        mode = os.fstat(opened.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise BackupRefused(f"{file} is no file; copy the backup into one first.")
        if mode & _OF_OTHERS:
            complain(f"Others can read {file}, and it holds secrets: chmod 600 {file}")
        yield opened


@contextmanager
def _disk_faults(what: str) -> Iterator[None]:
    """Say in a sentence what the disk refuses; a pipe whose reader went is no fault of a disk."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        where = f" ({fault.filename})" if fault.filename else ""
        raise BackupRefused(f"{what}: {fault.strerror}{where}.") from fault


def _described(summary: BackupSummary) -> str:
    head = summary.head
    return (
        f"{head.number} revisions, made {summary.made_at:%Y-%m-%d %H:%M} UTC by Variorum "
        f"{summary.variorum} at migration {summary.migration}, head {head.number}:{head.hash}"
    )
