"""Connections that reach judged addresses only, and that nothing holds up for longer than allowed.

The backend looks a name up once, judges what it leads to, and connects to that very IP, so no
second look-up can lead elsewhere; TLS still verifies the name. Each connection serves one request,
so nothing that a server sends too much can be taken for the answer to another.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from app.fetching.bounds import MAX_HEAD_BYTES, Bounds
from app.fetching.dns import Names
from app.fetching.failures import NotRead, failure_of, timed_out
from app.fetching.rules import Socket

_MAX_PIECES = 50_000  # joining a page of one-byte chunks takes longer than fetching it

_STEP = 16 * 1024  # small, so that parsing what was read delays no check of the clock for long

_FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.RemoteProtocolError,
)


class SafeTransport(httpx.BaseTransport):
    """Sends requests within the bounds of one fetch. For use by one thread.

    It is used without a `httpx.Client`, which would keep cookies, and spell addresses again: the
    request's extension `target` is what goes over the wire. Whatever goes wrong while asking or
    reading is raised as `NotRead`.
    """

    def __init__(self, names: Names, tls: ssl.SSLContext, bounds: Bounds) -> None:
        self._bounds = bounds
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            network_backend=_JudgedBackend(names, bounds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The head of the answer; its raw body is read by iterating over the stream."""
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.extensions.get("target", request.url.raw_path),
            ),
            headers=request.headers.raw,
        )
        self._bounds.expect(MAX_HEAD_BYTES, "headers-too-large")
        with _translated():
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream, self._bounds)
        )

    def close(self) -> None:
        """Close whatever is still open."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The pieces of a body as they come, before any decoding."""

    def __init__(self, pieces: Any, bounds: Bounds) -> None:
        self._pieces = pieces
        self._bounds = bounds

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            for number, piece in enumerate(self._pieces):
                if number == _MAX_PIECES:
                    raise NotRead("too-large", "The page comes in more pieces than are joined.")
                self._bounds.seconds()
                yield piece

    def close(self) -> None:
        self._pieces.close()


class _BoundedStream(httpcore.NetworkStream):
    """A connection that knows how much time and how many bytes are left.

    The time-outs that the pool passes begin again with every read, so they are ignored.
    """

    def __init__(self, stream: httpcore.NetworkStream, bounds: Bounds) -> None:
        self._stream = stream
        self._bounds = bounds

    def read(self, max_bytes: int, *_args: Any, **_timeout: Any) -> bytes:
        taken = self._stream.read(min(max_bytes, _STEP), self._bounds.seconds())
        self._bounds.count(len(taken))
        return taken

    def write(self, buffer: bytes, *_args: Any, **_timeout: Any) -> None:
        self._stream.write(buffer, self._bounds.seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        *_args: Any,
        **_timeout: Any,
    ) -> httpcore.NetworkStream:
        seconds = self._bounds.seconds()
        return _BoundedStream(
            self._stream.start_tls(ssl_context, server_hostname, seconds), self._bounds
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _JudgedBackend(httpcore.NetworkBackend):
    def __init__(self, names: Names, bounds: Bounds) -> None:
        self._names = names
        self._bounds = bounds
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, *_args: Any, **_options: Any
    ) -> httpcore.NetworkStream:
        failure: Exception = timed_out()
        sockets = self._names.sockets(host, port, self._bounds.seconds())
        for more, place in zip(range(len(sockets), 0, -1), sockets, strict=True):
            try:
                return self._connect(place, self._bounds.seconds() / more)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _connect(self, place: Socket, seconds: float) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(*place, timeout=seconds, socket_options=())
        return _BoundedStream(stream, self._bounds)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except _FAILURES as error:
        raise failure_of(error) from error
