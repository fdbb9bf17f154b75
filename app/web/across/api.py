"""Views across the claims of a dossier as JSON: two sides, losses, blind spots, days."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import ClashFound, Overruled, PairRelation, comparison_of
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import claim_of
from app.domain.records.registers import Dossier
from app.domain.values.dates import parse_date
from app.domain.values.paging import Page
from app.errors import BadQuery, Sentence
from app.queries.registers import dossier_of
from app.storage.claims.documents import get_claims
from app.storage.claims.events_by_date import OnDay, list_days
from app.storage.claims.lists import ClaimItem, list_claims
from app.web.claims.api import summary
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate
from app.web.http.shapes import ClaimSummary, Cursor, Limit, Listing, Shape, listing

router = APIRouter(tags=["Across claims"], dependencies=[Depends(revalidate)])

Id = Annotated[str, Field(max_length=64)]


class DossierQuery(BaseModel):
    """Which dossier, how many items, from where on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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
    dossier = dossier_of(session, query.dossier)
    _require_sides(dossier, query)
    parts, cursor = _place(query.cursor)
    parted = _between(session, query, parts=True, cursor=cursor) if parts else None
    others = _between(session, query, parts=False, cursor=None if parts else cursor)
    items, following, total = _joined(parted, others, query.limit)
    total += 0 if parts else (_between(session, query, parts=True, cursor=None).total or 0)
    found = [_pair_item(item, query.left, query.right) for item in items]
    return listing(request, response, found, following, total)


@router.get("/losses", summary="Whose losses, by whose account")
def losses(
    query: Annotated[DossierQuery, Query()],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[Loss]:
    """Every claim that counts the losses of a side, by when it happened."""
    where = ClaimFilter(dossier=query.dossier, losses=True)
    page = list_claims(session, where, "date", limit=query.limit, cursor=query.cursor)
    stored = get_claims(session, [item.id for item in page.items])
    found = [
        Loss(
            **summary(item).model_dump(),
            losses_of=list(claim_of(stored[item.id].document).losses_of),
        )
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
    where = ClaimFilter(dossier=query.dossier, silent=query.side, blind=True)
    page = list_claims(session, where, "date", limit=query.limit, cursor=query.cursor)
    found = []
    for item in page.items:
        shown = summary(item)
        silent = [
            name
            for name, held in shown.sides.items()
            if held.position == "silent" and held.searched
        ]
        found.append(Blindspot(**shown.model_dump(), silent=silent))
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
    stored = get_claims(session, list(dict.fromkeys(item.claim for item in page.items)))
    claims = {key: claim_of(found.document) for key, found in stored.items()}
    cited = {
        (key, citation.id): (account.id, citation.said)
        for key, claim in claims.items()
        for account, citation in claim.citations()
    }
    found = [
        _day_item(item, claims[item.claim].question, claims[item.claim].happened, cited)
        for item in page.items
    ]
    return listing(request, response, found, _next(page.next_cursor), page.total)


def _require_sides(dossier: Dossier, query: PairQuery) -> None:
    for name, side in (("left", query.left), ("right", query.right)):
        if side not in dossier.sides:
            known = ", ".join(dossier.sides)
            raise BadQuery(
                name,
                Sentence(
                    "“{side}” is no side that this dossier compares: {known}.",
                    side=side,
                    known=known,
                ),
            )
    if query.left == query.right:
        raise BadQuery("right", Sentence("A side is compared with another one, not with itself."))


def _place(cursor: str | None) -> tuple[bool, str | None]:
    """In which of the two lists a page begins, and where in it."""
    if cursor is None:
        return True, None
    name, separator, rest = cursor.partition(".")
    if not separator or name not in ("parts", "rest"):
        raise BadQuery(
            "cursor", Sentence("This list did not give out that cursor; begin at the first page.")
        )
    return name == "parts", rest or None


def _between(
    session: Session, query: PairQuery, *, parts: bool, cursor: str | None
) -> Page[ClaimItem]:
    where = ClaimFilter(dossier=query.dossier, pair=(query.left, query.right), parts=parts)
    return list_claims(session, where, "date", limit=query.limit, cursor=cursor)


def _joined(
    parted: Page[ClaimItem] | None, others: Page[ClaimItem], limit: int
) -> tuple[list[ClaimItem], dict[str, str | int] | None, int]:
    """One page out of two lists: the first to its end, then the second."""
    if parted is None:
        following = f"rest.{others.next_cursor}" if others.next_cursor else None
        return list(others.items), _next(following), others.total or 0
    total = (parted.total or 0) + (others.total or 0)
    if parted.next_cursor:
        return list(parted.items), _next(f"parts.{parted.next_cursor}"), total
    room = limit - len(parted.items)
    if room >= len(others.items) and not others.next_cursor:
        return [*parted.items, *others.items], None, total
    return list(parted.items), _next("rest."), total


def _next(cursor: str | None) -> dict[str, str | int] | None:
    return {"cursor": cursor} if cursor else None


def _pair_item(item: ClaimItem, left: str, right: str) -> Between:
    found = comparison_of(item.comparison)
    pair = {left, right}
    relation = next(r for r in found.relations if {r.left, r.right} == pair)
    clashes = [clash for clash in found.clashes if {clash.left.side, clash.right.side} == pair]
    return Between(
        **summary(item).model_dump(),
        relation=relation,
        clashes=clashes,
        overruled=list(found.overruled),
    )


def _day_item(
    item: OnDay,
    question: str,
    happened: str | None,
    cited: dict[tuple[str, str], tuple[str, str | None]],
) -> DayItem:
    if item.kind == "happened":
        account, citation, date = None, None, happened
    else:
        citation = item.id
        account, date = cited[item.claim, item.id]
    return DayItem(
        date=parse_date(date or "").text,
        kind=item.kind,
        claim=item.claim,
        question=question,
        account=account,
        citation=citation,
    )
