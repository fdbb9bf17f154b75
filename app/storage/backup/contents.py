"""What a backup holds, and how the parts of its archive are made.

The manifest comes first, then the secret, every table as lines of JSON in parts of some megabytes,
and the files of snapshots. Rows and not the database's own file: free pages of a file still hold
words that were redacted, and rows of either database fit into the other.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pydantic_core import to_json
from sqlalchemy import Connection, func, or_, select
from sqlalchemy.orm import Session

from app import __version__
from app.domain.values.base import rfc3339
from app.errors import BackupRefused
from app.storage import tables
from app.storage.backup.archive import MANIFEST, SECRET, PartsWriter
from app.storage.backup.manifest import FORMAT, MAX_PART, MAX_ROW, PACKED, HeadOf, Manifest, TableOf
from app.storage.database.schema import found_migration
from app.storage.database.table_rows import count_rows, shapes, stream_rows
from app.storage.following.snapshots import text_file
from app.storage.revisions.log import head

_PIECE = 1 << 20

Progress = Callable[[int, int], None]


class Changed(Exception):
    """A file of a snapshot went while it was read: its words are being redacted."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What a redaction changes of what was there already."""

    revision: int
    snapshot: int
    emptied: int
    snapshots: int
    reasons: int


def traces(session: Session, of: Traces | None = None) -> Traces:
    """What of the record is empty; with `of`, of the part of it that there was then."""
    revision = of.revision if of else head(session).number
    stored, body, chain = tables.snapshots.c, tables.revision_bodies.c, tables.revisions.c
    last = of.snapshot if of else session.scalar(select(func.max(stored.number))) or 0
    empty = select(func.count()).where(body.body.is_(None), body.number <= revision)
    present = select(func.count()).where(stored.number <= last)
    # A redaction of what is in no revision's body leaves its reason alone.
    signed = select(func.count()).where(
        chain.number > revision,
        or_(chain.reason.like("Taken down:%"), chain.reason.like("Redacted %")),
    )
    return Traces(
        revision,
        last,
        session.scalar(empty) or 0,
        session.scalar(present) or 0,
        session.scalar(signed) or 0,
    )


def write_contents(
    session: Session,
    folder: Path,
    secret: str | None,
    at: datetime,
    writer: PartsWriter,
    progress: Progress = lambda _done, _all: None,
) -> Manifest:
    """Write everything but the checksums, as the session sees the record.

    `folder` is that of the snapshots. A file is on disk before its row is committed, so that those
    of all rows that the session sees are there; what is appended meanwhile is left out. Raises
    `Changed`, and OSError where a disk fails.
    """
    connection = session.connection()
    ends, texts = answer_ends(session), text_hashes(session)
    missing = [text for text in texts if not text_file(folder, text).exists()]
    missing += [name for name in ends if not (folder / "warc" / name).exists()]
    manifest = _manifest(session, at, missing)
    writer.add(MANIFEST, manifest.model_dump_json(indent=1).encode())
    if secret:
        writer.add(SECRET, secret.encode("ascii"))
    steps = _Steps(progress, sum(table.rows for table in manifest.tables) + len(ends) + len(texts))
    for table in manifest.tables:
        _write_rows(connection, table, writer, steps)
    for name, end in ends.items():
        if name not in missing:
            _write_answers(folder, name, end, writer)
        steps.take(1)
    for text in texts:
        if text not in missing:
            _write_text(folder, text, writer)
        steps.take(1)
    return manifest


class _Steps:
    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def take(self, steps: int) -> None:
        self._done += steps
        self._progress(self._done, self._total)


def _manifest(session: Session, at: datetime, missing: list[str]) -> Manifest:
    connection = session.connection()
    last = head(session)
    return Manifest(
        format=FORMAT,
        variorum=__version__,
        migration=str(found_migration(connection)),
        made_at=datetime.fromisoformat(rfc3339(at)),
        database="sqlite" if connection.dialect.name == "sqlite" else "postgresql",
        head=HeadOf(number=last.number, hash=last.hash),
        tables=tuple(
            TableOf(name=shape.name, columns=shape.columns, rows=count_rows(connection, shape))
            for shape in shapes(connection)
        ),
        missing=tuple(missing),
    )


def _write_rows(connection: Connection, table: TableOf, writer: PartsWriter, steps: _Steps) -> None:
    lines, number, rows = bytearray(), 0, 0

    def close() -> None:
        writer.add(f"tables/{table.name}/{number:06}.jsonl.gz", gzip.compress(lines, 6, mtime=0))
        steps.take(rows)

    for row in stream_rows(connection, table.shape):
        line = to_json(row)
        if len(line) > MAX_ROW:
            raise BackupRefused(f"A row of {table.name} is larger than a backup can hold.")
        lines += line
        lines += b"\n"
        rows += 1
        if len(lines) >= MAX_PART:
            number += 1
            close()
            lines, rows = bytearray(), 0
    if lines:
        number += 1
        close()


def answer_ends(session: Session) -> dict[str, int]:
    """The files of answers, and where the last answer that a row refers to ends in each."""
    stored = tables.snapshots.c
    end = func.max(stored.warc_offset + stored.warc_length)
    rows = session.execute(select(stored.warc, end).group_by(stored.warc).order_by(stored.warc))
    return {name: int(last) for name, last in rows}


def text_hashes(session: Session) -> list[str]:
    """The hashes of all texts that rows of snapshots refer to."""
    text = tables.snapshots.c.text_hash
    return list(session.scalars(select(text).distinct().order_by(text)))


def _write_answers(folder: Path, name: str, end: int, writer: PartsWriter) -> None:
    try:
        with (folder / "warc" / name).open("rb") as file:
            size = _end_of_note(file, end)
            file.seek(0)
            writer.add_file(f"snapshots/warc/{name}", file, size)
    except (FileNotFoundError, EOFError):
        raise Changed(name) from None


def _end_of_note(file: BinaryIO, end: int) -> int:
    """Where the note after an answer ends, if it has one; what follows may be half written."""
    file.seek(end)
    piece = file.read(_PIECE)
    unpacking = zlib.decompressobj(PACKED)
    try:
        text = unpacking.decompress(piece, _PIECE)
    except zlib.error:
        return end
    is_note = b"WARC-Type: metadata" in text.partition(b"\r\n\r\n")[0]
    return end + len(piece) - len(unpacking.unused_data) if is_note and unpacking.eof else end


def _write_text(folder: Path, wanted: str, writer: PartsWriter) -> None:
    try:
        content = text_file(folder, wanted).read_bytes()
    except FileNotFoundError:
        raise Changed(wanted) from None
    if hashlib.sha256(content).hexdigest() != wanted:
        raise BackupRefused(
            f"The text {wanted} of a snapshot was changed on disk; move its file away, and make "
            "the backup again."
        )
    writer.add(f"snapshots/text/{wanted[:2]}/{wanted}.txt.gz", gzip.compress(content, 6, mtime=0))
