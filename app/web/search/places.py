"""Places that go by exactly the name that was typed: with their names by side, and their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.records.registers import Registers
from app.domain.search.query import Query
from app.queries.search import NamedPlace
from app.web.claims.places import place_view
from app.web.html import urls
from app.web.search.passages import Passage, title
from app.web.wording import terms
from app.web.wording.locale import ngettext
from app.web.wording.record_text import RecordText


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
    """A place of the very name that was typed; its first claims tell it from a namesake."""

    id: str
    url: str
    name: Passage
    names: tuple[CardNames, ...]
    claim_count: str
    claims: tuple[CardClaim, ...]


def place_cards(
    places: Sequence[NamedPlace], query: Query, registers: Registers
) -> tuple[PlaceCard, ...]:
    """The places that have the very name that was typed."""
    return tuple(_card(named, query, registers) for named in places)


def _card(named: NamedPlace, query: Query, registers: Registers) -> PlaceCard:
    place, total = named.place, named.total
    view = place_view(place, registers)
    return PlaceCard(
        id=place.id,
        url=view.url,
        name=title(place.name, query),
        names=tuple(
            # By side: the reader sees whose spelling was typed, and what the others call the place.
            CardNames(group.by, tuple(title(name, query, tag) for name, tag in group.names))
            for group in view.names
        ),
        claim_count=ngettext("%d claim about this place", "%d claims about this place", total)
        % total,
        claims=tuple(
            CardClaim(urls.claim(c.id), RecordText(c.question), terms.state(c.comparison.state))
            for c in named.claims
        ),
    )
