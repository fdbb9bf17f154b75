"""The history of claims and registers: every revision, two of them side by side, one as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.domain.records.kinds import KINDS, PLURALS, SUBJECT_KINDS, SubjectKind
from app.domain.revisions.differences import changes
from app.errors import NotFound
from app.queries import history
from app.queries.history import ComparedRevisions, FullRevision, History, Subject
from app.web.history.differences import PartView, comparison_view, part_views, phrases
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import PageQuery
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, moment_view

router = APIRouter()

_SUBJECTS: Mapping[str, SubjectKind] = {PLURALS[kind]: kind for kind in SUBJECT_KINDS}
_ON_A_PAGE = 50
_HIGHEST = 2**31 - 1  # of PostgreSQL's integer, in which revisions are numbered

Number = Annotated[int, Path(ge=1, le=_HIGHEST)]


class HistoryQuery(BaseModel):
    """Before which revision a page of a history begins."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    before: int | None = Field(None, ge=1, le=_HIGHEST)


class DiffQuery(PageQuery):
    """Which two revisions; without a choice the newest and the one before it."""

    left: int | None = Field(None, ge=1, le=_HIGHEST)
    right: int | None = Field(None, ge=1, le=_HIGHEST)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision in a list: `changed` says what it changed in a few phrases.

    The first one changed nothing, and has no `diff_url`.
    """

    number: int
    on: Day
    time: str
    author: str
    reason: str
    changed: tuple[str, ...]
    url: str
    diff_url: str
    redacted: bool


@router.get("/{register}/{key}/history")
def history_of(
    register: str, key: str, session: ReadSession, query: Annotated[HistoryQuery, Query()]
) -> Response:
    """Every accepted change of one subject, newest first."""
    subject = subject_at(session, register, key)
    found = history.read_history(session, subject, limit=_ON_A_PAGE, before=query.before)
    more = {"before": str(found.revisions[-1].revision.number)} if found.previous else {}
    context = {
        "title": _("History: %s") % found.name,
        "description": "",
        "steps": steps(subject, found.name),
        "name": found.name,
        "lead": _("Every accepted change, newest first. None of them can be rewritten."),
        "lines": _lines(subject, found),
        "diff_url": urls.diff(subject.kind, key),
        "history_url": urls.history(subject.kind, key),
        "more_url": urls.history(subject.kind, key, more) if more else "",
    }
    return render("history.html", context)


@router.get("/{register}/{key}/diff")
def diff_of(
    register: str, key: str, session: ReadSession, query: Annotated[DiffQuery, Query()]
) -> Response:
    """Two revisions of one subject side by side."""
    subject = subject_at(session, register, key)
    found = history.compared_revisions(session, subject, query.left, query.right)
    name = found.right.name or key
    context = {
        "title": _("What changed: %s") % name,
        "description": "",
        "steps": steps_from_history(subject, name),
        "name": name,
        "left": _line(subject, found.left) if found.left else None,
        "right": _line(subject, found.right),
        "parts": _parts(found),
        "redacted": found.is_redacted,
    }
    return render("diff.html", context)


def subject_at(session: Session, register: str, key: str) -> Subject:
    """What an address is about; raises `NotFound` or `Moved`."""
    if register not in _SUBJECTS:
        raise NotFound("register", register)
    return history.subject_of(session, _SUBJECTS[register], key)


def page_of(kind: SubjectKind, key: str) -> str:
    """Where a subject is today; empty where its kind has no pages."""
    return urls.entry(kind, key) if KINDS[kind].has_page else ""


def steps(subject: Subject, name: str) -> list[Link]:
    """The way to a subject's history."""
    page = page_of(subject.kind, subject.key)
    return trail(Link(page, name)) if page else trail()


def steps_from_history(subject: Subject, name: str) -> list[Link]:
    """The way to what is reached from a subject's history."""
    return [
        *steps(subject, name),
        Link(urls.history(subject.kind, subject.key), _("History")),
    ]


def _parts(found: ComparedRevisions) -> list[PartView]:
    if found.is_redacted:
        return []
    before = found.left.lifted if found.left else None
    parts = list(part_views(changes(before or {}, found.right.lifted or {})))
    compared = comparison_view(*found.comparisons, found.names)
    return [compared, *parts] if compared else parts


def _lines(subject: Subject, found: History) -> list[RevisionLine]:
    return [
        _line(subject, revision, before, is_first=before is None)
        # Each beside the one before it; the last on a page is compared with the first of the next.
        for revision, before in pairwise([*found.revisions, found.previous])
        if revision
    ]


def _line(
    subject: Subject,
    shown: FullRevision,
    before: FullRevision | None = None,
    *,
    is_first: bool = False,
) -> RevisionLine:
    """A revision as lists and both columns of a comparison show it."""
    revision, kind = shown.revision, subject.kind
    bodies = (before.lifted if before else None, shown.lifted)
    return RevisionLine(
        number=revision.number,
        on=moment_view(revision.at),
        time=f"{revision.at:%H:%M} UTC",
        author=revision.author,
        reason=revision.reason,
        changed=phrases(changes(bodies[0], bodies[1])) if bodies[0] and bodies[1] else (),
        url=urls.revision(kind, subject.key, revision.number),
        diff_url="" if is_first else urls.diff(kind, subject.key, right=revision.number),
        redacted=shown.body is None,
    )
