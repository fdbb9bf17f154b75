"""The queue of what waits for a moderator, and deciding on many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.orm import Session

from app.domain.contributing.submissions import SubmissionState
from app.errors import BadFields
from app.services.contributing.review_submission import Refusal, accept_batch, is_own, reject_batch
from app.storage.contributing.submissions import list_submissions
from app.web.contributing import submission_rows as words
from app.web.contributing.form_fields import FieldProblem, problems_by_pointer
from app.web.contributing.sign_in import Told, sign_in_page, stale
from app.web.contributing.submission_rows import submission_rows
from app.web.html import urls
from app.web.html.forms import PostedForm
from app.web.html.links import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.http.sessions import (
    TOKEN,
    CurrentVisitor,
    Visitor,
    form_page,
    from_elsewhere,
    is_from_our_form,
    writing,
)
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.record_text import told as told_of

router = APIRouter()

_ON_A_PAGE = 100


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
        return _queue_or_sign_in(request, visitor, session, query, Told(stale(), status=403))
    by, now, chosen = visitor.moderator(), datetime.now(UTC), form.all("submission")
    try:
        with writing(request, visitor) as writer:
            if form["do"] == "accept":
                refused = accept_batch(writer, chosen, by, now)
            else:
                refused = reject_batch(writer, chosen, by, now, form["reason"])
    except BadFields as wrong:
        told = Told(_("Nothing was decided:"), problems_by_pointer(wrong.problems), status=422)
        return _queue(request, visitor, session, query, told)
    return _queue(request, visitor, session, query, _decided(len(chosen), refused, form["do"]))


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
    rows = submission_rows(session, page.items)
    filters = {"state": query.state, "batch": query.batch or "", "claim": query.claim or ""}
    context: dict[str, object] = {
        "title": _("Review"),
        "steps": trail(),
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
        "empty": _why_empty(query),
    }
    return form_page(request, visitor, "queue.html", context, told.status)


def _why_empty(query: QueueQuery) -> str:
    if query.batch or query.claim or query.after:
        return _("No submission of those asked for is in this state.")
    return {
        "pending": _(
            "Nothing waits for a decision. What contributors send comes to this list at once."
        ),
        "accepted": _("No submission has been accepted yet."),
        "rejected": _("No submission has been turned down yet."),
        "withdrawn": _("No contributor has withdrawn a submission yet."),
    }[query.state]


def _decided(count: int, refused: Sequence[Refusal], do: str) -> Told:
    done = count - len(refused)
    told = (
        ngettext("%d submission was accepted.", "%d submissions were accepted.", done)
        if do == "accept"
        else ngettext("%d submission was rejected.", "%d submissions were rejected.", done)
    ) % done
    problems = [FieldProblem("", refusal.submission, told_of(refusal.why)) for refusal in refused]
    return Told(told, problems)
