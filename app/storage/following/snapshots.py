"""The files of snapshots: answers as WARC records, and their texts by hash.

The folder has `warc/<day>-<writer>.warc.gz`, to which one writer appends, and
`text/<first two digits>/<hash>.txt`. No name is made of anything that a stranger chose. A file is
on disk before its row is committed: what breaks off in between leaves a record that nothing refers
to, never a row without its record.

Sources: WARC 1.1, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
(ISO 28500:2017); headers that do not hold for the stored body any more are renamed
`X-Archive-Orig-…`, as web archives do.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
import threading
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from app.domain.records.page_checks import SavedSnapshot
from app.domain.values.base import rfc3339
from app.errors import NotFound

Headers = Sequence[tuple[str, str]]

_HASH = re.compile(r"[0-9a-f]{64}")
_WARC_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{16}\.warc\.gz")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NOT_OF_THE_BODY = ("content-encoding", "content-length", "transfer-encoding")
_ABOUT = {
    "software": "Variorum",
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """An answer as it was stored: its address, when it came, and what it was."""

    url: str
    at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Snapshots:
    """The folder of snapshots, for the threads of one process; another process has its own files.

    Safe to read from anywhere, also while it is written.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made when something is first saved."""
        self._folder = folder
        # A file has one writer: two processes that append to one would write into each other's
        # records.
        self._writer = token_hex(8)
        self._writing = threading.Lock()

    def save(
        self,
        url: str,
        final_url: str,
        at: datetime,
        status: int,
        headers: Headers,
        body: bytes,
        text: str,
    ) -> SavedSnapshot:
        """Store an answer, with its body as inflated, and its text; both are on disk afterwards.

        The record is of `final_url`, which gave the answer; where another `url` led to it, a
        metadata record after it says so. Raises OSError where the disk fails.
        """
        its_hash = self._save_text(text)
        records, length = _records(url, final_url, at, status, headers, body)
        name = f"{at.astimezone(UTC).date().isoformat()}-{self._writer}.warc.gz"
        with self._writing:
            offset = self._append(name, records)
        return SavedSnapshot(name, offset, length, its_hash)

    def read_text(self, text_hash: str) -> str:
        """The text of this hash; raises `NotFound` where there is none."""
        if not _HASH.fullmatch(text_hash):
            raise NotFound("snapshot", text_hash)
        try:
            return text_file(self._folder, text_hash).read_bytes().decode()
        except FileNotFoundError:
            raise NotFound("snapshot", text_hash) from None

    def read_response(self, saved: SavedSnapshot) -> StoredResponse:
        """The answer that was saved; raises `NotFound` where its file is not there."""
        if not _WARC_NAME.fullmatch(saved.warc):
            raise NotFound("snapshot", saved.warc)
        try:
            with (self._folder / "warc" / saved.warc).open("rb") as file:
                file.seek(saved.offset)
                stored = file.read(saved.length)
        except FileNotFoundError:
            raise NotFound("snapshot", saved.warc) from None
        return _read_record(stored)

    def erase(
        self, answers: Iterable[SavedSnapshot], text_hashes: Iterable[str], at: datetime
    ) -> None:
        """Erase answers and texts for good; other answers stay where they are.

        Raises OSError where the disk fails.
        """
        for saved in answers:
            erase_answer(self._folder, saved, at)
        for text_hash in text_hashes:
            erase_text(self._folder, text_hash)

    def _append(self, name: str, records: bytes) -> int:
        """Write records to the end of a file, wholly or not at all; where they begin."""
        path = self._folder / "warc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if file.tell() == 0:
                file.write(_first_record(name))
            offset = file.tell()
            try:
                file.write(records)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                # Half a record would make what follows it unreadable for tools that read in order.
                file.truncate(offset)
                raise
        return offset

    def _save_text(self, text: str) -> str:
        """Write the text under its hash, unless it is there; the hash."""
        encoded, its_hash = _encoded(text), text_hash(text)
        path = text_file(self._folder, its_hash)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Renamed when whole: a reader, or a crash, never meets half of a text under its hash.
            unfinished = path.with_name(f"{its_hash}.{token_hex(8)}")
            with unfinished.open("wb") as file:
                file.write(encoded)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        return its_hash


def text_file(folder: Path, text_hash: str) -> Path:
    """Where the text of this hash is in the folder of snapshots."""
    return folder / "text" / text_hash[:2] / f"{text_hash}.txt"


def text_hash(text: str) -> str:
    """The SHA-256 of a page's text as UTF-8, in hexadecimal; a lone surrogate counts as “?”."""
    return hashlib.sha256(_encoded(text)).hexdigest()


