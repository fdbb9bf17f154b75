"""Places that go by exactly the name that was typed: with their names by side, and their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.registers import Place
from app.domain.search.query import Query
from app.queries.search import OnRecord
from app.storage.claims.lists import list_claims
from app.storage.search.ranking import Found
from app.web.claims.places import place_view
from app.web.html import urls
from app.web.search.passages import Passage, title
from app.web.search.results import is_named
from app.web.wording import terms
from app.web.wording.locale import ngettext
from app.web.wording.record_text import Written

_CLAIMS = 3


@dataclass(frozen=True, slots=True)
class CardNames:
    """What one side calls a place."""

    by: str
    names: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class CardClaim:
    """A claim about a place."""

    url: str
    question: str
    state: terms.Term


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place that was named; where several were, with the first of its claims to tell it by."""

    id: str
    url: str
    name: Passage
    names: tuple[CardNames, ...]
    told: str
    claims: tuple[CardClaim, ...]


def place_cards(
    session: Session, query: Query, record: OnRecord, items: Sequence[Found]
) -> tuple[PlaceCard, ...]:
    """The places among what was found that have this very name."""
    found = [record.places[f.id] for f in items if f.kind == "place" and f.id in record.places]
    named = [place for place in found if is_named(place, query)]
    shown = _CLAIMS if len(named) > 1 else 0
    return tuple(_card(session, query, record, place, shown) for place in named)


def _card(session: Session, query: Query, record: OnRecord, place: Place, shown: int) -> PlaceCard:
    page = list_claims(session, ClaimFilter(place=place.id), limit=max(shown, 1))
    view = place_view(place, record.registers)
    total = page.total or len(page.items)
    return PlaceCard(
        id=place.id,
        url=view.url,
        name=title(place.name, query),
        names=tuple(
            CardNames(group.by, tuple(title(name, query, tag) for name, tag in group.names))
            for group in view.names
        ),
        told=ngettext("%d claim about this place", "%d claims about this place", total) % total,
        claims=tuple(
            CardClaim(urls.claim(item.id), Written(item.question), terms.state(item.state))
            for item in page.items[:shown]
        ),
    )
