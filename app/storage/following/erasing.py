"""Taking what a page said out of the files of snapshots, for good.

An answer lies among others in one file, and where they lie is on record: its bytes are overwritten
by a record of the same length that says so, and every other one stays readable where it is.

Source: RFC 1952, section 2.3, for the comment that fills the space.
"""

from __future__ import annotations

import os
import struct
import zlib
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from app.storage.following.records import SavedSnapshot
from app.storage.revisions.chain import rfc3339

_SAYS = b"What this record held has been taken down.\r\n"
_HAS_COMMENT = 0x10


def erase_answer(folder: Path, saved: SavedSnapshot, at: datetime) -> None:
    """Overwrite an answer in the folder of snapshots; nothing happens where its file is gone.

    Raises OSError where the disk does not take it.
    """
    path = folder / "warc" / saved.warc
    if path.exists():
        with path.open("r+b") as file:
            file.seek(saved.offset)
            file.write(_filling(saved.length, at))
            file.flush()
            os.fsync(file.fileno())


def erase_text(folder: Path, text_hash: str) -> None:
    """Remove a text from the folder of snapshots; nothing happens where it is not there."""
    (folder / "text" / text_hash[:2] / f"{text_hash}.txt").unlink(missing_ok=True)


def _filling(length: int, at: datetime) -> bytes:
    """A gzip member of this many bytes that holds one WARC record; zeros where none is so short."""
    record = _record(at)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(record) + packer.flush()
    head = struct.pack("<BBBBIBB", 0x1F, 0x8B, 8, _HAS_COMMENT, 0, 0, 255)
    tail = struct.pack("<II", zlib.crc32(record), len(record))
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
