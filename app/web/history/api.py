"""A claim's history as JSON: each revision with the whole claim as it was."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.disagreement.comparison import Message, lifted_message
from app.domain.records.registers import Registers, Sources
from app.domain.values.base import Prose, Record
from app.errors import EditUnconditional
from app.queries.claim import find_claim, read_claim
from app.queries.history import FullRevision, changes_since, read_history, revision_of, subject_of
from app.queries.validity import validity_of_claim
from app.services.contributing.parsing import read_fields
from app.services.contributing.restore_revision import restore
from app.web.claims.api import ClaimId
from app.web.http.auth import Moderator, problems_of
from app.web.http.bodies import JsonBody
from app.web.http.dependencies import Now, ReadSession, WriteSession
from app.web.http.entity_tags import revalidate, revision_matched
from app.web.http.openapi import request_body
from app.web.http.shapes import (
    Change,
    ClaimAnswer,
    Limit,
    Listing,
    RevisionMark,
    RevisionSummary,
    WholeRevision,
    listing,
)
from app.web.wording.messages import sentence_of, with_explanations

router = APIRouter()
# Only for reads: a call that changes the record has no entity tag for a client to send.
_READING = [Depends(revalidate)]

_MAX_NUMBER = 2**31 - 1  # what a column of integers can hold in PostgreSQL


class HistoryQuery(BaseModel):
    """How many revisions, and from which on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    before: int | None = Field(
        None, ge=1, le=_MAX_NUMBER, description="Only revisions before this number."
    )


@router.get(
    "/claims/{claim_id}/revisions",
    tags=["Claims"],
    dependencies=_READING,
    summary="A claim's history",
)
def revisions(
    claim_id: ClaimId,
    query: Annotated[HistoryQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[WholeRevision]:
    """Every accepted change of the claim, newest first, each with the whole claim as it was.

    `total` is null where there are further pages.
    """
    subject = subject_of(session, "claim", claim_id)
    found = read_history(session, subject, limit=query.limit, before=query.before)
    items = [_whole(revision) for revision in found.revisions]
    following: dict[str, str | int] | None = (
        {"before": items[-1].number} if found.previous else None
    )
    # Counted only where the answer is the whole history, as no query counts one.
    is_all = not found.previous and query.before is None
    return listing(request, response, items, following, len(items) if is_all else None)


@router.get(
    "/claims/{claim_id}/revisions/{number}",
    tags=["Claims"],
    dependencies=_READING,
    summary="One revision of a claim",
)
def revision(
    claim_id: ClaimId,
    number: Annotated[int, Path(ge=1, description="The revision's number.")],
    session: ReadSession,
) -> WholeRevision:
    """The whole claim as it was, and its comparison as it was then."""
    return _whole(revision_of(session, subject_of(session, "claim", claim_id), number))


def _whole(found: FullRevision) -> WholeRevision:
    return WholeRevision(
        **RevisionSummary.of(found.revision).model_dump(),
        claim=found.body,
        comparison=_comparison(found.comparison),
        engine=found.engine,
    )


def _comparison(text: str | None) -> dict[str, Any] | None:
    """A stored comparison in the shape of its time, with sentences where none are stored."""
    # Left as plain JSON: what older engines stored need not fit the shapes of today.
    found = _parsed(text)
    if found is None or found.get("explanations"):
        return found
    # English needs no registers: messages have the names of that time.
    names = Registers(Sources())
    messages = (lifted_message(Message(**each), found["engine"]) for each in found["messages"])
    sentences = [sentence_of(message, names) for message in messages]
    return dict(sorted({**found, "explanations": sentences}.items()))


def _parsed(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


class ChangesQuery(BaseModel):
    """Since which change, and how many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: int = Field(0, ge=0, le=_MAX_NUMBER, description="The last change number that you have.")
    limit: Limit = 50


@router.get("/changes", tags=["Changes"], dependencies=_READING, summary="What changed since")
def changes(
    query: Annotated[ChangesQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Change]:
    """Revisions after a change number, oldest first, each with its subject as it was then."""
    page = changes_since(session, query.since, limit=query.limit)
    items = [
        Change(
            **RevisionSummary.of(change.revision).model_dump(),
            origin=change.revision.origin,
            body=change.body,
        )
        for change in page.items
    ]
    following: dict[str, str | int] | None = (
        {"since": page.next_cursor} if page.next_cursor else None
    )
    return listing(request, response, items, following, page.total)


class Restoration(Record):
    """Why an earlier revision is restored; everyone can read it."""

    reason: Prose


@router.post(
    "/claims/{claim_id}/revisions/{number}/restore",
    responses=problems_of(401, 403, 412, 413, 415, 428),
    openapi_extra=request_body(Restoration),
    tags=["Review"],
    summary="Restore a revision of a claim",
)
def restore_revision(
    claim_id: ClaimId,
    number: Annotated[int, Path(ge=1, le=_MAX_NUMBER, description="The revision's number.")],
    by: Moderator,
    body: JsonBody,
    now: Now,
    request: Request,
    session: WriteSession,
    if_match: Annotated[
        str | None, Header(description='The newest revision, as in `"r12"`.')
    ] = None,
) -> ClaimAnswer:
    """Restore the claim as it was at that revision, in a new one; nothing since then is lost."""
    if if_match is None:
        raise EditUnconditional
    asked = read_fields(Restoration, body)
    restore(
        session,
        "claim",
        claim_id,
        number,
        of_revision=revision_matched(if_match, find_claim(session, claim_id).revision),
        by=by,
        reason=asked.reason,
        now=now,
    )
    # Read again after the write, for the tag that the client needs for its next edit.
    whole = read_claim(session, claim_id)
    stored = whole.stored
    request.state.etag = validity_of_claim(stored).tag
    return ClaimAnswer(
        claim=whole.claim.to_json(),
        dossier=stored.dossier,
        comparison=with_explanations(whole.comparison, whole.registers),
        revision=RevisionMark(number=stored.revision, at=stored.changed_at, hash=stored.hash),
    )
