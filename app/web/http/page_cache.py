"""Rendered pages of anonymous readers, cached in memory in front of the routes; pure ASGI.

A page is stored under its address and its validity: everything else that it depends on. When one of
the record's numbers moves everything is dropped, so that nothing needs to be invalidated by hand. A
page that was rendered while the record moved on is newer than what it is stored under, never older.

What strangers choose of a key is bounded: the path and the query in length, the language and the
coding to those that we have, and the host has no part in it. An answer to a query is stored when it
is asked for again: of queries there is no end, and ten thousand that are asked once each would drop
what readers ask for.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from prometheus_client import Counter, Gauge
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.revisions.chain import RecordNumbers
from app.queries.validity import Validity
from app.web.http.entity_tags import Clock, matches, validity_of
from app.web.http.limits import network_of

MAX_BYTES = 64 * 2**20
MAX_PAGE_BYTES = 2**20
# Longer addresses are answered and not stored: links of ours are shorter.
MAX_KEY_BYTES = 2048
# What Python takes for a page beside its bytes (its key, its place in two tables) and for a header,
# measured with tracemalloc on 3,000 pages of one byte.
_OVERHEAD, _OVERHEAD_OF_HEADER = 600, 120
# Of one address so many requests are computed at once and the others wait for these, or one that
# sends a hundred would make everybody wait for a hundred. A browser opens six connections, and
# Python computes one at a time anyway.
MAX_AT_ONCE = 3
# Of so many queries it is known how often they were asked: what readers share is soon asked again.
MAX_ASKED = 4096
# No query, or the one with which readers change the language.
_OF_THE_PAGE = re.compile(rb"(lang=[a-z]{2})?")
# With any of these an answer may be for its sender alone, or be a part of the page.
_PRIVATE = frozenset({b"authorization", b"cookie", b"range"})
# What a 304 repeats of the headers of its 200 (RFC 9110, section 15.4.5).
_OF_NOT_MODIFIED = frozenset({b"cache-control", b"etag", b"vary"})
_NEVER = (
    *("/static/", "/healthz", "/readyz", "/metrics"),
    *("/contribute", "/submissions", "/review", "/api/v1/submissions"),
)
# Answered at once, and in no turn: what costs nothing, and what waits long for pages of the web.
_WITHOUT_TURN = ("/static/", "/healthz", "/readyz", "/metrics", "/contribute")

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
        """The bytes of its headers and of its body, with what Python takes for them."""
        headers = sum(len(name) + len(value) + _OVERHEAD_OF_HEADER for name, value in self.headers)
        return len(self.body) + headers + _OVERHEAD


ANSWERED_BY = "variorum_answered_by"
"""Where in a scope what answers a request writes its name: a list, as layers copy the scope."""

_looked_up = Counter("variorum_page_cache", "Pages that were looked for in memory.", ["found"])
_hits, _misses = _looked_up.labels("hit"), _looked_up.labels("miss")
_stored = Gauge(
    "variorum_page_cache_bytes", "Bytes of the pages in memory.", multiprocess_mode="livesum"
)


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
        self.bytes_stored = 0
        self._asked: OrderedDict[int, int] = OrderedDict()
        self._rendering: dict[Key, asyncio.Event] = {}
        self._turns: dict[str, _Turns] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on and store the answer."""
        # Where the database is away, pages in memory are as of when it was last there.
        numbers = self._read_numbers() or self._numbers if _can_be_cached(scope) else None
        raw_path = scope.get("raw_path") or scope.get("path", "").encode()
        if numbers is None or len(raw_path) + len(scope["query_string"]) > MAX_KEY_BYTES:
            await self._pass_on(scope, receive, send)
            return
        self._drop_older_than(numbers)
        validity = validity_of(scope, numbers, self._base_url, self._now)
        key = (raw_path, scope["query_string"], validity)
        cached = self._pages.get(key)
        (_hits if cached else _misses).inc()
        if cached is None:
            self._count_query(key)
            # The turn comes first: nobody who asks for the same page waits for that of another.
            async with self._turn(scope):
                cached = await self._render(key, scope, receive, send)
        if cached:
            scope.get(ANSWERED_BY, []).append("(memory)")
            if key in self._pages:
                self._pages.move_to_end(key)
            await _send(cached, Headers(scope=scope), send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] == "GET"
        if is_read and not scope["path"].startswith(_WITHOUT_TURN):
            async with self._turn(scope):
                await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    @asynccontextmanager
    async def _turn(self, scope: Scope) -> AsyncIterator[None]:
        network = network_of(scope["client"][0]) if scope.get("client") else ""
        turns = self._turns.setdefault(network, _Turns())
        turns.taken += 1
        try:
            async with turns.free:
                yield
        finally:
            turns.taken -= 1
            if not turns.taken:
                del self._turns[network]

    async def _render(
        self, key: Key, scope: Scope, receive: Receive, send: Send
    ) -> CachedPage | None:
        """The page, still to be sent; None where the answer was sent and is no page to store."""
        # Of many who ask for one page at once, the first renders it and the others wait for that.
        if key not in self._pages and key in self._rendering:
            await self._rendering[key].wait()
        if key in self._pages:
            return self._pages[key]
        done = self._rendering.setdefault(key, asyncio.Event())
        recorder = _Recorder(send)
        try:
            await self.app(scope, receive, recorder.send)
            page = recorder.page()
            # Else the record has moved on meanwhile, and its older pages were dropped.
            if page and self._numbers == key[2].numbers and self._is_shared(key):
                self._store(key, page)
        finally:
            self._rendering.pop(key, None)
            done.set()
        await recorder.flush()
        return None

    def _drop_older_than(self, numbers: RecordNumbers) -> None:
        if numbers != self._numbers:
            self._pages.clear()
            self.bytes_stored = 0
            _stored.set(0)
            self._numbers = numbers

    def _count_query(self, key: Key) -> None:
        if _OF_THE_PAGE.fullmatch(key[1]):
            return
        asked = hash(key)
        self._asked[asked] = self._asked.pop(asked, 0) + 1
        if len(self._asked) > MAX_ASKED:
            self._asked.popitem(last=False)

    def _is_shared(self, key: Key) -> bool:
        # Also where the second asks while the page is rendered for the first.
        return bool(_OF_THE_PAGE.fullmatch(key[1])) or self._asked.get(hash(key), 0) > 1

    def _store(self, key: Key, page: CachedPage) -> None:
        replaced = self._pages.pop(key, None)
        size = len(key[0]) + len(key[1])
        self.bytes_stored += page.size + (-replaced.size if replaced else size)
        self._pages[key] = page
        while self.bytes_stored > MAX_BYTES:
            (path, query, _), oldest = self._pages.popitem(last=False)
            self.bytes_stored -= oldest.size + len(path) + len(query)
        _stored.set(self.bytes_stored)


