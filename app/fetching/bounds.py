"""How long and how much the requests of one fetch may still take."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from app.domain.records.page_checks import FetchRule
from app.fetching.failures import NotRead, timed_out

MAX_HEAD_BYTES = 128 * 1024
"""Of one answer's status line and headers, informational answers before it included."""


class Bounds:
    """The seconds that a fetch has left, and the bytes that the present answer has left.

    The clock runs only `while running()`: waiting for a turn at a host costs nothing. For use by
    one thread.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end: float | None = None
        self._bytes = 0
        self._rule: FetchRule = "too-large"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the clock run."""
        self._end = monotonic() + self._seconds
        try:
            yield
        finally:
            self._seconds = self._end - monotonic()
            self._end = None

    def seconds(self) -> float:
        """The seconds that are left, above 0; raises `NotRead` where none are."""
        left = self._seconds if self._end is None else self._end - monotonic()
        if left <= 0:
            raise timed_out()
        return left

    def expect(self, most: int, rule: FetchRule) -> None:
        """From now on, take at most so many bytes off the wire; more of them break the rule."""
        self._bytes, self._rule = most, rule

    def count(self, taken: int) -> None:
        """Note bytes that came off the wire; raises `NotRead` where they are too many."""
        self._bytes -= taken
        if self._bytes < 0:
            raise NotRead(self._rule, "The server sends more than is read of one answer.")


_STEP = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
# Brotli and Zstandard are not asked for, so that no decoder of theirs reads strangers' bytes.
_PLAIN_CODINGS = ("", "identity")
_GZIP_CODINGS = ("gzip", "x-gzip")


# One bound for all threads: sixteen that each read the largest page would take 80 MB.
class Room:
    """The bytes that all bodies together may take up while they are read. For use by threads."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._changing = Lock()

    def reserve(self, size: int) -> None:
        """Take up so many bytes more; raises `NotRead` where there is no room for them."""
        with self._changing:
            if size > self._left:
                raise NotRead("busy", "Too many large pages are being read just now.")
            self._left -= size

    def release(self, size: int) -> None:
        """Take up so many bytes less."""
        with self._changing:
            self._left += size


def read_body(
    pieces: Iterable[bytes], coding: str, most: int, room: Room, *, cut: bool = False
) -> bytes:
    """The body after undoing its Content-Encoding (RFC 9110, 8.4), at most `most` bytes.

    `coding` is the header's value, empty where there is none; gzip is the one coding that is
    asked for, and the only one that is undone. With `cut`, a longer body ends after `most` bytes.
    Raises `NotRead` for a body that is longer, cut short, broken, or in another coding.
    """
    body = bytearray()
    try:
        for piece in _decoded(pieces, coding.strip().lower()):
            # What is inflated counts, as it comes: a declared length is a stranger's word.
            room.reserve(len(piece))
            body += piece
            if len(body) > most:
                break
    finally:
        room.release(len(body))
    if len(body) > most and not cut:
        raise too_large(most)
    del body[most:]
    return bytes(body)


def too_large(most: int) -> NotRead:
    """The page has more than so many bytes."""
    return NotRead("too-large", f"The page is larger than the {most:,} bytes that are read of one.")


def _decoded(pieces: Iterable[bytes], coding: str) -> Iterable[bytes]:
    if coding in _PLAIN_CODINGS:
        return pieces
    if coding in _GZIP_CODINGS:
        return _inflated(pieces)
    raise NotRead("encoding", "The page came in a coding that was not asked for.")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """One gzip member (RFC 1952); what follows it is left alone, as browsers do."""
    inflater = zlib.decompressobj(_GZIP)
    begun = False
    for piece in pieces:
        begun = begun or bool(piece)
        while piece and not inflater.eof:
            # In bounded steps: 1.5 kB of Brotli became 1 GB at once in httpx, and gzip reaches
            # 1,000:1.
            yield _step(inflater, piece)
            piece = inflater.unconsumed_tail
    if begun and not inflater.eof:
        raise NotRead("incomplete", "The compressed page ended before it was complete.")


def _step(inflater: zlib._Decompress, piece: bytes) -> bytes:
    try:
        return inflater.decompress(piece, _STEP)
    except zlib.error:
        raise NotRead("broken-encoding", "The page says that it is gzip, and is not.") from None
