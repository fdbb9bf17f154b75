"""The file of a backup: a tar archive in which every byte is accounted for.

Any `tar` unpacks it, and `sha256sum -c SHA256SUMS` checks what it unpacked. What is read back is
narrower than tar: each header must be, byte for byte, the one that is written here for its name and
size. So links, devices, owners, sparse files and extended headers cannot be in it, and names are
those of `NAMES` alone: nothing of the archive is ever a path.

The last part, `END`, holds the SHA-256 of all bytes before it; what follows it is fixed. A file
that was cut off, or in which one bit was flipped, is refused before anything is written.

Source: POSIX.1-2017, pax, “ustar Interchange Format”, with GNU tar's base-256 sizes beyond 8 GiB.
"""

from __future__ import annotations

import hashlib
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.errors import BackupRefused

MANIFEST = "backup.json"
SECRET = "cookie-secret"  # noqa: S105
NAMES = re.compile(
    r"backup\.json|cookie-secret"
    r"|tables/[a-z_]{1,60}/[0-9]{6}\.jsonl\.gz"
    r"|snapshots/text/[0-9a-f]{2}/[0-9a-f]{64}\.txt\.gz"
    r"|snapshots/warc/[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{16}\.warc\.gz"
)
_SUMS = "SHA256SUMS"
_END = "END"
_BLOCK = tarfile.BLOCKSIZE
_PIECE = 1 << 20
_TRAILER = bytes(2 * _BLOCK)

_DAMAGED = (
    "The backup is damaged at byte {at:,}; nothing was written. Take another copy of it, or an "
    "older backup."
)
_CUT = (
    "The backup was cut off after {at:,} bytes; nothing was written. Take another copy of it, or "
    "an older backup."
)


class PartsWriter:
    """Writes parts one after the other, to a file that need not be seekable."""

    def __init__(self, file: BinaryIO) -> None:
        """Take the file, at its beginning."""
        self._file = file
        self._whole = hashlib.sha256()
        # Of very many parts these are some hundred megabytes: a backup of a million snapshots.
        self._sums = bytearray()
        self.size = 0

    def add(self, name: str, content: bytes) -> None:
        """Add a part that is in memory."""
        self._begin(name, len(content))
        self._write(content)
        self._close(name, hashlib.sha256(content).hexdigest(), len(content))

    def add_file(self, name: str, file: BinaryIO, size: int) -> None:
        """Add so many bytes of a file; raises EOFError where it has fewer."""
        self._begin(name, size)
        sums, left = hashlib.sha256(), size
        while left:
            piece = file.read(min(left, _PIECE))
            if not piece:
                raise EOFError(name)
            sums.update(piece)
            self._write(piece)
            left -= len(piece)
        self._close(name, sums.hexdigest(), size)

    def finish(self) -> str:
        """Add the checksums; returns the one of the whole. Without them no restore takes it."""
        self.add(_SUMS, bytes(self._sums))
        whole = self._whole.hexdigest()
        self._write(_end(whole))
        self._file.flush()
        return whole

    def _begin(self, name: str, size: int) -> None:
        self._write(_header(name, size))

    def _close(self, name: str, digest: str, size: int) -> None:
        self._write(bytes(-size % _BLOCK))
        self._sums += _line(name, digest)

    def _write(self, content: bytes) -> None:
        self._whole.update(content)
        self._file.write(content)
        self.size += len(content)


@dataclass(slots=True)
class Part:
    """A part while it is read: `pieces` gives its bytes once."""

    name: str
    size: int
    pieces: Iterator[bytes]


def read_parts(
    file: BinaryIO, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Iterator[Part]:
    """Every part from the file's beginning on, in order.

    That all was right is known when the last was taken and nothing was raised: whoever acts on a
    part before that must be able to undo it. Raises `BackupRefused`.
    """
    yield from _PartsReader(file, progress)


class _PartsReader:
    def __init__(self, file: BinaryIO, progress: Callable[[int, int], None]) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._at = file.seek(0)
        self._whole = hashlib.sha256()
        # Not the list itself: its hash and length are enough to compare, whatever its length.
        self._sums, self._sums_size = hashlib.sha256(), 0
        self._progress = progress

    def __iter__(self) -> Iterator[Part]:
        while True:
            before = self._whole.hexdigest()
            start = self._at
            name, size = self._read_header(start)
            if name == _END:
                return self._check_end(before, start)
            sums = hashlib.sha256()
            part = Part(name, size, self._pieces(size, sums))
            if name == _SUMS:
                self._check_sums(part, sums, start)
            elif NAMES.fullmatch(name):
                yield part
            else:
                raise BackupRefused(_DAMAGED.format(at=start))
            # What was not taken is read all the same, as the whole is summed.
            for _ in part.pieces:
                pass
            if any(self._read(-size % _BLOCK)):
                raise BackupRefused(_DAMAGED.format(at=self._at))
            line = _line(name, sums.hexdigest())
            self._sums.update(line)
            self._sums_size += len(line)

    def _read_header(self, start: int) -> tuple[str, int]:
        block = self._read(_BLOCK)
        try:
            found = tarfile.TarInfo.frombuf(block, "ascii", "strict")
            is_ours = _header(found.name, found.size) == block
        except (tarfile.HeaderError, ValueError):
            is_ours = False
        if not is_ours:
            if start == 0:
                raise BackupRefused("The file is no backup of Variorum; nothing was written.")
            raise BackupRefused(_DAMAGED.format(at=start))
        if found.size > self._size - self._at:
            raise BackupRefused(_CUT.format(at=self._size))
        return found.name, found.size

    def _pieces(self, size: int, sums: hashlib._Hash) -> Iterator[bytes]:
        left = size
        while left:
            piece = self._read(min(left, _PIECE))
            sums.update(piece)
            left -= len(piece)
            yield piece

    def _check_sums(self, part: Part, sums: hashlib._Hash, start: int) -> None:
        expected = self._sums.hexdigest()
        for _ in part.pieces:
            pass
        if part.size != self._sums_size or sums.hexdigest() != expected:
            raise BackupRefused(_DAMAGED.format(at=start))

    def _check_end(self, whole: str, start: int) -> None:
        self._file.seek(start)
        end = _end(whole)
        if self._file.read(len(end) + 1) != end:
            # The sum covers all that went before: where the fault is in it, is not known.
            raise BackupRefused(
                "The backup's checksum does not fit its content: it is damaged; nothing was "
                "written. Take another copy of it, or an older backup."
            )

    def _read(self, size: int) -> bytes:
        content = self._file.read(size)
        self._at += len(content)
        if len(content) < size:
            raise BackupRefused(_CUT.format(at=self._at))
        self._whole.update(content)
        self._progress(self._at >> 20, self._size >> 20)
        return content


def _header(name: str, size: int) -> bytes:
    """The header of a part: everything but its name and its size is fixed."""
    found = tarfile.TarInfo(name)
    found.size = size
    found.mode = 0o600
    return found.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def _line(name: str, digest: str) -> bytes:
    """A line as `sha256sum` writes and reads it."""
    return f"{digest}  {name}\n".encode("ascii")


def _end(whole: str) -> bytes:
    """All that follows the bytes that were summed."""
    content = f"{whole}\n".encode("ascii")
    return _header(_END, len(content)) + content + bytes(-len(content) % _BLOCK) + _TRAILER
