"""What stands before every page: for which hosts, and how often for one address; pure ASGI.

Counts of reading are in this process's memory, as reading must not write. With several processes an
address has as many times the limit; what it may read is still bounded.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import TooMany
from app.settings import Networks, Settings
from app.web.http.languages import Languages
from app.web.http.problems import on_variorum_error, problem_response
from app.web.wording.locale import Catalogues

# Probes ask by an address of the container or of the machine, HTTP/1.0 ones without any host.
_FOR_OPERATORS = frozenset({"/healthz", "/readyz", "/metrics"})
_HOST = re.compile(rb"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)
_LOOPBACK = re.compile(rb"localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")
_MAX_HOPS = 16  # proxies of one header that are considered
_MAX_KNOWN_HOSTS = 64
_MAX_FIELDS = 200  # of a query; the longest address of ours has 60

_MINUTE = 60
# What takes many times longer than a page, or is where secrets are tried.
_THROTTLED = frozenset(
    {"/search", "/api/v1/search", "/read", "/api/v1/readings", "/review/sign-in"}
)
# Lists under words or as of a day, and the form for a page, are computed for each anew. Names may
# be written as %71, so this is searched for in the query with its escapes undone.
_COSTLY = re.compile(rb"(?:^|&)(?:q|as_known_on|url)=[^&]")
# Beyond so many times the limit a program asks, which no page needs to be made for.
_PLAINLY = 2


def network_of(address: str) -> str:
    """Whose address it is: of IPv6 the first 64 bits, as one customer has all the others.

    Source: RFC 6177 and RIPE-690: a site is given a /64 or more.
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return f"{IPv6Address(int(known) >> 64 << 64)}/64"


def is_trusted(address: str, proxies: Networks) -> bool:
    """Whether an address is one of our proxies, whose X-Forwarded-For counts."""
    if not proxies:
        return False
    try:
        known = ip_address(address)
    except ValueError:
        return False
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return any(known in network for network in proxies)


def client_of(scope: Scope, proxies: Networks) -> str:
    """The address of who sent a request, as the nearest of our proxies saw it.

    Read from the right: what stands left of the first stranger is the stranger's own claim.
    """
    address: str = scope["client"][0] if scope.get("client") else ""
    if not is_trusted(address, proxies):
        return address
    lines = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    hops = b",".join(lines).decode("latin-1").rsplit(",", _MAX_HOPS)
    for hop in reversed(hops[-_MAX_HOPS:]):
        nearer = _without_port(hop.strip())
        if nearer is None:
            break
        address = nearer
        if not is_trusted(address, proxies):
            break
    return address


def _without_port(hop: str) -> str | None:
    """The address in one field of X-Forwarded-For; some proxies add the port."""
    bare = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return None


class Throttle:
    """Counts by address in this process's memory, for at most so many addresses.

    The longest unused is dropped for one more, so that strangers with many addresses fill nothing.
    """

    def __init__(self, limit: int, seconds: int = _MINUTE, most: int = 10_000) -> None:
        self.limit = limit
        self._seconds = seconds
        self._most = most
        # Keys are texts: hashes of these are salted, and strangers cannot make them collide.
        self._windows: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def count(self, network: str, now: float | None = None) -> tuple[int, int]:
        """Count one more; how many there were in its window, and the seconds until it ends."""
        at = time.monotonic() if now is None else now
        hits, ends_at = self._windows.pop(network, (0, at + self._seconds))
        if ends_at <= at:
            hits, ends_at = 0, at + self._seconds
        self._windows[network] = (hits + 1, ends_at)
        if len(self._windows) > self._most:
            self._windows.popitem(last=False)
        return hits + 1, max(1, round(ends_at - at))

    def __len__(self) -> int:
        return len(self._windows)


