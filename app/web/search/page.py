"""The search: one box, everything on record that holds what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.domain.records.kinds import FOUND_KINDS, FoundKind
from app.domain.records.search_results import SearchResult
from app.domain.search.query import Query as Asked
from app.domain.search.query import query_of
from app.domain.values.base import escaped_controls
from app.domain.values.paging import Page
from app.errors import BadQuery
from app.queries.search import NamedRecords, search_by_kind
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import PageQuery
from app.web.search import kinds as result_kinds
from app.web.search.kinds import KindLink
from app.web.search.near import link_to
from app.web.search.places import PlaceCard, place_cards
from app.web.search.results import FoundView, found_views
from app.web.wording import kind_names, terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.record_text import translate

router = APIRouter()

_ON_A_PAGE = 50
# The kinds that readers look for have more room; a link leads to all of each kind.
_SHOWN: Mapping[FoundKind, int] = {
    **dict.fromkeys(FOUND_KINDS, 5),
    "place": 10,
    "claim": 10,
    "citation": 10,
}


class SearchQuery(PageQuery):
    """What the address of a search can ask for; an empty value asks for nothing."""

    q: str = ""
    kind: FoundKind | None = None
    after: str | None = Field(None, max_length=1000)


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
    total: str = ""
    kinds: tuple[KindLink, ...] = ()
    places: tuple[PlaceCard, ...] = ()
    places_heading: str = ""
    groups: tuple[Group, ...] = ()
    none: str = ""
    meant: tuple[Link, ...] = ()
    nearest: tuple[Link, ...] = ()
    bounded: str = ""
    next_url: str = ""


@router.get("/search")
def search(session: ReadSession, query: Annotated[SearchQuery, Query()]) -> Response:
    """Everything on record that holds what was typed; without it, how to search."""
    try:
        asked = query_of(query.q)
    except BadQuery as fault:
        # A page and not the error page: what was typed stays in the box to be changed.
        return _render(SearchPage(query.q, problem=translate(fault.sentence)), status=422)
    return _render(_found(session, query, asked) if asked else SearchPage(""))


def _render(page: SearchPage, status: int = 200) -> Response:
    # A title is shown beside others', and has no element to keep overrides of direction in.
    title = _("Search: %s") % escaped_controls(page.typed) if page.typed else _("Search")
    context = {
        "title": title,
        "description": _("Search claims, quotations, speakers, documents and places."),
        "steps": trail(),
        "page": page,
        "states": {term.key: term for term in terms.states()},
    }
    return render("search.html", context, status)


def _found(session: Session, query: SearchQuery, asked: Asked) -> SearchPage:
    limits = {query.kind: _ON_A_PAGE} if query.kind else _SHOWN
    # A cursor belongs to the list of one kind; on the page of all there is no place for it.
    results = search_by_kind(session, asked, limits, query.after if query.kind else None)
    pages, counts = results.pages, results.counts
    cards = place_cards(results.places, asked, results.named.registers)
    groups = (
        _group(query, asked, results.named, kind, page, cards) for kind, page in pages.items()
    )
    return SearchPage(
        query.q,
        total=result_kinds.total_in_words(query.q, query.kind, counts),
        kinds=result_kinds.kind_links(query.q, query.kind, counts),
        places=cards,
        places_heading=_places_heading(cards, query.q),
        groups=tuple(group for group in groups if group),
        none="" if results.items else result_kinds.none(query.kind, counts),
        meant=tuple(map(link_to, results.near.meant)),
        nearest=tuple(map(link_to, results.near.nearest)),
        bounded=result_kinds.bounded(counts),
        next_url=_next(query, pages),
    )


def _next(query: SearchQuery, pages: Mapping[FoundKind, Page[SearchResult]]) -> str:
    after = pages[query.kind].next_cursor if query.kind else None
    return result_kinds.of_kind(query.q, query.kind, after) if query.kind and after else ""


def _group(
    query: SearchQuery,
    asked: Asked,
    record: NamedRecords,
    kind: FoundKind,
    page: Page[SearchResult],
    cards: tuple[PlaceCard, ...],
) -> Group | None:
    """What was found of a kind, but for the places that are cards on top."""
    # Shown as cards on top, so not once more here; the counts still have them.
    carded = {("place", card.id) for card in cards}
    shown = [found for found in page.items if (found.kind, found.id) not in carded]
    views = tuple(found_views(shown, asked, record))
    more = None if query.kind else result_kinds.more(query.q, kind, page)
    return Group(kind, kind_names.heading(kind), views, more) if views or more else None


def _places_heading(cards: tuple[PlaceCard, ...], typed: str) -> str:
    # A single card says by itself what was found; of namesakes it has to be said that there are
    # several.
    if len(cards) < 2:
        return ""
    several = ngettext(
        "“%(name)s” is a name of %(n)d place on record:",
        "“%(name)s” is a name of %(n)d places on record:",
        len(cards),
    )
    return several % {"name": typed, "n": len(cards)}
