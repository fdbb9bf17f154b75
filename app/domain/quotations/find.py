"""Whether, and where, quoted words are on a page, as whole words and whole numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from app.domain.quotations.folding import BORDER, BREAK, fold
from app.domain.quotations.marks import is_struck
from app.domain.quotations.pages import Page, Selector
from app.domain.quotations.words import cuts

# Bounds the work on a page that is made of cut occurrences; no page of news has so many.
_MAX_CANDIDATES = 3_000
# A word that occurs more often leads nowhere quickly; then folding the whole page is cheaper.
_MAX_QUICK_TRIES = 8
_MAX_QUICK_LENGTH = 1_000
_AROUND = 24
# As much as shows that no number runs on: “two hundred and thirty-four thousand square metres”.
_MARGIN = 48
_WORD = re.compile(r"\w+")
_COMPOUND = re.compile(rf"[\w'{BREAK}-]+")


def stands_in(quote: str, page: str) -> bool:
    """Whether a folded quotation is in a folded text; an empty one is nowhere."""
    return next(whole_places(quote, Page(page, reading="given")), None) is not None


def find_place(quote: str, page: Page, near: Selector | None) -> tuple[int, int] | None:
    """Where in the page's text a folded quotation is, or None.

    Of several places the one is taken whose surroundings agree best with those of `near`, and
    without it the first.
    """
    if not quote:
        return None
    if quick := _quick_place(quote, page, near):
        return quick
    places = whole_places(quote, page)
    best = next(places, None) if near is None else best_near(places, page.folded, near)
    return page.place(*best) if best else None


def find_selected(selector: Selector, page: Page) -> tuple[tuple[int, int] | None, Page]:
    """Where in the page's text selected words are, or None; and the page as it is read there."""
    exact = fold(selector.exact)
    if (place := find_place(exact, page, selector)) is not None:
        return place, page
    for reading in page.uncorrected:
        if (place := find_struck(exact, reading, selector)) is not None:
            return place, reading
    return None, page


def find_struck(quote: str, reading: Page, near: Selector | None) -> tuple[int, int] | None:
    """Where in the text of a page, read with what it strikes out, a quotation needs such words."""
    if not quote:
        return None
    places = (
        place
        for place in whole_places(quote, reading)
        if is_struck(reading.text, *reading.place(*place))
    )
    best = next(places, None) if near is None else best_near(places, reading.folded, near)
    return reading.place(*best) if best else None


def best_near(
    places: Iterator[tuple[int, int]], folded: str, near: Selector
) -> tuple[int, int] | None:
    """The first of the places whose surroundings agree most with the selector's."""
    prefix, suffix = fold(near.prefix), fold(near.suffix)
    best, most = None, -1
    for start, end in places:
        before = folded[max(start - 2 * _AROUND, 0) : start].rstrip()
        after = folded[end : end + 2 * _AROUND].lstrip()
        agreed = _alike(prefix[::-1], before[::-1]) + _alike(suffix, after)
        if agreed > most:
            best, most = (start, end), agreed
        if agreed == len(prefix) + len(suffix):
            break
    return best


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def whole_places(quote: str, page: Page) -> Iterator[tuple[int, int]]:
    """Where a folded quotation is in the folded page, as whole words and whole numbers."""
    text = page.bordered
    for start, end in islice(_places(quote, page.folded, page.divided), _MAX_CANDIDATES):
        if not cuts(text, start) and not cuts(text, end) and not _joins(page, start, end):
            yield start, end


def _joins(page: Page, start: int, end: int) -> bool:
    """Whether the words make one word or number of what is in two blocks of the page."""
    # Two cells “24” and “000” are no “24 000”, but a quotation may go on from line to line.
    border = page.bordered.find(BORDER, start, end)
    while border >= 0:
        if cuts(page.folded[start:end], border - start):
            return True
        border = page.bordered.find(BORDER, border + 1, end)
    return False


def _places(
    quote: str, page: str, divided: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, int]]:
    # Most pages divide no word at a line's end; for them `str.find` does, five times as quick as a
    # pattern.
    words = _COMPOUND.findall(quote) if divided else ()
    if BREAK in quote or any(word in divided for word in words):
        yield from _places_of_divided(quote, page, divided)
        return
    start = page.find(quote) if quote else -1
    while start >= 0:
        yield start, start + len(quote)
        start = page.find(quote, start + 1)


