"""The rules of a fetcher, and the one exception that tests may make."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from app.errors import BadInput

Socket = tuple[str, int]
"""An IP address as text, and a port."""

Resolver = Callable[[str, int], Sequence[Socket]]
"""A host name and a port → the sockets that it leads to; raises `OSError` where there are none."""


@dataclass(frozen=True, slots=True)
class FetchRules:
    """The bounds and manners of every fetch.

    `contact` is sent in the User-Agent: an address at which a publisher can reach the operator.
    `deadline` is the seconds that the requests of one fetch may take in all, robots.txt and
    redirects included; `most_bytes` bounds a body before and after inflating. `pause` is the
    seconds between the starts of two fetches from one host, and `patience` the seconds that one
    fetch waits for its turns in all. So `fetch` returns within `deadline` + `patience`.

    Raises `BadInput` for a contact that cannot be sent in a header.
    """

    contact: str
    deadline: float = 20.0
    most_bytes: int = 5_000_000
    most_redirects: int = 5
    pause: float = 1.0
    patience: float = 60.0
    robots: bool = True

    def __post_init__(self) -> None:
        if not (self.contact.isascii() and self.contact.isprintable()):
            raise BadInput("The contact must be written in printable ASCII characters.")


@dataclass(frozen=True, slots=True)
class Allowance:
    """For tests alone: what may be reached although it is not public. No setting makes one.

    `hosts` maps a host name (or `name:443`, for that port alone) to the loopback address and port
    at which it is served; these sockets, and no others, are connected to although they are not
    public. Names that are not in it go to `resolver`, or to the system where it is None, and what
    they lead to is judged as always. `trust` is the TLS context to use instead of one that trusts
    the public authorities.
    """

    hosts: Mapping[str, Socket] = field(default_factory=dict)
    trust: ssl.SSLContext | None = None
    resolver: Resolver | None = None

    def __post_init__(self) -> None:
        # An allowance for any address would open the operator's own network.
        strangers = [host for host, (ip, _) in self.hosts.items() if not ip_address(ip).is_loopback]
        if strangers:
            raise ValueError(f"only loopback addresses can be allowed: {strangers}")

    def socket_of(self, host: str, port: int) -> Socket | None:
        """Where a host is served for a test, or None where it is not."""
        return self.hosts.get(f"{host}:{port}") or self.hosts.get(host)

    def serves(self, place: Socket) -> bool:
        """Whether a socket is one of those that a test serves."""
        return place in self.hosts.values()
