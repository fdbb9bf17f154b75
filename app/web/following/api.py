"""What following links found, as JSON: link health, looks at a page, checks of quotations."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.quotations.fragments import text_fragment_link
from app.domain.records.page_checks import (
    Finding,
    PageCheckOnRecord,
    PageState,
    QuoteCheckOnRecord,
    WordingChange,
)
from app.storage.claims.documents import get_claim
from app.storage.following.checks import history_of_document, last_checks_of_claim, wording_changes
from app.storage.following.link_health import LinkHealth, LinkState, link_health
from app.storage.registers.entries import get_entry
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate
from app.web.http.shapes import Cursor, Limit, Listing, Moment, Shape, listing

router = APIRouter(tags=["Sources"], dependencies=[Depends(revalidate)])


class PageLook(Shape):
    """One look at a page: its state, and in a sentence why it was not read.

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
    def of(cls, check: PageCheckOnRecord) -> PageLook:
        """A look as the record has it."""
        return cls(**{name: getattr(check, name) for name in cls.model_fields})


class QuoteLook(Shape):
    """How a citation's words stood when their page was last looked at.

    `exact`, `prefix` and `suffix` are a W3C TextQuoteSelector; `differences` are the quotation's
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
    differences: list[tuple[str, str]]
    context: str | None
    page: PageLook


class Link(Shape):
    """A document with an address, and the last look at its page, null before the first."""

    document: str
    publisher: str
    state: LinkState
    failures: int
    due_at: Moment | None
    findings: dict[Finding, int]
    last: PageLook | None


class Reworded(Shape):
    """A passage that a page words otherwise than before; empty where it was not there."""

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


class LooksQuery(BaseModel):
    """How many looks, and before which."""

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
    """The documents that have an address, each with the last look at its page."""
    page = link_health(
        session,
        publisher=query.publisher,
        state=query.state,
        limit=query.limit,
        cursor=query.cursor,
    )
    following: dict[str, str | int] | None = (
        {"cursor": page.next_cursor} if page.next_cursor else None
    )
    return listing(request, response, [_link(item) for item in page.items], following, page.total)


@router.get("/documents/{key}/checks", summary="Looks at a document's page")
def document_checks(
    key: Annotated[str, Path(description="The document's id.")],
    query: Annotated[LooksQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[PageLook]:
    """Every look at the page of a document, newest first."""
    get_entry(session, "document", key)
    found = history_of_document(session, key, limit=query.limit + 1, before=query.before)
    shown = found[: query.limit]
    following: dict[str, str | int] | None = (
        {"before": shown[-1].number} if len(found) > query.limit else None
    )
    return listing(request, response, [PageLook.of(check) for check in shown], following, None)


@router.get("/claims/{claim_id}/checks", summary="Checks of a claim's quotations")
def claim_checks(
    claim_id: Annotated[str, Path(description="The claim's id.")],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[QuoteLook]:
    """The last check of every quotation that was checked, by the words that it had then."""
    get_claim(session, claim_id)
    found = [_quote(check) for check in last_checks_of_claim(session, claim_id).values()]
    return listing(request, response, found, None, len(found))


@router.get("/wording-changes", summary="Passages that changed at their sources")
def reworded(
    query: Annotated[RewordedQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Reworded]:
    """Passages that pages word otherwise than before, oldest first, for mirrors."""
    found = wording_changes(session, limit=query.limit + 1, since=query.since)
    shown = found[: query.limit]
    following: dict[str, str | int] | None = (
        {"since": shown[-1].number} if len(found) > query.limit else None
    )
    return listing(request, response, [_reworded(change) for change in shown], following, None)


def _link(item: LinkHealth) -> Link:
    return Link(
        document=item.document.id,
        publisher=item.document.publisher or "",
        state=item.check.state if item.check else "unchecked",
        failures=item.failures,
        due_at=item.due_at,
        findings=dict(item.findings),
        last=PageLook.of(item.check) if item.check else None,
    )


def _quote(check: QuoteCheckOnRecord) -> QuoteLook:
    found = check.quote
    parts = (found.context_before, found.context_exact, found.context_after)
    return QuoteLook(
        citation=found.citation,
        quote=found.quote,
        finding=found.finding,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
        source=text_fragment_link(check.page.url, found.quote, found.directive),
        differences=json.loads(found.differences or "[]"),
        context=None if found.context_exact is None else "".join(part or "" for part in parts),
        page=PageLook.of(check.page),
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
