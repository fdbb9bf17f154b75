"""Servers that mean harm, each with the rule that asking it must end with.

The table serves the tests and `python -m bench.fetching`, which prints what happened.
"""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat

import trustme

from app.domain.records.page_checks import FetchRule, PageState
from tests.fetching.servers import Asked, Greeting, answer, redirect

MEGABYTE = b"\0" * 1_000_000
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile way of answering; `pieces` gives what is sent, and may never end.

    A rule says why the page is then unreachable; with None, it is read all the same.
    """

    name: str
    rule: FetchRule | None
    pieces: Callable[[], Iterator[bytes]]
    resets: bool = False

    @property
    def state(self) -> PageState:
        return "unreachable" if self.rule else "read"

    def __call__(self, connection: socket.socket, asked: Asked) -> None:
        for piece in self.pieces():
            connection.sendall(piece)
        if self.resets:
            time.sleep(0.1)  # so that what was sent arrives first
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silence() -> Iterator[bytes]:
    time.sleep(20)
    yield b""


def slowly(content: bytes) -> Iterator[bytes]:
    for byte in content:
        yield bytes([byte])
        time.sleep(0.05)


def drip(before: bytes, content: bytes = b"x" * 400) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield before
        yield from slowly(content)

    return pieces


def then_silence(content: bytes) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield content
        yield from silence()

    return pieces


def endless(before: bytes, piece: bytes) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield before
        yield from repeat(piece)

    return pieces


def once(*content: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter(content)


def gzip_bomb() -> Iterator[bytes]:
    """10 MB that inflate to 10 GB: one compressed megabyte of zeros, ten thousand times."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    yield (
        OK
        + b"Content-Encoding: gzip\r\n\r\n"
        + deflater.compress(b"")
        + deflater.flush(zlib.Z_FULL_FLUSH)
    )
    megabyte = deflater.compress(MEGABYTE) + deflater.flush(zlib.Z_FULL_FLUSH)
    yield from repeat(megabyte, 10_000)


def cut_gzip(content: bytes) -> bytes:
    return gzip.compress(content * 1000)[:-20]


def encoded(coding: str, body: bytes) -> Callable[[], Iterator[bytes]]:
    return once(answer(body, headers={"Content-Encoding": coding}))


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
TWICE_ZIPPED = gzip.compress(gzip.compress(b"<p>words</p>"))

