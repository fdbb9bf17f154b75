"""What happened and what was said, by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import and_, distinct, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.values.paging import Page, write_cursor
from app.storage import tables
from app.storage.claims.lists import conditions_of
from app.storage.database.keyset import Order

_CLAIMS = tables.claims.c
_CITATIONS = tables.citations.c
_SPEAKERS = tables.citation_speakers.c
_ENTRIES = tables.register_entries.c
_NAME = "days"


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
        literal("").label("id"),  # not NULL, which neither database compares in a cursor
    ).where(_CLAIMS.dossier == dossier, _CLAIMS.happened_from.is_not(None))
    said = (
        select(_CITATIONS.said_to, literal("said"), _CITATIONS.claim, _CITATIONS.id)
        .join(tables.claims, _CLAIMS.id == _CITATIONS.claim)
        .where(_CLAIMS.dossier == dossier, _CITATIONS.said_to.is_not(None))
    )
    # One order over both: two lists merged in Python would each have to be read up to the cursor.
    days = union_all(happened, said).subquery(_NAME)
    order = Order(_NAME, (days.c.day, days.c.kind, days.c.claim, days.c.id))
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


def cursor_from(day: int) -> str:
    """The cursor of `list_days` for the page that begins with a day, given as its ordinal."""
    return write_cursor(_NAME, (day, "", "", ""))


@dataclass(frozen=True, slots=True)
class SaidOnDay:
    """How many statements were made on a day by a side; None for who is of none.

    Of an imprecise day `first` is the first possible one, None where there is none, and `day` the
    last.
    """

    first: int | None
    day: int
    side: str | None
    count: int


def said_by_day(session: Session, dossier: str) -> list[SaidOnDay]:
    """The dated citations of a dossier, counted by day and by the side of who speaks.

    A joint statement counts for each of its sides, an own voice for its publisher's; what is
    undated counts nowhere.
    """
    # Of one kind for a citation: it has speakers, or its publisher speaks.
    voice = or_(
        and_(_ENTRIES.kind == "speaker", _ENTRIES.id == _SPEAKERS.speaker),
        and_(
            _ENTRIES.kind == "publisher",
            _ENTRIES.id == _CITATIONS.publisher,
            _SPEAKERS.speaker.is_(None),
        ),
    )
    # As one text: SQLite counts no distinct pairs.
    statement = distinct(_CITATIONS.claim + "/" + _CITATIONS.id)
    rows = session.execute(
        select(_CITATIONS.said_from, _CITATIONS.said_to, _ENTRIES.side, func.count(statement))
        .select_from(tables.citations)
        .join(tables.claims, _CLAIMS.id == _CITATIONS.claim)
        .outerjoin(
            tables.citation_speakers,
            and_(_SPEAKERS.claim == _CITATIONS.claim, _SPEAKERS.citation == _CITATIONS.id),
        )
        .outerjoin(tables.register_entries, voice)
        .where(_CLAIMS.dossier == dossier, _CITATIONS.said_to.is_not(None))
        .group_by(_CITATIONS.said_from, _CITATIONS.said_to, _ENTRIES.side)
        .order_by(_CITATIONS.said_to)
    )
    return [SaidOnDay(*row) for row in rows]
