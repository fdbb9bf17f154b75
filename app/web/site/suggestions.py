"""Pages that somebody may have wanted whose address leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.records.kinds import PAGE_KINDS, PLURALS, PageKind
from app.queries.search import near_address, nearest
from app.web.html.urls import Link
from app.web.http.dependencies import Reading
from app.web.search.near import link_to
from app.web.site.method import texts

_KINDS: Mapping[str, PageKind] = {PLURALS[kind]: kind for kind in PAGE_KINDS}


def links_near(path: str, reading: Reading) -> list[Link]:
    """Pages near a path, the nearest first; none where nothing is near.

    Raises `DatabaseNotReady` where the record is opened and cannot be read.
    """
    register, _slash, rest = path.strip("/").partition("/")
    # A program follows no suggestion, and strangers can ask for as many wrong addresses as they
    # like.
    if register == "api":
        return []
    # Files of ours: the record need not be opened for them.
    if register == "method":
        rules = texts()
        return [rules[name] for name in nearest(rest, rules)]
    kind = _KINDS.get(register)
    key = rest.partition("/")[0] if kind else path.strip("/")
    with reading() as session:
        return list(map(link_to, near_address(session, kind, key)))