class _Turns:
    """The turns of one address: how many requests have or await one, and those that are free."""

    def __init__(self) -> None:
        self.taken = 0
        self.free = asyncio.Semaphore(MAX_AT_ONCE)


class _Recorder:
    """Holds an answer back until it is whole, unless it is too large.

    Sent at once, an answer would wait for its reader, and everybody who asks for the same page with
    it: one who does not read would keep a page from all.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: list[Message] = []
        self._bytes = 0
        self._is_whole = False

    async def send(self, message: Message) -> None:
        self._bytes += len(message.get("body", b""))
        if message["type"] == "http.response.body":
            self._is_whole = not message.get("more_body", False)
        self._held.append(message)
        if self._bytes > MAX_PAGE_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Send what is held back."""
        held, self._held = self._held, []
        for message in held:
            await self._send(message)

    def page(self) -> CachedPage | None:
        """The whole answer, where it was a success with an entity tag and is small enough."""
        # Not whole where the route failed midway.
        if not self._is_whole or self._bytes > MAX_PAGE_BYTES:
            return None
        start, *parts = self._held
        headers = Headers(raw=start["headers"])
        etag = headers.get("etag")
        if start["status"] != 200 or etag is None:
            return None
        body = b"".join(part.get("body", b"") for part in parts)
        return CachedPage(list(start["headers"]), body, etag)


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
