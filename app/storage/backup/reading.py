"""Taking a backup apart: every part is checked for what it must be before it is handed on."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

from pydantic_core import from_json

from app.errors import BackupRefused
from app.storage.backup.archive import MANIFEST, SECRET, Part, read_parts
from app.storage.backup.manifest import FORMAT, MAX_PART, MAX_ROW, PACKED, Manifest, TableOf

_MAX_TEXT = 256 << 20
_MAX_MANIFEST = 16 << 20
_MAX_SECRET = 4096
_PIECE = 1 << 20
_OF_A_TEXT = re.compile(r"text/[0-9a-f]{2}/([0-9a-f]{64})\.txt\.gz")

Progress = Callable[[int, int], None]


class Receiver(Protocol):
    """Takes what a backup holds, part by part. Each iterator must be taken to its end."""

    def rows(self, table: TableOf, rows: Iterator[list[object]]) -> None:
        """Some rows of a table; called several times for a long one."""

    def secret(self, secret: str) -> None:
        """The secret that cookies are signed with."""

    def file(self, name: str, pieces: Iterator[bytes]) -> None:
        """A file of snapshots: its path below their folder, and its content."""


def read_contents(
    file: BinaryIO,
    start: Callable[[Manifest], Receiver],
    progress: Progress = lambda _done, _all: None,
) -> Manifest:
    """Give all that a backup holds to the receiver that its manifest starts.

    That the backup was whole is known when this returns. Raises `BackupRefused`.
    """
    parts = read_parts(file, progress)
    first = next(parts, None)
    if first is None:
        raise _unfit(MANIFEST)
    manifest = _read_manifest(first)
    reader = _Reader(manifest, start(manifest))
    for part in parts:
        try:
            reader.take(part)
        # What hostile or broken parts raise where they are read: wrong JSON, wrong gzip, rows of no
        # table. A receiver raises ValueError, too, for values that do not fit.
        except (ValueError, LookupError, RecursionError, zlib.error) as fault:
            raise _unfit(part.name) from fault
    for table in manifest.tables:
        if reader.counts[table.name] != table.rows:
            raise _unfit(f"tables/{table.name}")
    return manifest


class _Reader:
    def __init__(self, manifest: Manifest, receiver: Receiver) -> None:
        self._tables = {table.name: table for table in manifest.tables}
        self._receiver = receiver
        self.counts = dict.fromkeys(self._tables, 0)

    def take(self, part: Part) -> None:
        kind, _, rest = part.name.partition("/")
        if kind == "tables":
            table = self._tables[rest.partition("/")[0]]
            self._receiver.rows(table, self._rows(part, table.name))
        elif text := _OF_A_TEXT.fullmatch(rest):
            self._receiver.file(rest.removesuffix(".gz"), _text(part, text[1]))
        elif kind == "snapshots":
            self._receiver.file(rest, part.pieces)
        elif kind == SECRET:
            self._receiver.secret(_joined(part.pieces, _MAX_SECRET).decode("ascii"))
        else:
            raise ValueError("a second manifest")

    def _rows(self, part: Part, table: str) -> Iterator[list[object]]:
        for line in _lines(_inflated(part.pieces, MAX_PART + MAX_ROW)):
            row = from_json(line)
            if not isinstance(row, list):
                raise ValueError("a row is no list")
            self.counts[table] += 1
            yield row


def _unfit(name: str) -> BackupRefused:
    return BackupRefused(
        f"The backup's part {name} is not what a backup holds there; nothing was written."
    )


def _read_manifest(part: Part) -> Manifest:
    if part.name != MANIFEST:
        raise _unfit(part.name)
    try:
        content = _joined(part.pieces, _MAX_MANIFEST)
        _refuse_newer(from_json(content))
        return Manifest.model_validate_json(content)
    # pydantic's own error is one, too.
    except ValueError:
        raise _unfit(MANIFEST) from None


def _refuse_newer(said: object) -> None:
    number = said.get("format") if isinstance(said, dict) else None
    if isinstance(said, dict) and isinstance(number, int) and number > FORMAT:
        raise BackupRefused(
            f"The backup was made by a newer Variorum ({str(said.get('variorum'))[:20]}); restore "
            "it with that version or a later one. Nothing was written."
        )


def _text(part: Part, its_hash: str) -> Iterator[bytes]:
    sums = hashlib.sha256()
    for piece in _inflated(part.pieces, _MAX_TEXT):
        sums.update(piece)
        yield piece
    if sums.hexdigest() != its_hash:
        raise ValueError("a text is not the one that its name says")


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest: list[bytes] = []
    for piece in pieces:
        first, *others = piece.split(b"\n")
        rest.append(first)
        for other in others:
            yield b"".join(rest)
            rest = [other]
    if any(rest):
        raise ValueError("the last line has no end")


def _inflated(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """What gzip packed, a megabyte at a time: a few packed bytes can be a terabyte of zeros."""
    unpacking, size = zlib.decompressobj(PACKED), 0
    for packed in pieces:
        left = packed
        while left:
            piece = unpacking.decompress(left, _PIECE)
            left = unpacking.unconsumed_tail
            size += len(piece)
            if size > most:
                raise ValueError("it is too long")
            yield piece
            if unpacking.eof:
                break
        if unpacking.unused_data:
            raise ValueError("something follows its end")
    # Output may be left inside when all input was taken.
    while not unpacking.eof and (piece := unpacking.decompress(b"", _PIECE)):
        size += len(piece)
        if size > most:
            raise ValueError("it is too long")
        yield piece
    if not unpacking.eof:
        raise ValueError("its end is missing")


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    joined = bytearray()
    for piece in pieces:
        joined += piece
        if len(joined) > most:
            raise ValueError("it is too long")
    return bytes(joined)
