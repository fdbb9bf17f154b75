"""One spelling for all addresses of one page: by it documents are compared, everywhere.

Files, API, form, worker and the comparison's origins ask here. What was sent is what is stored and
shown; this spelling is for comparison alone, and need not open: a site may answer to `www.` only.

Folded are, in this order:

| what | how |
|---|---|
| what a WHATWG parser reads alike | case of scheme and host, IDNA, dot segments, back slashes |
| scheme, default port | always `https`, no port |
| percent-encoding | in capitals; needless encoding decoded, `+` in a query is a space |
| tracking parameters | left out, by name (`address_tables.TRACKING`); all others keep their order |
| fragment | left out, but for routes of a script (`#/…`, `#!/…`), which are pages |
| end of host and path | without a dot, without slashes |
| `www.`, `m.`, `amp.`, `mobile.` | left out of the host, where a name of two labels remains |
| AMP | a segment `amp`, `.amp` before the ending, `?amp=1` and its like |
| single sites | `address_tables.SITE_RULES`: t.me, x.com, YouTube, some outlets |
| wrapped pages | the page within an archive's, an AMP cache's or a redirection's address |

`www.` is folded although a server may answer otherwise there: of two documents that differ in it
alone none was ever known to be two, while each outlet's readers copy both.

Not folded: languages (`?lang=ru`, `/ru/`), ids and all other parameters, the case of a path.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from app.domain.values.address_tables import (
    AMP_PARAMETERS,
    CARRIERS,
    HOSTS,
    SHARED_SUFFIXES,
    SITE_RULES,
    TRACKING,
    TRACKING_PREFIXES,
    WORD_SEGMENTS,
    SiteRule,
)
from app.domain.values.addresses import read_address
from app.domain.values.base import sha256
from app.errors import AddressRefused, LazyMessage

RULES = "3"
"""The version of these rules: another one where any address gets another canonical form."""

# Each round takes a layer off, such as an archive's copy of an AMP cache's page.
_MAX_ROUNDS = 40


# Of remembered addresses; strangers give others, up to 4,096 letters long, which would come to
# 130 MB.
_MAX_REMEMBERED = 300


def canonical_address(url: str) -> str:
    """The spelling that all addresses of the page at `url` share.

    Giving the result in again changes nothing. Raises `AddressRefused` for what is no address that
    the record takes, and nothing else.
    """
    return _remembered(url) if len(url) <= _MAX_REMEMBERED else _remembered.__wrapped__(url)


# Asked for the same documents over and over: in a check, an import, a comparison.
@lru_cache(maxsize=16_384)
def _remembered(url: str) -> str:
    address = url
    for _ in range(_MAX_ROUNDS):
        place = _place_of(address)
        further = _wrapped_in(place) or _fold(place).address
        if further == address:
            return address
        address = further
    raise AddressRefused("unreadable", LazyMessage("This cannot be read as an address."))


def address_key(url: str | None) -> str | None:
    """What documents at one page share, for an index; None for no address and a refused one.

    It begins with the version of these rules: rows of an earlier one are found and made anew.
    """
    try:
        return f"{RULES}:{sha256(canonical_address(url))}" if url else None
    except AddressRefused:
        return None


def is_same_page(left: str, right: str) -> bool:
    """Whether two addresses are of one page; what is no address is the same as itself alone."""
    if left == right:
        return True
    try:
        return canonical_address(left) == canonical_address(right)
    except AddressRefused:
        return False


def declared_page(url: str, declared: str) -> str | None:
    """The canonical form of the address that the page at `url` declares as its own.

    None where it says nothing new, or cannot be believed: another site's, or one that stands for
    many pages, as of those sites that declare their first page, or a list, on every page.
    """
    try:
        own, said = _place_of(canonical_address(url)), _place_of(canonical_address(declared))
    except AddressRefused:
        return None
    is_of_site = own.host == said.host or _is_below(own.host, said.host)
    is_of_many = (own.path + "/").startswith(said.path.rstrip("/") + "/")
    # A script's routes are many pages to whom no server can say which one it is.
    if own.route or own == said or not is_of_site or is_of_many:
        return None
    return said.address


def _is_below(one: str, other: str) -> bool:
    return one.endswith(f".{other}") or other.endswith(f".{one}")


class Copy(NamedTuple):
    """What the address of an archived copy says: of which page, and of which day if it does."""

    page: str
    day: str | None


def archived_page(url: str) -> Copy | None:
    """The page of which an address is an archive's copy; None where it does not carry one.

    The page is as it is written there, with a scheme.
    """
    try:
        place = _place_of(url)
    except AddressRefused:
        return None
    return _archived_in(place)


class Place(NamedTuple):
    """An address in the parts that tell pages apart; `query` and `route` without “?” and “#”."""

    host: str
    path: str
    query: str
    route: str

    @property
    def address(self) -> str:
        """The parts put together again."""
        query = f"?{self.query}" if self.query else ""
        route = f"#{self.route}" if self.route else ""
        return f"https://{self.host}{self.path or '/'}{query}{route}"


