"""Claims filtered, sorted, counted and cut into pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, func, literal, select
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ANSWERING, MAX_COUNTED, STATES, ClaimFilter
from app.domain.values.base import is_id
from app.domain.values.paging import Page
from app.errors import BadQuery, LazyMessage
from app.storage import tables
from app.storage.claims.documents import StoredClaim, stored_claims
from app.storage.database.keyset import Order
from app.storage.search.matching import holding

_CLAIMS = tables.claims.c
_SIDES = tables.claim_sides.c
_SEARCHED_SILENCE = (_SIDES.position == "silent", _SIDES.searched)

SORTS = {
    order.name: order
    for order in (
        Order("state", (_CLAIMS.state_rank, _CLAIMS.happened_sort, _CLAIMS.id)),
        Order("date", (_CLAIMS.happened_sort, _CLAIMS.id)),
        Order("changed", (_CLAIMS.revision,), descending=True),
        Order("gap", (_CLAIMS.gap_rank, _CLAIMS.gap_sort, _CLAIMS.id)),
        Order("question", (_CLAIMS.question_sort, _CLAIMS.id)),
    )
}

# Several to a claim: they are asked by subquery, as a join would list a claim once for each.
_NAMED_BESIDE = {
    "side": _SIDES.side,
    "silent": _SIDES.side,
    "place": tables.claim_places.c.place,
    "flag": tables.claim_flags.c.flag,
    "publisher": tables.citations.c.publisher,
    "document": tables.citations.c.document,
    "speaker": tables.citation_speakers.c.speaker,
}


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """A claim in a list; `comparison` is JSON text, `gap_difference` in units or days."""

    id: str
    dossier: str
    question: str
    kind: str
    nature: str
    topic: str
    event: str | None
    happened: str | None
    state: str
    gap_kind: str | None
    gap_difference: float | None
    revision: int
    changed_at: datetime
    comparison: str


_ITEM = tuple(_CLAIMS[field.name] for field in fields(ClaimItem))


def list_claims(
    session: Session,
    where: ClaimFilter,
    sort: str = "state",
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[ClaimItem]:
    """A page of claims, sorted in one of the ways of `SORTS`, with how many there are in all.

    `state` has the disputed first, then the states in order, within one by when it happened;
    `date` by when it happened, the undated last; `changed` the newest revision first; `gap` the
    widest first, quantities before days and claims without one last; `question` by its words.
    Raises `BadQuery` for what these do not know.
    """
    page = cut_claims(session, where, sort, limit=limit, cursor=cursor)
    return replace(page, total=_capped(session, conditions_of(where)))


def cut_claims(
    session: Session,
    where: ClaimFilter,
    sort: str = "state",
    *,
    limit: int = 50,
    cursor: str | None = None,
    before: str | None = None,
) -> Page[ClaimItem]:
    """A page of claims as `list_claims` has it, uncounted; with `before` the one that ends there.

    A page back that would be shorter than its limit is the first page.
    """
    order = _order(sort)
    statement = select(*dict.fromkeys((*_ITEM, *order.columns))).where(*conditions_of(where))
    if before is not None:
        # Read from the cursor backwards: an OFFSET reads and drops every row before it.
        rows = session.execute(order.cut_back(statement, limit, before)).all()
        if len(rows) >= limit:
            return _page(order, rows[:limit][::-1], is_last=False, is_first=len(rows) == limit)
        cursor = None
    rows = session.execute(order.cut(statement, limit, cursor)).all()
    return _page(order, rows[:limit], is_last=len(rows) <= limit, is_first=cursor is None)


def count_before(session: Session, where: ClaimFilter, sort: str, cursor: str) -> int | None:
    """How many claims of a list come before a cursor's; None above 10,000."""
    return _capped(session, [*conditions_of(where), _order(sort).before(cursor)])


def count_within_events(
    session: Session, where: ClaimFilter, events: Collection[str]
) -> dict[str, int]:
    """How many claims that pass the filter each of these events has, 0 included."""
    within = (*conditions_of(where), _CLAIMS.event.in_(events))
    rows = session.execute(
        select(_CLAIMS.event, func.count()).where(*within).group_by(_CLAIMS.event)
    )
    return dict.fromkeys(events, 0) | {row[0]: row[1] for row in rows}


