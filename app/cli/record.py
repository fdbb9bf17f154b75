"""Commands between files and database: load, export, migrate.

What a command alone needs is imported in it: `check` should not wait for a database's libraries.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import name_some, progress_bar, say
from app.cli.setup import open_database, open_migrated_database
from app.dossiers.record import read_record
from app.settings import load_settings

if TYPE_CHECKING:
    from app.services.record.load_record import LoadReport


def load(
    directory: Annotated[
        Path | None, typer.Argument(help="Folder with sources.yaml and claims/.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="On a conflict keep the database's version and continue.")
    ] = False,
    author: Annotated[str, typer.Option(help="Whose change it is.")] = "files",
    reason: Annotated[str, typer.Option(help="Why the record changed.")] = "Loaded from files",
) -> None:
    """Load the files into the database, setting it up where needed; nothing on any fault."""
    from app.services.record.append_revision import Author
    from app.services.record.load_record import load_record

    settings = load_settings()
    # Before the database is opened: files with faults must not even bring it up to date.
    record = read_record(directory or settings.record_dir)
    by = Author(author, datetime.now(UTC), reason)
    with (
        open_migrated_database(settings) as database,
        progress_bar("Loading") as progress,
        database.writing() as session,
    ):
        report = load_record(session, record, by, keep=keep, progress=progress)
    _print_report(report)


def export(
    directory: Annotated[Path, typer.Argument(help="An empty or new folder to write into.")],
) -> None:
    """Write the record in the database as files, as load reads them."""
    from app.services.record.export_record import export_record

    with open_database() as database, database.reading() as session:
        # In one reading transaction: what is written while it runs is in all of the files or in
        # none.
        record = export_record(session, directory)
    say(f"{len(record.claims)} claims of {len(record.dossiers)} dossiers written to {directory}.")


def migrate_database() -> None:
    """Bring the database's schema up to date, with its comparisons and its search index."""
    from app.services.record.load_record import recompare_stale
    from app.services.record.reindex_search import index_stale

    with open_migrated_database() as database:
        # Two transactions: an index that fails must not undo the comparisons.
        with progress_bar("Comparing") as progress, database.writing() as session:
            compared = recompare_stale(session, progress)
        with progress_bar("Indexing") as progress, database.writing() as session:
            index_stale(session, progress)
    say(f"The database is up to date; {compared} claims were compared again.")


def _print_report(report: LoadReport) -> None:
    say(
        f"Loaded: {report.new} new, {report.changed} changed, {report.same} the same; "
        f"{report.compared} claims compared."
    )
    if report.merged:
        say(f"Changed in both places, and merged: {name_some(report.merged)}.")
    if report.kept:
        say(
            f"Changed in the database since the last load, and preserved: {name_some(report.kept)}."
        )
    if report.conflicts:
        say(
            "Changed both in the files and in the database; the database's version stays: "
            f"{name_some(report.conflicts)}."
        )
    if report.absent:
        say(f"In the database and in no file: {name_some(report.absent)}.")
