"""Following links: the one way by which this program reaches strangers' servers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from app import __version__
from app.domain.values.addresses import judge_url
from app.fetching.bounds import Room
from app.fetching.dns import Names
from app.fetching.failures import Fetched, NotRead
from app.fetching.pacing import Pacing
from app.fetching.redirects import Commons, Visit
from app.fetching.responses import retry_after
from app.fetching.robots import PRODUCT, Robots
from app.fetching.rules import Allowance, FetchRules

_LARGE_PAGES_AT_ONCE = 4  # of small ones, any number

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Fetcher:
    """Fetches pages within its rules. For use by any number of threads at once.

    Decisions: a redirect from https to http is followed, and seen in `hops`; no connection, cookie
    or referrer outlives a request; the turn at a host is awaited before the deadline's clock runs,
    and for `patience` seconds at most.
    """

    def __init__(self, rules: FetchRules, allowance: Allowance | None = None) -> None:
        allowance = allowance or Allowance()
        self._pacing = Pacing(rules.pause)
        self._commons = Commons(
            rules=rules,
            names=Names(allowance),
            tls=allowance.trust or httpx.create_ssl_context(trust_env=False),
            pacing=self._pacing,
            robots=Robots(),
            room=Room(_LARGE_PAGES_AT_ONCE * rules.most_bytes),
            headers={
                "user-agent": f"{PRODUCT}/{__version__} (+{rules.contact})",
                "accept-encoding": "gzip",
                "connection": "close",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Begin no more requests; fetches that wait for their turn end at once, as `stopped`.

        Requests that are under way go on, for no longer than their deadline.
        """
        self._pacing.stop()

    def fetch(self, url: str, headers: Mapping[str, str] = _NO_HEADERS) -> Fetched:
        """Follow a link to its page, or to the state that says why there is none.

        `headers` are sent to every host on the way, so they must hold nothing secret. Returns
        within the rules' `deadline` + `patience`. Raises `AddressRefused` for an address that
        no request is made to; whatever comes after that is a state.
        """
        visit = Visit(self._commons, headers)
        address = judge_url(url)
        try:
            body = visit.read(address)
        except NotRead as failure:
            return _fetched(url, address, visit, failure, b"")
        return _fetched(url, address, visit, None, body)


def _fetched(url: str, address: str, visit: Visit, failure: NotRead | None, body: bytes) -> Fetched:
    now = datetime.now(UTC)
    return Fetched(
        url=url,
        final_url=visit.hops[-1] if visit.hops else address,
        hops=tuple(visit.hops),
        state=failure.state if failure else "read",
        rule=failure.rule if failure else None,
        reason=str(failure) if failure else "The page was read.",
        status=visit.status,
        headers=tuple(visit.headers.multi_items()),
        body=body,
        at=now,
        retry_after=retry_after(visit.headers, now) if failure else None,
    )
