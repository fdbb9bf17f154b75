"""The history of claims and registers: every revision, two of them side by side, one as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import comparison_of
from app.domain.records.kinds import KINDS, PLURALS, SUBJECT_KINDS, SubjectKind
from app.domain.records.registers import Registers
from app.domain.revisions.chain import Revision
from app.domain.revisions.differences import changes
from app.errors import NotFound
from app.queries.history import ids_of, neighbours, revision_of
from app.queries.registers import whole_registers
from app.storage.revisions.log import StoredRevision, bodies
from app.storage.revisions.past import history_page
from app.storage.search.ids import names_of
from app.web.history.differences import PartView, comparison_view, part_views, phrases
from app.web.html import urls
from app.web.html.links import Link, trail
from app.web.html.rendering import render
from app.web.http.dependencies import PageQuery, ReadSession
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, moment_view

router = APIRouter()

_SUBJECTS: Mapping[str, SubjectKind] = {PLURALS[kind]: kind for kind in SUBJECT_KINDS}
_ON_A_PAGE = 50
_HIGHEST = 2**31 - 1

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
class Subject:
    """What a history is of; `page` is where it stands today, empty where it has no page."""

    register: str
    kind: SubjectKind
    key: str
    ids: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision in a list: `changed` tells what it changed in a few phrases.

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
    subject = subject_of(session, register, key)
    found = history_page(
        session, subject.kind, subject.ids, limit=_ON_A_PAGE + 1, before=query.before
    )
    texts = bodies(session, [revision.number for revision in found])
    read = {number: _read(text) for number, text in texts.items()}
    shown = found[:_ON_A_PAGE]
    more = {"before": str(shown[-1].number)} if len(found) > _ON_A_PAGE else {}
    name = _name(subject, read, found)
    context = {
        "title": _("History: %s") % name,
        "description": "",
        "steps": steps(subject, name),
        "name": name,
        "lead": _("Every accepted change, newest first. None of them can be rewritten."),
        "lines": _lines(subject, found, read)[: len(shown)],
        "diff_url": urls.diff(register, key),
        "history_url": urls.history(register, key),
        "more_url": urls.history(register, key, more) if more else "",
    }
    return render("history.html", context)


@router.get("/{register}/{key}/diff")
def diff_of(
    register: str, key: str, session: ReadSession, query: Annotated[DiffQuery, Query()]
) -> Response:
    """Two revisions of one subject side by side."""
    subject = subject_of(session, register, key)
    right = revision_of(
        session, subject.kind, subject.ids, query.right or _newest(session, subject)
    )
    left = _left(session, subject, query.left, right.revision.number)
    name = _name(subject, {1: _read(right.body)}, [right.revision])
    context = {
        "title": _("What changed: %s") % name,
        "description": "",
        "steps": [*steps(subject, name), Link(urls.history(register, key), _("History"))],
        "name": name,
        "left": line(subject, left) if left else None,
        "right": line(subject, right),
        "parts": _compared(left, right, whole_registers(session)),
        "redacted": right.body is None or (left is not None and left.body is None),
    }
    return render("diff.html", context)


def subject_of(session: Session, register: str, key: str) -> Subject:
    """What an address is about; raises `NotFound` or `Moved`."""
    if register not in _SUBJECTS:
        raise NotFound("register", register)
    kind = _SUBJECTS[register]
    page = urls.entry(register, key) if KINDS[kind].has_page else ""
    return Subject(register, kind, key, ids_of(session, kind, key), page)


def steps(subject: Subject, name: str) -> list[Link]:
    """The way to a subject's pages."""
    return trail(Link(subject.page, name)) if subject.page else trail()


def line(subject: Subject, stored: StoredRevision) -> RevisionLine:
    """One revision as both columns of a comparison show it."""
    return _line(subject, stored.revision, (), redacted=stored.body is None)


def name_of(body: Mapping[str, Any] | None, key: str) -> str:
    """What a body calls its subject; its id where that is redacted."""
    said = body or {}
    return str(said.get("question") or said.get("title") or said.get("name") or key)


def name_today(session: Session, kind: SubjectKind, key: str) -> str:
    """What a subject is called on record today; its id where it is there no more."""
    return names_of(session, [(kind, key)]).get((kind, key), key)


def _newest(session: Session, subject: Subject) -> int:
    return history_page(session, subject.kind, subject.ids, limit=1)[0].number


def _left(
    session: Session, subject: Subject, number: int | None, right: int
) -> StoredRevision | None:
    if number is None:
        before, _after = neighbours(session, subject.kind, subject.ids, right)
        number = before.number if before else None
    return None if number is None else revision_of(session, subject.kind, subject.ids, number)


def _compared(
    left: StoredRevision | None, right: StoredRevision, registers: Registers
) -> list[PartView]:
    if right.body is None or (left and left.body is None):
        return []
    before = _read(left.body) if left else None
    found = list(part_views(changes(before or {}, _read(right.body) or {})))
    compared = comparison_view(
        comparison_of(left.comparison) if left and left.comparison else None,
        comparison_of(right.comparison) if right.comparison else None,
        registers,
    )
    return [compared, *found] if compared else found


def _lines(
    subject: Subject, found: Sequence[Revision], read: Mapping[int, dict[str, Any] | None]
) -> list[RevisionLine]:
    lines: list[RevisionLine] = []
    for place, revision in enumerate(found):
        now = read.get(revision.number)
        before = read.get(found[place + 1].number) if place + 1 < len(found) else None
        told = phrases(changes(before, now)) if now and before else ()
        shown = _line(subject, revision, told, redacted=now is None)
        is_first = place + 1 == len(found)
        lines.append(replace(shown, diff_url="") if is_first else shown)
    return lines


def _line(
    subject: Subject, revision: Revision, changed: tuple[str, ...], *, redacted: bool
) -> RevisionLine:
    return RevisionLine(
        number=revision.number,
        on=moment_view(revision.at),
        time=f"{revision.at:%H:%M} UTC",
        author=revision.author,
        reason=revision.reason,
        changed=changed,
        url=urls.revision(subject.register, subject.key, revision.number),
        diff_url=urls.diff(subject.register, subject.key, right=revision.number),
        redacted=redacted,
    )


def _name(
    subject: Subject, read: Mapping[int, dict[str, Any] | None], found: Sequence[Revision]
) -> str:
    newest = next((body for body in read.values() if body), None)
    numbers = (revision.number for revision in found)
    return name_of(next((read[n] for n in numbers if read.get(n)), newest), subject.key)


def _read(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
