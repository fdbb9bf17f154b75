"""One spelling for the addresses of one page, to find a document that is on record already.

Addresses are read as browsers read them (WHATWG URL Standard). What an address says beyond where
the page is, such as by which newsletter a reader came, is set aside. The address as it was sent is
what is kept; this spelling is for comparison alone.
"""

from __future__ import annotations

from urllib.parse import unquote_plus

import ada_url

from app.domain.values.canonical import sha256
from app.errors import BadInput, LazyMessage

# Parameters that tell a site's owner where a reader came from; pages are the same without them.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "at_custom")
_TRACKING = frozenset(
    {
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "dclid",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "oly_anon_id",
        "oly_enc_id",
        "srsltid",
        "ttclid",
        "twclid",
        "vero_id",
        "wbraid",
        "wickedid",
        "yclid",
        "ysclid",
    }
)


def normalised_url(url: str) -> str:
    """The address with its host in lower case and without what does not tell pages apart.

    Left out are a standard port, a dot or a slash at the end of host and path, the fragment, and
    parameters that track readers; all others keep their order and spelling. Giving the result in
    again changes nothing. Raises `BadInput` where the text is no http or https address.
    """
    try:
        parsed = ada_url.URL(url)
    except ValueError:  # a lone surrogate is a UnicodeEncodeError, which is one
        raise BadInput(LazyMessage("This cannot be read as an address.")) from None
    if parsed.protocol not in ("http:", "https:"):
        raise BadInput(LazyMessage("The address must begin with http:// or https://."))
    parsed.hash = ""
    parsed.search = _without_tracking(parsed.search)
    parsed.pathname = parsed.pathname.rstrip("/")
    if parsed.hostname.rstrip("."):
        parsed.hostname = parsed.hostname.rstrip(".")
    return parsed.href


def _without_tracking(search: str) -> str:
    parameters = search.removeprefix("?").split("&")
    query = "&".join(part for part in parameters if part and not _tracks(part))
    return f"?{query}" if query else ""


def _tracks(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


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
    characters. It finds candidates by an index: what `normalised_url` takes for one page has one
    such place, while several pages may share it. Stored rows hold it: a change needs a migration.
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
