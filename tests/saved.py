"""A record with something in every corner, to be saved, restored and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.domain.contributing.records import SubmittedQuote
from app.domain.records.page_checks import TakenSnapshot
from app.services.record.backup import BackupReport, save_backup
from app.services.record.restore import Progress, RestoreReport, restore_backup
from app.storage.database.engine import Database
from app.storage.database.table_rows import shapes, stream_rows
from app.storage.following.checks import save_page_check
from app.storage.following.snapshots import Snapshots
from tests.loaded import NOON
from tests.storage.contribution_factories import a_key, submit
from tests.storage.following_factories import a_change, a_look, a_quote

CLAIM = "strait-declaration"
WORDS = "licensed by both towns, in equal parts"
URL = "https://post.example.org/2019/05/10/never-again"
SECRET = "a secret of the tests, which signs nothing at all"


def follow(database: Database, folder: Path) -> None:
    """Add to the example record a key, a submission, and a checked page with its snapshots."""
    snapshots = Snapshots(folder)
    for url, words in ((URL, f"They were {WORDS}, it says."), (f"{URL}#2", "Another page.")):
        check(database, snapshots, url, words)
    with database.writing() as session:
        quotes = (SubmittedQuote("c1", URL, WORDS),)
        body = json.dumps({"claim": CLAIM, "quote": WORDS})
        submit(session, a_key(session), claim=CLAIM, url=URL, body=body, quotes=quotes)


def check(database: Database, snapshots: Snapshots, url: str, words: str) -> None:
    """A check of a page that stored what it said; it was redirected, so that a note follows."""
    body = f"<p>{words}</p>".encode() * 20
    headers = [("Content-Type", "text/html")]
    saved = snapshots.save(url, f"{url}?moved", NOON, 200, headers, body, words)
    with database.writing() as session:
        save_page_check(
            session,
            a_look(url),
            [a_quote(CLAIM, "joint-statement", quote=WORDS)],
            taken=TakenSnapshot(saved, "text/html", "utf-8"),
            changes=[a_change(CLAIM, "joint-statement", before=WORDS, after="")],
        )


def save(
    database: Database, folder: Path, path: Path, at: datetime = NOON, *, replace: bool = False
) -> BackupReport:
    """A backup of a database and the snapshots in a folder."""
    return save_backup(database, folder, SECRET, path, at, replace=replace)


def restore(path: Path, url: str, data_dir: Path, *, accept_broken: bool = False) -> RestoreReport:
    """Restore a backup, without a word."""
    with path.open("rb") as file:
        return restore_backup(file, url, data_dir, silently, accept_broken=accept_broken)


@contextmanager
def silently(_name: str) -> Iterator[Progress]:
    """A step of the work that nobody watches."""
    yield lambda _done, _all: None


def rows(database: Database) -> dict[str, list[str]]:
    """Every row of every table, but those that are made anew, as text and sorted."""
    with database.reading() as session:
        connection = session.connection()
        return {
            shape.name: sorted(
                json.dumps(dict(zip((name for name, _ in shape.columns), row, strict=True)))
                for row in stream_rows(connection, shape)
            )
            for shape in shapes(connection)
        }


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
