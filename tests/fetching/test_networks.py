from __future__ import annotations

from ipaddress import ip_address

import pytest

from app.fetching.networks import judge_address


@pytest.mark.parametrize(
    "ip",
    [
        "1.1.1.1",
        "100.63.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "2001:200::1",
        "2003::1",
        "2606:4700::1111",
    ],
)
def test_a_public_unicast_address_passes(ip: str) -> None:
    assert judge_address(ip_address(ip)) is None


@pytest.mark.parametrize(
    ("ip", "special"),
    [
        ("0.0.0.0", "this-network"),
        ("0.1.2.3", "this-network"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "shared"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("168.63.129.16", "platform"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.8", "reserved"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4"),
        ("192.168.1.1", "private"),
        ("198.19.0.1", "benchmarking"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "this-network"),
        ("::1", "loopback"),
        ("::7f00:1", "v4-compatible"),
        ("::ffff:127.0.0.1", "v4-mapped"),
        ("::ffff:1.1.1.1", "v4-mapped"),
        ("::ffff:0:7f00:1", "v4-translated"),
        ("64:ff9b::7f00:1", "nat64"),
        ("64:ff9b:1::1", "nat64"),
        ("100::1", "discard"),
        ("100:0:0:1::1", "discard"),
        ("2001::1", "teredo"),
        ("2001:2::1", "benchmarking"),
        ("2001:10::1", "orchid"),
        ("2001:20::1", "orchid"),
        ("2001:1::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::1", "6to4"),
        ("3fff::1", "documentation"),
        ("5f00::1", "segment-routing"),
        ("fc00::1", "unique-local"),
        ("fd00:ec2::254", "unique-local"),
        ("fe80::1", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("4000::1", "reserved"),
        ("1::1", "reserved"),
        ("2606:4700::1111%eth0", "zone"),
    ],
)
def test_an_address_that_is_not_public_is_named_for_what_it_is(ip: str, special: str) -> None:
    assert judge_address(ip_address(ip)) == special