def _encoded(text: str) -> bytes:
    return text.encode(errors="replace")


def _records(
    url: str, final_url: str, at: datetime, status: int, headers: Headers, body: bytes
) -> tuple[bytes, int]:
    """The response as a record, a note after it where there is one, and the response's length."""
    writer = WARCWriter(BytesIO(), gzip=True, warc_version="WARC/1.1")
    target, date = _one_line(final_url), rfc3339(at)
    response = writer.create_warc_record(
        target,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(
            _status_line(status), list(_of_the_body(headers, len(body))), protocol="HTTP/1.1"
        ),
        warc_headers_dict={"WARC-Date": date},
    )
    writer.write_record(response)
    length = writer.out.tell()
    if url != final_url:
        noted = f"via: {_one_line(url)}\r\n".encode()
        writer.write_record(
            writer.create_warc_record(
                target,
                "metadata",
                payload=BytesIO(noted),
                length=len(noted),
                warc_headers_dict={
                    "WARC-Date": date,
                    "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
                },
            )
        )
    return writer.out.getvalue(), length


def _first_record(name: str) -> bytes:
    writer = WARCWriter(BytesIO(), gzip=True, warc_version="WARC/1.1")
    writer.write_record(writer.create_warcinfo_record(name, _ABOUT))
    written: bytes = writer.out.getvalue()
    return written


def _of_the_body(headers: Headers, length: int) -> Iterable[tuple[str, str]]:
    """The headers as they fit a body that is stored inflated and in one piece."""
    for name, value in headers:
        fitting = f"X-Archive-Orig-{name}" if name.lower() in _NOT_OF_THE_BODY else name
        yield _one_line(fitting), _one_line(value)
    yield "Content-Length", str(length)


def _one_line(text: str) -> str:
    """A header's text without what could end its line and begin another."""
    return _CONTROL.sub(" ", text)


def _status_line(status: int) -> str:
    known = status in HTTPStatus.__members__.values()
    return f"{status} {HTTPStatus(status).phrase}" if known else f"{status} "


def _read_record(stored: bytes) -> StoredResponse:
    record = next(iter(ArchiveIterator(BytesIO(stored))))
    about, answered = record.rec_headers, record.http_headers
    return StoredResponse(
        url=about.get_header("WARC-Target-URI"),
        at=about.get_header("WARC-Date"),
        status=int(answered.get_statuscode()),
        headers=tuple(answered.headers),
        body=record.content_stream().read(),
    )


_SAYS = b"The content of this record has been redacted.\r\n"
_HAS_COMMENT = 0x10


def erase_answer(folder: Path, saved: SavedSnapshot, at: datetime) -> None:
    """Overwrite an answer in the folder of snapshots; nothing happens where its file is gone.

    Raises OSError where the disk fails.
    """
    # Other answers follow it in the file, and rows refer to them by offset: nothing may move.
    path = folder / "warc" / saved.warc
    if path.exists():
        with path.open("r+b") as file:
            file.seek(saved.offset)
            file.write(_filling(saved.length, at))
            file.flush()
            os.fsync(file.fileno())


def erase_text(folder: Path, text_hash: str) -> None:
    """Remove a text from the folder of snapshots; nothing happens where it is not there."""
    text_file(folder, text_hash).unlink(missing_ok=True)


def _filling(length: int, at: datetime) -> bytes:
    """A gzip member of this many bytes that holds one WARC record; zeros where none is so short."""
    record = _record(at)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(record) + packer.flush()
    head = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, _HAS_COMMENT, 0, 0, 255)
    tail = struct.pack("<II", zlib.crc32(record), len(record))
    # A gzip header's comment (RFC 1952, section 2.3) is the one place that takes any number of
    # bytes.
    comment = length - len(head) - 1 - len(packed) - len(tail)
    if comment < 0:
        return bytes(length)
    return head + b" " * comment + b"\0" + packed + tail


def _record(at: datetime) -> bytes:
    head = (
        "WARC/1.1\r\n"
        "WARC-Type: metadata\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
        f"WARC-Date: {rfc3339(at)}\r\n"
        "Content-Type: text/plain\r\n"
        f"Content-Length: {len(_SAYS)}\r\n\r\n"
    )
    return head.encode("ascii") + _SAYS + b"\r\n\r\n"
