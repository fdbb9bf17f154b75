"""Where moderators edit a claim as text; what was typed is never lost to somebody else's edit."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.records.claims import claim_of
from app.dossiers.notation.layout import emit
from app.errors import BadFields, EditConflict, Sentence
from app.services.contributing.edit_claim import replace_claim
from app.services.contributing.parsing import read_claim_text
from app.storage.claims.documents import get_claim
from app.web.contributing.form_fields import problems_by_pointer
from app.web.contributing.sign_in import Told, sign_in_page, stale
from app.web.html import urls
from app.web.html.forms import Form, PostedForm
from app.web.html.links import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.http.sessions import (
    TOKEN,
    CurrentVisitor,
    Visitor,
    form_page,
    from_elsewhere,
    is_from_our_form,
    with_cookie,
    writing,
)
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import told as told_of

router = APIRouter()


@router.get("/review/claims/{key}")
def edit_page(
    key: str, request: Request, visitor: CurrentVisitor, session: ReadSession
) -> Response:
    """A claim as the text of its file."""
    again = from_elsewhere(request)
    if again:
        return again
    if not visitor.may_decide:
        return sign_in_page(request, visitor)
    return _page(request, visitor, session, key, Form(), Told())


@router.post("/review/claims/{key}")
def edited(
    key: str, request: Request, visitor: CurrentVisitor, form: PostedForm, session: ReadSession
) -> Response:
    """Save an edit, unless the claim moved on since the revision that was opened."""
    if not visitor.may_decide:
        return sign_in_page(request, visitor)
    if not is_from_our_form(visitor, form[TOKEN]):
        return _page(request, visitor, session, key, form, Told(stale(), status=403))
    try:
        _save(request, visitor, key, form)
    except EditConflict as conflict:
        session.rollback()  # to see what somebody else saved meanwhile
        return _page(
            request, visitor, session, key, form, Told(told_of(conflict.sentence), status=412)
        )
    except BadFields as wrong:
        told = Told(_("Nothing was saved:"), problems_by_pointer(wrong.problems), 422)
        return _page(request, visitor, session, key, form, told)
    return with_cookie(request, visitor, RedirectResponse(urls.claim(key), status_code=303))


def _save(request: Request, visitor: Visitor, key: str, form: Form) -> None:
    if not form["reason"]:
        raise BadFields([("reason", Sentence("Say why; everybody can read it."))])
    claim = read_claim_text(form["text"])
    revision = form["revision"]
    with writing(request, visitor) as writer:
        replace_claim(
            writer,
            key,
            claim,
            of_revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
            by=visitor.moderator(),
            reason=form["reason"],
            now=datetime.now(UTC),
        )


def _page(
    request: Request, visitor: Visitor, session: Session, key: str, form: Form, told: Told
) -> Response:
    stored = get_claim(session, key)
    claim = claim_of(stored.document)
    now = emit(claim)
    moved_on = told.status == 412
    context: dict[str, object] = {
        "title": _("Edit a claim"),
        "steps": trail(Link(urls.review(), _("Review")), Link(urls.claim(key), claim.question)),
        "url": urls.edit_claim(key),
        "typed": form.filled(text=now),
        "revision": stored.revision if moved_on or not form["revision"] else form["revision"],
        "now": now if moved_on else "",
        "told": told,
    }
    return form_page(request, visitor, "edit.html", context, told.status)