def _place_of(url: str) -> Place:
    parsed = read_address(url)
    route = parsed.hash.removeprefix("#")
    return Place(
        host=parsed.hostname,
        path=parsed.pathname,
        query=parsed.search.removeprefix("?"),
        route=route.partition(":~:")[0] if route.startswith(("/", "!")) else "",
    )


def _fold(place: Place) -> Place:
    folded = Place(
        host=_host(place.host),
        path=_path(place.path),
        query=_query(place.query),
        route=_decoded(place.route, _IN_PATH),
    )
    for rule in SITE_RULES:
        matched = rule.site.fullmatch(folded.host + folded.path)
        if matched and (not rule.needs or rule.needs in map(_name, folded.query.split("&"))):
            return _by_rule(folded, rule, matched)
    return folded


def _by_rule(place: Place, rule: SiteRule, matched: re.Match[str]) -> Place:
    site = matched.expand(rule.to)
    site, _, given = (site.lower() if rule.in_lower_case else site).partition("?")
    host, slash, path = site.partition("/")
    return Place(host, slash + path, given or _kept(place.query, rule.query), place.route)


def _kept(query: str, names: frozenset[str] | None) -> str:
    """The parameters with these names; with those after a hyphen left out; all for None."""
    if names is None:
        return query
    dropped = {name[1:] for name in names if name.startswith("-")}
    if dropped:
        return "&".join(p for p in query.split("&") if not dropped.intersection((p, _name(p))))
    return "&".join(part for part in query.split("&") if _name(part) in names)


_FORMS = ("www.", "m.", "amp.", "mobile.")


def _host(host: str) -> str:
    while True:
        form = next((form for form in _FORMS if host.startswith(form)), None)
        rest = host.removeprefix(form) if form else host
        if form is None or not _may_be_site(rest, is_www=form == "www."):
            break
        host = rest
    # Wikimedia's mobile forms have the “m” behind the language.
    host = re.sub(r"^([a-z-]+)\.m\.(wiki\w+\.org)$", r"\1.\2", host)
    return HOSTS.get(host, host)


def _may_be_site(host: str, *, is_www: bool) -> bool:
    labels = host.split(".")
    if len(labels) != 2:
        return len(labels) > 2
    # `www.gov.am` is the site of `gov.am`; but `m.com.tr` is a site of its own.
    return is_www or not (labels[0] in SHARED_SUFFIXES and len(labels[1]) == 2)


def _path(path: str) -> str:
    segments = _decoded(path, _IN_PATH).split("/")
    kept: list[str] = []
    for segment in segments:
        is_form = segment == "amp" and not (kept and kept[-1] in WORD_SEGMENTS)
        if not is_form:
            kept.append(segment)
    if not any(kept):
        kept = segments  # a site's page about amperes
    kept[-1] = re.sub(r"\.amp(?=\.\w+$|$)", "", kept[-1]) or kept[-1]
    return "/".join(kept).rstrip("/")


def _query(query: str) -> str:
    spelled = _decoded(query.replace("+", "%20"), _IN_QUERY)
    return "&".join(part for part in spelled.split("&") if part and not _says_nothing(part))


def _says_nothing(parameter: str) -> bool:
    """Whether a parameter is about the reader or the form, not the page."""
    name, _, value = parameter.partition("=")
    name = unquote(name).lower()
    if name in TRACKING or name.startswith(TRACKING_PREFIXES):
        return True
    return unquote(value).lower() in AMP_PARAMETERS.get(name, ())


def _name(parameter: str) -> str:
    return unquote_plus(parameter.partition("=")[0])


