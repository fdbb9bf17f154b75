"""What following links costs, and what becomes of it where somebody means harm.

Targets: 200 pages on 50 hosts, 100 ms to an answer, in at most 5 s; every hostile address refused
without a connection; every hostile server a state within the deadline, with at most 50 MB more
memory than at rest. The hostile ones are those of the tests, with a deadline of 2 s.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import trustme

from app.errors import AddressRefused
from app.fetching.failures import Fetched
from app.fetching.fetcher import Fetcher
from tests.fetching.hostile import CERTIFICATES, HANDSHAKES, REDIRECTS, ROBOTS, SERVERS, Hostile
from tests.fetching.servers import (
    Asked,
    Server,
    answer,
    fetcher,
    over_tls,
    raw_server,
    redirect,
    site,
)
from tests.fetching.test_hostile_addresses import ADDRESSES

DEADLINE = 2.0


def main() -> None:
    print("| what | ms a page |\n|---|---|")
    for name, size in (("30 KB", 30_000), ("5 MB", 5_000_000)):
        print(f"| {name} | {milliseconds(answer(b'words ' * (size // 6)))} |")
        zipped = answer(
            gzip.compress(b"words " * (size // 6)), headers={"Content-Encoding": "gzip"}
        )
        print(f"| {name}, compressed | {milliseconds(zipped)} |")
    print(f"\n200 pages on 50 hosts, 100 ms to an answer: {many_hosts():.1f} s\n")
    print("| hostile | state | rule | connections | s | MB more |\n|---|---|---|---|---|---|")
    for url, _ in ADDRESSES:
        refused(url)
    for target, _ in REDIRECTS:
        redirected(target)
    for hostile in (*SERVERS, *ROBOTS):
        served(hostile)
    untrusted()


def milliseconds(page: bytes) -> str:
    with site({"/": page}) as server, fetcher(server) as fetching:
        begun = time.perf_counter()
        for _ in range(20):
            fetching.fetch("http://a.test/")
        return f"{(time.perf_counter() - begun) / 20 * 1000:.1f}"


def many_hosts() -> float:
    def late(connection: socket.socket, _: Asked) -> None:
        time.sleep(0.1)
        connection.sendall(answer("words"))

    with site({f"/{number}": late for number in range(4)} | {"/robots.txt": late}) as server:
        hosts = {f"{number}.test": server.place for number in range(50)}
        urls = [f"http://{host}/{number}" for number in range(4) for host in hosts]
        with fetcher(hosts=hosts, pause=0.5, robots=True) as fetching:
            begun = time.perf_counter()
            with ThreadPoolExecutor(16) as threads:
                list(threads.map(fetching.fetch, urls))
            return time.perf_counter() - begun


def refused(url: str) -> None:
    with site({"/": answer("secret")}) as private:
        with fetcher(resolver=lambda *_: [private.place]) as fetching:
            begun = time.perf_counter()
            try:
                fetched = fetching.fetch(url)
                outcome = f"{fetched.state} | {fetched.rule}"
            except AddressRefused as refusal:
                outcome = f"refused | {refusal.rule}"
            took = time.perf_counter() - begun
        shown = ascii(url)[1:-1].replace("|", "\\|")
        shown = shown if len(shown) <= 60 else f"{shown[:50]}… ({len(url):,} characters)"
        print(f"| `{shown}` | {outcome} | {private.connections} | {took:.3f} | |")


def row(name: str, server: Server, fetching: Fetcher, url: str, megabytes: str = "") -> Fetched:
    begun = time.perf_counter()
    fetched = fetching.fetch(url)
    took = time.perf_counter() - begun
    outcome = f"{fetched.state} | {fetched.rule or ''} | {server.connections} | {took:.2f}"
    print(f"| {name} | {outcome} | {megabytes} |", flush=True)
    return fetched


def redirected(target: str) -> None:
    with (
        site({"/": answer("secret")}) as private,
        site({"/": redirect(target)}) as server,
        fetcher(server, resolver=lambda *_: [private.place]) as fetching,
    ):
        row(f"redirect to `{ascii(target)[1:-1][:60]}`", server, fetching, "http://a.test/")


def served(hostile: Hostile) -> None:
    robots = hostile in ROBOTS
    pages = {"/robots.txt": hostile, "/": answer("words")}
    with (
        site(pages) if robots else raw_server(hostile) as server,
        fetcher(server, deadline=DEADLINE, robots=robots) as fetching,
    ):
        command = [sys.executable, "-m", "tests.fetching.memory", hostile.name]
        more = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        row(hostile.name, server, fetching, "http://a.test/", more)


def untrusted() -> None:
    authority = trustme.CA()
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    greetings = [(name, over_tls(make(authority))) for name, _, make in CERTIFICATES]
    for name, greeting in (*greetings, *((name, greeting) for name, _, greeting in HANDSHAKES)):
        with (
            site({"/": answer("words")}, greeting=greeting) as server,
            fetcher(server, trust=trust, deadline=DEADLINE) as fetching,
        ):
            row(name, server, fetching, "https://a.test/")


if __name__ == "__main__":
    main()
