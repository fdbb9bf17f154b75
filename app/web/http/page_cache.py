"""Rendered pages of anonymous readers, cached in memory in front of the routes; pure ASGI.

A page is stored under its address and its validity: everything else that it depends on. When one of
the record's numbers moves everything is dropped, so that nothing needs to be invalidated by hand. A
page that was rendered while the record moved on is newer than what it is stored under, never older.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.revisions.chain import RecordNumbers
from app.queries.validity import Validity
from app.web.http.entity_tags import Clock, matches, validity_of

MAX_BYTES = 64 * 2**20
MAX_PAGE_BYTES = 2**20
# With any of these an answer may be for its sender alone, or be a part of the page.
_PRIVATE = frozenset({b"authorization", b"cookie", b"range"})
# What a 304 repeats of the headers of its 200 (RFC 9110, section 15.4.5).
_OF_NOT_MODIFIED = frozenset({b"cache-control", b"etag", b"vary"})
_NEVER = (
    *("/static/", "/healthz", "/readyz", "/metrics"),
    *("/contribute", "/submissions", "/review", "/api/v1/submissions"),
)

Key = tuple[bytes, bytes, Validity]
"""The path and the query that were asked for, and what else the answer depends on."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """An answer as it was sent: its headers and its body, coded as the client asked."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: str

    @property
    def size(self) -> int:
        """The bytes of its headers and of its body."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


class PageCache:
    """Answers from memory what it has answered for the same record before."""

    def __init__(
        self,
        app: ASGIApp,
        numbers: Callable[[], RecordNumbers | None],
        base_url: str,
        now: Clock,
    ) -> None:
        """Take the application behind it; `numbers` says how far the record has got, if known."""
        self.app = app
        self._read_numbers = numbers
        self._base_url = base_url
        self._now = now
        self._numbers: RecordNumbers | None = None
        self._pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self._bytes = 0
        self._rendering: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on and store the answer."""
        numbers = self._read_numbers() if _can_be_cached(scope) else None
        if numbers is None:
            await self.app(scope, receive, send)
            return
        self._drop_older_than(numbers)
        raw_path = scope.get("raw_path") or scope["path"].encode()
        validity = validity_of(scope, numbers, self._base_url, self._now)
        key = (raw_path, scope["query_string"], validity)
        cached = self._pages.get(key)
        # Of many who ask for one page at once, the first renders it and the others wait for that.
        if cached is None and key in self._rendering:
            await self._rendering[key].wait()
            cached = self._pages.get(key)
        if cached:
            self._pages.move_to_end(key)
            await _send(cached, Headers(scope=scope), send)
        else:
            await self._render(key, scope, receive, send)

    async def _render(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        recorder = _Recorder(send)
        done = self._rendering.setdefault(key, asyncio.Event())
        try:
            await self.app(scope, receive, recorder.send)
            page = recorder.page()
            # Else the record has moved on meanwhile, and its older pages were dropped.
            if page and self._numbers == key[2].numbers:
                self._store(key, page)
        finally:
            self._rendering.pop(key, None)
            done.set()

    def _drop_older_than(self, numbers: RecordNumbers) -> None:
        if numbers != self._numbers:
            self._pages.clear()
            self._bytes = 0
            self._numbers = numbers

    def _store(self, key: Key, page: CachedPage) -> None:
        replaced = self._pages.pop(key, None)
        self._bytes += page.size - (replaced.size if replaced else 0)
        self._pages[key] = page
        while self._bytes > MAX_BYTES:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= oldest.size


class _Recorder:
    """Passes an answer on and caches it, unless it is too large."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()
        self._is_whole = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body" and len(self._body) <= MAX_PAGE_BYTES:
            self._body += message.get("body", b"")
            self._is_whole = not message.get("more_body", False)
        await self._send(message)

    def page(self) -> CachedPage | None:
        """The whole answer, where it was a success with an entity tag and is small enough."""
        # Not whole where the route failed midway.
        if self._start is None or not self._is_whole or len(self._body) > MAX_PAGE_BYTES:
            return None
        headers = Headers(raw=self._start["headers"])
        etag = headers.get("etag")
        if self._start["status"] != 200 or etag is None:
            return None
        return CachedPage(list(self._start["headers"]), bytes(self._body), etag)


def _can_be_cached(scope: Scope) -> bool:
    """Whether a request is one that anonymous readers ask alike."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NEVER):
        return False
    return _PRIVATE.isdisjoint([name for name, _value in scope["headers"]])


async def _send(page: CachedPage, headers: Headers, send: Send) -> None:
    if matches(headers, page.etag):
        known = [(name, value) for name, value in page.headers if name in _OF_NOT_MODIFIED]
        await send({"type": "http.response.start", "status": 304, "headers": known})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(page.headers)})
    await send({"type": "http.response.body", "body": page.body})
