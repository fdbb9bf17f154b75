"""The command that serves pages and API, in one process or several."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
import urllib.request
from contextlib import closing
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import say
from app.cli.setup import open_migrated_database
from app.errors import BadInput
from app.logs import log_config
from app.settings import load_settings

if TYPE_CHECKING:
    from uvicorn import Config

_BACKLOG = 2048  # connections that wait to be accepted, as uvicorn's own
_GRACE = 10  # seconds that a restart waits for readers with an open connection
_PRIVILEGED = 1024
MULTIPLE_PROCESSES = "PROMETHEUS_MULTIPROC_DIR"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Serve pages and API, on an up-to-date database."""
    from app.services.record.reindex_search import index_stale

    # First: a port that is taken is told before a migration that may take minutes.
    with closing(_listen(host, port)) as listener:
        # Here and not in the application: with several workers each would migrate and index at the
        # same time.
        with open_migrated_database() as database, database.writing() as session:
            index_stale(session)
        _announce_when_it_answers(listener)
        _run(_config(workers), listener)


def _listen(host: str, port: int) -> socket.socket:
    """A socket on which nobody is answered yet; raises `BadInput` with what to do."""
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        raise BadInput(f"“{host}” is no address of this machine; try --host 127.0.0.1.") from None
    listener = socket.socket(family, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as fault:
        listener.close()
        raise BadInput(_why_not(fault, host, port)) from None
    listener.set_inheritable(True)
    return listener


def _why_not(fault: OSError, host: str, port: int) -> str:
    if isinstance(fault, PermissionError):
        return f"Port {port} is for the administrator; choose one from {_PRIVILEGED} on, by --port."
    if fault.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use already; choose another one by --port."
    return f"“{host}” is no address of this machine; try --host 127.0.0.1."


def _config(workers: int) -> Config:
    import uvicorn

    from app.web.connections import BoundedProtocol

    return uvicorn.Config(
        # By name, as every worker imports it for itself.
        "app.main:app",
        workers=workers,
        log_config=log_config(load_settings().log_level),
        # `app.web.observe` logs each request, with its id and without its query.
        access_log=False,
        server_header=False,
        http=BoundedProtocol,
        ws="none",
        # Ours is `VARIORUM_TRUSTED_PROXIES`; uvicorn's own would believe everybody on loopback.
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )


def _run(config: Config, listener: socket.socket) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    server = uvicorn.Server(config)
    if config.workers == 1:
        server.run(sockets=[listener])
    else:
        with TemporaryDirectory(prefix="variorum-metrics-") as folder:
            # Each worker counts for itself, in a file that whichever is asked adds up.
            os.environ[MULTIPLE_PROCESSES] = folder
            Multiprocess(config, sockets=[listener]).run()
    if config.workers == 1 and not server.started:
        raise BadInput("The server did not start; what is above says why.")


def _announce_when_it_answers(listener: socket.socket) -> None:
    """Print the address once it answers, and not before: a script may wait for the line."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    # Who listens on all addresses is reached at this one.
    reached = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(shown, shown)  # noqa: S104

    def wait() -> None:
        while not _answers(f"http://{reached}:{port}/healthz"):
            time.sleep(0.1)
        say(f"Variorum is at http://{shown}:{port}/ — stop it with Ctrl-C.")

    threading.Thread(target=wait, daemon=True).start()


def _answers(address: str) -> bool:
    # No proxy of the environment: it is this machine that is asked.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=1):
            return True
    except OSError:
        return False
