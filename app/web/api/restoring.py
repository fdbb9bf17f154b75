"""Bringing an earlier revision of a claim back, as a new one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request

from app.domain.base import Prose, Record
from app.errors import EditUnconditional
from app.services.contributing.reading import read_fields
from app.services.restoring import restore
from app.storage.claims import get_claim
from app.web.api.bodies import JsonBody
from app.web.api.claims import ClaimId
from app.web.api.describing import takes
from app.web.api.reviewing import revision_matched
from app.web.api.shapes import ClaimAnswer, RevisionMark
from app.web.api.signing import Moderator, problems_of
from app.web.reading import read_claim
from app.web.writing import Now, WriteSession

router = APIRouter(tags=["Review"])


class Restoration(Record):
    """Why an earlier revision is brought back; everybody reads it."""

    reason: Prose


@router.post(
    "/claims/{claim_id}/revisions/{number}/restore",
    responses=problems_of(401, 403, 412, 413, 415, 428),
    openapi_extra=takes(Restoration),
    summary="Restore a revision of a claim",
)
def restore_revision(
    claim_id: ClaimId,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="The revision's number.")],
    by: Moderator,
    body: JsonBody,
    now: Now,
    request: Request,
    session: WriteSession,
    if_match: Annotated[
        str | None, Header(description='The revision that stands now, as in `"r12"`.')
    ] = None,
) -> ClaimAnswer:
    """Let the claim say again what it said at that revision; nothing that came since is lost."""
    if if_match is None:
        raise EditUnconditional
    asked = read_fields(Restoration, body)
    restore(
        session,
        "claim",
        claim_id,
        number,
        of_revision=revision_matched(if_match, get_claim(session, claim_id).revision),
        by=by,
        reason=asked.reason,
        now=now,
    )
    whole = read_claim(session, claim_id)
    stored = whole.stored
    request.state.etag = f'"r{stored.revision}"'
    return ClaimAnswer(
        claim=whole.claim.to_json(),
        dossier=stored.dossier,
        comparison=whole.comparison,
        revision=RevisionMark(number=stored.revision, at=stored.changed_at, hash=stored.hash),
    )
