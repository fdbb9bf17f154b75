"""What happened and what was said, by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.claims.lists import ClaimFilter, conditions_of
from app.storage.paging import Order, Page

_CLAIMS = tables.claims.c
_CITATIONS = tables.citations.c


@dataclass(frozen=True, slots=True)
class OnDay:
    """A claim that happened, or a citation (`id`) that was said, on a day given as its ordinal.

    An imprecise day counts from its first one for what happened, from its last one for what was
    said.
    """

    day: int
    kind: Literal["happened", "said"]
    claim: str
    id: str


def list_days(
    session: Session, dossier: str, *, limit: int = 100, cursor: str | None = None
) -> Page[OnDay]:
    """All that has a day in a dossier, oldest first.

    Within a day what happened comes before what was said. Raises `BadQuery` for a limit out of
    bounds or a cursor that is not this list's.
    """
    happened = select(
        _CLAIMS.happened_from.label("day"),
        literal("happened").label("kind"),
        _CLAIMS.id.label("claim"),
        literal("").label("id"),
    ).where(_CLAIMS.dossier == dossier, _CLAIMS.happened_from.is_not(None))
    said = (
        select(_CITATIONS.said_to, literal("said"), _CITATIONS.claim, _CITATIONS.id)
        .join(tables.claims, _CLAIMS.id == _CITATIONS.claim)
        .where(_CLAIMS.dossier == dossier, _CITATIONS.said_to.is_not(None))
    )
    days = union_all(happened, said).subquery("days")
    order = Order("days", (days.c.day, days.c.kind, days.c.claim, days.c.id))
    columns = (days.c.day, days.c.kind, days.c.claim, days.c.id)
    rows = session.execute(order.cut(select(*columns), limit, cursor)).all()
    return Page(
        items=tuple(OnDay(*row) for row in rows[:limit]),
        next_cursor=order.cursor_after(rows[limit - 1]) if len(rows) > limit else None,
        total=session.scalar(select(func.count()).select_from(days)),
    )


def neighbouring_days(
    session: Session, where: ClaimFilter, day: int | None
) -> tuple[int | None, int | None]:
    """The last day before a day, and the first after it, on which something was said.

    Of the claims that pass the filter, as ordinals; an interval counts from its last day. Without
    a day the last of all, and none after it. Reads every citation of these claims.
    """
    said = _CITATIONS.said_to
    among = _CITATIONS.claim.in_(select(_CLAIMS.id).where(*conditions_of(where)))
    before = select(func.max(said)).where(among)
    if day is None:
        return session.scalar(before), None
    after = select(func.min(said)).where(among, said > day)
    return session.scalar(before.where(said < day)), session.scalar(after)
