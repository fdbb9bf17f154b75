"""Bringing an earlier revision back, by a moderator: what would change, and the reason."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.revisions.differences import changes
from app.errors import BadFields, BadInput, EditConflict
from app.queries.history import Subject, newest_of, revision_of
from app.queries.transactions import Transactions
from app.services.contributing.restore_revision import restore
from app.web.contributing.sign_in import ModeratorForm, ModeratorPage, stale
from app.web.history.differences import part_views
from app.web.history.subject import Number, steps_from_history, subject_at
from app.web.html import urls
from app.web.html.forms import Form
from app.web.http.dependencies import Now, ReadSession, RecordDatabase
from app.web.http.sessions import Sent, Visitor, form_page
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import translate

router = APIRouter()

MAX_REASON_LENGTH = 2_000


@router.get("/review/restore/{register}/{key}/{number}")
def restoring(
    register: str,
    key: str,
    number: Number,
    request: Request,
    visitor: ModeratorPage,
    session: ReadSession,
) -> Response:
    """What would change; to others the way to sign in."""
    return _page(request, visitor, session, subject_at(session, register, key), number, Form())


@router.post("/review/restore/{register}/{key}/{number}")
def restored(
    register: str,
    key: str,
    number: Number,
    request: Request,
    sent: ModeratorForm,
    session: ReadSession,
    database: RecordDatabase,
    now: Now,
) -> Response:
    """Restore it, unless the subject has changed since the form was read."""
    subject = subject_at(session, register, key)
    flash = _refusal(sent)
    if not flash:
        try:
            _restore(database, sent, subject, number, now)
        except BadFields as wrong:
            flash = " ".join(f"{pointer}: {translate(what)}" for pointer, what in wrong.problems)
        except (BadInput, EditConflict) as why:
            flash = translate(why.sentence)
        else:
            # See Other: reloading the page that follows must not restore a second time.
            return RedirectResponse(urls.history(subject.kind, key), status_code=303)
    return _page(request, sent.visitor, session, subject, number, sent.form, flash)


def _restore(
    database: Transactions, sent: Sent, subject: Subject, number: int, now: datetime
) -> None:
    with database.writing() as session:
        restore(
            session,
            subject.kind,
            subject.key,
            number,
            of_revision=int(sent.form["now"]),
            by=sent.visitor.moderator(),
            reason=sent.form["reason"],
            now=now,
        )


def _refusal(sent: Sent) -> str:
    form = sent.form
    if not sent.is_ours:
        return stale()
    if not form["reason"]:
        return _("Say why; everybody reads it in the history.")
    if len(form["reason"]) > MAX_REASON_LENGTH:
        return _("The reason may have %d characters.") % MAX_REASON_LENGTH
    # A hidden field, so nobody typed it: anyone who sends another one opened no page of ours.
    if not form["now"].isascii() or not form["now"].isdigit() or len(form["now"]) > 10:
        return _("Reload this page; it does not say which revision it was made from.")
    return ""


def _page(
    request: Request,
    visitor: Visitor,
    session: Session,
    subject: Subject,
    number: int,
    form: Form,
    flash: str = "",
) -> Response:
    then, now = revision_of(session, subject, number), newest_of(session, subject)
    name = now.name or subject.key
    context: dict[str, object] = {
        "title": _("Restore revision %d") % number,
        "steps": steps_from_history(subject, name),
        "name": name,
        "number": number,
        "now": now.revision.number,
        "parts": part_views(changes(now.body or {}, then.body or {})),
        "redacted": then.body is None,
        "url": urls.restore(subject.kind, subject.key, number),
        "typed": form,
        "flash": flash,
    }
    return form_page(request, visitor, "restore.html", context, 422 if flash else 200)
