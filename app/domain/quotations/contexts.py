"""What stands around quoted words on their page, for people to read."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.quotations.folding import fold, tidy
from app.domain.quotations.pages import Page, Selector
from app.domain.quotations.standing import find_place


@dataclass(frozen=True, slots=True)
class Context:
    """Words with what stands before and after them; put together it is the page's text."""

    before: str
    exact: str
    after: str


def context_of(page: str | Page, selector: Selector, most: int = 300) -> Context:
    """The selected words with as much around them as fits into `most` characters in all.

    What is cut is cut between words. Words longer than that stand alone and are cut at the end;
    words that the page no longer has come with what the selector knows of their surroundings.
    """
    page = Page(page) if isinstance(page, str) else page
    place = find_place(fold(selector.exact), page, selector)
    if place is None:
        before, exact, after = selector.prefix, selector.exact, selector.suffix
    else:
        start, end = place
        before = tidy(page.text[max(start - 2 * most, 0) : start])
        exact = tidy(page.text[start:end])
        after = tidy(page.text[end : end + 2 * most])
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
