"""The queue of what waits for a moderator, and deciding on many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy.orm import Session

from app.domain.contributing.records import SubmissionState
from app.errors import BadFields
from app.queries.contributing import ListedSubmission, listed_submissions
from app.queries.transactions import Transactions
from app.services.contributing.review_submission import Refusal, accept_batch, is_own, reject_batch
from app.web.contributing import submission_rows as words
from app.web.contributing.form_fields import FieldProblem, FlashMessage, problems_by_pointer
from app.web.contributing.sign_in import ModeratorForm, ModeratorPage, stale
from app.web.contributing.submission_rows import submission_row
from app.web.html import urls
from app.web.html.urls import Link, trail
from app.web.http.dependencies import Now, ReadSession, RecordDatabase
from app.web.http.sessions import Sent, Visitor, form_page
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.record_text import translate

router = APIRouter()

# Each that is ticked is composed again while the database is locked for other writers.
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
    visitor: ModeratorPage,
    session: ReadSession,
    query: Annotated[QueueQuery, Query()],
) -> Response:
    """What waits for a moderator, the oldest first; to others the way to sign in."""
    return _queue(request, visitor, session, query, FlashMessage())


@router.post("/review")
def decide_many(
    request: Request,
    sent: ModeratorForm,
    session: ReadSession,
    database: RecordDatabase,
    now: Now,
) -> Response:
    """Accept or reject every submission that is ticked."""
    # The state is left out: after a decision the page shows what is still pending.
    flash = _decided(database, sent, now) if sent.is_ours else FlashMessage(stale(), status=403)
    query = QueueQuery(batch=sent.form["batch"])
    return _queue(request, sent.visitor, session, query, flash)


def _decided(database: Transactions, sent: Sent, now: datetime) -> FlashMessage:
    """Decide on what is ticked; what came of it."""
    by, chosen, do = sent.visitor.moderator(), sent.form.all("submission"), sent.form["do"]
    try:
        with database.writing() as writer:
            if do == "accept":
                refused = accept_batch(writer, chosen, by, now)
            else:
                refused = reject_batch(writer, chosen, by, now, sent.form["reason"])
    except BadFields as wrong:
        problems = problems_by_pointer(wrong.problems)
        return FlashMessage(_("Nothing was decided:"), problems, status=422)
    return _outcome(len(chosen), refused, do)


def _queue(
    request: Request, visitor: Visitor, session: Session, query: QueueQuery, flash: FlashMessage
) -> Response:
    page = listed_submissions(
        session,
        state=query.state,
        batch=query.batch,
        claim=query.claim,
        limit=_ON_A_PAGE,
        cursor=query.after,
        # Pending ones are worked off in order; of decided ones the latest are of interest.
        oldest_first=query.state == "pending",
    )
    rows = [submission_row(listed.submission, listed.question) for listed in page.items]
    filters = {"state": query.state, "batch": query.batch or "", "claim": query.claim or ""}
    context: dict[str, object] = {
        "title": _("Review"),
        "steps": trail(),
        "flash": flash,
        "rows": rows,
        "own": _own(visitor, page.items),
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
    return form_page(request, visitor, "queue.html", context, flash.status)


def _why_empty(query: QueueQuery) -> str:
    if query.batch or query.claim or query.after:
        return _("No such submission is in this state.")
    return {
        "pending": _(
            "Nothing waits for a decision. What contributors send comes to this list at once."
        ),
        "accepted": _("No submission has been accepted yet."),
        "rejected": _("No submission has been rejected yet."),
        "withdrawn": _("No contributor has withdrawn a submission yet."),
    }[query.state]


def _own(visitor: Visitor, listed: Sequence[ListedSubmission]) -> list[str]:
    """The ids of the visitor's own submissions, on which somebody else has to decide."""
    key = visitor.key
    submissions = (item.submission for item in listed)
    return [found.id for found in submissions if key and is_own(found, key)]


def _outcome(count: int, refused: Sequence[Refusal], do: str) -> FlashMessage:
    done = count - len(refused)
    message = (
        ngettext("%d submission was accepted.", "%d submissions were accepted.", done)
        if do == "accept"
        else ngettext("%d submission was rejected.", "%d submissions were rejected.", done)
    ) % done
    return FlashMessage(message, [_problem(refusal) for refusal in refused])


def _problem(refusal: Refusal) -> FieldProblem:
    sentences = ((where, translate(why)) for where, why in refusal.reasons)
    why = " ".join(f"{where}: {what}" if where else what for where, what in sentences)
    return FieldProblem("", refusal.submission, why)
