"""What is read across the claims of a dossier: two sides, losses, blind spots, days, places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim, claim_of
from app.domain.records.registers import Dossier, Place, Registers
from app.domain.values.paging import Page
from app.errors import BadQuery, LazyMessage, NotFound
from app.queries.claim_lists import ClaimsWithEntries, ListedClaim, first_claims, list_claims
from app.queries.registers import dossier_of, read_entry, registers_of, sides_alone
from app.storage.claims import events_by_date
from app.storage.claims.documents import get_claims
from app.storage.claims.facets import facet_sheet
from app.storage.registers.entries import entries_for_claims, list_entries

# A page across claims is for reading as a whole; the API's lists go on by cursor instead.
MAX_CLAIMS = 200

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Loss:
    """A claim that counts losses, and the sides whose they are."""

    listed: ListedClaim
    losses_of: Sequence[str]


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A claim on which the accounts of these sides were searched for and not found."""

    listed: ListedClaim
    silent: Sequence[str]


@dataclass(frozen=True, slots=True)
class DayEvent:
    """A claim that happened or, with `cited`, a citation that was said; `date` is EDTF."""

    date: str
    claim: Claim
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class PlaceWithClaims:
    """A place in its dossier, the sides on record, and the first of the claims about it.

    `states` counts the claims about the dossier's places by state, for a map around this one; empty
    where it is not known where it is.
    """

    place: Place
    dossier: Dossier
    sides: Registers
    claims: Page[ListedClaim]
    states: Mapping[str, Mapping[str, int]]


def subject_of(session: Session, key: str | None) -> tuple[Dossier, Registers]:
    """The dossier asked for, or the first one, and the sides; raises `NotFound` without one."""
    if key is None:
        first = list_entries(session, "dossier", limit=1).items
        if not first:
            raise NotFound("dossier", "")
        key = first[0].id
    return dossier_of(session, key), sides_alone(session)


def pair_of(dossier: Dossier, left: str | None, right: str | None) -> Pair:
    """Two different sides of those that a dossier compares, the first where none is asked for.

    Raises `BadQuery`.
    """
    left = left or next(side for side in dossier.sides if side != right)
    right = right or next(side for side in dossier.sides if side != left)
    for name, side in (("left", left), ("right", right)):
        if side not in dossier.sides:
            known = ", ".join(dossier.sides)
            raise BadQuery(
                name,
                LazyMessage(
                    "“{side}” is not a side that this dossier compares: {known}.",
                    side=side,
                    known=known,
                ),
            )
    if left == right:
        raise BadQuery(
            "right", LazyMessage("A side is compared with another one, not with itself.")
        )
    return left, right


def first_between(session: Session, dossier: str, pair: Pair, *, parts: bool) -> ClaimsWithEntries:
    """The first claims by date that both sides answer: those on which they conflict, or not."""
    where = ClaimFilter(dossier=dossier, pair=pair, parts=parts)
    return first_claims(session, where, "date", limit=MAX_CLAIMS)


def list_between(
    session: Session, dossier: str, pair: Pair, *, limit: int, cursor: str | None
) -> Page[ListedClaim]:
    """A page of the claims that both sides answer: first those on which they conflict.

    Two lists make it, and its cursors say in which of them a page begins. Raises `BadQuery`.
    """
    in_conflicts, within = _read_cursor(cursor)
    where = ClaimFilter(dossier=dossier, pair=pair, parts=True)
    conflicts = list_claims(
        session, where, "date", limit=limit, cursor=within if in_conflicts else None
    )
    where = ClaimFilter(dossier=dossier, pair=pair, parts=False)
    others = list_claims(
        session, where, "date", limit=limit, cursor=None if in_conflicts else within
    )
    # Both lists are asked for on every page: the total is that of the two together.
    total = (conflicts.total or 0) + (others.total or 0)
    if not in_conflicts:
        following = f"rest.{others.next_cursor}" if others.next_cursor else None
        return Page(others.items, following, total)
    if conflicts.next_cursor:
        return Page(conflicts.items, f"parts.{conflicts.next_cursor}", total)
    if len(conflicts.items) + len(others.items) <= limit and not others.next_cursor:
        return Page((*conflicts.items, *others.items), None, total)
    # The conflicts end here and the others do not fit: the next page begins with the first of
    # these.
    return Page(conflicts.items, "rest.", total)


def losses_by_side(session: Session, dossier: str) -> dict[str, ClaimsWithEntries]:
    """The first claims by date that count losses, by the side whose they are."""
    where = ClaimFilter(dossier=dossier, losses=True)
    found = first_claims(session, where, "date", limit=MAX_CLAIMS)
    sides = dict.fromkeys(side for claim, _comparison in found.claims for side in claim.losses_of)
    return {
        side: ClaimsWithEntries(
            [pair for pair in found.claims if side in pair[0].losses_of], found.registers
        )
        for side in sides
    }


