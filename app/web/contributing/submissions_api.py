"""Submitting citations and claims, and following what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.domain.contributing import records
from app.domain.contributing.submissions import SubmissionState, SubmittedCitation, SubmittedClaim
from app.errors import AlreadyOnRecord, BadFields
from app.queries.transactions import Transactions
from app.services.contributing.drafting import compose
from app.services.contributing.duplicates import resembling
from app.services.contributing.parsing import read_citation, read_claim
from app.services.contributing.review_submission import sent_in
from app.services.contributing.submit import prepare, submit, withdraw
from app.settings import Settings
from app.storage.contributing.submissions import get_submission, list_submissions
from app.web.contributing.shapes import Resembles, Submission, SubmissionAnswer
from app.web.http.auth import SignedIn, problems_of
from app.web.http.bodies import JsonBody
from app.web.http.dependencies import Now, ReadSession, RecordDatabase, WriteSession
from app.web.http.idempotency import Once, Repeatable
from app.web.http.openapi import takes
from app.web.http.shapes import Cursor, Limit, Listing, listing

router = APIRouter(tags=["Submissions"])

Key = Annotated[str | None, Field(max_length=64)]
SubmissionId = Annotated[str, Path(max_length=64, description="The submission's id.")]
_REFUSED = problems_of(401, 403, 409, 413, 415, 429)


class SubmissionsQuery(BaseModel):
    """Which submissions, how many, from where on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: SubmissionState | None = Field(None, description="How far they have come.")
    claim: Key = Field(None, description="The claim that they are about, or propose.")
    batch: Key = Field(None, description="The batch that they were sent in.")
    limit: Limit = 50
    cursor: Cursor = None


@dataclass(frozen=True, slots=True)
class _Sending:
    """One request that submits something, with all that it takes to answer it."""

    key: records.ApiKey
    body: Mapping[str, Any]
    once: Repeatable
    now: datetime
    reading: Session
    database: Transactions

    def keep(self, sent: SubmittedCitation | SubmittedClaim, an_hour: int) -> Response:
        """Keep what was sent, and answer with it; or give the first answer to the same again."""
        earlier = self.once.earlier_answer(self.body)
        if earlier:
            return earlier
        prepared = prepare(self.reading, sent, self.body, self.now)
        near = [Resembles.of(found) for found in resembling(self.reading, prepared.composed)]
        self.reading.close()

        def kept(session: Session) -> Response:
            again = self.once.first_answer(session, self.body)
            if again:
                return again
            made = submit(session, self.key, prepared, self.now, an_hour=an_hour)
            return self.once.answer(session, self.body, 202, SubmissionAnswer.of(made, near=near))

        return self.database.write_together(kept)


async def _sending(
    key: SignedIn,
    body: JsonBody,
    once: Once,
    now: Now,
    reading: ReadSession,
    database: RecordDatabase,
) -> _Sending:
    return _Sending(key, body, once, now, reading, database)


Sending = Annotated[_Sending, Depends(_sending)]


@router.post(
    "/citations",
    status_code=202,
    response_model=SubmissionAnswer,
    responses=_REFUSED,
    openapi_extra=takes(SubmittedCitation),
    summary="Submit a citation",
)
def submit_citation(request: Request, sending: Sending) -> Response:
    """Submit one statement for a claim; a moderator decides on it.

    New speakers, publishers and documents come along with it. Everything that is wrong is told at
    once, each with a pointer to its field.
    """
    settings: Settings = request.app.state.settings
    sent = read_citation(sending.body, longest_field=settings.longest_field)
    return sending.keep(sent, settings.submissions_an_hour)


@router.post(
    "/claims",
    status_code=202,
    response_model=SubmissionAnswer,
    responses=_REFUSED,
    openapi_extra=takes(SubmittedClaim),
    summary="Propose a claim",
)
def submit_claim(request: Request, sending: Sending) -> Response:
    """Propose a whole claim, in the shape of its file; a moderator decides on it.

    Speakers, publishers and documents that it needs and the record does not have come along with
    it, each with the id by which the claim names it.
    """
    settings: Settings = request.app.state.settings
    sent = read_claim(sending.body, longest_field=settings.longest_field)
    return sending.keep(sent, settings.submissions_an_hour)


@router.get("/submissions", responses=problems_of(401), summary="List submissions")
def submissions(
    query: Annotated[SubmissionsQuery, Query()],
    request: Request,
    response: Response,
    key: SignedIn,
    session: ReadSession,
) -> Listing[Submission]:
    """Submissions, newest first: a contributor's own, or to a moderator everybody's."""
    page = list_submissions(
        session,
        **query.model_dump(),
        author=None if key.may_decide else key.name,
    )
    following: dict[str, str | int] | None = (
        {"cursor": page.next_cursor} if page.next_cursor else None
    )
    response.headers["Cache-Control"] = "no-store"
    items = [Submission.of(submission) for submission in page.items]
    return listing(request, response, items, following, page.total)


@router.get("/submissions/{key}", summary="One submission")
def submission(
    key: SubmissionId, response: Response, session: ReadSession, now: Now
) -> SubmissionAnswer:
    """What became of a submission. It takes no key: nobody guesses its id."""
    response.headers["Cache-Control"] = "no-store"
    return _whole(session, get_submission(session, key), now)


@router.post(
    "/submissions/{key}/withdraw",
    response_model=SubmissionAnswer,
    responses=problems_of(401, 403, 409),
    summary="Withdraw a submission",
)
def withdraw_submission(
    key: SubmissionId, signed: SignedIn, once: Once, now: Now, session: WriteSession
) -> Response:
    """Take back a submission of one's own that no moderator has decided; a body is not read."""
    again = once.first_answer(session, {})
    if again:
        return again
    taken_back = withdraw(session, signed, key, now)
    return once.answer(session, {}, 200, SubmissionAnswer.of(taken_back, near=[]))


def _whole(session: Session, submission: records.Submission, now: datetime) -> SubmissionAnswer:
    found = _resembled(session, submission, now) if submission.state == "pending" else []
    return SubmissionAnswer.of(submission, near=found)


def _resembled(session: Session, submission: records.Submission, now: datetime) -> list[Resembles]:
    """What a pending submission resembles; nothing where the record does not take it any more."""
    try:
        composed = compose(session, sent_in(submission), now)
    except (BadFields, AlreadyOnRecord):
        return []
    return [Resembles.of(found) for found in resembling(session, composed, submission.id)]
