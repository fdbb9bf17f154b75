"""A claim's history as JSON: each revision with the whole claim as it stood."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.services.history import ids_of, revision_of
from app.storage.revisions import StoredRevision, history_page, with_bodies
from app.web.api.claims import ClaimId
from app.web.api.shapes import Limit, Listing, RevisionSummary, WholeRevision, listing
from app.web.reading import ReadSession
from app.web.validators import revalidate

router = APIRouter(tags=["Claims"], dependencies=[Depends(revalidate)])

_HIGHEST = 2**31 - 1


class HistoryQuery(BaseModel):
    """How many revisions, and from which on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    before: int | None = Field(None, ge=1, le=_HIGHEST, description="Only what came before.")


@router.get("/claims/{claim_id}/revisions", summary="A claim's history")
def revisions(
    claim_id: ClaimId,
    query: Annotated[HistoryQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[WholeRevision]:
    """Every accepted change of the claim, newest first, each with the whole claim as it stood.

    `total` is null where there are further pages.
    """
    ids = ids_of(session, "claim", claim_id)
    found = history_page(session, "claim", ids, limit=query.limit + 1, before=query.before)
    shown = found[: query.limit]
    more = len(found) > len(shown)
    following: dict[str, str | int] | None = {"before": shown[-1].number} if more else None
    items = [_whole(stored) for stored in with_bodies(session, shown)]
    is_all = not more and query.before is None
    return listing(request, response, items, following, len(items) if is_all else None)


@router.get("/claims/{claim_id}/revisions/{number}", summary="One revision of a claim")
def revision(
    claim_id: ClaimId,
    number: Annotated[int, Path(ge=1, description="The revision's number.")],
    session: ReadSession,
) -> WholeRevision:
    """The whole claim as it stood, and its comparison as it was then."""
    return _whole(revision_of(session, "claim", ids_of(session, "claim", claim_id), number))


def _whole(stored: StoredRevision) -> WholeRevision:
    return WholeRevision(
        **RevisionSummary.of(stored.revision).model_dump(),
        claim=_parsed(stored.body),
        comparison=_parsed(stored.comparison),
        engine=stored.engine,
    )


def _parsed(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