SERVERS = [
    Hostile("never answers", "timeout", silence),
    Hostile("drips its headers", "timeout", drip(OK + b"X: ")),
    Hostile("drips its body", "timeout", drip(OK + b"Content-Length: 400\r\n\r\n")),
    Hostile("drips its chunks", "timeout", drip(CHUNKED, b"1\r\nx\r\n" * 99)),
    Hostile(
        "claims 10 GB and streams them",
        "too-large",
        endless(OK + b"Content-Length: 10000000000\r\n\r\n", MEGABYTE),
    ),
    Hostile(
        "claims 10 GB and hangs",
        "too-large",
        then_silence(OK + b"Content-Length: 10000000000\r\n\r\n"),
    ),
    Hostile("streams without end", "too-large", endless(OK + b"\r\n", MEGABYTE)),
    Hostile(
        "streams chunks without end",
        "too-large",
        endless(CHUNKED, b"f4240\r\n" + MEGABYTE + b"\r\n"),
    ),
    Hostile("streams chunks of one byte", "too-large", endless(CHUNKED, b"1\r\nx\r\n" * 10_000)),
    Hostile("a gzip bomb of 10 GB", "too-large", gzip_bomb),
    Hostile("gzip bomb in gzip", "encoding", encoded("gzip, gzip", TWICE_ZIPPED)),
    Hostile("gzip that is none", "broken-encoding", encoded("gzip", b"<p>words</p>")),
    Hostile("gzip cut short", "incomplete", encoded("gzip", cut_gzip(b"words "))),
    Hostile(
        "gzip that turns to junk",
        "broken-encoding",
        encoded("gzip", gzip.compress(b"a")[:12] + b"\xff" * 99),
    ),
    Hostile("brotli that was not asked for", "encoding", encoded("br", b"\x1b\x00")),
    Hostile("deflate that was not asked for", "encoding", encoded("deflate", zlib.compress(b"a"))),
    Hostile("an unknown coding", "encoding", encoded("x-puzzle", b"words")),
    Hostile(
        "a shorter body than it says", "incomplete", once(OK + b"Content-Length: 900\r\n\r\nwords")
    ),
    Hostile(
        "a shorter body than it says, and hangs",
        "timeout",
        then_silence(OK + b"Content-Length: 900\r\n\r\nwords"),
    ),
    Hostile(
        "a longer body than it says", None, once(OK + b"Content-Length: 5\r\n\r\nwords and more")
    ),
    Hostile("a length below zero", "protocol", once(OK + b"Content-Length: -5\r\n\r\nwords")),
    Hostile(
        "a length that is no number", "protocol", once(OK + b"Content-Length: many\r\n\r\nwords")
    ),
    Hostile(
        "a length of thousands of digits",
        "protocol",
        once(OK + b"Content-Length: " + b"9" * 9000 + b"\r\n\r\n"),
    ),
    Hostile(
        "two lengths", "protocol", once(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nwords")
    ),
    Hostile("chunks that are none", "protocol", once(CHUNKED + b"zz\r\nwords\r\n")),
    Hostile("chunks cut short", "incomplete", once(CHUNKED + b"9\r\nwords")),
    Hostile(
        "an endless chunk extension", "headers-too-large", endless(CHUNKED + b"1;", b"x" * 65536)
    ),
    Hostile(
        "endless trailers", "headers-too-large", endless(CHUNKED + b"0\r\n", b"X: y\r\n" * 999)
    ),
    Hostile("endless headers", "headers-too-large", endless(OK, b"X: " + b"y" * 1000 + b"\r\n")),
    Hostile("one endless header", "headers-too-large", endless(OK + b"X: ", b"y" * 65536)),
    Hostile("an endless status line", "headers-too-large", endless(b"HTTP/1.1 200 ", b"y" * 65536)),
    Hostile(
        "100 Continue without end",
        "headers-too-large",
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999),
    ),
    Hostile(
        "switches protocols",
        "protocol",
        once(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
    ),
    Hostile("a header with a zero byte", "protocol", once(OK + b"X: a\0b\r\n\r\n")),
    Hostile("HTTP/0.9", "disconnected", once(b"<html>words</html>")),
    Hostile("junk", "headers-too-large", endless(b"", bytes(range(128, 256)) * 99)),
    Hostile("hangs up at once", "disconnected", once()),
    Hostile(
        "resets the connection",
        "disconnected",
        once(OK + b"Content-Length: 900\r\n\r\nwords"),
        resets=True,
    ),
]

RULES = OK + b"\r\nUser-agent: *\n"


def many_groups() -> Iterator[bytes]:
    """Seventeen thousand agents times seventeen thousand rules."""
    yield OK + b"\r\n"
    yield b"".join(b"User-agent: a%d\r" % number for number in range(16_000))
    yield b"".join(b"Allow: /%d\r" % number for number in range(17_000))


ROBOTS = [
    Hostile("robots: 10 MB", None, once(RULES, b"Allow: /a\n" * 1_000_000)),
    Hostile("robots: never ends", None, endless(RULES, b"Disallow: /a\n" * 9999)),
    Hostile(
        "robots: 10 GB claimed",
        None,
        endless(OK + b"Content-Length: 10000000000\r\n\r\n", b"#\n" * 9999),
    ),
    Hostile("robots: a gzip bomb", None, gzip_bomb),
    Hostile("robots: many agents times many rules", None, many_groups),
    Hostile("robots: one endless line", None, endless(RULES + b"Disallow: /", b"$" * 65536)),
    Hostile("robots: an endless pattern", None, once(RULES, b"Disallow: /" + b"*a" * 200_000)),
    Hostile("robots: junk", None, once(OK + b"\r\n", bytes(range(256)) * 2000)),
    Hostile("robots: never answers", "timeout", silence),
    Hostile("robots: drips", "timeout", drip(RULES)),
    Hostile("robots: hangs up", "robots-unreachable", once()),
    Hostile("robots: cut short", "robots-unreachable", once(OK + b"Content-Length: 9\r\n\r\nUser")),
    Hostile("robots: brotli", "robots-unreachable", encoded("br", b"\x1b")),
    Hostile("robots: endless headers", "robots-unreachable", endless(OK, b"X: y\r\n" * 9999)),
    Hostile("robots: in a circle", "robots-unreachable", once(redirect("/robots.txt"))),
    Hostile(
        "robots: redirects to this machine",
        "robots-unreachable",
        once(redirect("http://127.0.0.1/")),
    ),
    Hostile(
        "robots: redirects to a file", "robots-unreachable", once(redirect("file:///etc/passwd"))
    ),
]


def saying(pieces: Callable[[], Iterator[bytes]]) -> Greeting:
    """What else a server may say where a TLS handshake should begin."""

    def greeting(connection: socket.socket) -> socket.socket:
        for piece in pieces():
            connection.sendall(piece)
        return connection

    return greeting


HELLO = b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" + b"\0" * 111
HANDSHAKES: list[tuple[str, FetchRule, Greeting]] = [
    ("TLS: another protocol", "tls", saying(once(answer("words")))),
    ("TLS: junk without end", "tls", saying(endless(b"", bytes(range(256)) * 99))),
    ("TLS: a handshake that never begins", "timeout", saying(silence)),
    ("TLS: a handshake that hangs", "timeout", saying(then_silence(HELLO[:3]))),
    ("TLS: a handshake that drips", "timeout", saying(drip(b"", HELLO))),
]
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
CERTIFICATES: list[tuple[str, str, Callable[[trustme.CA], trustme.LeafCert]]] = [
    ("TLS: an unknown authority", "issuer", lambda _: trustme.CA().issue_cert("a.test")),
    ("TLS: another name", "mismatch", lambda ca: ca.issue_cert("other.test")),
    ("TLS: an IP address", "mismatch", lambda ca: ca.issue_cert("127.0.0.1")),
    ("TLS: expired", "expired", lambda ca: ca.issue_cert("a.test", not_after=YESTERDAY)),
]

REDIRECTS: list[tuple[str, FetchRule]] = [
    ("http://127.0.0.1/", "redirect-to-private"),
    ("http://2130706433/", "redirect-to-private"),
    ("//[::1]/", "redirect-to-private"),
    ("http://[::ffff:7f00:1]/", "redirect-to-private"),
    ("http://169.254.169.254/latest/", "redirect-to-private"),
    ("http://localhost/", "redirect-to-private"),
    ("http://inviting.test/", "redirect-to-private"),
    ("https://inviting.test/", "redirect-to-private"),
    ("file:///etc/passwd", "redirect-refused"),
    ("javascript:alert(1)", "redirect-refused"),
    ("data:text/html,words", "redirect-refused"),
    ("ftp://a.test/", "redirect-refused"),
    ("http://user:password@a.test/", "redirect-refused"),
    ("http://a.test:22/", "redirect-refused"),
    ("http://a.test:65536/", "redirect-refused"),
    ("http://[", "redirect-refused"),
    ("http://a.test/" + "a" * 10_000, "redirect-refused"),
    ("http://a.test/\tb", "redirect-refused"),
]
