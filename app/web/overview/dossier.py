"""What pages say of a dossier as a whole: how much is disputed, what the record rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.records.claim_filter import STATES
from app.domain.records.registers import Dossier, Registers
from app.drawing.charts.coverage import Coverage
from app.storage.claims.dossier_figures import documents_by_side, extent, positions_by_claim
from app.web.html import urls
from app.web.html.links import Link
from app.web.pictures.coverage import MOST_CLAIMS, coverage
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import figure, in_small
from app.web.wording.record_text import name_of


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column of the matrix; `rank` is the side's place in the dossier's order, 0 for others."""

    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many claims stand in one state, or in all of them; `url` leads to these."""

    number: int
    name: str
    url: str
    is_whole: bool = False


def covered(
    session: Session, dossier: Dossier, registers: Registers, states: Mapping[str, int]
) -> Coverage | None:
    """Which side speaks of which claim, where there are not too many to draw."""
    if not 0 < sum(states.values()) <= MOST_CLAIMS:
        return None
    return coverage(
        positions_by_claim(session, dossier.id),
        {side: name_of(registers.sides[side]) for side in dossier.sides},
        {
            side: {
                "answers": urls.dossier(dossier.id, {"side": side}),
                "searched": urls.across("blindspots", dossier.id),
            }
            for side in dossier.sides
        },
    )


def across_links(dossier: str) -> list[Link]:
    """The views across the claims of a dossier."""
    return [
        Link(urls.across("compare", dossier), _("Two sides compared")),
        Link(urls.across("losses", dossier), _("Losses")),
        Link(urls.across("timeline", dossier), _("Timeline")),
        Link(urls.across("map", dossier), _("Map")),
        Link(urls.across("blindspots", dossier), _("Blind spots")),
    ]


def headline(counts: Mapping[str, int]) -> str:
    """How many claims there are, and in which states: what a reader wants to know first."""
    total = sum(counts.values())
    if not total:
        return _("No claim is on record yet.")
    parts = [
        _("%(count)s %(state)s")
        % {"count": figure(counts[state]), "state": in_small(terms.state(state).name)}
        for state in STATES
        if counts.get(state)
    ]
    told = ngettext("%(count)s claim: %(states)s.", "%(count)s claims: %(states)s.", total)
    return told % {"count": figure(total), "states": ", ".join(parts)}


def tally(counts: Mapping[str, int], dossier: str, known_on: str = "") -> list[Counted]:
    """How many claims there are, and in which states, each number with a link to them."""
    total = sum(counts.values())
    if not total:
        return []
    name = ngettext("claim", "claims", total)
    whole = Counted(total, name, urls.dossier(dossier, {"as_known_on": known_on}), is_whole=True)
    found = [
        Counted(
            counts[state],
            terms.state(state).name,
            urls.dossier(dossier, {"state": state, "as_known_on": known_on}),
        )
        for state in STATES
        if counts.get(state)
    ]
    return [whole, *found]


def side_columns(dossier: Dossier, registers: Registers) -> list[SideColumn]:
    """The columns of a dossier's matrix: its sides in their order, then the others."""
    named = [
        SideColumn(rank, name_of(registers.sides[side]))
        for rank, side in enumerate(dossier.sides, start=1)
    ]
    return [*named, SideColumn(0, _("Others"))]


def basis(session: Session, dossier: Dossier, registers: Registers) -> str:
    """What the record rests on, and how little of it comes from some sides."""
    rests_on = extent(session, dossier.id)
    documents = ngettext("%d document", "%d documents", rests_on.documents) % rests_on.documents
    publishers = (
        ngettext("%d publisher", "%d publishers", rests_on.publishers) % rests_on.publishers
    )
    cited = documents_by_side(session, dossier.id)
    shares = ", ".join(
        _("%(side)s %(count)s")
        % {
            "side": name_of(registers.sides[side]),
            "count": figure(cited[side]) if cited.get(side) else _("none"),
        }
        for side in dossier.sides
    )
    citations = ngettext("%d citation", "%d citations", rests_on.citations) % rests_on.citations
    return _(
        "The record rests on %(citations)s from %(documents)s of %(publishers)s. "
        "Documents from publishers of the compared sides: %(shares)s."
    ) % {
        "citations": citations,
        "documents": documents,
        "publishers": publishers,
        "shares": shares,
    }
