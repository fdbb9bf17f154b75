"""The search: one box, everything on record that holds what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.orm import Session

from app.domain.searching import Query as Asked
from app.domain.searching import query_of
from app.errors import BadQuery
from app.services.near import near_places
from app.storage.paging import Page
from app.storage.search.finding import MOST_RANKED, Found, count_found, find
from app.storage.search.rows import KINDS, FoundKind
from app.web import urls
from app.web.found import read_found
from app.web.i18n import gettext as _
from app.web.i18n import ngettext
from app.web.pages.found_places import PlaceCard, place_cards
from app.web.pages.links import Link
from app.web.reading import ReadSession
from app.web.rendering import render
from app.web.views import terms
from app.web.views.found import FoundView, found_views
from app.web.views.wording import figure
from app.web.views.written import told as told_of

router = APIRouter()

_ON_A_PAGE = 50
_SHOWN: Mapping[FoundKind, int] = {
    **dict.fromkeys(KINDS, 5),
    "place": 10,
    "claim": 10,
    "citation": 10,
}


class SearchQuery(BaseModel):
    """What the address of a search can ask for; an empty value asks for nothing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = ""
    kind: FoundKind | None = None
    after: str | None = Field(None, max_length=1000)

    @field_validator("kind", "after", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class KindLink:
    """A kind of thing with how many were found; `count` is in words."""

    url: str
    name: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, or the first of it; `more` leads to all."""

    kind: FoundKind
    heading: str
    items: tuple[FoundView, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page of a search; without `typed` nothing was asked for yet."""

    typed: str
    problem: str = ""
    told: str = ""
    kinds: tuple[KindLink, ...] = ()
    places: tuple[PlaceCard, ...] = ()
    places_told: str = ""
    groups: tuple[Group, ...] = ()
    near: tuple[Link, ...] = ()
    bounded: str = ""
    next_url: str = ""


@router.get("/search")
def search(session: ReadSession, query: Annotated[SearchQuery, Query()]) -> Response:
    """Everything on record that holds what was typed; without it, how to search."""
    try:
        asked = query_of(query.q)
    except BadQuery as fault:
        return _render(SearchPage(query.q, problem=told_of(fault.sentence)), status=422)
    return _render(_found(session, query, asked) if asked else SearchPage(""))


def _render(page: SearchPage, status: int = 200) -> Response:
    title = _("Search: %s") % page.typed if page.typed else _("Search")
    context = {
        "title": title,
        "description": _("Search claims, quotations, speakers, documents and places."),
        "page": page,
        "states": {term.key: term for term in terms.states()},
    }
    return render("search.html", context, status)


def _found(session: Session, query: SearchQuery, asked: Asked) -> SearchPage:
    kinds = (query.kind,) if query.kind else KINDS
    pages = {kind: _page(session, query, asked, kind) for kind in kinds}
    counts = count_found(session, asked) | {kind: page.total for kind, page in pages.items()}
    items = [found for page in pages.values() for found in page.items]
    record = read_found(session, items)
    cards = () if query.after else place_cards(session, asked, record, items)
    carded = {card.id for card in cards}
    groups = []
    for kind, page in pages.items():
        shown = [f for f in page.items if kind != "place" or f.id not in carded]
        views = tuple(found_views(shown, asked, record))
        more = _more(query, kind, page)
        if views or more:
            groups.append(Group(kind, plural(kind), views, more))
    return SearchPage(
        query.q,
        told=_told(query, counts),
        kinds=_kinds(query, counts),
        places=cards,
        places_told=_places_told(cards, query.q),
        groups=tuple(groups),
        near=() if items else _near(session, asked),
        bounded=_bounded(counts),
        next_url=_next(query, pages[query.kind]) if query.kind else "",
    )


def _page(session: Session, query: SearchQuery, asked: Asked, kind: FoundKind) -> Page[Found]:
    limit = _ON_A_PAGE if query.kind else _SHOWN[kind]
    return find(session, asked, kind, limit=limit, cursor=query.after if query.kind else None)


def plural(kind: FoundKind) -> str:
    """A kind of what is found, as a heading."""
    return {
        "place": _("Places"),
        "claim": _("Claims"),
        "citation": _("Quotations"),
        "speaker": _("Speakers"),
        "document": _("Documents"),
        "publisher": _("Publishers"),
    }[kind]


def _told(query: SearchQuery, counts: Mapping[FoundKind, int | None]) -> str:
    wanted = counts[query.kind] if query.kind else _sum(counts)
    if wanted is None:
        return _("More than 10,000 results for “%(words)s”.") % {"words": query.q}
    told = ngettext("%(n)d result for “%(words)s”.", "%(n)d results for “%(words)s”.", wanted)
    return told % {"n": wanted, "words": query.q}


def _sum(counts: Mapping[FoundKind, int | None]) -> int | None:
    known = [count for count in counts.values() if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _kinds(query: SearchQuery, counts: Mapping[FoundKind, int | None]) -> tuple[KindLink, ...]:
    everything = KindLink(
        urls.search({"q": query.q}), _("All"), _counted(_sum(counts)), query.kind is None
    )
    links = [
        KindLink(
            urls.search({"q": query.q, "kind": kind}),
            plural(kind),
            _counted(counts[kind]),
            query.kind == kind,
        )
        for kind in KINDS
        if counts[kind] != 0 or query.kind == kind
    ]
    return (everything, *links) if links else ()


def _counted(count: int | None) -> str:
    return _("over 10,000") if count is None else figure(count)


def _more(query: SearchQuery, kind: FoundKind, page: Page[Found]) -> Link | None:
    if query.kind or not page.next_cursor:
        return None
    url = urls.search({"q": query.q, "kind": kind})
    if page.total is None:
        return Link(url, _("All of them, more than 10,000"))
    return Link(url, ngettext("All %d", "All %d", page.total) % page.total)


def _next(query: SearchQuery, page: Page[Found]) -> str:
    if not page.next_cursor:
        return ""
    return urls.search({"q": query.q, "kind": query.kind or "", "after": page.next_cursor})


def _places_told(cards: tuple[PlaceCard, ...], typed: str) -> str:
    if len(cards) < 2:
        return ""
    told = ngettext(
        "“%(name)s” is a name of %(n)d place on record:",
        "“%(name)s” is a name of %(n)d places on record:",
        len(cards),
    )
    return told % {"name": typed, "n": len(cards)}


def _bounded(counts: Mapping[FoundKind, int | None]) -> str:
    if all(count is not None and count <= MOST_RANKED for count in counts.values()):
        return ""
    return _(
        "Of each kind the first %(most)s on record are listed, the best of them first; "
        "another word finds fewer."
    ) % {"most": figure(MOST_RANKED)}


def _near(session: Session, asked: Asked) -> tuple[Link, ...]:
    """Places whose names are close to what was typed, for where nothing was found."""
    near = near_places(session, " ".join(asked.words))
    return tuple(Link(urls.search({"q": name}), name) for name in near)
