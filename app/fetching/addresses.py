"""Which addresses are asked for at all, and in which spelling.

An address is read as browsers read it (WHATWG URL Standard), so that what is judged here is what
a reader's browser would open; what is judged is then what goes over the wire, unread by any second
parser. Where a host name leads is judged later, on the very IP that is connected to.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NoReturn

import ada_url

from app.domain.records.page_checks import AddressRule
from app.errors import AddressRefused
from app.fetching.networks import judge_address

MAX_ADDRESS_LENGTH = 4096
"""In characters, as written and as asked for."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PATH_START = re.compile(r"[/\\?#]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
# Names that lead into the own machine or network, or to nowhere by a look-up: RFC 6761, RFC 6762,
# RFC 7686, RFC 8375, and ICANN's resolution of 2024 on “internal”.
_LOCAL_NAME = re.compile(r"(?:.*\.)?(?:localhost|local|internal|onion|home\.arpa)")


def judge_url(url: str) -> str:
    """The address to ask for: absolute, normalised, without a fragment, in ASCII.

    Raises `AddressRefused` with the rule for anything that is not a plain http or https address on
    its standard port, at a name or at a public IP address, in any spelling.
    """
    return _judge(url, None)


def judge_link(link: str, base: str) -> str:
    """The same for a link, such as that of a redirect, on a page at `base`."""
    return _judge(link, base)


def host_of(address: str) -> str:
    """The host of a judged address: a lower-case name, or an IP address without brackets."""
    return ada_url.URL(address).hostname.strip("[]")


def _judge(url: str, base: str | None) -> str:
    url = url.strip(" ")
    _require_sound(url)
    if base is None:
        _require_authority(url)
    parsed = _parse(url, base)
    _require_plain(parsed)
    _require_public(parsed)
    parsed.hash = ""
    if len(parsed.href) > MAX_ADDRESS_LENGTH:
        _refuse_length()
    return parsed.href


def _require_sound(url: str) -> None:
    if len(url) > MAX_ADDRESS_LENGTH:
        _refuse_length()
    if _CONTROL.search(url):
        _refuse(
            "control-characters", "The address contains a control character, such as a new line."
        )


def _require_authority(url: str) -> None:
    """What parsing would mend in silence: a missing scheme or host, an empty user name."""
    scheme = _SCHEME.match(url)
    if not scheme or scheme[1].lower() not in ("http", "https"):
        _refuse_scheme()
    authority = url[scheme.end() :].lstrip("/\\")
    before_path = _PATH_START.split(authority, maxsplit=1)[0]
    if "@" in before_path:
        _refuse_userinfo()
    if not before_path or before_path.startswith(":"):
        _refuse("no-host", "The address names no host.")


def _parse(url: str, base: str | None) -> ada_url.URL:
    try:
        return ada_url.URL(url, base)
    except ValueError:  # a lone surrogate is a UnicodeEncodeError, which is one
        _refuse("unreadable", "This cannot be read as an address.")


def _require_plain(parsed: ada_url.URL) -> None:
    if parsed.protocol not in ("http:", "https:"):
        _refuse_scheme()
    if parsed.username or parsed.password:
        _refuse_userinfo()
    if parsed.port not in ("", "80", "443"):
        _refuse("port", "Only the ports 80 and 443 are asked.")


def _require_public(parsed: ada_url.URL) -> None:
    if parsed.host_type is not ada_url.HostType.DEFAULT:
        special = judge_address(ip_address(parsed.hostname.strip("[]")))
        if special:
            _refuse("address", f"The address leads to {parsed.hostname} ({special}), not public.")
        return
    host = parsed.hostname.removesuffix(".")
    if not _HOST.fullmatch(host):
        _refuse("unreadable", "The address has a host that no name can be.")
    if _LOCAL_NAME.fullmatch(host):
        _refuse("local-name", f"“{host}” is a name for local use, not public.")
    parsed.hostname = host


def _refuse_length() -> NoReturn:
    _refuse("too-long", f"An address may have {MAX_ADDRESS_LENGTH} characters.")


def _refuse_scheme() -> NoReturn:
    _refuse("scheme", "An address must begin with http:// or https://.")


def _refuse_userinfo() -> NoReturn:
    _refuse("userinfo", "The address contains a user name or password.")


def _refuse(rule: AddressRule, sentence: str) -> NoReturn:
    raise AddressRefused(rule, sentence)
