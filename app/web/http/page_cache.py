"""Rendered pages of anonymous readers, kept in memory in front of the routes; pure ASGI.

A page is kept for one number of the record's changes and of its checks. When that moves everything
is dropped, so that nothing needs to be invalidated by hand. A page that was rendered while the
record moved on is newer than the number it is kept for, never older.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.storage.revisions.change_number import Number
from app.web.http.entity_tags import matches

_MOST_BYTES = 64 * 2**20
_LARGEST_PAGE = 2**20
_PRIVATE = ("authorization", "cookie", "range")
_NEVER = (
    *("/static/", "/healthz", "/readyz", "/metrics"),
    *("/contribute", "/submissions", "/review", "/api/v1/submissions"),
)

Key = tuple[str, str, bytes, bytes, bool, str]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it was sent: its headers and its body, coded as the client asked."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: str


class PageCache:
    """Answers from memory what it has answered for the same record before."""

    def __init__(self, app: ASGIApp, change_number: Callable[[], Number | None]) -> None:
        self.app = app
        self._change_number = change_number
        self._number: Number | None = None
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0
        self._rendering: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on and keep the answer."""
        key = _key(scope)
        number = self._change_number() if key else None
        if key is None or number is None:
            await self.app(scope, receive, send)
            return
        self._drop_older_than(number)
        # Of many who ask for one page at once, the first renders it and the others wait for that.
        if key in self._rendering:
            await self._rendering[key].wait()
        kept = self._pages.get(key)
        if kept:
            self._pages.move_to_end(key)
            await _send(kept, Headers(scope=scope), send)
        else:
            await self._render(key, number, scope, receive, send)

    async def _render(
        self, key: Key, number: Number, scope: Scope, receive: Receive, send: Send
    ) -> None:
        recorder = _Recorder(send)
        done = self._rendering.setdefault(key, asyncio.Event())
        try:
            await self.app(scope, receive, recorder.send)
            page = recorder.page()
            if page and self._number == number:
                self._keep(key, page)
        finally:
            self._rendering.pop(key, None)
            done.set()

    def _drop_older_than(self, number: Number) -> None:
        if number != self._number:
            self._pages.clear()
            self._bytes = 0
            self._number = number

    def _keep(self, key: Key, page: KeptPage) -> None:
        replaced = self._pages.pop(key, None)
        self._bytes += len(page.body) - (len(replaced.body) if replaced else 0)
        self._pages[key] = page
        while self._bytes > _MOST_BYTES:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= len(oldest.body)


class _Recorder:
    """Passes an answer on and remembers it, unless it is too large to keep."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()
        self._is_whole = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body" and len(self._body) <= _LARGEST_PAGE:
            self._body += message.get("body", b"")
            self._is_whole = not message.get("more_body", False)
        await self._send(message)

    def page(self) -> KeptPage | None:
        """The whole answer, where it was a success with an entity tag and is small enough."""
        if self._start is None or not self._is_whole or len(self._body) > _LARGEST_PAGE:
            return None
        headers = Headers(raw=self._start["headers"])
        etag = headers.get("etag")
        if self._start["status"] != 200 or etag is None:
            return None
        return KeptPage(list(self._start["headers"]), bytes(self._body), etag)


def _key(scope: Scope) -> Key | None:
    """What an answer depends on besides the record; None where it is not to be kept."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    path: str = scope["path"]
    headers = Headers(scope=scope)
    if path.startswith(_NEVER) or any(name in headers for name in _PRIVATE):
        return None
    gzip = "gzip" in headers.get("accept-encoding", "")
    host, language = headers.get("host", ""), headers.get("accept-language", "")
    raw_path = scope.get("raw_path") or path.encode()
    return scope["scheme"], host, raw_path, scope["query_string"], gzip, language


async def _send(page: KeptPage, headers: Headers, send: Send) -> None:
    if matches(headers, page.etag):
        kept = [(b"etag", page.etag.encode()), (b"cache-control", b"no-cache")]
        await send({"type": "http.response.start", "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(page.headers)})
    await send({"type": "http.response.body", "body": page.body})