class AllowedHosts:
    """The names that a site answers to: its own, those of `VARIORUM_HOSTS`, and loopback's."""

    def __init__(self, settings: Settings) -> None:
        site = urlsplit(settings.base_url)
        self._site = _ascii(site.hostname or "")
        self._names = {self._site, *(_ascii(name) for name in settings.hosts)}
        self._is_https = site.scheme == "https"
        # Without a BASE_URL links name the host that was asked, as someone tries the program on
        # whatever port is free.
        self._is_tried = "base_url" not in settings.model_fields_set
        # What the scope gets for hosts that were found to be allowed before. Few, as strangers
        # choose the ports.
        self._known: dict[bytes, dict[str, str]] = {}

    def judge(self, scope: Scope) -> int:
        """0 where the site answers a request, else the status that it is refused with.

        Raises nothing. Sources: RFC 9112, section 3.2 (400 without a host or with two), and RFC
        9110, section 15.5.20 (421). Behind a proxy that speaks TLS the scope gets its scheme; where
        no BASE_URL is set, it gets `site`, the address that links name instead.
        """
        asked = [value for name, value in scope["headers"] if name == b"host"]
        if len(asked) != 1:
            # Two are two opinions on what was asked for, of which a cache and we may take different
            # ones.
            return 400 if asked or scope["path"] not in _FOR_OPERATORS else 0
        host = asked[0]
        if host not in self._known:
            parts = _HOST.fullmatch(host)
            if parts is None or int(parts[2] or 0) > 65_535:
                return 400
            if not self._is_allowed(parts[1].lower().rstrip(b"."), parts[2]):
                return 0 if scope["path"] in _FOR_OPERATORS else 421
            if len(self._known) >= _MAX_KNOWN_HOSTS:
                self._known.clear()
            is_site = parts[1].lower().rstrip(b".") == self._site
            # Redirects name the scheme. Ours is known by BASE_URL, whatever a proxy speaks with us.
            known = {"scheme": "https"} if is_site and self._is_https else {}
            if self._is_tried:
                known["site"] = f"{scope['scheme']}://{host.decode('ascii')}"
            self._known[host] = known
        scope.update(self._known[host])
        return 0

    def _is_allowed(self, name: bytes, port: bytes | None) -> bool:
        is_named = name in self._names or (
            port is not None and b"%b:%b" % (name, port) in self._names
        )
        return is_named or _LOOPBACK.fullmatch(name) is not None


def _ascii(name: str) -> bytes:
    host = name.lower().rstrip(".")
    if ":" in host and not host.startswith("[") and host.count(":") > 1:
        return f"[{host}]".encode()
    return host.encode() if host.isascii() else host.encode("idna")


class Limits:
    """Refuses what the site does not answer, and who asks too much of it."""

    def __init__(self, app: ASGIApp, settings: Settings, catalogues: Catalogues) -> None:
        self.app = app
        self._hosts = AllowedHosts(settings)
        self._proxies = settings.trusted_proxies
        self._reads = Throttle(settings.max_searches_per_minute)
        self._refuse = Languages(_too_many, catalogues, settings.base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = self._hosts.judge(scope) or (415 if _is_compressed(scope) else 0)
        if status or scope["query_string"].count(b"&") > _MAX_FIELDS:
            await _plain(scope, status or 400)(scope, receive, send)
            return
        if self._proxies and scope.get("client"):
            scope["client"] = (client_of(scope, self._proxies), 0)
        if is_throttled(scope):
            hits, wait = self._reads.count(
                network_of(scope["client"][0] if scope["client"] else "")
            )
            if hits > self._reads.limit * _PLAINLY:
                await _plain(scope, 429, wait)(scope, receive, send)
                return
            if hits > self._reads.limit:
                await self._refuse({**scope, "wait": wait}, receive, send)
                return
        await self.app(scope, receive, send)


def _is_compressed(scope: Scope) -> bool:
    """Whether a body comes compressed: it would be measured as it is sent, not as what it holds."""
    return scope["method"] in ("POST", "PUT") and any(
        name == b"content-encoding" and value.lower() != b"identity"
        for name, value in scope["headers"]
    )


def is_throttled(scope: Scope) -> bool:
    """Whether a request is one of those that an address may send only so often."""
    if scope["path"] in _THROTTLED:
        return True
    query: bytes = scope["query_string"]
    if not query:
        return False
    return _COSTLY.search(unquote_to_bytes(query) if b"%" in query else query) is not None


async def _too_many(scope: Scope, receive: Receive, send: Send) -> None:
    answer = on_variorum_error(Request(scope), TooMany(scope["wait"]))
    await answer(scope, receive, send)


_SENTENCES = {
    400: "The request must name one host, and at most 200 fields in its address.",
    415: "Send the body as it is, without “Content-Encoding”.",
    421: "This site is not served under that host name. Its operator can add the name to "
    "VARIORUM_HOSTS, or set VARIORUM_BASE_URL.",
    429: "Too many in a short time; Retry-After says when to try again.",
}


def _plain(scope: Scope, status: int, wait: int = 0) -> Response:
    """A refusal that costs as little as it can: no template, and nothing of what was sent."""
    detail = _SENTENCES[status]
    if scope["path"].startswith("/api/"):
        answer: Response = problem_response(status, detail)
    else:
        answer = PlainTextResponse(detail, status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer
