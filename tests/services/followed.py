"""The example record's pages on a real server, and what follows their links."""

from __future__ import annotations

import html
import ssl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import trustme
from sqlalchemy import update

from app.dossiers.record import read_record
from app.fetching.archives import Archive
from app.fetching.fetcher import Fetcher
from app.fetching.rules import Allowance, FetchRules
from app.services.following.visit import VisitContext, Visited
from app.services.following.worker import Worker
from app.storage import tables
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from tests.fetching.servers import Answering, Server, answer, over_tls, site
from tests.loaded import EXAMPLE

Pages = dict[str, bytes | Answering]


def page(*paragraphs: str, title: str = "A page") -> bytes:
    """A page of paragraphs, as a server answers with it."""
    body = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs)
    return answer(f"<!doctype html><html lang=en><title>{title}</title><body>{body}</body></html>")


def record_pages(root: Path = EXAMPLE) -> Pages:
    """A page for every address of the record, with the words that are quoted from it."""
    record = read_record(root)
    quotes: dict[str, list[str]] = defaultdict(list)
    for _, claim in record.claims:
        for _, citation in claim.citations():
            quotes[citation.document].append(citation.quote or "")
    return {
        _target(document.url): page("Before it.", *quotes[document.id], "After it.")
        for document in record.sources.documents
        if document.url
    }


def record_hosts(root: Path = EXAMPLE) -> list[str]:
    """The hosts of the record's addresses, each once."""
    addresses = (document.url for document in read_record(root).sources.documents)
    return sorted({urlsplit(url).hostname or "" for url in addresses if url})


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass
class Web:
    """The record's pages as they are served now; change `pages` to change them."""

    pages: Pages
    server: Server
    allowance: Allowance
    authority: trustme.CA
    faults: list[BaseException] = field(default_factory=list)

    def asked(self, target: str) -> int:
        """How often a page was asked for."""
        return self.server.targets.count(target)

    def authority_file(self, folder: Path) -> Path:
        """The certificate of who vouches for the server, in a file."""
        path = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(path))
        return path

    def fetcher(self, **rules: object) -> Fetcher:
        wanted = {"pause": 0.0, "deadline": 5.0, **rules}
        return Fetcher(FetchRules("https://example.org/us", **wanted), self.allowance)  # type: ignore[arg-type]

    def follower(self, database: Database, folder: Path, *archives: Archive) -> VisitContext:
        return VisitContext(
            database=database,
            fetcher=self.fetcher(),
            snapshots=Snapshots(folder),
            archives=archives,
            recheck=timedelta(days=30),
            pause=0.0,
        )

    def visit_all(self, follower: VisitContext) -> list[Visited]:
        """Visit every page once more; the visits by address."""
        with follower.database.writing() as session:
            session.execute(update(tables.due_checks).values(due_at=datetime.now(UTC)))
        done: list[Visited] = []
        worker = Worker(follower, done.append, lambda _url, fault: self.faults.append(fault))
        worker.run(once=True)
        return sorted(done, key=lambda visited: visited.url)


@contextmanager
def serving_pages(pages: Pages, hosts: list[str]) -> Iterator[Web]:
    """Serve pages over TLS under these host names, at one loopback address."""
    authority = trustme.CA()
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(trusting)
    with site(pages, greeting=over_tls(authority.issue_cert(*hosts))) as server:
        places = dict.fromkeys(hosts, server.place)
        yield Web(pages, server, Allowance(places, trusting), authority)