def list_losses(session: Session, dossier: str, *, limit: int, cursor: str | None) -> Page[Loss]:
    """A page of the claims that count losses, by date; raises `BadQuery`."""
    where = ClaimFilter(dossier=dossier, losses=True)
    page = list_claims(session, where, "date", limit=limit, cursor=cursor)
    # The index has whose losses a claim counts as a set; their order is the claim's own.
    stored = get_claims(session, [item.id for item in page.items])
    items = (Loss(item, claim_of(stored[item.id].document).losses_of) for item in page.items)
    return Page(tuple(items), page.next_cursor, page.total)


def silences_by_side(session: Session, dossier: Dossier) -> dict[str, ClaimsWithEntries]:
    """For every compared side the first claims by date on which it was searched for in vain."""
    return {
        side: first_claims(
            session, ClaimFilter(dossier=dossier.id, silent=side), "date", limit=MAX_CLAIMS
        )
        for side in dossier.sides
    }


def list_blind_spots(
    session: Session, dossier: str, side: str | None, *, limit: int, cursor: str | None
) -> Page[BlindSpot]:
    """A page of the claims on which a side, or any, was searched for in vain, by date.

    Raises `BadQuery`.
    """
    where = ClaimFilter(dossier=dossier, silent=side, blind=True)
    page = list_claims(session, where, "date", limit=limit, cursor=cursor)
    items = (BlindSpot(item, _searched_in_vain(item)) for item in page.items)
    return Page(tuple(items), page.next_cursor, page.total)


def list_days(
    session: Session, dossier: str, *, limit: int = 100, cursor: str | None = None
) -> Page[DayEvent]:
    """A page of all that has a day in a dossier, oldest first, on a day what happened first.

    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    page = events_by_date.list_days(session, dossier, limit=limit, cursor=cursor)
    # Each claim once, though a page of days often has several statements of one.
    keys = list(dict.fromkeys(item.claim for item in page.items))
    registers = registers_of(entries_for_claims(session, keys))
    claims = {key: claim_of(s.document) for key, s in get_claims(session, keys).items()}
    evidence = {
        (key, found.citation.id): found
        for key, claim in claims.items()
        for found in cited(claim, registers)
    }
    events = [
        _said(claims[item.claim], evidence[item.claim, item.id])
        if item.kind == "said"
        else _happened(claims[item.claim])
        for item in page.items
    ]
    return Page(tuple(events), page.next_cursor, page.total)


def cursor_from(day: int) -> str:
    """The cursor of `list_days` for the page that begins with a day, given as its ordinal."""
    return events_by_date.cursor_from(day)


SaidOn = tuple[int | None, int, str | None]
"""From which day to which (ordinals) something was said, and on which side."""


def count_statements(session: Session, dossier: str) -> dict[SaidOn, int]:
    """The dated citations of a dossier, by when they were said and by the side of who speaks.

    A joint statement counts for each of its sides, an own voice for its publisher's; the side is
    None for who is of none. Reads every citation of the dossier.
    """
    found = events_by_date.said_by_day(session, dossier)
    return {(item.first, item.day, item.side): item.count for item in found}


def states_by_place(session: Session, dossier: str) -> Mapping[str, Mapping[str, int]]:
    """How many claims about each place of a dossier are in which state."""
    return facet_sheet(session, ClaimFilter(dossier=dossier)).count_pairs("place", "state")


def read_place(session: Session, key: str, *, limit: int) -> PlaceWithClaims:
    """A place with at most `limit` claims, the disputed first; raises `NotFound` or `Moved`."""
    entry = read_entry(session, Place, key)
    place, dossier = entry.record, dossier_of(session, entry.dossier or "")
    return PlaceWithClaims(
        place=place,
        dossier=dossier,
        sides=sides_alone(session),
        claims=list_claims(session, ClaimFilter(dossier=dossier.id, place=key), limit=limit),
        # Only where there is a map to show them on.
        states=states_by_place(session, dossier.id) if place.latitude is not None else {},
    )


def _read_cursor(cursor: str | None) -> tuple[bool, str | None]:
    """Whether a page begins among the conflicts, and where within its list."""
    if cursor is None:
        return True, None
    name, separator, within = cursor.partition(".")
    # A cursor comes back from strangers; one of another list would silently show the wrong page.
    if not separator or name not in ("parts", "rest"):
        raise BadQuery(
            "cursor",
            LazyMessage("That cursor is not from this list; begin at the first page."),
        )
    return name == "parts", within or None


def _searched_in_vain(item: ListedClaim) -> list[str]:
    positions = item.comparison.positions.items()
    return [side for side, found in positions if found.position == "silent" and found.searched]


def _happened(claim: Claim) -> DayEvent:
    return DayEvent(claim.happened or "", claim, None)


def _said(claim: Claim, found: Cited) -> DayEvent:
    return DayEvent(found.citation.said or "", claim, found)
