"""The command that serves pages and API."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.output import say
from app.cli.setup import open_migrated_database


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Serve pages and API, on an up-to-date database."""
    import uvicorn

    from app.services.record.reindex_search import index_stale

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
        # A reader with an open connection must not hold up a restart for ever.
        timeout_graceful_shutdown=10,
    )
