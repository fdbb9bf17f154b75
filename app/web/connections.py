"""The server's side of a connection: what strangers may send, how long it may take, and how much.

httptools sets no limit to a head, and uvicorn none to the time that a request takes to arrive, to
the requests that wait in one connection, or to the connections of one address. Sources: RFC 9110,
sections 15.5.9, 15.5.15 and 15.5.21; RFC 6585, section 5; RFC 9112, sections 3.2 and 9.3.2.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from app.web.http.limits import is_trusted, network_of

MAX_HEAD_BYTES = 32 * 1024
MAX_HEADERS = 100
# A quotation of 2,500 Armenian letters still fits into a link to the form.
MAX_URL_BYTES = 16 * 1024
# Beyond the first ten seconds a body goes on to be read while it arrives at this rate, and so does
# an answer while it is read at this rate; modem speed.
MIN_BYTES_PER_SECOND = 1024
# A request that waits for the one before it costs 3 kB: 256 kB of the smallest would cost 30 MB.
MAX_PIPELINED = 16
MAX_OF_ADDRESS = 100
_MAX_CONNECTIONS = 2_000
_FOR_FILES = 100  # descriptors that databases, logs and fetched pages need

_open: Counter[str] = Counter()
"""How many connections of each network this process has open."""


class _Refused(Exception):
    """What arrives is not taken any further."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 with limits; each connection has one."""

    seconds_to_arrive = 10.0
    seconds_to_read = 30.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._network = ""
        self._is_in_head = False
        self._head_bytes = 0
        self._unparsed = 0
        self._received = 0
        self._refused: _Refused | None = None
        self._answering: RequestResponseCycle | None = None
        self._arrival: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, unless there are too many of its network or of all."""
        super().connection_made(transport)
        peer = self.client[0] if self.client else ""
        settings = getattr(getattr(self.app, "state", None), "settings", None)
        if not is_trusted(peer, settings.trusted_proxies if settings else ()):
            self._network = network_of(peer)
            _open[self._network] += 1
        if _open[self._network] > MAX_OF_ADDRESS and self._network:
            self._refuse(429, "Too many connections from this address; close some.")
        elif len(self.connections) > _max_connections():
            self._refuse(503, "Too many connections; try again in a few seconds.")
        else:
            self._await_arrival()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        _open[self._network] -= 1
        if _open[self._network] <= 0:
            del _open[self._network]
        self._cancel_arrival()
        if self._stall:
            self._stall.cancel()
        super().connection_lost(exc)
        # uvicorn lets the last of several requests know that nobody is there, and an answer to the
        # first goes on to be written: an error in the log for each.
        self.pipeline.clear()
        if self._answering:
            self._answering.disconnected = True
            self._answering.message_event.set()

    def data_received(self, data: bytes) -> None:
        """Parse what arrived; refuse the connection where it is no HTTP or too much of it."""
        if self.transport.is_closing() or self.parser is None:
            return
        self._unset_keepalive_if_required()
        self._received += len(data)
        had_begun = self._is_in_head
        # Line ends before a request begin none, and would otherwise hold a connection for good.
        if self._arrival is None and self._is_idle:
            self._await_arrival()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # No other protocol is spoken here; the request is answered as it is.
        except httptools.HttpParserError:
            refused = self._refused or _Refused(400, "This is not a request of HTTP/1.1.")
            self._refuse(refused.status, str(refused))
            return
        if self._is_in_head and had_begun:
            # A name or value that goes on has not come to `on_header` yet.
            self._unparsed += len(data)
            if self._unparsed > MAX_HEAD_BYTES:
                self._refuse(431, _TOO_LARGE)

    def on_message_begin(self) -> None:
        """A request begins; those behind it in the same connection count."""
        if len(self.pipeline) >= MAX_PIPELINED:
            self._stop(429, "Too many requests at once in one connection.")
        super().on_message_begin()
        self._is_in_head = True
        self._head_bytes = self._unparsed = 0
        if self._arrival is None:
            self._await_arrival()

    def on_url(self, url: bytes) -> None:
        """A piece of the address, up to its limit."""
        super().on_url(url)
        if len(self.url) > MAX_URL_BYTES:
            self._stop(414, f"The address is longer than {MAX_URL_BYTES:,} bytes.")

    def on_header(self, name: bytes, value: bytes) -> None:
        """One more header, up to the limits of all."""
        self._head_bytes += len(name) + len(value)
        if self._head_bytes + len(self.url) > MAX_HEAD_BYTES:
            self._stop(431, _TOO_LARGE)
        # What follows a body is dropped: uvicorn would add it to the headers, behind all checks.
        if self._is_in_head:
            super().on_header(name, value)
            if len(self.headers) > MAX_HEADERS:
                self._stop(431, f"The request has more than {MAX_HEADERS} headers.")

    def on_headers_complete(self) -> None:
        """Pass the request on; the host of an absolute address counts in place of the header's."""
        self._is_in_head = False
        if not self.url.startswith((b"/", b"*")):
            host = _authority(self.url)
            self.headers[:] = [pair for pair in self.headers if pair[0] != b"host"]
            self.headers.append((b"host", host))
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is here, whole."""
        self._cancel_arrival()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def pause_writing(self) -> None:
        """The client reads more slowly than is written; for how long is limited."""
        super().pause_writing()
        self._await_reading(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """The client has read on."""
        if self._stall:
            self._stall.cancel()
            self._stall = None
        super().resume_writing()

    @property
    def _is_idle(self) -> bool:
        return self._answering is None or self._answering.response_complete

    def _stop(self, status: int, detail: str) -> None:
        self._refused = _Refused(status, detail)
        # The parser passes it on as an error of its own, to `data_received`.
        raise self._refused

    def _refuse(self, status: int, detail: str) -> None:
        """Say why, unless that would break into another answer, and close the connection."""
        self._cancel_arrival()
        # Half of an answer and then another would be read as one by whoever shares a connection.
        answering = self._answering
        is_amid = answering is not None and (
            answering.response_started and not answering.response_complete
        )
        if not is_amid and not self.pipeline:
            body = detail.encode()
            self.transport.write(
                STATUS_LINE[status]
                + b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
                + (b"retry-after: 10\r\n" if status in (429, 503) else b"")
                + b"content-length: %d\r\n\r\n%b" % (len(body), body)
            )
        if answering:
            answering.disconnected = True
        self.transport.close()

    def _await_arrival(self) -> None:
        self._arrival = self.loop.call_later(
            self.seconds_to_arrive, self._judge_arrival, self._received
        )

    def _cancel_arrival(self) -> None:
        if self._arrival:
            self._arrival.cancel()
            self._arrival = None

    def _judge_arrival(self, before: int) -> None:
        self._arrival = None
        if self.transport.is_closing():
            return
        arrived = self._received - before
        is_body = not self._is_in_head and not self._is_idle
        # Reading is paused where the application has enough for now: that is our own slowness.
        if is_body and (
            self.flow.read_paused or arrived >= self.seconds_to_arrive * MIN_BYTES_PER_SECOND
        ):
            self._await_arrival()
        else:
            self._refuse(408, "The request took too long to arrive.")

    def _await_reading(self, waiting: int) -> None:
        self._stall = self.loop.call_later(self.seconds_to_read, self._judge_reading, waiting)

    def _judge_reading(self, before: int) -> None:
        waiting = self.transport.get_write_buffer_size()
        if before - waiting >= self.seconds_to_read * MIN_BYTES_PER_SECOND:
            self._await_reading(waiting)
        else:
            # `close` would wait for a reader that does not read.
            self.transport.abort()


_TOO_LARGE = f"The headers of the request are longer than {MAX_HEAD_BYTES:,} bytes."


def _authority(url: bytes) -> bytes:
    parts = httptools.parse_url(url)
    host = parts.host or b""
    # The parser takes the brackets of an IPv6 address away.
    shown = b"[%b]" % host if b":" in host else host
    return b"%b:%d" % (shown, parts.port) if parts.port else shown


def _max_connections() -> int:
    # Where no descriptor is left, nobody's connection is accepted, and no file can be opened.
    return min(_MAX_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _FOR_FILES)
