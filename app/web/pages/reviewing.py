"""What moderators see: the queue, one submission with its effect, and deciding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.orm import Session

from app.domain.contributions import SubmissionState
from app.errors import AlreadyDecided, AlreadyOnRecord, BadFields, NotAllowed, NotFound, NotSignedIn
from app.services.contributing.resembling import resembling
from app.services.contributing.reviewing import (
    Refusal,
    accept,
    accept_batch,
    effect,
    is_own,
    reject,
    reject_batch,
    sent_in,
)
from app.services.contributing.texts import read_text, text_of
from app.storage.contributions import SubmissionOnRecord, get_submission, list_submissions
from app.web import urls
from app.web.forms import Form, PostedForm
from app.web.i18n import gettext as _
from app.web.i18n import ngettext
from app.web.pages.links import Link
from app.web.reading import ReadSession, read_claim
from app.web.views import submissions as words
from app.web.views.contribution import FieldProblem, problems_by_pointer
from app.web.views.reviewing import (
    claim_now,
    effect_view,
    entry_views,
    resembling_rows,
    submitted_citation,
)
from app.web.views.submissions import submission_row, submission_rows
from app.web.visitors import (
    TOKEN,
    CurrentVisitor,
    Visitor,
    form_page,
    from_elsewhere,
    is_from_our_form,
    sign_in,
    with_cookie,
    without_cookie,
    writing,
)

router = APIRouter()

_ON_A_PAGE = 100
STALE = "This page was open for too long. Please send it once more."


class QueueQuery(BaseModel):
    """Which submissions, from where on."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    state: SubmissionState = "pending"
    batch: str | None = Field(None, max_length=64)
    claim: str | None = Field(None, max_length=64)
    after: str | None = Field(None, max_length=1000)

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_not_given(cls, value: object, info: Any) -> object:
        return cls.model_fields[info.field_name].default if value == "" else value


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of what was just done, or kept from being done."""

    message: str = ""
    problems: Sequence[FieldProblem] = ()
    status: int = 200


@router.get("/review")
def queue(
    request: Request,
    visitor: CurrentVisitor,
    session: ReadSession,
    query: Annotated[QueueQuery, Query()],
) -> Response:
    """What waits for a moderator, the oldest first; to others the way to sign in."""
    again = from_elsewhere(request)
    if again:
        return again
    if not visitor.may_decide:
        return sign_in_page(request, visitor)
    return _queue(request, visitor, session, query, Told())


@router.post("/review")
def decide_many(
    request: Request,
    visitor: CurrentVisitor,
    form: PostedForm,
    session: ReadSession,
) -> Response:
    """Accept or reject every submission that is ticked."""
    query = QueueQuery(batch=form["batch"])
    if not is_from_our_form(visitor, form[TOKEN]):
        return _queue_or_sign_in(request, visitor, session, query, Told(_(STALE), status=403))
    by, now, chosen = visitor.moderator(), datetime.now(UTC), form.all("submission")
    try:
        with writing(request, visitor) as writer:
            if form["do"] == "accept":
                refused = accept_batch(writer, chosen, by, now)
            else:
                refused = reject_batch(writer, chosen, by, now, form["reason"])
    except BadFields as wrong:
        told = Told(_("Nothing was decided:"), _problems(wrong), status=422)
        return _queue(request, visitor, session, query, told)
    return _queue(request, visitor, session, query, _decided(len(chosen), refused, form["do"]))


@router.post("/review/sign-in")
def signed_in(request: Request, visitor: CurrentVisitor, form: PostedForm) -> Response:
    """Sign in with a key."""
    if not is_from_our_form(visitor, form[TOKEN]):
        return sign_in_page(request, visitor, _(STALE), 403)
    try:
        known = sign_in(request, form["secret"])
    except NotSignedIn:
        return sign_in_page(request, visitor, _("No key that is in force reads so."), 401)
    return with_cookie(request, known, RedirectResponse(urls.review(), status_code=303))


@router.post("/review/sign-out")
def signed_out(request: Request, visitor: CurrentVisitor, form: PostedForm) -> Response:
    """Sign out."""
    if not is_from_our_form(visitor, form[TOKEN]):
        return sign_in_page(request, visitor, _(STALE), 403)
    return without_cookie(RedirectResponse("/", status_code=303))


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
        return _one(request, visitor, session, submission, form, Told(_(STALE), status=403))
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
        told = Told(str(other), status=409)
    except NotAllowed as other:
        told = Told(str(other), status=403)
    else:
        answer = RedirectResponse(urls.review(key), status_code=303)
        return with_cookie(request, visitor, answer)
    session.rollback()  # to see what somebody else decided meanwhile
    return _one(request, visitor, session, get_submission(session, key), form, told)


def _queue_or_sign_in(
    request: Request, visitor: Visitor, session: Session, query: QueueQuery, told: Told
) -> Response:
    if not visitor.may_decide:
        return sign_in_page(request, visitor, told.message, told.status)
    return _queue(request, visitor, session, query, told)


def _queue(
    request: Request, visitor: Visitor, session: Session, query: QueueQuery, told: Told
) -> Response:
    # What was decided just now was written after this transaction began to read.
    session.rollback()
    page = list_submissions(
        session,
        state=query.state,
        batch=query.batch,
        claim=query.claim,
        limit=_ON_A_PAGE,
        cursor=query.after,
        oldest_first=query.state == "pending",
    )
    rows = submission_rows(page.items)
    filters = {"state": query.state, "batch": query.batch or "", "claim": query.claim or ""}
    context: dict[str, object] = {
        "title": _("Review"),
        "told": told,
        "rows": rows,
        "own": [s.id for s in page.items if visitor.key and is_own(s, visitor.key)],
        "batches": sorted({row.batch for row in rows if row.batch}),
        "states": [
            (Link(urls.review("", {**filters, "state": key}), words.state(key)), key == query.state)
            for key in ("pending", "accepted", "rejected", "withdrawn")
        ],
        "query": query,
        "whole_url": urls.review(),
        "next_url": urls.review("", {**filters, "after": page.next_cursor})
        if page.next_cursor
        else "",
        "total": page.total,
    }
    return form_page(request, visitor, "queue.html", context, told.status)


def _one(
    request: Request,
    visitor: Visitor,
    session: Session,
    submission: SubmissionOnRecord,
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
        "steps": [Link(urls.review(), _("Review"))],
        "url": urls.review(submission.id),
        "claim_url": urls.claim(submission.claim or ""),
        "edit_url": urls.edit_claim(submission.claim or ""),
        **_beside(session, submission),
    }
    if submission.state == "pending":
        told = _with_effect(session, submission, form, told, context)
    context["told"] = told
    return form_page(request, visitor, "review.html", context, told.status)


def _beside(session: Session, submission: SubmissionOnRecord) -> dict[str, object]:
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
    submission: SubmissionOnRecord,
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
        return Told(told.message or str(other), told.problems, told.status)
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


def _edited(submission: SubmissionOnRecord, typed: str) -> dict[str, Any] | None:
    """What a moderator typed in place of what was sent; None where it says the same."""
    if not typed or typed == text_of(sent_in(submission)).strip():
        return None
    return read_text(submission.kind, typed)


def _problems(wrong: BadFields) -> list[FieldProblem]:
    return problems_by_pointer(wrong.problems)


def _decided(count: int, refused: Sequence[Refusal], do: str) -> Told:
    done = count - len(refused)
    told = (
        ngettext("%d submission was accepted.", "%d submissions were accepted.", done)
        if do == "accept"
        else ngettext("%d submission was rejected.", "%d submissions were rejected.", done)
    ) % done
    problems = [FieldProblem("", refusal.submission, refusal.why) for refusal in refused]
    return Told(told, problems)


def sign_in_page(
    request: Request, visitor: Visitor, message: str = "", status: int = 200
) -> Response:
    """Where a moderator signs in."""
    context: dict[str, object] = {"title": _("Review"), "message": message}
    return form_page(request, visitor, "sign_in.html", context, status)
