"""What may have been meant where a search or an address finds nothing."""

from __future__ import annotations

from app.queries.search import Near
from app.web.html import urls
from app.web.html.urls import Link


def link_to(near: Near) -> Link:
    """A link to its page."""
    if near.kind == "claim":
        return Link(urls.claim(near.id), near.name)
    if near.kind == "dossier":
        return Link(urls.dossier(near.id), near.name)
    return Link(urls.entry(near.kind, near.id), near.name)
