"""Where moderators edit a claim as text; what was typed is never lost to somebody else's edit."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.errors import BadFields, EditConflict, LazyMessage
from app.queries.claim import read_claim
from app.queries.contributing import claim_text
from app.queries.transactions import Transactions
from app.services.contributing.edit_claim import replace_claim
from app.services.contributing.parsing import read_claim_text
from app.web.contributing.effect import shared_in
from app.web.contributing.form_fields import FlashMessage, problems_by_pointer
from app.web.contributing.sign_in import ModeratorForm, ModeratorPage, stale
from app.web.html import urls
from app.web.html.forms import Form
from app.web.html.urls import Link, trail
from app.web.http.dependencies import Now, ReadSession, RecordDatabase
from app.web.http.sessions import Sent, Visitor, form_page, with_cookie
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import translate

router = APIRouter()


@router.get("/review/claims/{key}")
def edit_page(key: str, request: Request, visitor: ModeratorPage, session: ReadSession) -> Response:
    """A claim as the text of its file."""
    return _page(request, visitor, session, key, Form(), FlashMessage())


@router.post("/review/claims/{key}")
def edited(
    key: str,
    request: Request,
    sent: ModeratorForm,
    session: ReadSession,
    database: RecordDatabase,
    now: Now,
) -> Response:
    """Save an edit, unless the claim moved on since the revision that was opened."""
    flash = _saved(database, key, sent, now)
    if flash is None:
        # See Other: reloading the claim must not send the edit again.
        answer = RedirectResponse(urls.claim(key), status_code=303)
        return with_cookie(request, sent.visitor, answer)
    return _page(request, sent.visitor, session, key, sent.form, flash)


def _saved(database: Transactions, key: str, sent: Sent, now: datetime) -> FlashMessage | None:
    """Save an edit; where it is not saved, why."""
    if not sent.is_ours:
        return FlashMessage(stale(), status=403)
    try:
        _save(database, key, sent, now)
    except EditConflict as conflict:
        return FlashMessage(translate(conflict.sentence), status=412)
    except BadFields as wrong:
        return FlashMessage(
            _("Nothing was saved:"), problems_by_pointer(wrong.problems), status=422
        )
    return None


def _save(database: Transactions, key: str, sent: Sent, now: datetime) -> None:
    form = sent.form
    if not form["reason"]:
        raise BadFields([("reason", LazyMessage("Say why; everybody can read it."))])
    claim = read_claim_text(form["text"])
    # What is no number becomes 0, which is no claim's revision: the edit is refused as outdated.
    revision = form["revision"]
    with database.writing() as writer:
        replace_claim(
            writer,
            key,
            claim,
            of_revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
            by=sent.visitor.moderator(),
            reason=form["reason"],
            now=now,
        )


def _page(
    request: Request, visitor: Visitor, session: Session, key: str, form: Form, flash: FlashMessage
) -> Response:
    stored, whole = claim_text(session, key), read_claim(session, key)
    # The typed text stays, beside the text of now; the next save is against the revision of now.
    moved_on = flash.status == 412
    context: dict[str, object] = {
        "title": _("Edit a claim"),
        "steps": trail(Link(urls.review(), _("Review")), Link(urls.claim(key), stored.question)),
        "url": urls.edit_claim(key),
        "typed": form.filled(text=stored.text),
        "revision": stored.revision if moved_on or not form["revision"] else form["revision"],
        "now": stored.text if moved_on else "",
        "shared": shared_in(request, session, whole.claim, whole.registers),
        "flash": flash,
    }
    return form_page(request, visitor, "edit.html", context, flash.status)
