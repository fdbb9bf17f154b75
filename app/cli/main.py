"""All commands under one name, and errors as one sentence each with exit code 1."""

from __future__ import annotations

import sys

import typer

from app.cli import address, audit, backup, doctor, files, following, keys, record, redact, serve
from app.cli.output import complain
from app.errors import RecordRefused, VariorumError
from app.web.http.process import tune_garbage_collection

cli = typer.Typer(
    name="variorum",
    help="Contested facts with every side's account side by side.",
    no_args_is_help=True,
    add_completion=False,
    # A fault of ours keeps Python's own traceback: a framed one breaks lines that logs are searched
    # for.
    pretty_exceptions_enable=False,
)
cli.command("check")(files.check)
cli.command("format")(files.rewrite)
cli.command("address")(address.address)
cli.command("verify")(following.verify)
cli.command("load")(record.load)
cli.command("export")(record.export)
cli.command("migrate")(record.migrate_database)
cli.command("audit")(audit.audit)
cli.command("head")(audit.head)
cli.command("repair")(audit.repair)
cli.command("redact")(redact.redact)
cli.command("backup")(backup.backup)
cli.command("restore")(backup.restore)
cli.command("doctor")(doctor.doctor)
cli.command("serve")(serve.serve)
cli.command("work")(following.work)
cli.add_typer(keys.keys, name="keys")


def main() -> None:
    """Run a command; what a person can put right ends in a sentence and exit code 1."""
    # Looking for cycles took a quarter of a large comparison, and commands compare too
    # (docs/decisions/2026-11-22-many-at-once.md).
    tune_garbage_collection()
    try:
        cli()
    except RecordRefused as refused:
        for fault in refused.faults:
            complain(str(fault))
        complain(str(refused))
        sys.exit(1)
    except VariorumError as error:
        complain(str(error))
        sys.exit(1)
    # The reader has gone, as in `variorum check | head`, and nothing can be printed any more.
    except BrokenPipeError:
        sys.exit(1)
    # A file or folder that cannot be read or written, or a disk that is full.
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        complain(f"{place}{error.strerror or error}.")
        sys.exit(1)
