"""Which addresses the record takes and asks for, and in which spelling; why others are refused.

An address is read as browsers read it (WHATWG URL Standard), so that what is judged here is what a
reader's browser would open; what is judged is then what goes over the wire, unread by any second
parser. Files, API, form and worker all ask here. Where a host name leads is judged later, on the
very IP that is connected to (`app/fetching/networks.py`).

Which spellings are one page is another question: `canonical_addresses.py` answers it.
"""

from __future__ import annotations

import re
from typing import Literal, NoReturn

import ada_url

from app.domain.values.base import sha256
from app.errors import AddressRefused, LazyMessage

AddressRule = Literal[
    "too-long",
    "control-characters",
    "scheme",
    "no-host",
    "userinfo",
    "unreadable",
    "port",
    "local-name",
    "address",
]
"""Which rule refuses an address before anything is asked; `address` is an IP in place of a name."""

MAX_ADDRESS_LENGTH = 4096
"""In characters, as written and as asked for."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PATH_START = re.compile(r"[/\\?#]")
# The WHATWG parser takes empty labels, labels of any length and such that are punctuation alone;
# no name server answers for them (RFC 1035, section 2.3.4).
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
# Names that lead into the own machine or network, or to nowhere by a look-up: RFC 6761, RFC 6762,
# RFC 7686, RFC 8375, ICANN's resolution of 2024 on “internal”, and what routers hand out.
_LOCAL_NAME = re.compile(
    r"(?:.*\.)?(?:localhost|localdomain|local|internal|intranet|lan|home|corp|onion|home\.arpa)"
)


def judge_url(url: str) -> str:
    """The address to ask for: absolute, normalised, without a fragment, in ASCII.

    Raises `AddressRefused` with the rule for anything that is not a plain http or https address on
    its standard port, at a public name of two labels or more.
    """
    return _without_fragment(read_address(url))


def judge_link(link: str, base: str) -> str:
    """The same for a link, such as that of a redirect, on a page at `base`."""
    return _without_fragment(read_address(link, base))


def read_address(url: str, base: str | None = None) -> ada_url.URL:
    """A judged address in its parts, its fragment included; raises as `judge_url` does."""
    url = url.strip(" ")
    _require_sound(url)
    if base is None:
        _require_authority(url)
    parsed = _parse(url, base)
    _require_plain(parsed)
    _require_public(parsed)
    if len(parsed.href) > MAX_ADDRESS_LENGTH:
        _refuse_length()
    return parsed


def host_of(address: str) -> str:
    """The host of a judged address: a lower-case name."""
    return ada_url.URL(address).hostname


def page_key(url: str) -> str:
    """The SHA-256, in hexadecimal, of an address without its fragment.

    The fragment is never sent to a server (RFC 9110, section 7.1), so addresses that differ in it
    alone are one page. An address itself may be longer than PostgreSQL's indexes take.
    """
    return sha256(url.partition("#")[0])


_MAX_SITE_LENGTH = 300


def site_of(url: str) -> str | None:
    """The host and path of an address, as in `example.org/news/ferry`; None for no such address.

    Without “www.” and what ends a host or path without telling pages apart, and cut after 300
    characters. It finds whose site a page is on by an index. Stored rows hold it: a change needs a
    migration.
    """
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return None
    host = parsed.hostname.rstrip(".").removeprefix("www.")
    if parsed.protocol not in ("http:", "https:") or not host:
        return None
    return f"{host}{parsed.pathname.rstrip('/') or '/'}"[:_MAX_SITE_LENGTH]


def domains_of(url: str) -> list[str]:
    """The names of sites that an address may belong to, the longest first, without “www.”.

    `amp.post.example.org` may be of itself, `post.example.org` or `example.org`.
    """
    labels = (site_of(url) or "").partition("/")[0].split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _without_fragment(parsed: ada_url.URL) -> str:
    parsed.hash = ""
    return parsed.href


def _require_sound(url: str) -> None:
    if len(url) > MAX_ADDRESS_LENGTH:
        _refuse_length()
    if _CONTROL.search(url):
        _refuse(
            "control-characters",
            LazyMessage("The address contains a control character, such as a new line."),
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
        _refuse("no-host", LazyMessage("The address names no host."))


def _parse(url: str, base: str | None) -> ada_url.URL:
    try:
        return ada_url.URL(url, base)
    except ValueError:  # a lone surrogate is a UnicodeEncodeError, which is one
        _refuse("unreadable", LazyMessage("This cannot be read as an address."))


def _require_plain(parsed: ada_url.URL) -> None:
    if parsed.protocol not in ("http:", "https:"):
        _refuse_scheme()
    if parsed.username or parsed.password:
        _refuse_userinfo()
    if parsed.port not in ("", "80", "443"):
        _refuse("port", LazyMessage("The address names a port; pages are read on 80 and 443 only."))


def _require_public(parsed: ada_url.URL) -> None:
    if parsed.host_type is not ada_url.HostType.DEFAULT:
        # Public ones too: an IP is of a machine and not of an outlet, and changes hands unseen.
        _refuse(
            "address",
            LazyMessage(
                "The address leads to the IP address {host}; write the name of the site.",
                host=parsed.hostname,
            ),
        )
    host = parsed.hostname.removesuffix(".")
    if not _HOST.fullmatch(host) or not all(map(_is_idna, host.split("."))):
        _refuse_host(parsed.hostname)
    if _LOCAL_NAME.fullmatch(host):
        _refuse(
            "local-name", LazyMessage("“{host}” is a name for local use, not public.", host=host)
        )
    if "." not in host:
        _refuse(
            "local-name",
            LazyMessage("“{host}” is no public name; it has one part alone.", host=host),
        )
    if host != parsed.hostname:
        _set_host(parsed, host)


def _is_idna(label: str) -> bool:
    """Whether a label that says it is of other letters is the one spelling of them (UTS #46)."""
    # The parser takes what begins with “xn--” as it is; browsers open none that encodes nothing.
    if not label.startswith("xn--"):
        return True
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
        return bool(ada_url.idna.encode(decoded) == label.encode("ascii"))
    except ValueError:  # UnicodeError is one
        return False


def _set_host(parsed: ada_url.URL, host: str) -> None:
    try:
        parsed.hostname = host
    except ValueError:  # “a.1.” is a name to the parser, and “a.1” an IP address that is none
        _refuse_host(parsed.hostname)


def _refuse_host(host: str) -> NoReturn:
    _refuse(
        "unreadable",
        LazyMessage(
            "“{host}” is no valid name of a host; copy the address from your browser.", host=host
        ),
    )


def _refuse_length() -> NoReturn:
    _refuse(
        "too-long",
        LazyMessage("An address may have {most} characters.", most=f"{MAX_ADDRESS_LENGTH:,}"),
    )


def _refuse_scheme() -> NoReturn:
    _refuse("scheme", LazyMessage("An address must begin with http:// or https://."))


def _refuse_userinfo() -> NoReturn:
    _refuse("userinfo", LazyMessage("The address contains a user name or password."))


def _refuse(rule: AddressRule, sentence: LazyMessage) -> NoReturn:
    raise AddressRefused(rule, sentence)
