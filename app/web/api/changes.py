"""Every accepted change in order, for mirrors."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.storage.revisions import bodies, head, list_changes
from app.web.api.shapes import Change, Limit, Listing, RevisionSummary, listing
from app.web.reading import ReadSession
from app.web.validators import revalidate

router = APIRouter(tags=["Changes"], dependencies=[Depends(revalidate)])


class ChangesQuery(BaseModel):
    """Since which change, and how many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: int = Field(0, ge=0, le=2**31 - 1, description="The last change number that is known.")
    limit: Limit = 50


@router.get("/changes", summary="What changed since")
def changes(
    query: Annotated[ChangesQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Change]:
    """Revisions after a change number, oldest first, each with the whole of what it is of."""
    found = list_changes(session, query.since, query.limit)
    texts = bodies(session, [revision.number for revision in found])
    items = [
        Change(
            **RevisionSummary.of(revision).model_dump(),
            origin=revision.origin,
            body=json.loads(text) if (text := texts.get(revision.number)) else None,
        )
        for revision in found
    ]
    last = found[-1].number if found else query.since
    ahead = max(0, head(session).number - last)
    following: dict[str, str | int] | None = {"since": last} if ahead else None
    return listing(request, response, items, following, ahead + len(found))
