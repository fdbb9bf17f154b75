"""All commands under one name, and errors as one sentence each with exit code 1."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import address, audit, backup, files, following, keys, record, redact
from app.cli.output import complain, say
from app.cli.setup import open_migrated_database
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
cli.command("work")(following.work)
cli.add_typer(keys.keys, name="keys")


@cli.command("serve")
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Serve pages and API, on an up-to-date database."""
    import uvicorn

    from app.services.record.reindex_search import index_stale
    from app.web.connections import BoundedProtocol

    # Here and not in the application: with several workers each would migrate and index at the same
    # time.
    with open_migrated_database() as database, database.writing() as session:
        index_stale(session)
    # An IPv6 address needs brackets in front of a port (RFC 3986, section 3.2.2).
    shown = f"[{host}]" if ":" in host else host
    say(f"Variorum is at http://{shown}:{port}/ — stop it with Ctrl-C.")
    uvicorn.run(
        # By name, as every worker imports it for itself.
        "app.main:app",
        host=host,
        port=port,
        workers=workers if workers > 1 else None,
        log_level="warning",
        server_header=False,
        http=BoundedProtocol,
        ws="none",
        # Ours is `VARIORUM_TRUSTED_PROXIES`; uvicorn's own would believe everybody on loopback.
        proxy_headers=False,
        # A reader with an open connection must not hold up a restart for ever.
        timeout_graceful_shutdown=10,
    )


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
