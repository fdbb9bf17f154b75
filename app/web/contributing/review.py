"""One submission as moderators see it: beside its claim, with its effect, and deciding on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.contributing.records import Submission
from app.errors import AlreadyDecided, AlreadyOnRecord, BadFields, NotAllowed, NotFound
from app.queries.claim import read_claim
from app.services.contributing.duplicates import resembling
from app.services.contributing.parsing import read_text, text_of
from app.services.contributing.review_submission import accept, effect, is_own, reject, sent_in
from app.storage.contributing.submissions import get_submission
from app.web.contributing.effect import (
    claim_now,
    effect_view,
    entry_views,
    resembling_rows,
    submitted_citation,
)
from app.web.contributing.form_fields import FieldProblem, problems_by_pointer
from app.web.contributing.sign_in import Told, sign_in_page, stale
from app.web.contributing.submission_rows import submission_row
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


@router.get("/review/{key}")
def review(key: str, request: Request, visitor: CurrentVisitor, session: ReadSession) -> Response:
    """One submission beside its claim, with what accepting it would do."""
    again = from_elsewhere(request)
    if again:
        return again
    if not visitor.may_decide:
        return sign_in_page(request, visitor)
    submission = get_submission(session, key)
    return _one(request, visitor, session, submission, Form(), Told())


@router.post("/review/{key}")
def decide_one(
    key: str, request: Request, visitor: CurrentVisitor, form: PostedForm, session: ReadSession
) -> Response:
    """Accept a submission, as it was sent or as edited, or reject it, or show what an edit does."""
    if not visitor.may_decide:
        return sign_in_page(request, visitor)
    submission = get_submission(session, key)
    if not is_from_our_form(visitor, form[TOKEN]):
        return _one(request, visitor, session, submission, form, Told(stale(), status=403))
    if form["do"] not in ("accept", "reject"):
        return _one(request, visitor, session, submission, form, Told())
    by, now = visitor.moderator(), datetime.now(UTC)
    try:
        with writing(request, visitor) as writer:
            if form["do"] == "accept":
                accept(writer, key, by, now, edited=_edited(submission, form["edited"]))
            else:
                reject(writer, key, by, now, form["reason"])
    except BadFields as wrong:
        told = Told(_("Nothing was decided:"), _problems(wrong), status=422)
    except (AlreadyDecided, AlreadyOnRecord) as other:
        told = Told(told_of(other.sentence), status=409)
    except NotAllowed as other:
        told = Told(told_of(other.sentence), status=403)
    else:
        answer = RedirectResponse(urls.review(key), status_code=303)
        return with_cookie(request, visitor, answer)
    session.rollback()  # to see what somebody else decided meanwhile
    return _one(request, visitor, session, get_submission(session, key), form, told)


def _one(
    request: Request,
    visitor: Visitor,
    session: Session,
    submission: Submission,
    form: Form,
    told: Told,
) -> Response:
    sent = text_of(sent_in(submission))
    context: dict[str, object] = {
        "row": submission_row(submission),
        "submission": submission,
        "is_own": visitor.key is not None and is_own(submission, visitor.key),
        "typed": form.filled(edited=sent),
        "is_edited": bool(form["edited"]) and form["edited"] != sent.strip(),
        "steps": trail(Link(urls.review(), _("Review"))),
        "url": urls.review(submission.id),
        "claim_url": urls.claim(submission.claim or ""),
        "edit_url": urls.edit_claim(submission.claim or ""),
        **_beside(session, submission),
    }
    if submission.state == "pending":
        told = _with_effect(session, submission, form, told, context)
    context["told"] = told
    return form_page(request, visitor, "review.html", context, told.status)


def _beside(session: Session, submission: Submission) -> dict[str, object]:
    """The claim as it stands, where it does, and an empty place for everything else."""
    empty: dict[str, object] = {
        "title": _("A proposed claim"),
        "claim": None,
        "proposed": None,
        "effect": None,
        "citation": None,
        "account": "",
        "entries": [],
        "near": [],
    }
    try:
        whole = read_claim(session, submission.claim or "")
    except NotFound:
        return empty
    claim = claim_now(whole.claim, whole.comparison, whole.registers, whole.dossier)
    return {**empty, "title": claim.question, "claim": claim}


def _with_effect(
    session: Session,
    submission: Submission,
    form: Form,
    told: Told,
    context: dict[str, object],
) -> Told:
    """Put what accepting would do into the context, or say why it cannot be done."""
    try:
        found = effect(session, submission, edited=_edited(submission, form["edited"]))
    except BadFields as wrong:
        why = (
            _("As edited this cannot be accepted:")
            if context["is_edited"]
            else _("As the record stands this cannot be accepted:")
        )
        message = told.message or why
        return Told(message, told.problems or _problems(wrong), told.status)
    except AlreadyOnRecord as other:
        return Told(told.message or told_of(other.sentence), told.problems, told.status)
    composed = found.composed
    after = claim_now(composed.after, found.after, composed.registers, composed.dossier)
    context["effect"] = effect_view(found)
    context["citation"] = submitted_citation(composed, submission)
    context["account"] = next((a for a in after.accounts if a.id == composed.account), "")
    context["proposed"] = after if composed.before is None else None
    context["entries"] = entry_views(composed)
    context["near"] = resembling_rows(resembling(session, composed, submission.id))
    if composed.before is None:
        context["title"] = composed.after.question
    return told


def _edited(submission: Submission, typed: str) -> dict[str, Any] | None:
    """What a moderator typed in place of what was sent; None where it says the same."""
    if not typed or typed == text_of(sent_in(submission)).strip():
        return None
    return read_text(submission.kind, typed)


def _problems(wrong: BadFields) -> list[FieldProblem]:
    return problems_by_pointer(wrong.problems)
