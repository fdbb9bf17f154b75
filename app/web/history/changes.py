"""What changed: accepted changes of the record, and wordings that changed at the sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from app.queries.health import record_head
from app.queries.history import Change, latest_changes
from app.queries.page_checks import RewordedPassage, latest_rewordings
from app.web.following.page_checks import RewordedView, reworded_view
from app.web.history.subject import page_of
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import PageQuery
from app.web.wording import kind_names
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, moment_view
from app.web.wording.record_text import RecordText

router = APIRouter()

_SOME = 10  # passages above the revisions, which would be far down otherwise
_ON_A_PAGE = 100


class ChangesQuery(PageQuery):
    """Which changes, and before which of them."""

    show: str | None = Field(None, pattern="^(sources|record)$")
    before: int | None = Field(None, ge=1, le=2**31 - 1)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """An accepted change: `url` is the address of its subject, empty where it has no page."""

    on: Day
    url: str
    revision_url: str
    diff_url: str
    name: str
    kind: str
    number: int
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class RewordedRow:
    """A passage that changed at its source, with the claim that cites it."""

    view: RewordedView
    question: str
    citation_url: str
    document: str
    document_url: str
    language: str


@router.get("/changes")
def changes(session: ReadSession, query: Annotated[ChangesQuery, Query()]) -> Response:
    """The latest changes of both kinds, or one kind from some point on."""
    of_sources, of_record = query.show != "record", query.show != "sources"
    # The two lists are numbered apart, so that `before` means nothing where both are shown.
    before = query.before if query.show else None
    limit = _ON_A_PAGE if query.show == "sources" else _SOME
    reworded = latest_rewordings(session, limit=limit, before=before)
    latest = latest_changes(session, limit=_ON_A_PAGE, before=before)
    context = {
        "title": _("Changes"),
        "description": "",
        "steps": trail(),
        "lead": _(
            "Every accepted change of the record, and every passage that was quoted here and "
            "has since been worded differently on its page."
        ),
        "show_sources": of_sources,
        "show_record": of_record,
        "reworded": [_reworded_row(passage) for passage in reworded.items],
        "more_reworded_url": _more("sources", reworded.next_cursor),
        "revisions": revision_rows(latest.items),
        "is_past_the_last": before is not None,
        "head": record_head(session),
        "more_url": _more("record", latest.next_cursor),
    }
    return render("changes.html", context)


def _more(show: str, before: str | None) -> str:
    return urls.listed("changes", {"show": show, "before": before}) if before else ""


def revision_rows(changes: Iterable[Change]) -> list[RevisionRow]:
    """Accepted changes as a page and a feed list them."""
    return [_revision_row(change) for change in changes]


def _revision_row(change: Change) -> RevisionRow:
    revision = change.revision
    kind, key = revision.subject_kind, revision.subject_id
    return RevisionRow(
        on=moment_view(revision.at),
        url=page_of(kind, key),
        revision_url=urls.revision(kind, key, revision.number),
        diff_url=urls.diff(kind, key, right=revision.number),
        name=change.name,
        kind=kind_names.name(kind),
        number=revision.number,
        author=revision.author,
        reason=revision.reason,
    )


def _reworded_row(passage: RewordedPassage) -> RewordedRow:
    changed, document = passage.change.changed, passage.document
    return RewordedRow(
        view=reworded_view(passage.change),
        question=RecordText(passage.question),
        citation_url=urls.citation(changed.claim, changed.citation),
        document=RecordText(document.title, document.language),
        document_url=urls.entry("document", document.id),
        language=document.language,
    )
