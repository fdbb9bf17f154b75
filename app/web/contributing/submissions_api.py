"""Submitting citations and claims, and following what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.contributing import records
from app.domain.contributing.records import SubmissionState, SubmittedCitation, SubmittedClaim
from app.queries.contributing import listed_submissions, read_submission
from app.queries.transactions import Transactions
from app.services.contributing.duplicates import Resembling
from app.services.contributing.idempotency import Answer
from app.services.contributing.parsing import read_citation, read_claim
from app.services.contributing.review_submission import resembled
from app.services.contributing.submit import Submitted, submit_once, withdraw
from app.settings import Settings
from app.web.contributing.shapes import Resembles, Submission, SubmissionAnswer
from app.web.http.auth import ApiKeyUser, problems_of
from app.web.http.bodies import JsonBody
from app.web.http.dependencies import Now, ReadSession, RecordDatabase, WriteSession
from app.web.http.idempotency import Once, Repeatable, answer_of, response
from app.web.http.openapi import request_body
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
    database: Transactions
    settings: Settings

    def submit(self, sent: SubmittedCitation | SubmittedClaim) -> Response:
        """Submit what was sent, and answer with it; or give the first answer to the same again."""
        answer = submit_once(
            self.database,
            self.once.request(self.body),
            self.key,
            sent,
            self.now,
            an_hour=self.settings.max_submissions_per_hour,
            answer=_accepted_for_review,
        )
        return response(answer)


def _accepted_for_review(made: Submitted) -> Answer:
    return answer_of(_answer(made.submission, made.near), status=202)


async def _sending(
    request: Request,
    key: ApiKeyUser,
    body: JsonBody,
    once: Once,
    now: Now,
    database: RecordDatabase,
) -> _Sending:
    return _Sending(key, body, once, now, database, request.app.state.settings)


Sending = Annotated[_Sending, Depends(_sending)]


@router.post(
    "/citations",
    status_code=202,
    response_model=SubmissionAnswer,
    responses=_REFUSED,
    openapi_extra=request_body(SubmittedCitation),
    summary="Submit a citation",
)
def submit_citation(sending: Sending) -> Response:
    """Submit one statement for a claim; a moderator decides on it.

    New speakers, publishers and documents can be sent with it. All faults are reported at once,
    each with a pointer to its field.
    """
    longest = sending.settings.max_field_length
    return sending.submit(read_citation(sending.body, max_length=longest))


@router.post(
    "/claims",
    status_code=202,
    response_model=SubmissionAnswer,
    responses=_REFUSED,
    openapi_extra=request_body(SubmittedClaim),
    summary="Propose a claim",
)
def submit_claim(sending: Sending) -> Response:
    """Propose a whole claim, in the shape of its file; a moderator decides on it.

    Speakers, publishers and documents that it needs and the record lacks are sent with it,
    each with the id by which the claim names it.
    """
    longest = sending.settings.max_field_length
    return sending.submit(read_claim(sending.body, max_length=longest))


@router.get("/submissions", responses=problems_of(401), summary="List submissions")
def submissions(
    query: Annotated[SubmissionsQuery, Query()],
    request: Request,
    response: Response,
    key: ApiKeyUser,
    session: ReadSession,
) -> Listing[Submission]:
    """Submissions, newest first: a contributor's own, or to a moderator everybody's."""
    page = listed_submissions(
        session,
        **query.model_dump(),
        # By name, not by key: people replace their keys and go on under their name.
        author=None if key.may_decide else key.name,
    )
    following: dict[str, str | int] | None = (
        {"cursor": page.next_cursor} if page.next_cursor else None
    )
    # What a key may see must not be in a shared cache.
    response.headers["Cache-Control"] = "no-store"
    items = [Submission.of(listed.submission) for listed in page.items]
    return listing(request, response, items, following, page.total)


@router.get("/submissions/{key}", summary="One submission")
def submission(key: SubmissionId, response: Response, session: ReadSession) -> SubmissionAnswer:
    """The state of a submission. It needs no key, as its id cannot be guessed."""
    # The address is the permission to read it, so no cache may store the answer.
    response.headers["Cache-Control"] = "no-store"
    found = read_submission(session, key).submission
    return _answer(found, resembled(session, found))


@router.post(
    "/submissions/{key}/withdraw",
    response_model=SubmissionAnswer,
    responses=problems_of(401, 403, 409),
    summary="Withdraw a submission",
)
def withdraw_submission(
    key: SubmissionId, signed: ApiKeyUser, once: Once, now: Now, session: WriteSession
) -> Response:
    """Take back a submission of one's own that no moderator has decided; a body is not read."""
    # `{}`: the body is no part of what makes two requests the same, as none is read.
    return once.answer(session, {}, lambda: _answer(withdraw(session, signed, key, now)))


def _answer(submission: records.Submission, near: Sequence[Resembling] = ()) -> SubmissionAnswer:
    return SubmissionAnswer.of(submission, near=[Resembles.of(found) for found in near])
