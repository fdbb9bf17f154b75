"""Checking words on a page, for somebody who is about to cite it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request, Response

from app.domain.records.page_checks import Finding, PageState
from app.domain.values.base import Record
from app.errors import AddressRefused, BadFields, BadInput
from app.services.contributing.idempotency import earlier_answer
from app.services.contributing.parsing import read_fields
from app.services.following.check_quotation import PageReport
from app.settings import Settings
from app.web.http.auth import ApiKeyUser, problems_of
from app.web.http.bodies import JsonBody
from app.web.http.dependencies import Checker, Now, database_of
from app.web.http.idempotency import Once, response
from app.web.http.openapi import request_body
from app.web.http.process import blocking_route
from app.web.http.shapes import Moment, Shape

router = APIRouter(tags=["Sources"])


class AskedQuoteCheck(Record):
    """Words, and the address of the page to search for them."""

    url: str
    quote: str


class SaidOfItself(Shape):
    """What a page says about itself; null where it says nothing that can be read."""

    title: str | None
    published: str | None
    language: str | None
    author: str | None
    site: str | None
    canonical: str | None


class QuoteChecked(Shape):
    """Whether words are on a page, and what the page says about itself.

    `finding` is `verbatim`, `altered`, `struck-out` or `missing` where the page was read, else what
    became of it; `reason` then says why. `source` is a link that opens the page at the words where
    `leads_to_words`; no link does where the page has them several times and nothing tells them
    apart. `exact`, `prefix` and `suffix` are a W3C TextQuoteSelector; `differences` are the
    quotation's words against the page's, in runs that are `same`, only in the quotation (`quoted`)
    or only on the page (`page`). `passed_over` are the quotation's own signs of what an editor left
    out or put in, as `[…]`. `publisher` and `documents` are ids on record: whose site it seems to
    be, and what is at it.
    """

    url: str
    final_url: str
    at: Moment | None
    state: PageState
    rule: str | None
    reason: str
    status: int | None
    quote: str
    finding: Finding
    exact: str | None
    prefix: str | None
    suffix: str | None
    differences: list[tuple[str, str]]
    passed_over: list[str]
    context: str | None
    source: str
    leads_to_words: bool | None
    about: SaidOfItself | None
    publisher: str | None
    documents: list[str]

    @classmethod
    def of(cls, report: PageReport) -> QuoteChecked:
        """A report as JSON."""
        check, context, about = report.seen.check, report.seen.context, report.about
        place = check.selector if check else None
        return cls(
            url=report.url,
            final_url=report.final_url,
            at=report.at,
            state=report.state,
            rule=report.rule,
            reason=report.reason,
            status=report.status,
            quote=report.quote,
            finding=report.seen.finding,
            exact=place.exact if place else None,
            prefix=place.prefix if place else None,
            suffix=place.suffix if place else None,
            differences=[(run.kind, run.text) for run in check.differences] if check else [],
            passed_over=list(check.passed_over) if check else [],
            context=f"{context.before}{context.exact}{context.after}" if context else None,
            source=report.source,
            leads_to_words=None if report.seen.directive is None else bool(report.seen.directive),
            about=SaidOfItself.model_validate(about, from_attributes=True) if about else None,
            publisher=report.publisher,
            documents=list(report.documents),
        )


@router.post(
    "/quote-checks",
    response_model=QuoteChecked,
    responses=problems_of(401, 413, 415, 429),
    openapi_extra=request_body(AskedQuoteCheck),
    summary="Check words on a page",
)
@blocking_route
def check_quote(
    request: Request, key: ApiKeyUser, body: JsonBody, once: Once, now: Now, checker: Checker
) -> Response:
    """Fetch a page and check words on it; nothing of the page is stored."""
    settings: Settings = request.app.state.settings
    # No session of the request: its connection would be held for as long as the page takes.
    database = database_of(request)
    asked = read_fields(AskedQuoteCheck, body, max_length=settings.max_field_length)
    # Looked up before the page is fetched, and stored after: a repeated request fetches nothing.
    first = earlier_answer(database, once.request(body))
    if first is not None:
        return response(first)
    with _faults_at_fields():
        report = checker.check(key, asked.url, asked.quote, now)
    with database.writing() as session:
        return once.answer(session, body, lambda: QuoteChecked.of(report))


@contextmanager
def _faults_at_fields() -> Iterator[None]:
    """Say of what is refused in which field of the body it is."""
    try:
        yield
    except AddressRefused as refused:
        raise BadFields([("/url", refused.sentence)]) from None
    except BadInput as refused:
        raise BadFields([("/quote", refused.sentence)]) from None
