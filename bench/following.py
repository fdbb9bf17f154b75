"""How long one worker takes for 200 documents on 50 hosts that answer after 100 ms.

Target: at most 5 s, with robots.txt asked for at each host, 30 KB pages and a quotation on each.
Run with `.venv/bin/python -m bench.following`; beside it is what the same requests take with
nothing but a client, so that the ratio can be compared between machines.
"""

from __future__ import annotations

import socket
import ssl
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Sources
from app.dossiers.record import RecordFiles
from app.fetching.fetcher import Fetcher
from app.fetching.rules import Allowance, FetchRules
from app.services.following.visit import VisitContext, Visited
from app.services.following.worker import Worker
from app.services.record.load_record import load_record
from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from app.storage.following.snapshots import Snapshots
from tests.fetching.servers import Asked, answer, site
from tests.loaded import BY

HOSTS, EACH = 50, 4
LATENCY = 0.1
QUOTE = "the ferry left the north quay at noon with sixty people and came back with none"
WORDS = "Nothing of note was said about the harbour on that day, and little after it. "


def main() -> None:
    urls = [f"http://host{h}.test/{n}" for n in range(EACH) for h in range(HOSTS)]
    paragraphs = "".join(f"<p>{WORDS * 4}</p>" for _ in range(100))
    page = answer(f"<!doctype html><title>A page</title>{paragraphs}<p>{QUOTE}.</p>")

    def late(connection: socket.socket, asked: Asked) -> None:
        time.sleep(LATENCY)
        connection.sendall(answer("") if asked.target == "/robots.txt" else page)

    targets = {f"/{n}": late for n in range(EACH)} | {"/robots.txt": late}
    with site(targets) as server, tempfile.TemporaryDirectory() as folder:
        hosts = {f"host{h}.test": server.place for h in range(HOSTS)}
        nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        rules = FetchRules("https://example.org/bench", pause=0.0)
        with Fetcher(rules, Allowance(hosts, nobody)) as fetcher:
            begun = time.perf_counter()
            with ThreadPoolExecutor(16) as threads:
                list(threads.map(fetcher.fetch, urls))
            bare = time.perf_counter() - begun
        with Fetcher(rules, Allowance(hosts, nobody)) as fetcher:
            worked, findings = work(Path(folder), fetcher, urls)
    print("| 200 documents on 50 hosts, 100 ms to an answer | s |\n|---|---|")
    print(f"| fetched alone | {bare:.2f} |")
    print(f"| one worker: leased, fetched, read, checked, kept | {worked:.2f} |")
    print(f"\nRatio {worked / bare:.2f}; {dict(findings)}")


def work(folder: Path, fetcher: Fetcher, urls: list[str]) -> tuple[float, Counter[str]]:
    with closing(Database(f"sqlite:///{folder / 'bench.sqlite3'}")) as database:
        migrate(database)
        with database.writing() as session:
            load_record(session, record(urls), BY)
        visits: list[Visited] = []
        follower = VisitContext(
            database=database,
            fetcher=fetcher,
            snapshots=Snapshots(folder / "snapshots"),
            archives=(),
            recheck=timedelta(days=30),
            pause=0.0,
        )
        begun = time.perf_counter()
        Worker(follower, visits.append, lambda url, fault: print(url, fault)).run(once=True)
        took = time.perf_counter() - begun
    return took, Counter(quote.finding for visited in visits for quote in visited.quotes)


def record(urls: list[str]) -> RecordFiles:
    sides = ["north", "south"]
    sources = {
        "sides": [{"id": side, "name": side.title()} for side in sides],
        "publishers": [{"id": "post", "name": "The Post", "kind": "newspaper"}],
        "documents": [
            {
                "id": f"page-{number}",
                "publisher": "post",
                "title": f"Page {number}",
                "url": url,
                "language": "en",
                "read_on": "2026-11-01",
            }
            for number, url in enumerate(urls)
        ],
    }
    dossier = {
        "id": "bench",
        "title": "Bench",
        "summary": "Pages that are looked at.",
        "language": "en",
        "zone": "+00:00",
        "sides": sides,
        "topics": [{"id": "ferry", "name": "The ferry"}],
    }
    claims = [
        ("bench", claim(start, urls[start : start + 10])) for start in range(0, len(urls), 10)
    ]
    return RecordFiles(
        sources=Sources.model_validate(sources),
        dossiers=(Dossier.model_validate(dossier),),
        claims=tuple(claims),
    )


def claim(start: int, urls: list[str]) -> Claim:
    citations = [
        {"id": f"c{n}", "document": f"page-{start + n}", "quote": QUOTE} for n in range(len(urls))
    ]
    account = {"id": "yes", "answer": "yes", "citations": citations}
    return Claim.model_validate(
        {
            "id": f"ferry-{start}",
            "question": f"Did ferry {start} leave the quay?",
            "kind": "yes-no",
            "topic": "ferry",
            "accounts": [account],
        }
    )


if __name__ == "__main__":
    main()
