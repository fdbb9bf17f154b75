"""Views across the claims of a dossier as JSON: two sides, losses, blind spots, days."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.disagreement.comparison import ClashFound, Overruled, PairRelation
from app.domain.values.dates import parse_date
from app.queries.across import (
    DayEvent,
    list_between,
    list_blind_spots,
    list_days,
    list_losses,
    pair_of,
)
from app.queries.claim_lists import ListedClaim
from app.queries.registers import dossier_of
from app.web.claims.api import summary
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate
from app.web.http.shapes import ClaimSummary, Cursor, Limit, Listing, Shape, listing

router = APIRouter(tags=["Across claims"], dependencies=[Depends(revalidate)])

Id = Annotated[str, Field(max_length=64)]


class DossierQuery(BaseModel):
    """Which dossier, how many items, from where on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Required, where a page shows the first dossier: a program that left it out would read another
    # record as soon as there are two.
    dossier: Id = Field(description="A dossier's id.")
    limit: Limit = 50
    cursor: Cursor = None


class PairQuery(DossierQuery):
    """Which two of the sides that the dossier compares."""

    left: Id = Field(description="A side's id.")
    right: Id = Field(description="Another side's id.")


class BlindspotQuery(DossierQuery):
    """Whose silences."""

    side: Id | None = Field(None, description="Only the silences of this side.")


class Between(ClaimSummary):
    """A claim that both sides answer: how they stand to each other, and the clashes behind it."""

    relation: PairRelation
    clashes: list[ClashFound]
    overruled: list[Overruled]


class Loss(ClaimSummary):
    """A claim that counts losses, and whose."""

    losses_of: list[str]


class Blindspot(ClaimSummary):
    """A claim on which the accounts of these sides were searched for and not found."""

    silent: list[str]


class DayItem(Shape):
    """A claim that happened (no citation) or a citation that was said; `date` is EDTF."""

    date: str
    kind: Literal["happened", "said"]
    claim: str
    question: str
    account: str | None
    citation: str | None


@router.get("/compare", summary="Two sides compared")
def compare_sides(
    query: Annotated[PairQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Between]:
    """The claims that both sides answer: first those on which they conflict, then the others."""
    pair = pair_of(dossier_of(session, query.dossier), query.left, query.right)
    page = list_between(session, query.dossier, pair, limit=query.limit, cursor=query.cursor)
    found = [_pair_item(item, pair) for item in page.items]
    return listing(request, response, found, _next(page.next_cursor), page.total)


@router.get("/losses", summary="Whose losses, by whose account")
def losses(
    query: Annotated[DossierQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Loss]:
    """Every claim that counts the losses of a side, by when it happened."""
    page = list_losses(session, query.dossier, limit=query.limit, cursor=query.cursor)
    found = [
        Loss(**summary(item.listed).model_dump(), losses_of=list(item.losses_of))
        for item in page.items
    ]
    return listing(request, response, found, _next(page.next_cursor), page.total)


@router.get("/blindspots", summary="Searched silences")
def blindspots(
    query: Annotated[BlindspotQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Blindspot]:
    """Claims on which a side's account was searched for and not found."""
    page = list_blind_spots(
        session, query.dossier, query.side, limit=query.limit, cursor=query.cursor
    )
    found = [
        Blindspot(**summary(item.listed).model_dump(), silent=list(item.silent))
        for item in page.items
    ]
    return listing(request, response, found, _next(page.next_cursor), page.total)


@router.get("/timeline", summary="Day by day")
def days(
    query: Annotated[DossierQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[DayItem]:
    """What happened and what was said, oldest first; the undated is left out."""
    page = list_days(session, query.dossier, limit=query.limit, cursor=query.cursor)
    found = [_day_item(event) for event in page.items]
    return listing(request, response, found, _next(page.next_cursor), page.total)


def _next(cursor: str | None) -> dict[str, str | int] | None:
    return {"cursor": cursor} if cursor else None


def _pair_item(item: ListedClaim, pair: tuple[str, str]) -> Between:
    return Between(
        **summary(item).model_dump(),
        relation=item.comparison.relation_between(*pair),
        clashes=item.comparison.clashes_between(*pair),
        # Of the whole claim: an editor decides between accounts, whichever sides hold them.
        overruled=list(item.comparison.overruled),
    )


def _day_item(event: DayEvent) -> DayItem:
    found = event.cited
    return DayItem(
        date=parse_date(event.date).text,
        kind="said" if found else "happened",
        claim=event.claim.id,
        question=event.claim.question,
        account=found.account.id if found else None,
        citation=found.citation.id if found else None,
    )
