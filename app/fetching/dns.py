"""Where a host name leads: looked up once, judged, and never looked up again."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from threading import BoundedSemaphore, Thread
from time import monotonic

from app.fetching.failures import NotRead, timed_out
from app.fetching.networks import Special, judge_address
from app.fetching.rules import Allowance, Resolver, Socket

_MAX_LOOKUPS = 32  # a resolver that hangs holds a thread for as long as the system lets it
_MAX_SOCKETS = 4


def ask_system(host: str, port: int) -> Sequence[Socket]:
    """The system's own look-up; may take as long as it likes."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(place[0]), int(place[1])) for *_, place in found]


class Names:
    """Turns host names into sockets that may be connected to. For use by any number of threads."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._resolver: Resolver = allowance.resolver or ask_system
        self._free = BoundedSemaphore(_MAX_LOOKUPS)

    def sockets(self, host: str, port: int, seconds: float) -> tuple[Socket, ...]:
        """At most four public sockets of a host, to be tried in this order.

        Raises `NotRead` where there are none, or none became known in so many seconds.
        """
        served = self._allowance.socket_of(host, port)
        found = [served] if served else self._look_up(host, port, seconds)
        if not found:
            raise _unknown(host)
        specials = {place: self._special(place) for place in found}
        public = [place for place, special in specials.items() if special is None]
        if public:
            return tuple(public[:_MAX_SOCKETS])
        # The address is not named: names of this network alone would tell strangers what is in it.
        special = next(iter(specials.values()))
        raise NotRead("address", f"“{host}” leads to an address that is not public ({special}).")

    def _special(self, place: Socket) -> Special | None:
        return None if self._allowance.serves(place) else judge_address(ip_address(place[0]))

    def _look_up(self, host: str, port: int, seconds: float) -> Sequence[Socket]:
        """A look-up in a thread of its own, since nothing can interrupt one."""
        end = monotonic() + seconds
        if not self._free.acquire(timeout=seconds):
            raise timed_out()
        answer: Future[Sequence[Socket]] = Future()
        Thread(target=self._answer, args=(answer, host, port), daemon=True).start()
        try:
            return answer.result(max(0.0, end - monotonic()))
        except TimeoutError:
            raise timed_out() from None
        except (OSError, UnicodeError):
            raise _unknown(host) from None

    def _answer(self, answer: Future[Sequence[Socket]], host: str, port: int) -> None:
        try:
            answer.set_result(self._resolver(host, port))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)
        finally:
            self._free.release()


def _unknown(host: str) -> NotRead:
    return NotRead("dns", f"No address is known for “{host}”.")
