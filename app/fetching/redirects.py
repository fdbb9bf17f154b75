"""One fetch: from an address, over its redirects, to a page or to the reason why there is none."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ada_url
import httpx

from app.domain.values.addresses import host_of
from app.fetching.bounds import Bounds, Room, read_body, too_large
from app.fetching.dns import Names
from app.fetching.failures import NotRead
from app.fetching.pacing import Pacing
from app.fetching.responses import READ_STATUSES, Answer, declared_length, redirect_of, require_page
from app.fetching.robots import MAX_ROBOTS_BYTES, Robots
from app.fetching.rules import FetchRules
from app.fetching.transport import SafeTransport

_ABOUT_THE_HOST = ("address", "dns", "connect", "tls", "timeout", "busy", "stopped")

_WANTED = {"accept": "text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.5"}

Reader = Callable[[httpx.Response], bytes]


@dataclass(frozen=True, slots=True)
class Commons:
    """What all fetches of one fetcher share."""

    rules: FetchRules
    names: Names
    tls: ssl.SSLContext
    pacing: Pacing
    robots: Robots
    room: Room
    headers: Mapping[str, str]


class Visit:
    """What was asked in one fetch, and the last answer. For use by one thread, once."""

    def __init__(self, commons: Commons, headers: Mapping[str, str]) -> None:
        self.hops: list[str] = []
        self.status: int | None = None
        self.headers = httpx.Headers()
        self._commons = commons
        self._rules = commons.rules
        self._extra = headers
        self._bounds = Bounds(commons.rules.deadline)
        self._patience = commons.rules.patience
        self._hosts: set[str] = set()

    def read(self, address: str) -> bytes:
        """The body of the page at a judged address; raises `NotRead` where there is none."""
        answer = self._follow(address, self._ask_page)
        require_page(answer.status, answer.headers)
        return answer.body

    def _follow(self, address: str, ask: Callable[[str], Answer]) -> Answer:
        asked = [address]
        while True:
            answer = ask(asked[-1])
            target = redirect_of(answer)
            if target is None:
                return answer
            if target in asked:
                raise NotRead("redirect-loop", "The page redirects in a circle.")
            if len(asked) > self._rules.most_redirects:
                raise NotRead("redirects", "The page redirects too many times.")
            asked.append(target)

    def _ask_page(self, address: str) -> Answer:
        self.hops.append(address)
        self.status, self.headers = None, httpx.Headers()
        try:
            if self._rules.robots:
                self._require_permission(address)
            return self._ask(address, self._extra, self._read_page)
        except NotRead as failure:
            if failure.rule == "address" and len(self.hops) > 1:
                raise NotRead("redirect-to-private", str(failure)) from failure
            raise

    def _read_page(self, response: httpx.Response) -> bytes:
        self.status, self.headers = response.status_code, response.headers
        if response.status_code not in READ_STATUSES:
            return b""
        require_page(response.status_code, response.headers)
        most = self._rules.most_bytes
        if declared_length(response.headers) > most:
            raise too_large(most)
        return self._read_body(response, most)

    def _require_permission(self, address: str) -> None:
        origin = ada_url.URL(address).origin
        delay = self._commons.robots.delay(address, origin, self._ask_robots, self._patience)
        self._commons.pacing.slow_down(host_of(address), delay)

    def _ask_robots(self, address: str) -> str:
        """The text of a robots.txt, empty where there is none; `NotRead` where that is unknown."""
        try:
            answer = self._follow(address, lambda hop: self._ask(hop, {}, self._read_robots))
        except NotRead as failure:
            if failure.rule in _ABOUT_THE_HOST:
                raise
            raise _robots_unreachable() from failure
        if 400 <= answer.status < 500 and answer.status != httpx.codes.TOO_MANY_REQUESTS:
            return ""
        if not 200 <= answer.status < 300:
            raise _robots_unreachable()
        return answer.body.decode("utf-8-sig", "replace")

    def _read_robots(self, response: httpx.Response) -> bytes:
        if not response.is_success:
            return b""
        return self._read_body(response, MAX_ROBOTS_BYTES, cut=True)

    def _read_body(self, response: httpx.Response, most: int, *, cut: bool = False) -> bytes:
        self._bounds.expect(2 * most, "too-large")  # the frames of chunks are not part of the body
        coding = response.headers.get("content-encoding", "")
        return read_body(response.iter_raw(), coding, most, self._commons.room, cut=cut)

    def _ask(self, address: str, headers: Mapping[str, str], read: Reader) -> Answer:
        host = host_of(address)
        first = host not in self._hosts
        with self._commons.pacing.turn(host, self._patience, first=first) as waited:
            self._patience -= waited
            self._hosts.add(host)
            with self._bounds.running():
                return self._send(address, headers, read)

    def _send(self, address: str, headers: Mapping[str, str], read: Reader) -> Answer:
        request = _request(address, headers, self._commons.headers)
        with SafeTransport(self._commons.names, self._commons.tls, self._bounds) as transport:
            response = transport.handle_request(request)
            try:
                body = read(response)
            finally:
                response.close()
            return Answer(address, response.status_code, response.headers, body)


def _request(address: str, extra: Mapping[str, str], own: Mapping[str, str]) -> httpx.Request:
    """The request for exactly the judged address, whatever else would spell it differently."""
    parsed = ada_url.URL(address)
    target = (parsed.pathname + parsed.search).encode("ascii")
    headers = httpx.Headers(_WANTED)
    headers.update(extra)
    headers.update({**own, "host": parsed.host})
    return httpx.Request("GET", parsed.origin, headers=headers, extensions={"target": target})


def _robots_unreachable() -> NotRead:
    return NotRead(
        "robots-unreachable", "The publisher's robots.txt is out of reach, so nothing may be read."
    )
