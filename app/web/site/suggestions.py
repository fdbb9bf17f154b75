"""Where somebody may have wanted to go whose address leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request

from app.domain.records.kinds import PAGE_KINDS, PLURALS, PageKind
from app.errors import DatabaseNotReady
from app.queries.search import Near, near_address, nearest
from app.web.html import urls
from app.web.html.links import Link
from app.web.http.dependencies import reading
from app.web.site.method import texts

_KINDS: Mapping[str, PageKind] = {PLURALS[kind]: kind for kind in PAGE_KINDS}


def links_near(request: Request) -> list[Link]:
    """Pages near the address of a request, the nearest first; none where there is no record."""
    register, _slash, rest = request.url.path.strip("/").partition("/")
    if register == "method":
        rules = texts()
        return [rules[name] for name in nearest(rest, rules)]
    kind = _KINDS.get(register)
    key = rest.partition("/")[0] if kind else request.url.path.strip("/")
    try:
        with reading(request) as session:
            return [_link(near) for near in near_address(session, kind, key)]
    except DatabaseNotReady:
        return []


def _link(near: Near) -> Link:
    if near.kind == "claim":
        return Link(urls.claim(near.id), near.name)
    if near.kind == "dossier":
        return Link(urls.dossier(near.id), near.name)
    return Link(urls.entry(PLURALS[near.kind], near.id), near.name)
