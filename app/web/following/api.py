"""What following links found, as JSON: link health, checks of pages, checks of quotations."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.quotations.fragments import text_fragment_link
from app.domain.records.page_checks import (
    CitationCheck,
    Finding,
    LinkState,
    PageCheck,
    PageState,
    WordingChange,
)
from app.queries.page_checks import (
    DocumentLink,
    list_document_checks,
    list_links,
    list_quote_checks,
    rewordings_since,
)
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate
from app.web.http.shapes import Cursor, Limit, Listing, Moment, Shape, listing

router = APIRouter(tags=["Sources"], dependencies=[Depends(revalidate)])


class PageCheckItem(Shape):
    """One check of a page: its state, and in a sentence why it was not read.

    `text_hash` is the SHA-256 of the page's text as UTF-8, null where none was read.
    """

    number: int
    url: str
    at: Moment
    state: PageState
    rule: str | None
    reason: str
    status: int | None
    final_url: str
    text_hash: str | None

    @classmethod
    def of(cls, check: PageCheck) -> PageCheckItem:
        """A check as it is on record."""
        return cls(**{name: getattr(check, name) for name in cls.model_fields})


class QuoteCheckItem(Shape):
    """How a citation's words were found when their page was last checked.

    `exact`, `prefix` and `suffix` are a W3C TextQuoteSelector; `source` opens the page at the words
    where `leads_to_words`, which no link does where the page has them several times and nothing
    tells them apart (null where that is not known); `differences` are the quotation's
    words against the page's, in runs that are `same`, only in the quotation (`quoted`) or only on
    the page (`page`); `context` is the passage, at most 300 characters.
    """

    citation: str
    quote: str
    finding: Finding
    exact: str | None
    prefix: str | None
    suffix: str | None
    source: str
    leads_to_words: bool | None
    differences: list[tuple[str, str]]
    context: str | None
    page: PageCheckItem


class Link(Shape):
    """A document with an address, and the last check of its page, null before the first."""

    document: str
    publisher: str
    state: LinkState
    failures: int
    due_at: Moment | None
    findings: dict[Finding, int]
    last: PageCheckItem | None


class Reworded(Shape):
    """A passage that a page words differently from before; empty where it was not there."""

    number: int
    at: Moment
    document: str
    claim: str
    citation: str
    before: str
    after: str
    finding_before: Finding
    finding_after: Finding


class LinksQuery(BaseModel):
    """Which documents, how many, from where on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: LinkState | None = Field(None, description="The state of the document's page.")
    publisher: str | None = Field(None, max_length=64, description="A publisher's id.")
    limit: Limit = 50
    cursor: Cursor = None


class ChecksQuery(BaseModel):
    """How many checks, and before which."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    before: int | None = Field(None, ge=1, le=2**31 - 1, description="Those before this number.")


class RewordedQuery(BaseModel):
    """Since which rewording, and how many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: int = Field(0, ge=0, le=2**31 - 1, description="The last number that is known.")
    limit: Limit = 50


@router.get("/links", summary="Link health")
def links(
    query: Annotated[LinksQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Link]:
    """The documents that have an address, each with the last check of its page."""
    page = list_links(
        session,
        publisher=query.publisher,
        state=query.state,
        limit=query.limit,
        cursor=query.cursor,
    )
    following = _following("cursor", page.next_cursor)
    return listing(request, response, [_link(item) for item in page.items], following, page.total)


@router.get("/documents/{key}/checks", summary="Checks of a document's page")
def document_checks(
    key: Annotated[str, Path(description="The document's id.")],
    query: Annotated[ChecksQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[PageCheckItem]:
    """Every check of the page of a document, newest first."""
    page = list_document_checks(session, key, limit=query.limit, before=query.before)
    following = _following("before", page.next_cursor)
    return listing(
        request, response, [PageCheckItem.of(check) for check in page.items], following, None
    )


@router.get("/claims/{claim_id}/checks", summary="Checks of a claim's quotations")
def claim_checks(
    claim_id: Annotated[str, Path(description="The claim's id.")],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[QuoteCheckItem]:
    """The last check of every quotation that was checked, by the words that it had then."""
    # Not paged: a claim has few citations, and each at most one last check.
    found = [_quote(check) for check in list_quote_checks(session, claim_id)]
    return listing(request, response, found, None, len(found))


@router.get("/wording-changes", summary="Passages that changed at their sources")
def reworded(
    query: Annotated[RewordedQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Reworded]:
    """Passages that pages word differently from before, oldest first, for mirrors."""
    page = rewordings_since(session, query.since, limit=query.limit)
    following = _following("since", page.next_cursor)
    return listing(request, response, [_reworded(change) for change in page.items], following, None)


def _following(parameter: str, cursor: str | None) -> dict[str, str | int] | None:
    """What the address of the next page says; None where there is none."""
    return {parameter: cursor} if cursor else None


def _link(item: DocumentLink) -> Link:
    return Link(
        document=item.document.id,
        publisher=item.document.publisher,
        state=item.state,
        failures=item.failures,
        due_at=item.due_at,
        findings=dict(item.findings),
        last=PageCheckItem.of(item.check) if item.check else None,
    )


def _quote(check: CitationCheck) -> QuoteCheckItem:
    found = check.quote
    parts = (found.context_before, found.context_exact, found.context_after)
    return QuoteCheckItem(
        citation=found.citation,
        quote=found.quote,
        finding=found.finding,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
        source=text_fragment_link(check.page.url, found.quote, found.directive),
        leads_to_words=None if found.directive is None else bool(found.directive),
        differences=json.loads(found.differences or "[]"),
        # Null where no passage was found; a passage may well begin or end the page, so that either
        # of its surroundings is empty.
        context=None if found.context_exact is None else "".join(part or "" for part in parts),
        page=PageCheckItem.of(check.page),
    )


def _reworded(change: WordingChange) -> Reworded:
    changed = change.changed
    return Reworded(
        number=change.number,
        at=change.at,
        document=changed.document,
        claim=changed.claim,
        citation=changed.citation,
        before=changed.before,
        after=changed.after,
        finding_before=changed.finding_before,
        finding_after=changed.finding_after,
    )
