"""The search as JSON: what the page shows, one thing after another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.records.kinds import FoundKind, PageKind
from app.domain.search.query import MAX_LETTERS, query_of
from app.errors import BadQuery, LazyMessage
from app.queries.search import Near, search_record
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate
from app.web.http.shapes import Cursor, Limit, Listing, Shape, listing
from app.web.search.near import link_to
from app.web.search.passages import Passage
from app.web.search.results import FoundView, found_views

router = APIRouter(tags=["Search"], dependencies=[Depends(revalidate)])


class SearchQuery(BaseModel):
    """What to look for, how many items, from where on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(
        # The page answers an empty search with help; a program has made a mistake.
        min_length=1,
        max_length=MAX_LETTERS,
        description="Words, all of which have to occur; “words in quotation marks” in that order.",
    )
    kind: FoundKind | None = Field(None, description="Only what is of this kind.")
    limit: Limit = 50
    cursor: Cursor = None


class Marked(Shape):
    """A piece of a text; `hit` where it was asked for."""

    text: str
    hit: bool


class Extract(Shape):
    """A piece of the record's text in its own language, null where that is not known.

    `label` says what it is of. `voice` is a quotation's: a paraphrase is not the speaker's words.
    """

    label: str
    text: str
    language: str | None
    voice: str | None
    marked: list[Marked]

    @classmethod
    def of(cls, passage: Passage) -> Extract:
        """A passage as the page shows it."""
        return cls(
            label=passage.label,
            text=passage.text,
            # An empty text is the templates' way of saying “not known”; in JSON that is null.
            language=passage.language or None,
            voice=passage.voice or None,
            marked=[Marked(text=s.text, hit=s.is_hit) for s in passage.stretches],
        )


class SearchItem(Shape):
    """Something that was found, `url` its page; without a claim or a state, these are null."""

    kind: FoundKind
    id: str
    claim: str | None
    url: str
    title: Extract
    about: Extract | None
    state: str | None
    detail: str
    extracts: list[Extract]

    @classmethod
    def of(cls, view: FoundView) -> SearchItem:
        """What the page shows of it."""
        return cls(
            kind=view.kind,
            id=view.id,
            claim=view.claim or None,
            url=view.url,
            title=Extract.of(view.title),
            about=Extract.of(view.about) if view.about else None,
            state=view.state or None,
            detail=view.detail,
            extracts=[Extract.of(passage) for passage in view.passages],
        )


class NearItem(Shape):
    """Something that may have been meant; `name` is its name or question, `url` its page."""

    kind: PageKind
    id: str
    name: str
    url: str

    @classmethod
    def of(cls, near: Near) -> NearItem:
        """What the page links to."""
        link = link_to(near)
        return cls(kind=near.kind, id=near.id, name=link.name, url=link.url)


class Found(Listing[SearchItem]):
    """A page of what is found.

    Where nothing is, `near` has names that are spelled nearly so, or else what holds most of the
    words or comes next in order.
    """

    near: list[NearItem]


@router.get("/search", summary="Search the record")
def search(
    query: Annotated[SearchQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Found:
    """Places, claims, citations, speakers, documents and publishers, in this order of kinds.

    Of each kind the first 1,000 on record are listed, what is found by name before others; `total`
    counts all.
    """
    asked = query_of(query.q)
    # White space alone: long enough for the field, and yet no word.
    if asked is None:
        raise BadQuery("q", LazyMessage("Enter what to search for."))
    results = search_record(session, asked, query.kind, limit=query.limit, cursor=query.cursor)
    page = results.page
    views = found_views(page.items, asked, results.named)
    following: dict[str, str | int] | None = (
        {"cursor": page.next_cursor} if page.next_cursor else None
    )
    found = [SearchItem.of(view) for view in views]
    page_of_list = listing(request, response, found, following, page.total)
    near = [NearItem.of(one) for one in (*results.near.meant, *results.near.nearest)]
    return Found(
        items=page_of_list.items, next=page_of_list.next, total=page_of_list.total, near=near
    )
