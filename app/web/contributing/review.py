"""One submission as moderators see it: beside its claim, with its effect, and deciding on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.contributing.records import Submission
from app.errors import AlreadyDecided, AlreadyOnRecord, BadFields, NotAllowed, NotFound
from app.queries.claim import read_claim
from app.queries.contributing import read_submission
from app.queries.transactions import Transactions
from app.services.contributing.duplicates import resembling
from app.services.contributing.parsing import read_text, text_of
from app.services.contributing.review_submission import accept, effect, is_own, reject, sent_in
from app.web.contributing.effect import (
    claim_now,
    effect_view,
    entry_views,
    resembling_rows,
    shared_in,
    submitted_citation,
)
from app.web.contributing.form_fields import FieldProblem, FlashMessage, problems_by_pointer
from app.web.contributing.sign_in import ModeratorForm, ModeratorPage, stale
from app.web.contributing.submission_rows import submission_row
from app.web.html import urls
from app.web.html.forms import Form
from app.web.html.urls import Link, trail
from app.web.http.dependencies import Now, ReadSession, RecordDatabase
from app.web.http.sessions import Sent, Visitor, form_page, with_cookie
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import translate

router = APIRouter()


@router.get("/review/{key}")
def review(key: str, request: Request, visitor: ModeratorPage, session: ReadSession) -> Response:
    """One submission beside its claim, with what accepting it would do."""
    return _one(request, visitor, session, key, Form(), FlashMessage())


@router.post("/review/{key}")
def decide_one(
    key: str,
    request: Request,
    sent: ModeratorForm,
    session: ReadSession,
    database: RecordDatabase,
    now: Now,
) -> Response:
    """Accept a submission, as it was sent or as edited, or reject it, or show what an edit does."""
    flash = FlashMessage() if sent.is_ours else FlashMessage(stale(), status=403)
    if sent.is_ours and sent.form["do"] in ("accept", "reject"):
        refusal = _refusal(database, key, sent, now)
        if refusal is None:
            answer = RedirectResponse(urls.review(key), status_code=303)
            return with_cookie(request, sent.visitor, answer)
        flash = refusal
    return _one(request, sent.visitor, session, key, sent.form, flash)


def _refusal(database: Transactions, key: str, sent: Sent, now: datetime) -> FlashMessage | None:
    """Decide as the form says; where that cannot be, why."""
    by, form = sent.visitor.moderator(), sent.form
    # A transaction of its own, which sees nothing of what the page is to show afterwards.
    with database.reading() as session:
        submission = read_submission(session, key).submission
    try:
        edited = _edited(submission, form["edited"])
        with database.writing() as writer:
            if form["do"] == "accept":
                accept(writer, key, by, now, edited=edited)
            else:
                reject(writer, key, by, now, form["reason"])
    except BadFields as wrong:
        return FlashMessage(_("Nothing was decided:"), _problems(wrong), status=422)
    except (AlreadyDecided, AlreadyOnRecord) as other:
        return FlashMessage(translate(other.sentence), status=409)
    except NotAllowed as other:
        return FlashMessage(translate(other.sentence), status=403)
    return None


def _one(
    request: Request,
    visitor: Visitor,
    session: Session,
    key: str,
    form: Form,
    flash: FlashMessage,
) -> Response:
    submission = read_submission(session, key).submission
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
        flash = _with_effect(request, session, submission, form, flash, context)
    context["flash"] = flash
    return form_page(request, visitor, "review.html", context, flash.status)


def _beside(session: Session, submission: Submission) -> dict[str, object]:
    """The claim as it is now, if there is one, and empty values for everything else."""
    empty: dict[str, object] = {
        "title": _("A proposed claim"),
        "claim": None,
        "proposed": None,
        "effect": None,
        "citation": None,
        "account": "",
        "entries": [],
        "near": [],
        "shared": [],
    }
    try:
        whole = read_claim(session, submission.claim or "")
    except NotFound:
        return empty
    claim = claim_now(whole.claim, whole.comparison, whole.registers, whole.dossier)
    return {**empty, "title": claim.question, "claim": claim}


# What was typed stays on the page beside the reason why it has no effect: only the claim as the
# record has it now can say which.
def _with_effect(
    request: Request,
    session: Session,
    submission: Submission,
    form: Form,
    flash: FlashMessage,
    context: dict[str, object],
) -> FlashMessage:
    """Put what accepting would do into the context, or say why it cannot be done."""
    try:
        found = effect(session, submission, edited=_edited(submission, form["edited"]))
    except BadFields as wrong:
        why = (
            _("As edited this cannot be accepted:")
            if context["is_edited"]
            else _("The record as it is now cannot accept this:")
        )
        problems = flash.problems or _problems(wrong)
        return replace(flash, message=flash.message or why, problems=problems)
    except AlreadyOnRecord as other:
        return replace(flash, message=flash.message or translate(other.sentence))
    draft = found.draft
    after = claim_now(draft.after, found.after, draft.registers, draft.dossier)
    context["effect"] = effect_view(found)
    context["shared"] = shared_in(request, session, draft.after, draft.registers)
    context["citation"] = submitted_citation(draft, submission)
    context["account"] = next((a for a in after.accounts if a.id == draft.account), "")
    context["proposed"] = after if draft.before is None else None
    context["entries"] = entry_views(draft)
    context["near"] = resembling_rows(resembling(session, draft, submission.id))
    if draft.before is None:
        context["title"] = draft.after.question
    return flash


def _edited(submission: Submission, typed: str) -> dict[str, Any] | None:
    """What a moderator typed in place of what was sent; None where it says the same."""
    if not typed or typed == text_of(sent_in(submission)).strip():
        return None
    return read_text(submission.kind, typed)


def _problems(wrong: BadFields) -> list[FieldProblem]:
    return problems_by_pointer(wrong.problems)
