"""The quote check: whether quoted words are on a page, and how they differ if they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.quotations.differences import Difference, reworded
from app.domain.quotations.find import find_place, find_struck, stands_in
from app.domain.quotations.folding import fold
from app.domain.quotations.marks import struck_near
from app.domain.quotations.nearest import find_cut, nearest
from app.domain.quotations.pages import Page, Selector
from app.domain.quotations.parts import Parts, find_parts, parts_of

Verdict = Literal["verbatim", "altered", "missing", "struck-out"]


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of a quotation on a page.

    `verbatim`: it is there, letter for letter but for what is ignored. `altered`: a passage
    is there that is it, reworded; `differences` sets the two against each other. `struck-out`:
    it is there with words that the page itself strikes out; where others stand in their place, with
    `differences`. `missing`: none of these. `selector`
    is where; None where missing. `passed_over` are the parts of the quotation that the page does
    not have and that say so themselves, as the quotation writes them: `[sic]`, `[the troops]`,
    `[…]`.
    """

    verdict: Verdict
    selector: Selector | None
    differences: tuple[Difference, ...]
    passed_over: tuple[str, ...] = ()


def check_quote(quote: str, page: str | Page, near: Selector | None = None) -> QuoteCheck:
    """Check a quotation against a page's text, whose blocks are on lines of their own.

    Any two texts give a check. `near` is where the words were at an earlier check: of several
    places the one with the same surroundings is taken, else the first.
    """
    page = Page(page) if isinstance(page, str) else page
    folded = fold(quote)
    # Exact words first: `bench.quotations` has 0.3 ms for them and 1.3 ms for a page without
    # them, and most quotations are exact.
    place = find_place(folded, page, near)
    if place is not None:
        return QuoteCheck("verbatim", page.select(*place), ())
    parts = parts_of(quote)
    if parts is not None and (place := find_parts(parts, page, near)):
        return QuoteCheck("verbatim", page.select(*place), (), parts.passed_over)
    if (check := _check_struck(folded, parts, page, near)) is not None:
        return check
    passage = nearest(folded, page) or find_cut(folded, page)
    if passage is None:
        return QuoteCheck("missing", None, ())
    start, end = page.place(*passage)
    # Against the page's own text, not the folded one: a reader sees what the page prints.
    differences = reworded(quote, page.read(start, end), blocks=page.blocks)
    verdict: Verdict = "struck-out" if _quotes_struck(differences, page, start, end) else "altered"
    return QuoteCheck(verdict, page.select(start, end), differences)


def _quotes_struck(differences: Sequence[Difference], page: Page, start: int, end: int) -> bool:
    """Whether all that only the quotation has is struck out in its place, word by word.

    Most pages put the new word directly after the old, and mark the old one alone.
    """
    quoted = [fold(each.text) for each in differences if each.kind == "quoted"]
    struck = fold(struck_near(page.text, start, end))
    return bool(quoted) and all(each and stands_in(each, struck) for each in quoted)


def _check_struck(
    folded: str, parts: Parts | None, page: Page, near: Selector | None
) -> QuoteCheck | None:
    """The check of a quotation that is on the page with words that the page strikes out."""
    for reading in page.uncorrected:
        if place := find_struck(folded, reading, near):
            return QuoteCheck("struck-out", reading.select(*place), ())
        if parts and (place := find_parts(parts, reading, near, struck=True)):
            return QuoteCheck("struck-out", reading.select(*place), (), parts.passed_over)
    return None
