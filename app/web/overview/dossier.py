"""What pages say of a dossier as a whole: how much is disputed, what the record rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.records.claim_filter import STATES
from app.domain.records.registers import Dossier, Registers
from app.drawing.charts.coverage import Coverage
from app.queries import dossiers
from app.web.html import urls
from app.web.html.urls import Link
from app.web.pictures.coverage import coverage
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import figure, in_small, percent
from app.web.wording.record_text import name_of


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column of the matrix; `rank` is the side's place in the dossier's order, 0 for others."""

    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many claims are in one state, or in all of them; `url` leads to these."""

    number: int
    name: str
    url: str
    is_whole: bool = False


def coverage_picture(found: dossiers.Coverage, dossier: Dossier, registers: Registers) -> Coverage:
    """Which side speaks of which claim, with links to the lists of those."""
    return coverage(
        found,
        {side: name_of(registers.sides[side]) for side in dossier.sides},
        {
            side: {
                # Only these two have a list of exactly the claims counted; no filter selects the
                # others.
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
        # States are capitalised, as they begin a line everywhere else.
        % {"count": figure(counts[state]), "state": in_small(terms.state(state).name)}
        for state in STATES
        if counts.get(state)
    ]
    words = ngettext("%(count)s claim: %(states)s.", "%(count)s claims: %(states)s.", total)
    return words % {"count": figure(total), "states": ", ".join(parts)}


def tally(counts: Mapping[str, int], dossier: str, known_on: str = "") -> list[Counted]:
    """How many claims there are, and in which states, each number with a link to them."""
    total = sum(counts.values())
    # Pages then show the headline, which says so in words, and no row of noughts.
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


def basis(found: dossiers.Basis, dossier: Dossier, registers: Registers) -> str:
    """What the record rests on, and how little of it comes from some sides."""
    shares = ", ".join(
        _("%(side)s %(count)s")
        # “none” rather than 0: that nothing was read from a side is the point of the sentence.
        % {"side": name_of(registers.sides[side]), "count": figure(number) if number else _("none")}
        for side in dossier.sides
        for number in [found.documents_by_side.get(side, 0)]
    )
    sentences = [
        _(
            "The record rests on %(citations)s from %(documents)s of %(publishers)s. "
            "Documents from publishers of the compared sides: %(shares)s."
        )
        % {
            "citations": ngettext("%d citation", "%d citations", found.citations) % found.citations,
            "documents": ngettext("%d document", "%d documents", found.documents) % found.documents,
            "publishers": ngettext("%d publisher", "%d publishers", found.publishers)
            % found.publishers,
            "shares": shares,
        }
    ]
    if found.most_cited:
        cited = ", ".join(
            f"{publisher.name} ({terms.publisher_kind(publisher.kind)}) "
            f"{percent(number / found.citations)}"
            for publisher, number in found.most_cited
        )
        sentences.append(_("Most cited: %(publishers)s.") % {"publishers": cited})
    return " ".join(sentences)
