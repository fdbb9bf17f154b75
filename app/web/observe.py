"""What operators see of requests: an id for each, a line in the log, counts and times.

Pure ASGI, in front of everything else: what is refused there is counted too.
"""

from __future__ import annotations

import logging
import re
import secrets
from time import perf_counter

import structlog
from prometheus_client import Counter, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Networks
from app.web.http.limits import is_trusted
from app.web.http.page_cache import ANSWERED_BY

SLOW_SECONDS = 1.0
_GIVEN_ID = re.compile(rb"[A-Za-z0-9_.-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})

_log = logging.getLogger("variorum.requests")
_requests = Counter("variorum_requests", "Answered requests.", ["method", "route", "status"])
_seconds = Histogram(
    "variorum_request_seconds",
    "Time from a request's head to the end of its answer.",
    ["route"],
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0),
)


class Observed:
    """Gives each request an id, and notes how it was answered and how long that took.

    The id is in the answer (`X-Request-ID`), in every line that is logged meanwhile, and in the
    scope's `request_id`. A proxy of ours may give it.
    """

    def __init__(self, app: ASGIApp, proxies: Networks) -> None:
        self.app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what becomes of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, size = perf_counter(), 500, 0
        request_id = self._given_id(scope) or secrets.token_hex(8)
        scope["request_id"], scope[ANSWERED_BY] = request_id, []
        # Each request is a task with a context of its own, so that nothing has to be unbound.
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                # A new list: the page cache has this one, and would send the id again.
                headers = [*message["headers"], (b"x-request-id", request_id.encode())]
                message = {**message, "headers": headers}
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            _note(scope, status, size, perf_counter() - began)

    def _given_id(self, scope: Scope) -> str | None:
        client = scope.get("client")
        if not client or not is_trusted(client[0], self._proxies):
            return None
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        return given.decode() if _GIVEN_ID.fullmatch(given) else None


async def name_route(request: Request) -> None:
    """Note the template of the route that answers: for the application to depend on."""
    request.scope[ANSWERED_BY].append(request.scope["route"].path)


def _note(scope: Scope, status: int, size: int, seconds: float) -> None:
    # By its template: addresses are as many as strangers like to ask for.
    route = scope[ANSWERED_BY][-1] if scope[ANSWERED_BY] else "(none)"
    method = scope["method"] if scope["method"] in _METHODS else "(other)"
    _requests.labels(method, route, status).inc()
    _seconds.labels(route).observe(seconds)
    level = logging.WARNING if status >= 500 or seconds >= SLOW_SECONDS else logging.INFO
    # Asked first: to make a line costs five times as much as all else here.
    if _log.isEnabledFor(level):
        structlog.get_logger("variorum.requests").log(
            level,
            "request",
            method=method,
            # Without its query: what somebody searches for is theirs.
            path=scope["path"],
            route=route,
            status=status,
            bytes=size,
            milliseconds=round(seconds * 1000, 1),
        )