def _places_of_divided(
    quote: str, page: str, divided: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Places where words of the quotation may be divided at the end of a line, or are not."""

    def spellings(word: re.Match[str]) -> str:
        meant = {word[0].replace(BREAK, "-"), word[0].replace(BREAK, "")}
        ways = sorted(meant.union(*(divided.get(each, frozenset()) for each in meant)))
        return f"(?:{'|'.join(map(re.escape, ways))})"

    parts = re.split(f"({_COMPOUND.pattern})", quote)
    pattern = re.compile(
        "".join(
            _COMPOUND.sub(spellings, part) if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
    )
    found = pattern.search(page)
    while found:
        yield found.span()
        # From the next character, not from the end of the last match: places may overlap.
        found = pattern.search(page, found.start() + 1)


def _quick_place(quote: str, page: Page, near: Selector | None) -> tuple[int, int] | None:
    """The place, where the quotation's longest word leads straight to it, without folding all.

    Each place of that word is judged with its surroundings alone; these must reach far enough to
    tell that nothing is cut, and be those of `near`.
    """
    words = _WORD.finditer(quote) if len(quote) <= _MAX_QUICK_LENGTH else iter(())
    anchor, *others = sorted(words, key=lambda word: -len(word[0]))[:3] or (None,)
    if anchor is None:
        return None
    at = page.text.find(anchor[0])
    for _ in range(_MAX_QUICK_TRIES):
        if at < 0:
            return None
        first = max(at - 2 * anchor.start() - 4 * _AROUND, 0)
        last = at + 2 * (len(quote) - anchor.start()) + 4 * _AROUND
        # Most places of a common word are told by the next longest words not being near.
        if all(page.text.find(word[0], first, last) >= 0 for word in others):
            window = page.part(first, last)
            if found := _inner_place(quote, window, first == 0, last >= len(page.text)):
                place = first + found[0], first + found[1]
                if near is None or _has_surroundings(page.select(*place), near):
                    return place
        at = page.text.find(anchor[0], at + 1)
    return None


def _has_surroundings(one: Selector, other: Selector) -> bool:
    return (one.prefix, one.suffix) == (other.prefix, other.suffix)


def _inner_place(quote: str, window: Page, begins: bool, ends: bool) -> tuple[int, int] | None:
    length = len(window.bordered)
    for start, end in whole_places(quote, window):
        if (begins or start >= _MARGIN) and (ends or length - end >= _MARGIN):
            return window.place(start, end)
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """Words with the text before and after them; joined it is the page's text."""

    before: str
    exact: str
    after: str


def context_of(page: str | Page, selector: Selector, most: int = 300) -> Context:
    """The selected words with as much around them as fits into `most` characters in all.

    What is cut is cut between words. Words longer than that are alone and cut at the end;
    words that the page no longer has come with what the selector knows of their surroundings.
    """
    page = Page(page) if isinstance(page, str) else page
    place, page = find_selected(selector, page)
    if place is None:
        before, exact, after = selector.prefix, selector.exact, selector.suffix
    else:
        start, end = place
        # Twice as much as is shown, since tidying collapses white space.
        before = page.shown(max(start - 2 * most, 0), start)
        exact = page.shown(start, end)
        after = page.shown(end, end + 2 * most)
    # The quoted words matter more than what is around them: they get all the room before the rest
    # gets any.
    if len(exact) >= most:
        return Context("", _first(exact, most), "")
    room = most - len(exact)
    half = room // 2
    left = max(half, room - len(after))
    before = _last(before, min(left, room))
    return Context(before, exact, _first(after, room - len(before)))


def _first(text: str, most: int) -> str:
    """The whole words at the beginning that fit."""
    if len(text) <= most:
        return text
    return text[: text.rfind(" ", 0, most + 1) + 1].rstrip()


def _last(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    at = text.find(" ", len(text) - most - 1)
    return text[at:].lstrip() if at >= 0 else ""
