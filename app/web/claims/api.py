"""Claims, their comparisons and their history as JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, Flag, Segment, State
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Kind
from app.queries.as_known_on import list_as_known_on
from app.queries.claim import WholeClaim, complete, find_claim
from app.queries.claim_lists import ListedClaim, list_claims
from app.queries.validity import validity_of_claim
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate, use_validity
from app.web.http.parameters import KnownOn, day_of
from app.web.http.shapes import (
    ClaimAnswer,
    ClaimSummary,
    Cursor,
    Limit,
    Listing,
    RevisionMark,
    listing,
)
from app.web.wording.messages import with_explanations

router = APIRouter(tags=["Claims"])

# As long as an id can be: anything longer names nothing, and is refused before it is looked up.
Key = Annotated[str | None, Field(max_length=64)]
ClaimId = Annotated[str, Path(description="The claim's id.")]


class ClaimsQuery(BaseModel):
    """Which claims, in which order, how many, from where on."""

    # Pages ignore parameters that they do not know. Here a misspelt filter would return the whole
    # record, which a program cannot tell from what it asked for.
    model_config = ConfigDict(extra="forbid", frozen=True)

    dossier: Key = Field(None, description="A dossier's id.")
    state: State | None = Field(None, description="The state of the claim.")
    topic: Key = Field(None, description="A topic's id.")
    side: Key = Field(None, description="A side that answers.")
    place: Key = Field(None, description="A place's id.")
    kind: Kind | None = Field(None, description="What can answer the claim.")
    flag: Flag | None = Field(None, description="A flag of the claim.")
    event: Key = Field(None, description="An event's id, which its claims share.")
    q: str | None = Field(None, max_length=200, description="Words that must all occur.")
    sort: Literal["state", "date", "gap", "changed", "question"] = Field(
        "state", description="The order; `state` has the disputed first, then by date."
    )
    as_known_on: KnownOn | None = None
    limit: Limit = 50
    cursor: Cursor = None


class DatedQuery(BaseModel):
    """As of which day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_known_on: KnownOn | None = None


@router.get("/claims", dependencies=[Depends(revalidate)], summary="List claims")
def claims(
    query: Annotated[ClaimsQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[ClaimSummary]:
    """Claims with their computed state, disputed first; every filter narrows the list.

    With `as_known_on` they are compared as of that day, at most 500 of them, all on one page.
    """
    where = ClaimFilter(**query.model_dump(exclude={"sort", "limit", "cursor", "as_known_on"}))
    day = day_of(query.as_known_on)
    # Compared on reading, the whole list for every request: each page of it would cost as much as
    # the list.
    if day:
        dated = list_as_known_on(session, where, day, query.sort)
        found = [summary(item.listed) for item in dated.items]
        return listing(request, response, found, None, len(found))
    page = list_claims(session, where, query.sort, limit=query.limit, cursor=query.cursor)
    following: dict[str, str | int] | None = (
        {"cursor": page.next_cursor} if page.next_cursor else None
    )
    items = [summary(item) for item in page.items]
    return listing(request, response, items, following, page.total)


# Without `revalidate`, whose tag is the record's: a claim's tag is that of its revision, so that an
# edit can send it back in `If-Match`.
@router.get("/claims/{claim_id}", summary="One claim")
def claim(
    claim_id: ClaimId,
    query: Annotated[DatedQuery, Query()],
    request: Request,
    session: ReadSession,
) -> ClaimAnswer:
    """The claim as its file has it, its comparison and its revision.

    With `as_known_on` it holds only what had been said by that day.
    """
    whole = _tagged(request, session, claim_id, query)
    stored = whole.stored
    return ClaimAnswer(
        claim=whole.claim.to_json(),
        dossier=stored.dossier,
        comparison=with_explanations(whole.comparison, whole.registers),
        revision=RevisionMark(number=stored.revision, at=stored.changed_at, hash=stored.hash),
    )


@router.get("/claims/{claim_id}/comparison", summary="One claim's comparison")
def comparison(
    claim_id: ClaimId,
    query: Annotated[DatedQuery, Query()],
    request: Request,
    session: ReadSession,
) -> Comparison:
    """Where the accounts stand to each other, alone; with `as_known_on` as of that day."""
    whole = _tagged(request, session, claim_id, query)
    return with_explanations(whole.comparison, whole.registers)


@router.get("/claims/{claim_id}/timeline", summary="A state over time")
def claim_timeline(
    claim_id: ClaimId,
    query: Annotated[DatedQuery, Query()],
    request: Request,
    session: ReadSession,
) -> list[Segment]:
    """Who is said to hold what, in stretches of days; empty for a claim that is about no state."""
    whole = _tagged(request, session, claim_id, query)
    return list(whole.segments)


def _tagged(request: Request, session: Session, claim_id: str, query: DatedQuery) -> WholeClaim:
    """The claim, unless the client has it; its entity tag is that of an edit's condition."""
    stored = find_claim(session, claim_id)
    # Before the registers are read: a client that has this revision costs one row.
    use_validity(request, validity_of_claim(stored, query.as_known_on or ""))
    return complete(session, stored, day_of(query.as_known_on))


def summary(item: ListedClaim) -> ClaimSummary:
    """A claim as lists show it."""
    found = item.comparison
    return ClaimSummary(
        id=item.id,
        dossier=item.dossier,
        question=item.question,
        kind=item.kind,
        nature=item.nature,
        topic=item.topic,
        event=item.event,
        happened=item.happened,
        state=found.state,
        flags=list(found.flags),
        gap=found.gap,
        sides=found.positions,
        revision=item.revision,
        changed=item.changed_at,
    )
