"""The control of an overview that asks for a day: a field, and links to days of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.dates import Day
from app.storage.claims import ClaimFilter
from app.storage.days import neighbouring_days
from app.web import urls
from app.web.i18n import gettext as _
from app.web.pages.filters import ListQuery
from app.web.pages.links import Link
from app.web.views.dates import day_view

_LAST_YEAR = 9999  # what can be written as YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class KnownDays:
    """What stands in the field, what is wrong with it, and where else one can go.

    `kept` are the further parameters of the address, which the form sends along.
    """

    typed: str
    wrong: str
    kept: Sequence[tuple[str, str]]
    previous: Link | None
    following: Link | None
    now_url: str


def known_days(
    session: Session,
    where: ClaimFilter,
    query: ListQuery,
    dossier: str,
    *,
    day: Day | None,
    wrong: str,
    with_links: bool,
) -> KnownDays:
    """The control for a list, with links to days of statements where a dated list can be made."""
    before = after = None
    said = replace(where, state=None, flag=None, side=None)
    if with_links:
        before, after = neighbouring_days(session, said, day.ordinal if day else None)
    return KnownDays(
        typed=query.as_known_on or "",
        wrong=wrong,
        kept=sorted(query.parameters("as_known_on").items()),
        previous=_link(query, dossier, before),
        following=_link(query, dossier, after),
        now_url=urls.dossier(dossier, query.parameters("as_known_on")),
    )


def _link(query: ListQuery, dossier: str, ordinal: int | None) -> Link | None:
    day = Day.at(ordinal) if ordinal is not None else None
    if day is None or not 0 <= day.year <= _LAST_YEAR:
        return None
    view = day_view(day.isoformat())
    address = urls.dossier(dossier, query.parameters() | {"as_known_on": day.isoformat()})
    return Link(address, view.words if view else _("undated"))
