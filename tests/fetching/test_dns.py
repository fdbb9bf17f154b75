from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest

from app.fetching.dns import Names
from app.fetching.failures import NotRead
from app.fetching.rules import Allowance, Socket
from tests.fetching.servers import Server, answer, fetcher, site

PUBLIC = ("1.1.1.1", 80)


def resolving_to(*places: Socket) -> Names:
    return Names(Allowance(resolver=lambda *_: places))


def test_a_name_leads_to_its_public_addresses_in_order() -> None:
    names = resolving_to(("2606:4700::1111", 80), ("127.0.0.1", 80), PUBLIC)

    assert names.sockets("a.test", 80, 1) == (("2606:4700::1111", 80), PUBLIC)


def test_at_most_four_addresses_are_tried() -> None:
    names = resolving_to(*((f"1.1.1.{last}", 80) for last in range(9)))

    assert len(names.sockets("a.test", 80, 1)) == 4


def test_a_refusal_says_what_kind_of_address_it_is_and_keeps_the_address_to_itself() -> None:
    with pytest.raises(NotRead, match=r"private") as refusal:
        resolving_to(("10.0.0.1", 80)).sockets("a.test", 80, 1)

    assert refusal.value.rule == "address"
    assert "10.0.0.1" not in str(refusal.value)


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_unreachable(error: Exception) -> None:
    def resolver(host: str, port: int) -> Sequence[Socket]:
        raise error

    with pytest.raises(NotRead) as refusal:
        Names(Allowance(resolver=resolver)).sockets("a.test", 80, 1)

    assert refusal.value.rule == "dns"


def test_a_name_that_leads_nowhere_is_unreachable() -> None:
    with pytest.raises(NotRead) as refusal:
        resolving_to().sockets("a.test", 80, 1)

    assert refusal.value.rule == "dns"


def test_a_look_up_that_hangs_is_not_waited_for() -> None:
    hanging = threading.Event()

    def resolver(host: str, port: int) -> Sequence[Socket]:
        hanging.wait(10)
        return [PUBLIC]

    begun = time.monotonic()
    with fetcher(resolver=resolver, deadline=0.2) as fetching:
        fetched = fetching.fetch("http://a.test/")
    hanging.set()

    assert fetched.rule == "timeout"
    assert time.monotonic() - begun < 3


def test_look_ups_that_hang_are_bounded_in_number() -> None:
    hanging = threading.Event()
    begun = 0

    def resolver(host: str, port: int) -> Sequence[Socket]:
        nonlocal begun
        begun += 1
        hanging.wait(10)
        return [PUBLIC]

    names = Names(Allowance(resolver=resolver))
    for _ in range(40):
        with pytest.raises(NotRead):
            names.sockets("a.test", 80, 0.005)
    hanging.set()

    assert begun == 32


class Rebinding:
    """A name server that leads elsewhere from the second question on."""

    def __init__(self, first: Server, then: Server) -> None:
        self._answers = [first.place]
        self._then = then.place
        self.asked = 0

    def __call__(self, host: str, port: int) -> list[Socket]:
        self.asked += 1
        return [self._answers.pop() if self._answers else self._then]


def test_a_name_is_looked_up_once_for_a_request_so_it_cannot_lead_elsewhere_meanwhile() -> None:
    with site({"/": answer("open")}) as public, site({"/": answer("secret")}) as private:
        rebinding = Rebinding(public, private)
        with fetcher(public, resolver=rebinding) as fetching:
            fetched = fetching.fetch("http://rebinding.test/")

    assert (fetched.body, rebinding.asked, private.connections) == (b"open", 1, 0)


def test_a_name_that_leads_elsewhere_for_the_next_request_is_judged_again() -> None:
    with (
        site({"/robots.txt": answer("User-agent: *\nDisallow:")}) as public,
        site({"/": answer("secret")}) as private,
    ):
        rebinding = Rebinding(public, private)
        with fetcher(public, resolver=rebinding, robots=True) as fetching:
            fetched = fetching.fetch("http://rebinding.test/")

    assert (fetched.rule, rebinding.asked) == ("address", 2)
    assert (public.connections, private.connections) == (1, 0)
