"""Kinds of results: how many there are of each, in words, and where each is listed."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.records.kinds import FOUND_KINDS, FoundKind
from app.domain.records.search_results import MAX_RANKED, ResultCounts, SearchResult, total_of
from app.domain.values.paging import Page
from app.web.html import urls
from app.web.html.urls import Link
from app.web.wording import kind_names
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import figure


@dataclass(frozen=True, slots=True)
class KindLink:
    """A kind of thing with how many were found; `count` is in words."""

    url: str
    name: str
    count: str
    chosen: bool


def total_in_words(typed: str, chosen: FoundKind | None, counts: ResultCounts) -> str:
    """How much was found, of the chosen kind or of all."""
    wanted = counts[chosen] if chosen else total_of(list(counts.values()))
    if wanted is None:
        return _("More than 10,000 results for “%(words)s”.") % {"words": typed}
    found = ngettext("%(n)d result for “%(words)s”.", "%(n)d results for “%(words)s”.", wanted)
    return found % {"n": wanted, "words": typed}


def none(chosen: FoundKind | None, counts: ResultCounts) -> str:
    """Why nothing is listed: no such words on record, or none of the chosen kind."""
    # A count is None above 10,000, hence no test for truth.
    if chosen and any(count != 0 for count in counts.values()):
        return _("Nothing of this kind contains all of these words; see what does under “All”.")
    return _("Nothing on record contains all of these words.")


def bounded(counts: ResultCounts) -> str:
    """That not all of it is listed, where that is so."""
    # To rank a common word over a million texts takes most of a second
    # (docs/decisions/2026-11-22-search.md), so only the first of each kind are ranked and listed.
    if all(count is not None and count <= MAX_RANKED for count in counts.values()):
        return ""
    return _(
        "Of each kind the first %(most)s on record are listed, the best of them first; "
        "another word finds fewer."
    ) % {"most": figure(MAX_RANKED)}


def kind_links(typed: str, chosen: FoundKind | None, counts: ResultCounts) -> tuple[KindLink, ...]:
    """Everything, then each kind of which something was found."""
    total = _in_words(total_of(list(counts.values())))
    everything = KindLink(urls.search({"q": typed}), _("All"), total, chosen is None)
    links = [
        KindLink(
            of_kind(typed, kind), kind_names.heading(kind), _in_words(counts[kind]), chosen == kind
        )
        for kind in FOUND_KINDS
        # The chosen kind has its link even without a result: it says what the list is narrowed to.
        if counts[kind] != 0 or chosen == kind
    ]
    return (everything, *links) if links else ()


def more(typed: str, kind: FoundKind, page: Page[SearchResult]) -> Link | None:
    """Where all of a kind are listed, unless the page has them."""
    if not page.next_cursor:
        return None
    if page.total is None:
        return Link(of_kind(typed, kind), _("All of them, more than 10,000"))
    return Link(of_kind(typed, kind), ngettext("All %d", "All %d", page.total) % page.total)


def of_kind(typed: str, kind: FoundKind, after: str = "") -> str:
    """Where one kind is listed."""
    return urls.search({"q": typed, "kind": kind, "after": after})


def _in_words(count: int | None) -> str:
    return _("over 10,000") if count is None else figure(count)
