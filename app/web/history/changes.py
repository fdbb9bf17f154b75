"""What changed: accepted changes of the record, and wordings that changed at the sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.domain.records.kinds import KINDS, PLURALS, SubjectKind
from app.domain.records.page_checks import WordingChange
from app.domain.revisions.chain import Revision
from app.queries.registers import whole_registers
from app.storage.claims.documents import get_claims
from app.storage.following.checks import wording_changes
from app.storage.revisions.log import bodies, latest
from app.storage.search.ids import names_of
from app.web.following.page_checks import RewordedView, reworded_view
from app.web.history.subject import name_of
from app.web.html import urls
from app.web.html.links import trail
from app.web.html.rendering import render
from app.web.http.dependencies import PageQuery, ReadSession
from app.web.wording import kind_names
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, moment_view

router = APIRouter()

_SOME = 10
_ON_A_PAGE = 100


class ChangesQuery(PageQuery):
    """Which changes, and before which of them."""

    show: str | None = Field(None, pattern="^(sources|record)$")
    before: int | None = Field(None, ge=1, le=2**31 - 1)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """An accepted change: `url` is where its subject stands now, empty where it has no page."""

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
    reworded_limit = _ON_A_PAGE if query.show == "sources" else _SOME
    before = query.before if query.show else None
    reworded = wording_changes(session, limit=reworded_limit + 1, before=before)
    revisions = latest(session, limit=_ON_A_PAGE + 1, before=before)
    context = {
        "title": _("Changes"),
        "description": "",
        "steps": trail(),
        "lead": _(
            "Every accepted change of the record, and every passage that was quoted here and has "
            "since been worded otherwise on its page."
        ),
        "show_sources": of_sources,
        "show_record": of_record,
        "reworded": _reworded_rows(session, reworded[:reworded_limit]) if of_sources else [],
        "more_reworded_url": _more("sources", [c.number for c in reworded], reworded_limit),
        "revisions": revision_rows(session, revisions[:_ON_A_PAGE]) if of_record else [],
        "is_past_the_last": before is not None,
        "more_url": _more("record", [r.number for r in revisions], _ON_A_PAGE),
    }
    return render("changes.html", context)


def _more(show: str, numbers: Sequence[int], limit: int) -> str:
    if len(numbers) <= limit:
        return ""
    return urls.listed("changes", {"show": show, "before": str(numbers[limit - 1])})


def revision_rows(session: Session, revisions: Sequence[Revision]) -> list[RevisionRow]:
    """Revisions with the names that their subjects had then; today's where they were redacted."""
    texts = bodies(session, [revision.number for revision in revisions])
    redacted = [(r.subject_kind, r.subject_id) for r in revisions if texts.get(r.number) is None]
    today = names_of(session, redacted)
    return [_revision_row(revision, texts.get(revision.number), today) for revision in revisions]


def _revision_row(
    revision: Revision, text: str | None, today: Mapping[tuple[SubjectKind, str], str]
) -> RevisionRow:
    kind, key = revision.subject_kind, revision.subject_id
    register = PLURALS[kind]
    return RevisionRow(
        on=moment_view(revision.at),
        url=urls.entry(register, key) if KINDS[kind].has_page else "",
        revision_url=urls.revision(register, key, revision.number),
        diff_url=urls.diff(register, key, right=revision.number),
        name=name_of(json.loads(text) if text else None, today.get((kind, key), key)),
        kind=kind_names.name(kind),
        number=revision.number,
        author=revision.author,
        reason=revision.reason,
    )


def _reworded_rows(session: Session, found: Sequence[WordingChange]) -> list[RewordedRow]:
    claims = get_claims(session, sorted({change.changed.claim for change in found}))
    documents = whole_registers(session).documents
    rows = []
    for change in found:
        changed = change.changed
        document, claim = documents.get(changed.document), claims.get(changed.claim)
        if document and claim:
            rows.append(
                RewordedRow(
                    view=reworded_view(change),
                    question=json.loads(claim.document)["question"],
                    citation_url=urls.citation(changed.claim, changed.citation),
                    document=document.title,
                    document_url=urls.entry("documents", document.id),
                    language=document.language,
                )
            )
    return rows
