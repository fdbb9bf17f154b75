"""How many pages a second one process serves, beside the same bytes served ready-made.

Run with `.venv/bin/python -m bench.serving`. 32 connections from a second process, on loopback,
a few seconds a line; the ratio is what to compare between machines.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from tests.loaded import ROOT, load

CONNECTIONS = 32
SECONDS = 4.0
PAGES = ("/claims/parukh-withdrawal-2022", "/dossiers/karabakh", "/api/v1/claims")


@contextmanager
def serving(app: ASGIApp) -> Iterator[int]:
    """The application on a free port of loopback."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def ready_made(body: bytes) -> ASGIApp:
    """The least that a Python server can do: the same bytes, without a question asked."""
    response = Response(body, media_type="text/html")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    return app


async def _ask(port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = 0
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        answered += 1
    writer.close()
    return answered


def _load(port: int, path: str, result: Connection) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

    async def everybody() -> int:
        until = time.monotonic() + SECONDS
        asked = (_ask(port, request, until) for _ in range(CONNECTIONS))
        return sum(await asyncio.gather(*asked))

    result.send(asyncio.run(everybody()) / SECONDS)


def rate(port: int, path: str) -> float:
    """Answers a second."""
    receiving, sending = multiprocessing.Pipe(duplex=False)
    client = multiprocessing.get_context("spawn").Process(target=_load, args=(port, path, sending))
    client.start()
    answers: float = receiving.recv()
    client.join()
    return answers


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'variorum.sqlite3'}"
        with closing(Database(url)) as database:
            migrate(database)
            load(database, ROOT)
        print(f"{'page':34} {'KB':>6} {'kept/s':>8} {'ready-made/s':>13} {'ratio':>6}")
        with serving(create_app(Settings(database_url=url))) as port:
            for path in PAGES:
                plain = {"Accept-Encoding": "identity"}
                first = httpx.get(f"http://127.0.0.1:{port}{path}", headers=plain, timeout=60)
                body = first.content
                kept = rate(port, path)
                with serving(ready_made(body)) as other:
                    bare = rate(other, path)
                size = len(body) / 1024
                print(f"{path:34} {size:6.1f} {kept:8.0f} {bare:13.0f} {kept / bare:6.2f}")


if __name__ == "__main__":
    main()