# What RFC 3986 lets stand in a path without encoding (`pchar`), and of that in a query what divides
# no parameters. A slash, a percent sign or a question mark in a path keeps its encoding: decoded it
# would mean something else.
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_IN_PATH = frozenset(_UNRESERVED + "!$&'()*+,;=:@")
# The parser itself encodes an apostrophe in a query.
_IN_QUERY = frozenset(_UNRESERVED + "!$()*,:@/?")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|[^!-~]|['\"<>`{}|^\\\[\]]")


def _decoded(text: str, plain: frozenset[str]) -> str:
    def spell(found: re.Match[str]) -> str:
        if found[1] is None:
            # What the parser leaves in one part of an address and encodes in the other.
            return found[0] if found[0] in plain else f"%{ord(found[0]):02X}"
        character = chr(int(found[1], 16))
        return character if character in plain else found[0].upper()

    return _ENCODED.sub(spell, text)


def _wrapped_in(place: Place) -> str | None:
    """The address that another one carries, where that one can be read; without it None."""
    copy = _archived_in(place)
    found = copy.page if copy else _carried_in(place)
    if found is None:
        return None
    try:
        return read_address(found).href
    except AddressRefused:
        # An archive of what no browser opens: the copy is the only page there is.
        return None


_WAYBACK = frozenset({"web.archive.org", "archive.org", "wayback.archive.org"})
_PAGE = r"(https?(?::|%3A).+|[^/]+\.[^/]+.*)"
_STAMP = r"(?:(\d{1,14})\*?|\*)(?:[a-z]{2}_)?/"
_OF_WAYBACK = re.compile(rf"/(?:web|wayback|save)/(?:{_STAMP})?{_PAGE}", re.IGNORECASE)
_DOTTED = r"(\d{4}(?:\.?\d\d){0,2}(?:-?\d{6})?)"
_OF_TODAY = re.compile(
    rf"/(?:(?:newest|oldest|timegate|o/\w+|{_DOTTED})/(?=[^/]+[.:%])|(?=http))"
    r"(https?(?::|%3A).+|[^/]+\.[^/]+.*)",
    re.IGNORECASE,
)
# Other archives write addresses as the Wayback Machine does; there the stamp and the scheme must be
# whole.
_STAMPED = re.compile(
    r".*?/(\d{4}\.?\d{2}\.?\d{2}-?\d{6})(?:[a-z]{2}_)?/(https?(?::|%3A).+)", re.IGNORECASE
)
_OF_CACHE = re.compile(r"/(?:c|v|a|i)/(s/)?([^/]+\..+)")
_OF_GOOGLE = re.compile(r"/amp/(s/)?([^/]+\..+)")
_GOOGLE = re.compile(r"google(?:\.[a-z]{2,3}){1,2}")
_OF_WEBCACHE = re.compile(r"cache:(?:[\w-]{12}:)?(.+?)(?:\s.*)?", re.DOTALL)
_OF_GHOST = re.compile(r"/varchive/(?:youtube/\d+/)?([\w-]{11})")
_WRITTEN_OUT = re.compile(r"/archive/(https?(?::|%3A).+)", re.IGNORECASE)


def _archived_in(place: Place) -> Copy | None:
    host = _host(place.host)
    if host == "ghostarchive.org" and (video := _OF_GHOST.fullmatch(place.path)):
        return Copy(f"https://www.youtube.com/watch?v={video[1]}", None)
    if host == "ghostarchive.org" and (written := _WRITTEN_OUT.fullmatch(place.path)):
        return Copy(_mended(written[1], place), None)
    if host == "webcache.googleusercontent.com":
        return _of_webcache(place.query)
    found = None
    if host in _WAYBACK:
        found = _OF_WAYBACK.fullmatch(place.path)
    elif host == "archive.today":
        found = _OF_TODAY.fullmatch(place.path)
    found = found or _STAMPED.fullmatch(place.path)
    if not found:
        return None
    stamp, page = found.groups()
    return Copy(_mended(page, place), _day(stamp))


def _mended(page: str, place: Place) -> str:
    """The address within a path, with what the outer one has of it behind the path."""
    text = unquote(page) if re.match(r"https?%3A", page, re.IGNORECASE) else page
    # A browser that asks an archive for a path loses one of two slashes in a row.
    text = re.sub(r"^(https?):/+", r"\1://", text, flags=re.IGNORECASE)
    if not re.match(r"https?://", text, re.IGNORECASE):
        text = f"http://{text}"
    query = f"?{place.query}" if place.query else ""
    return text + query + (f"#{place.route}" if place.route else "")


def _day(stamp: str | None) -> str | None:
    digits = re.sub(r"\D", "", stamp or "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 14 else None


def _of_webcache(query: str) -> Copy | None:
    asked = next((part[2:] for part in query.split("&") if part.startswith("q=")), "")
    found = _OF_WEBCACHE.fullmatch(unquote_plus(asked))
    if not found:
        return None
    page = found[1]
    return Copy(page if re.match(r"https?://", page) else f"http://{page}", None)


def _carried_in(place: Place) -> str | None:
    """The address that an AMP cache or a redirection carries."""
    host = _host(place.host)
    is_google = bool(_GOOGLE.fullmatch(host))
    found = None
    if is_google:
        found = _OF_GOOGLE.fullmatch(place.path)
    elif f".{host}".endswith(".cdn.ampproject.org") or host == "bing-amp.com":
        found = _OF_CACHE.fullmatch(place.path)
    if found:
        scheme = "https" if found[1] else "http"
        query = f"?{place.query}" if place.query else ""
        return f"{scheme}://{found[2]}{query}"
    names = CARRIERS.get(("google" if is_google else host, place.path), ())
    parameters = dict(part.partition("=")[::2] for part in place.query.split("&"))
    return next((unquote(parameters[name]) for name in names if name in parameters), None)
