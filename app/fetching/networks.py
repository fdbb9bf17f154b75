"""Which IP addresses are public unicast ones; every other is refused.

Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), the IANA IPv6 address
space (only 2000::/3 is assigned to global unicast), RFC 6052 and RFC 8215 (NAT64), RFC 3879
(site-local). `ipaddress.is_global` alone passes multicast and addresses that wrap an IPv4 one.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Literal

Special = Literal[
    "this-network",
    "loopback",
    "private",
    "shared",
    "link-local",
    "multicast",
    "broadcast",
    "reserved",
    "documentation",
    "benchmarking",
    "platform",
    "v4-mapped",
    "v4-compatible",
    "v4-translated",
    "nat64",
    "6to4",
    "teredo",
    "orchid",
    "discard",
    "segment-routing",
    "unique-local",
    "site-local",
    "zone",
]
"""What an address is for instead. `platform` is the address at which one large cloud answers its
own machines; it lies in a public block, and only they reach it."""

# The first network that holds an address names it, so a part comes before its whole.
_SPECIAL_4: tuple[tuple[str, Special], ...] = (
    ("0.0.0.0/8", "this-network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared"),
    ("127.0.0.0/8", "loopback"),
    ("168.63.129.16/32", "platform"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),
    ("192.0.2.0/24", "documentation"),
    ("192.88.99.0/24", "6to4"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("255.255.255.255/32", "broadcast"),
    ("240.0.0.0/4", "reserved"),
)
_SPECIAL_6: tuple[tuple[str, Special], ...] = (
    ("::/128", "this-network"),
    ("::1/128", "loopback"),
    ("::ffff:0:0/96", "v4-mapped"),
    ("::/96", "v4-compatible"),
    ("::ffff:0:0:0/96", "v4-translated"),
    ("64:ff9b::/96", "nat64"),
    ("64:ff9b:1::/48", "nat64"),
    ("100::/63", "discard"),
    ("2001::/32", "teredo"),
    ("2001:2::/48", "benchmarking"),
    ("2001:10::/28", "orchid"),
    ("2001:20::/28", "orchid"),
    ("2001::/23", "reserved"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment-routing"),
    ("fc00::/7", "unique-local"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)
_NETWORKS: tuple[tuple[IPv4Network | IPv6Network, Special], ...] = tuple(
    (ip_network(network), special) for network, special in (*_SPECIAL_4, *_SPECIAL_6)
)
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")


def judge_address(ip: IPv4Address | IPv6Address) -> Special | None:
    """None for a public unicast address, else what the address is for instead.

    An IPv6 address with a zone (RFC 4007) names a link of this machine, and is never public.
    """
    if isinstance(ip, IPv6Address) and ip.scope_id is not None:
        return "zone"
    for network, special in _NETWORKS:
        if ip in network:
            return special
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST_6:
        return "reserved"
    return None if ip.is_global else "reserved"
