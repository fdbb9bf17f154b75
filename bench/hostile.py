"""Ten thousand hostile requests of many kinds at a real server: its memory, and others' waiting.

Run with `.venv/bin/python -m bench.hostile [--requests 10000] [--attackers 8]`. It serves the
shipped record with the settings that an installation begins with, in a process of its own.
Attackers ask from addresses of 127.1.0.0/16, and a reader from 127.0.0.2 asks for pages meanwhile;
every address here is this machine's. Linux only, whose loopback has all of 127.0.0.0/8.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from tests.loaded import ROOT, load

READ = (
    *("/", "/dossiers/karabakh", "/claims/parukh-withdrawal-2022", "/method", "/changes"),
    *("/api/v1/claims", "/api/v1/claims/parukh-withdrawal-2022", "/search?q=corridor", "/timeline"),
)
PAUSE = 0.05
SECONDS_HELD = 12.0
_BOMB = gzip.compress(b"0" * 2**24)

Random = random.Random


def get(path: str, *lines: str, host: str = "localhost") -> bytes:
    """A request for a page."""
    fields = "".join(f"{line}\r\n" for line in lines)
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n".encode("latin-1")


def post(path: str, body: bytes, kind: str, *lines: str) -> bytes:
    """A request with a body."""
    fields = "".join(f"{line}\r\n" for line in (*lines, f"Content-Type: {kind}"))
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def word(dice: Random, letters: int = 12) -> str:
    """A word that was never asked for before."""
    return "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=letters))


def _day(dice: Random) -> str:
    return f"20{dice.randrange(16, 24)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"


FORM = "application/x-www-form-urlencoded"
KINDS: dict[str, Callable[[Random], bytes]] = {
    "random host": lambda d: get("/", host=f"{word(d)}.example"),
    "random port": lambda d: get("/method", host=f"localhost:{d.randrange(1, 65536)}"),
    "random language": lambda d: get("/", f"Accept-Language: {word(d, 2)}-{word(d, 5)};q=0.9"),
    "random coding": lambda d: get("/method", f"Accept-Encoding: {word(d)}"),
    "random query": lambda d: get(f"/claims/parukh-withdrawal-2022?{word(d)}={word(d)}"),
    "random view": lambda d: get(f"/dossiers/karabakh?q={word(d, 3)}"),
    "random language in the query": lambda d: get(f"/?lang={word(d)}"),
    "search": lambda d: get(f"/search?q={word(d, 4)}"),
    "search of the API": lambda d: get(f"/api/v1/search?q={word(d, 3)}"),
    "as of a random day": lambda d: get(f"/dossiers/karabakh?as_known_on={_day(d)}"),
    "no such page": lambda d: get(f"/{word(d)}/{word(d)}"),
    "nearly a claim": lambda d: get(f"/claims/parukh-{word(d, 4)}"),
    "path tricks": lambda d: get(
        d.choice(
            [
                "/%2e%2e/%2e%2e/etc/passwd",
                "/static/..%2f..%2fsettings.py",
                "//evil.example/%2f",
                "/%00",
                "/claims/%c0%ae",
                "/claims/a%2Fb",
                "/;/" + word(d),
                "/./claims/../",
            ]
        )
    ),
    "very long address": lambda d: get("/search?q=" + word(d, 30_000)),
    "address of 12 kB": lambda d: get("/method?" + word(d, 12_000)),
    "many fields": lambda d: get(
        "/dossiers/karabakh?" + "&".join(f"{word(d, 3)}=" for _ in range(900))
    ),
    "header of 40 kB": lambda d: get("/", f"X-{word(d)}: {word(d, 40_000)}"),
    "headers of 30 kB": lambda d: get("/", *[f"X-{word(d)}: {word(d, 900)}" for _ in range(30)]),
    "300 headers": lambda d: get("/", *[f"X-{word(d)}: a" for _ in range(300)]),
    "many cookies": lambda d: get(
        "/", "Cookie: " + "; ".join(f"{word(d, 4)}=a" for _ in range(2000))
    ),
    "forged cookie": lambda d: get("/review", f"Cookie: variorum={word(d, 60)}.{word(d, 20)}"),
    "forwarded for": lambda d: get(
        "/search?q=a", f"X-Forwarded-For: 9.{d.randrange(256)}.{d.randrange(256)}.1"
    ),
    "poisoned": lambda d: get(
        "/", f"X-Forwarded-Host: {word(d)}.example", f"X-Original-URL: /{word(d)}"
    ),
    "many entity tags": lambda d: get(
        "/", "If-None-Match: " + ", ".join(f'"{word(d, 6)}"' for _ in range(2000))
    ),
    "many ranges": lambda _: get(
        "/static/search.js", "Range: bytes=" + ",".join(f"{n}-{n}" for n in range(0, 1500, 2))
    ),
    "bad key": lambda d: get("/api/v1/submissions", f"Authorization: Bearer vrm_{word(d, 40)}"),
    "sign-in": lambda d: post(
        "/review/sign-in", f"token={word(d)}&secret={word(d)}".encode(), FORM
    ),
    "form of a megabyte": lambda _: post("/contribute", b"a=" + b"%41" * 400_000, FORM),
    "form of many fields": lambda _: post("/contribute", b"a&" * 50_000, FORM),
    "deep JSON": lambda d: post(
        "/api/v1/claims", b"[" * 100_000, "application/json", f"Authorization: Bearer {word(d)}"
    ),
    "compressed body": lambda _: post(
        "/api/v1/claims", _BOMB, "application/json", "Content-Encoding: gzip"
    ),
    "smuggled": lambda d: (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get("/" + word(d))
    ),
    "no HTTP": lambda d: d.randbytes(300),
    "a hundred at once": lambda d: get(f"/claims/parukh-withdrawal-2022?{word(d)}") * 100,
}
SLOW: dict[str, Callable[[Random], bytes]] = {
    "half a head": lambda d: get("/" + word(d))[:-2],
    "half a body": lambda d: post("/review/sign-in", word(d, 5000).encode(), FORM)[:-100],
    "nothing sent": lambda _: b"",
    "does not read": lambda _: get("/timeline") * 16,
}


class Attacker:
    """An address that sends one hostile request after the other, and holds slow ones open."""

    def __init__(self, port: int, address: str, dice: Random, seen: Counter[str]) -> None:
        self._port, self._address, self._dice, self._seen = port, address, dice, seen
        self._held: set[asyncio.Task[None]] = set()

    async def send(self, count: int) -> None:
        """So many requests, one of ten of them slow."""
        for _ in range(count):
            if self._dice.random() < 0.1:
                name = self._dice.choice(list(SLOW))
                held = asyncio.create_task(self._hold(name, SLOW[name](self._dice)))
                self._held.add(held)
                held.add_done_callback(self._held.discard)
                await asyncio.sleep(0)
            else:
                name = self._dice.choice(list(KINDS))
                await self._ask(name, KINDS[name](self._dice))

    async def last(self) -> None:
        """Wait for those that are held."""
        await asyncio.gather(*self._held)

    async def _ask(self, name: str, request: bytes) -> None:
        status = "closed"
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            async with asyncio.timeout(30):
                reader, writer = await self._connect()
                writer.write(request)
                line = await reader.readline()
                status = line.split(b" ")[1].decode() if line.startswith(b"HTTP/") else "closed"
                while await reader.read(2**16) and not reader.at_eof():
                    if name != "a hundred at once":
                        break
                writer.close()
        self._seen[f"{name}: {status}"] += 1

    async def _hold(self, name: str, request: bytes) -> None:
        status = "held on"
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await self._connect()
            writer.write(request)
            if name == "does not read":
                await asyncio.sleep(SECONDS_HELD)
                writer.transport.abort()
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_HELD):
                    line = await reader.read(2**16)
                    status = line[9:12].decode() or "closed"
            writer.close()
        self._seen[f"{name}: {status}"] += 1

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._address, 0))


async def read_on(port: int, until: asyncio.Event, waits: list[float], wrong: Counter[int]) -> None:
    """A reader who asks for pages, and how long each takes."""
    number = 0
    while not until.is_set():
        path = READ[number % len(READ)]
        number += 1
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, local_addr=("127.0.0.2", 0)
        )
        writer.write(get(path, "Connection: close", "Accept-Encoding: gzip"))
        answer = await reader.read()
        writer.close()
        waits.append(time.perf_counter() - began)
        if not answer.startswith(b"HTTP/1.1 200 "):
            wrong[int(answer[9:12] or 0)] += 1
        await asyncio.sleep(PAUSE)


def resident(pid: int) -> float:
    """How many MB of memory a process has."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def attack(port: int, pid: int, requests: int, attackers: int) -> None:
    """Measure, and say what came of it."""
    seen: Counter[str] = Counter()
    waits: list[float] = []
    wrong: Counter[int] = Counter()
    until = asyncio.Event()
    quiet = asyncio.create_task(read_on(port, until, waits, wrong))
    await asyncio.sleep(5)
    alone, waits[:] = sorted(waits), []
    print(f"{'requests':>9} {'MB':>7}\n{0:9} {resident(pid):7.1f}", flush=True)
    began = time.monotonic()
    crowd = [Attacker(port, f"127.1.0.{n + 1}", Random(n), seen) for n in range(attackers)]
    for step in range(10):
        await asyncio.gather(*(one.send(requests // 10 // attackers) for one in crowd))
        print(f"{requests // 10 * (step + 1):9} {resident(pid):7.1f}", flush=True)
    took = time.monotonic() - began
    await asyncio.gather(*(one.last() for one in crowd))
    until.set()
    await quiet
    print(f"{'after':>9} {resident(pid):7.1f}")
    print(f"{requests / took:.0f} hostile requests/s from {attackers} addresses")
    for name, times in (("before", alone), ("meanwhile", sorted(waits))):
        percent = statistics.quantiles(times, n=100)
        print(
            f"a reader {name}: {len(times)} pages, p50 {percent[49] * 1000:.0f} ms, "
            f"p99 {percent[98] * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms"
        )
    print(f"answers to the reader that are not 200: {dict(wrong)}")
    print(json.dumps(dict(sorted(seen.items())), indent=0))


def main() -> None:
    """Serve, attack, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--attackers", type=int, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"VARIORUM_DATA_DIR": folder}
        environment.pop("VARIORUM_DATABASE_URL", None)
        with closing(Database(f"sqlite:///{folder}/variorum.sqlite3")) as database:
            migrate(database)
            load(database, ROOT)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [Path(sys.executable).with_name("variorum"), "serve", "--port", str(port)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
            try:
                _await_server(port)
                asyncio.run(attack(port, server.pid, given.requests, given.attackers))
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(30)


def _await_server(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


if __name__ == "__main__":
    main()
