"""What a connection may send and how long it may take, and requests that can be read two ways."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.web.connections import MAX_OF_ADDRESS, MAX_PIPELINED, BoundedProtocol
from tests.serving import serving

_HOST = b"Host: localhost\r\n"


@contextmanager
def connected(site: httpx.Client) -> Iterator[socket.socket]:
    with socket.create_connection((site.base_url.host, site.base_url.port or 0), 20) as end:
        yield end


def answered(end: socket.socket) -> bytes:
    """All that the server says until it closes."""
    said = b""
    try:
        while piece := end.recv(65_536):
            said += piece
    except ConnectionResetError:
        pass  # It closed while more was on its way to it.
    return said


def sent_until_closed(end: socket.socket, piece: bytes, pause: float = 0.001) -> int:
    """How many bytes are sent in pieces before the server closes; 16 MB if it does not."""
    sent = 0
    while sent < 2**24:
        try:
            end.sendall(piece)
        except OSError:
            break
        sent += len(piece)
        time.sleep(pause)
    return sent


def ask(site: httpx.Client, request: bytes) -> bytes:
    with connected(site) as end:
        end.sendall(request)
        return answered(end)


def head(*lines: bytes, target: bytes = b"/healthz") -> bytes:
    fields = b"".join(line + b"\r\n" for line in lines)
    return b"GET " + target + b" HTTP/1.1\r\n" + fields + b"Connection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (head(_HOST[:-2]), 200),
        (head(_HOST[:-2], b"A: " + b"a" * 30_000), 200),
        (head(_HOST[:-2], b"A: " + b"a" * 33_000), 431),
        (head(_HOST[:-2], b"A" * 33_000 + b": a"), 431),
        (head(_HOST[:-2], *[b"A%d: a" % n for n in range(98)]), 200),
        (head(_HOST[:-2], *[b"A%d: a" % n for n in range(99)]), 431),
        (head(_HOST[:-2], *[b"Cookie: a=%d" % n for n in range(200)]), 431),
        (head(_HOST[:-2], target=b"/healthz?" + b"a" * 16_000), 200),
        (head(_HOST[:-2], target=b"/healthz?" + b"a" * 17_000), 414),
        (b"hello\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n" + _HOST + b"\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),  # TLS to a port that speaks none
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ],
)
def test_heads_are_bounded(site: httpx.Client, request_: bytes, status: int) -> None:
    answer = ask(site, request_)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_header_without_an_end_is_not_collected(site: httpx.Client) -> None:
    with connected(site) as end:
        end.sendall(b"GET / HTTP/1.1\r\nA: ")
        assert sent_until_closed(end, b"a" * 4096) < 2**21  # what the ends of the socket hold


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"Content-Length: +4\r\n\r\nabcd",
        b"Content-Length: 4, 4\r\n\r\nabcd",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n",
        b" folded: a\r\n\r\n",
        b"A: a\n b: c\r\n\r\n",
        b"A\x00: a\r\n\r\n",
    ],
)
def test_what_two_servers_could_read_as_different_requests_is_refused(
    site: httpx.Client, fields: bytes
) -> None:
    # RFC 9112, section 6.3: smuggling. The second request is the smuggler's.
    smuggled = b"GET /healthz HTTP/1.1\r\n" + _HOST + b"\r\n"
    answer = ask(site, b"POST /api/v1/claims HTTP/1.1\r\n" + _HOST + fields + smuggled)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"alive" not in answer


def test_headers_behind_a_body_are_dropped(site: httpx.Client) -> None:
    request = (
        b"POST /api/v1/claims HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n"
        b"Content-Type: application/json\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n"
        b"Authorization: Bearer vrm_x\r\nHost: evil.example\r\n\r\n"
    )
    assert ask(site, request).startswith(b"HTTP/1.1 401 ")


def test_the_host_of_an_absolute_address_counts(site: httpx.Client) -> None:
    # RFC 9112, section 3.2.2: it replaces the header's.
    assert ask(site, head(b"Host: localhost", target=b"http://evil.example/")).startswith(
        b"HTTP/1.1 421 "
    )
    assert ask(site, head(b"Host: evil.example", target=b"http://localhost:80/method")).startswith(
        b"HTTP/1.1 200 "
    )


@pytest.mark.parametrize("count", [MAX_PIPELINED, 2000])
def test_requests_that_wait_in_one_connection_are_bounded(site: httpx.Client, count: int) -> None:
    answer = ask(
        site, (b"GET /method HTTP/1.1\r\n" + _HOST + b"\r\n") * (count - 1) + head(_HOST[:-2])
    )
    if count == MAX_PIPELINED:
        assert answer.count(b"HTTP/1.1 200 ") == count
    else:
        assert answer.count(b"HTTP/1.1 ") <= 2 * MAX_PIPELINED


def test_another_protocol_is_not_changed_to(site: httpx.Client) -> None:
    upgrade = (b"Host: localhost", b"Upgrade: h2c, websocket", b"Connection: Upgrade, close")
    request = b"GET /healthz HTTP/1.1\r\n" + b"\r\n".join(upgrade) + b"\r\n\r\n"
    assert ask(site, request).startswith(b"HTTP/1.1 200 ")


class _Hurried(BoundedProtocol):
    """The same limits of time, in a twentieth of it."""

    seconds_to_arrive = 0.5
    seconds_to_read = 0.5


@pytest.fixture(scope="module")
def hurried_site(loaded_url: str) -> Iterator[httpx.Client]:
    app = create_app(Settings(database_url=loaded_url))
    with serving(app, _Hurried) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize(
    ("begun", "further", "status"),
    [
        (b"", b"", b"408"),
        (b"GET / HT", b"", b"408"),
        (b"GET / HTTP/1.1\r\nA: ", b"a", b"408"),
        (b"\r\n", b"\r\n", b"408"),
        (
            b"POST /api/v1/claims HTTP/1.1\r\n" + _HOST + b"Content-Type: application/json\r\n"
            b"Content-Length: 100000\r\n\r\n{",
            b" ",
            b"401",
        ),
    ],
    ids=["nothing", "half a line", "a dripping header", "empty lines", "a dripping body"],
)
def test_half_a_request_is_closed(
    hurried_site: httpx.Client, begun: bytes, further: bytes, status: bytes
) -> None:
    began = time.monotonic()
    with connected(hurried_site) as end:
        end.sendall(begun)
        end.settimeout(0.1)
        answer = b""
        while time.monotonic() < began + 5:
            try:
                piece = end.recv(65_536)
            except TimeoutError:
                if further:
                    end.sendall(further)
                continue
            except ConnectionResetError:
                break
            if not piece:
                break
            answer += piece
    assert time.monotonic() - began < 4
    assert answer.startswith(b"HTTP/1.1 " + status)


def test_who_does_not_read_is_cut_off(hurried_site: httpx.Client) -> None:
    with socket.socket() as end:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        end.connect((hurried_site.base_url.host, hurried_site.base_url.port))
        request = b"GET /api/docs HTTP/1.1\r\n" + _HOST + b"\r\n"
        end.settimeout(3)
        assert sent_until_closed(end, request * 8, pause=0.1) < 2**16


def test_connections_of_one_address_are_bounded(site: httpx.Client) -> None:
    with ExitStack() as stack:
        ends = [stack.enter_context(connected(site)) for _ in range(MAX_OF_ADDRESS + 5)]
        refused = answered(ends[-1])
        assert refused.startswith(b"HTTP/1.1 429 ")
        assert b"retry-after: " in refused.lower()
        # Another address is not concerned.
        with socket.socket() as other:
            other.bind(("127.0.0.2", 0))
            other.connect((site.base_url.host, site.base_url.port))
            other.sendall(head(b"Host: localhost"))
            assert answered(other).startswith(b"HTTP/1.1 200 ")
    deadline = time.monotonic() + 5
    while ask(site, head(b"Host: localhost"))[:12] != b"HTTP/1.1 200":
        assert time.monotonic() < deadline


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /review/sign-in HTTP/1.1\r\n" + _HOST + b"Content-Length: 500\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nabc",
        b"POST /api/v1/citations HTTP/1.1\r\n" + _HOST + b"Content-Length: 500\r\n"
        b"Content-Type: application/json\r\n\r\n{",
        b"\x00" * 100,
        (b"GET /compare?dossier=harbour&left=oskel&right=guild HTTP/1.1\r\n" + _HOST + b"\r\n")
        * 100,
        (b"GET /timeline?dossier=harbour HTTP/1.1\r\n" + _HOST + b"\r\n") * 9 + b"?\r\n",
        b"GET / HTTP/1.1\r\n" + _HOST + b"Upgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_strangers_cannot_fill_the_log(
    site: httpx.Client, caplog: pytest.LogCaptureFixture, request_: bytes
) -> None:
    # Not by the root: uvicorn passes nothing on to it.
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(caplog.handler)
    try:
        for _ in range(3):
            with connected(site) as end:
                end.sendall(request_)
        time.sleep(0.3)
        assert ask(site, head(b"Host: localhost")).startswith(b"HTTP/1.1 200 ")
    finally:
        logger.removeHandler(caplog.handler)
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/%2e%2e/%2e%2e/etc/passwd", 404),
        (b"/static/..%2f..%2fsettings.py", 404),
        (b"/static/%2e%2e/main.py", 404),
        (b"/static/%5c..%5cmain.py", 404),
        (b"/static/site.css%00", 404),
        (b"/static/fonts", 404),
        (b"//evil.example/%2f", 404),
        (b"/claims/%0d%0aSet-Cookie:%20a=b", 404),
        (b"/claims/%c0%ae%c0%ae", 404),
        (b"/claims/%ff%fe", 404),
        (b"/claims/fire-dead%2fhistory", 200),
        (b"/claims/fire-dead%00", 404),
        (b"/claims//fire-dead", 404),
        (b"/;/claims/fire-dead", 404),
        (b"/claims/%", 404),
        (b"/?lang=ru%00", 422),
        (b"/search?q=%00", 422),
        (b"*", 404),
        (b"/a b", 400),
        (b"/\xff", 400),
    ],
)
def test_tricks_with_paths_reach_nothing(site: httpx.Client, target: bytes, status: int) -> None:
    answer = ask(site, head(b"Host: localhost", target=target))
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    top = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"set-cookie" not in top
    assert b"root:" not in answer


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/method", "bytes=0-0", 200),  # a page is whole or not at all
        ("/static/site.css", "bytes=0-0", 200),  # and so is what is made of a file
        ("/static/search.js", "bytes=0-0", 206),
        ("/static/search.js", "bytes=999999999-", 416),
        ("/static/search.js", "bytes=5-1", 400),
        ("/static/search.js", "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 1500, 2)), None),
        ("/static/search.js", "bytes=" + ",".join(["0-"] * 1000), None),
    ],
)
def test_ranges_multiply_nothing(
    site: httpx.Client, path: str, asked: str, status: int | None
) -> None:
    plain = {"Accept-Encoding": "identity"}
    whole = site.get(path, headers=plain).content
    answer = site.get(path, headers=plain | {"Range": asked})
    assert answer.status_code == (status or answer.status_code)
    assert len(answer.content) <= len(whole)
    # What was asked for in part is never given to others as the whole.
    assert site.get(path, headers=plain).content == whole


@pytest.mark.parametrize("tags", ["*", ",".join(['W/"a"'] * 2000), '"', "\xff", "a" * 8000])
def test_conditions_of_strangers_are_answered(site: httpx.Client, tags: str) -> None:
    answer = site.get("/method", headers=[(b"If-None-Match", tags.encode("latin-1"))])
    assert answer.status_code == (304 if tags == "*" else 200)
