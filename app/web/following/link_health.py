"""Link health: how the pages of the documents on record do, by publisher and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from app.domain.records.page_checks import LinkState
from app.queries.page_checks import DocumentLink, PublisherLinks, count_links, list_links
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import trail
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import Today
from app.web.http.parameters import PageQuery
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import Day, moment_view
from app.web.wording.record_text import RecordText

router = APIRouter()

_ON_A_PAGE = 100
# In the order in which they are shown; `PageState` has them in the order of the specification.
STATES: tuple[LinkState, ...] = (
    "read",
    "not-shown",
    "gone",
    "blocked",
    "unreachable",
    "undecodable",
    "unreadable",
    "not-text",
    "unchecked",
)


class LinksQuery(PageQuery):
    """Which documents, from where on; empty values ask for nothing."""

    state: LinkState | None = None
    publisher: str | None = Field(None, max_length=64)
    after: str | None = Field(None, max_length=1000)


@dataclass(frozen=True, slots=True)
class StateColumn:
    """A state as a column and a filter."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CountCell:
    """How many documents, and the list of them."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """A publisher with its documents by state."""

    name: str
    url: str
    cells: tuple[CountCell, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A document and the last check of its page."""

    title: str
    url: str
    publisher: str
    key: str
    state: str
    reason: str
    failing: str
    on: Day | None
    age: str
    findings: str
    due: Day | None


@router.get("/links")
def links(session: ReadSession, query: Annotated[LinksQuery, Query()], today: Today) -> Response:
    """Whether the pages that are cited are still there, and still say so."""
    page = list_links(
        session,
        publisher=query.publisher,
        state=query.state,
        limit=_ON_A_PAGE,
        cursor=query.after,
    )
    narrowed = bool(query.state or query.publisher)
    chosen = {"state": query.state or "", "publisher": query.publisher or ""}
    total = page.total or 0
    context = {
        "title": _("Link health"),
        "description": _("Whether the pages that are cited are still there."),
        "steps": trail(),
        "lead": _(
            "Each cited page is checked again from time to time: whether it is there, and "
            "whether the quoted words are still on it."
        ),
        "counts": [_count_row(publisher) for publisher in count_links(session)],
        "states": _columns(query),
        "heading": ngettext("%d document", "%d documents", total) % total,
        "narrowed": narrowed,
        "whole_url": urls.listed("links"),
        "links": [_row(link, today) for link in page.items],
        "next_url": urls.listed("links", {**chosen, "after": page.next_cursor})
        if page.next_cursor
        else "",
        "empty": _("No document has a page in this state.")
        if narrowed
        else _("No document on record has an address yet."),
    }
    return render("links.html", context)


def _columns(query: LinksQuery) -> list[StateColumn]:
    return [
        StateColumn(
            terms.page_state(state),
            urls.listed("links", {"state": state, "publisher": query.publisher or ""}),
            state == query.state,
        )
        for state in STATES
    ]


def _count_row(publisher: PublisherLinks) -> CountRow:
    # A cell for each state, also where it counts none: columns have to line up.
    cells = tuple(
        CountCell(
            publisher.documents.get(state, 0),
            urls.listed("links", {"state": state, "publisher": publisher.publisher}),
        )
        for state in STATES
    )
    return CountRow(publisher.name, urls.listed("links", {"publisher": publisher.publisher}), cells)


def _row(link: DocumentLink, today: date) -> LinkRow:
    check, document = link.check, link.document
    return LinkRow(
        title=RecordText(document.title, document.language),
        url=urls.entry("document", document.id),
        publisher=link.publisher,
        key=link.state,
        state=terms.page_state(link.state),
        reason=terms.unread(check.rule, check.reason) if check and check.state != "read" else "",
        failing=_failing(link.failures),
        on=moment_view(check.at) if check else None,
        age=_age((today - check.at.date()).days) if check else "",
        findings=", ".join(
            f"{terms.finding(finding)}: {number}" for finding, number in link.findings.items()
        ),
        due=moment_view(link.due_at) if link.due_at else None,
    )


def _failing(failures: int) -> str:
    # One failure is shown by the state already; only several say how long it has lasted.
    if failures < 2:
        return ""
    return ngettext("%d failure in a row", "%d failures in a row", failures) % failures


def _age(days: int) -> str:
    return ngettext("%d day ago", "%d days ago", days) % days if days > 0 else _("today")
