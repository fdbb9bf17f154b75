"""What moderators do: deciding on submissions, and editing claims themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response

from app.domain.records.claims import Claim
from app.domain.values.base import Prose, Record
from app.errors import BadFields, EditUnconditional
from app.queries.claim import current_revision, read_claim
from app.queries.validity import validity_of_claim
from app.services.contributing.edit_claim import replace_claim
from app.services.contributing.parsing import read_fields
from app.services.contributing.review_submission import accept, reject
from app.web.claims.api import ClaimId
from app.web.contributing.shapes import SubmissionAnswer
from app.web.contributing.submissions_api import SubmissionId
from app.web.http.auth import Moderator, problems_of
from app.web.http.bodies import JsonBody, MaybeJsonBody
from app.web.http.dependencies import Now, WriteSession
from app.web.http.entity_tags import revision_matched
from app.web.http.idempotency import Once
from app.web.http.openapi import request_body
from app.web.http.shapes import ClaimAnswer, RevisionMark
from app.web.wording.messages import with_explanations

router = APIRouter(tags=["Review"])

_DECIDING = problems_of(401, 403, 409, 413, 415)
_REASON = "Edited by a moderator."


class Acceptance(Record):
    """A decision to accept; `edited` is the whole submission as the moderator would have it."""

    edited: dict[str, Any] | None = None


class Rejection(Record):
    """A decision to turn down; the contributor reads the reason."""

    reason: Prose


class ClaimEdit(Record):
    """The whole claim as it shall be, in the shape of its file; the reason is public."""

    claim: Claim
    reason: Prose | None = None


class _SentEdit(Record):
    claim: dict[str, Any]
    reason: Prose | None = None


@router.post(
    "/submissions/{key}/accept",
    response_model=SubmissionAnswer,
    responses=_DECIDING,
    openapi_extra=request_body(Acceptance, required=False),
    summary="Accept a submission",
)
def accept_submission(
    key: SubmissionId,
    by: Moderator,
    body: MaybeJsonBody,
    once: Once,
    now: Now,
    session: WriteSession,
) -> Response:
    """Take a submission into the record, as sent or as edited; never the moderator's own."""
    asked = read_fields(Acceptance, body)

    # Run within `answer`: a repeated request gets the first answer, and accepts nothing twice.
    def accepted() -> SubmissionAnswer:
        with _faults_below("" if asked.edited is None else "/edited"):
            taken = accept(session, key, by, now, edited=asked.edited)
        return SubmissionAnswer.of(taken, near=[])

    return once.answer(session, body, accepted)


@router.post(
    "/submissions/{key}/reject",
    response_model=SubmissionAnswer,
    responses=_DECIDING,
    openapi_extra=request_body(Rejection),
    summary="Reject a submission",
)
def reject_submission(
    key: SubmissionId, by: Moderator, body: JsonBody, once: Once, now: Now, session: WriteSession
) -> Response:
    """Turn a submission down, with a reason that its contributor sees."""
    asked = read_fields(Rejection, body)

    def rejected() -> SubmissionAnswer:
        return SubmissionAnswer.of(reject(session, key, by, now, asked.reason), near=[])

    return once.answer(session, body, rejected)


@router.put(
    "/claims/{claim_id}",
    response_model=ClaimAnswer,
    responses=problems_of(401, 403, 412, 413, 415, 428),
    openapi_extra=request_body(ClaimEdit),
    summary="Edit a claim",
)
def edit_claim(
    claim_id: ClaimId,
    by: Moderator,
    body: JsonBody,
    now: Now,
    request: Request,
    session: WriteSession,
    if_match: Annotated[
        str | None, Header(description='The revision that was edited, as in `"r12"`.')
    ] = None,
) -> ClaimAnswer:
    """Put a whole claim in place of the one that was read, as a revision in the moderator's name.

    The body is the claim with a reason, or the claim alone. Nothing is changed where the claim
    moved on since the revision that `If-Match` names.
    """
    if if_match is None:
        raise EditUnconditional
    # The claim is read as plain values, or its faults would not have their places in the claim.
    asked = read_fields(_SentEdit, body if "claim" in body else {"claim": body})
    of_revision = revision_matched(if_match, current_revision(session, claim_id))
    with _faults_below("/claim" if "claim" in body else ""):
        stored = replace_claim(
            session,
            claim_id,
            asked.claim,
            of_revision=of_revision,
            by=by,
            reason=asked.reason or _REASON,
            now=now,
        )
    # The tag of the new revision, so that the client can edit again without reading.
    whole = read_claim(session, claim_id)
    request.state.etag = validity_of_claim(stored).tag
    return ClaimAnswer(
        claim=whole.claim.to_json(),
        dossier=stored.dossier,
        comparison=with_explanations(whole.comparison, whole.registers),
        revision=RevisionMark(number=stored.revision, at=stored.changed_at, hash=stored.hash),
    )


@contextmanager
def _faults_below(pointer: str) -> Iterator[None]:
    """Say of faults in a part of the body where in the whole they are."""
    try:
        yield
    except BadFields as wrong:
        raise BadFields([(pointer + where, what) for where, what in wrong.problems]) from None