def stream_claims(session: Session, where: ClaimFilter) -> Iterator[StoredClaim]:
    """Every claim that passes the filter, whole, by dossier and id, a few at a time in memory."""
    statement = (
        stored_claims()
        .where(*conditions_of(where))
        .order_by(_CLAIMS.dossier, _CLAIMS.id)
        .execution_options(yield_per=200)
    )
    with session.execute(statement) as rows:
        for row in rows:
            yield StoredClaim(*row)


def count_by(
    session: Session, where: ClaimFilter, column: Literal["dossier", "state", "topic", "kind"]
) -> dict[str, int]:
    """How many claims that pass the filter have each value of a column; none is left out."""
    # The rank has an index with the dossier before it, the state's name has none.
    value = _CLAIMS.state_rank if column == "state" else _CLAIMS[column]
    rows = session.execute(
        select(value, func.count()).where(*conditions_of(where)).group_by(value).order_by(value)
    )
    return {STATES[row[0]] if column == "state" else row[0]: row[1] for row in rows}


def _order(sort: str) -> Order:
    if sort not in SORTS:
        raise BadQuery(
            "sort", LazyMessage("Claims can be sorted by {known}.", known=", ".join(SORTS))
        )
    return SORTS[sort]


def _page(
    order: Order, rows: Sequence[Row[*tuple[Any, ...]]], *, is_last: bool, is_first: bool
) -> Page[ClaimItem]:
    return Page(
        items=tuple(ClaimItem(*row[: len(_ITEM)]) for row in rows),
        next_cursor=None if is_last else order.cursor_after(rows[-1]),
        total=None,
        previous_cursor=order.cursor_after(rows[0]) if rows and not is_first else None,
    )


def _capped(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int | None:
    # Counting all of a long list reads it all, for a number that no reader needs exactly.
    some = select(literal(1)).select_from(tables.claims).where(*conditions).limit(MAX_COUNTED + 1)
    counted = session.scalar(select(func.count()).select_from(some.subquery()))
    return counted if counted is not None and counted <= MAX_COUNTED else None


def conditions_of(where: ClaimFilter) -> list[ColumnElement[bool]]:
    """What holds of the claims' table for claims that pass the filter; raises `BadQuery`."""
    given = {name: value for name, value in asdict(where).items() if value is not None}
    words, parts = given.pop("q", ""), given.pop("parts", None)
    conditions: list[ColumnElement[bool]] = []
    if given.pop("blind", False):
        conditions.append(_CLAIMS.id.in_(select(_SIDES.claim).where(*_SEARCHED_SILENCE)))
    if given.pop("losses", False):
        conditions.append(_CLAIMS.id.in_(select(tables.claim_losses.c.claim)))
    if "pair" in given:
        left, right = (_require_id("pair", side) for side in given.pop("pair"))
        conditions.append(_CLAIMS.id.in_(_between(left, right, parts=parts)))
    for name, value in given.items():
        conditions.append(_condition(name, _require_id(name, value)))
    return conditions + holding(words)


def _require_id(name: str, value: str) -> str:
    if not is_id(value):
        raise BadQuery(
            name,
            LazyMessage("A {name} is given by its id: 1 to 64 of a–z, 0–9 and “-”.", name=name),
        )
    return value


def _between(left: str, right: str, *, parts: bool | None) -> Select[tuple[str]]:
    """The claims that both sides answer, whichever of the two the dossier names first."""
    # Two equalities, and not a sorted pair: rows are stored in the order of the dossier's sides.
    found = tables.claim_pairs.c
    same = ((found.left == left) & (found.right == right)) | (
        (found.left == right) & (found.right == left)
    )
    relation = {None: found.relation != "silent", True: found.relation == "conflict"}
    neither = found.relation.in_(("same", "compatible", "not-comparable"))
    return select(found.claim).where(same, relation.get(parts, neither))


def _condition(name: str, value: str) -> ColumnElement[bool]:
    if name not in _NAMED_BESIDE:
        return _CLAIMS[name] == value
    column = _NAMED_BESIDE[name]
    named = select(column.table.c.claim).where(column == value)
    if name == "silent":
        named = named.where(*_SEARCHED_SILENCE)
    if name == "side":
        named = named.where(_SIDES.position.in_(ANSWERING))
    return _CLAIMS.id.in_(named)
