"""Where in a text the words of a query are, and a piece of the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.search.query import Query, Term
from app.domain.search.words import words, words_in

_BEFORE = 0.25  # of a piece's length, how much precedes the first word that was found


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text as it was written; `is_hit` where the query asked for it."""

    text: str
    is_hit: bool = False


def mark(text: str, query: Query) -> tuple[Stretch, ...]:
    """The whole text in stretches, those that the query asked for marked."""
    return tuple(_stretches(text, 0, len(text), _hits(text, query)))


def held(text: str, query: Query) -> frozenset[Term]:
    """Which of the query's terms are in the text."""
    found = words(text)
    return frozenset(term for term in query.terms if next(_places(found, term), None) is not None)


def snippet(text: str, query: Query, length: int = 240) -> tuple[Stretch, ...]:
    """About `length` letters of a text around the first words that the query asked for.

    It begins and ends between words; an ellipsis says where something was left out.
    """
    hits = _hits(text, query)
    if len(text) <= length:
        return tuple(_stretches(text, 0, len(text), hits))
    first = hits[0][0] if hits else 0
    start = _after_space(text, max(0, min(first - int(length * _BEFORE), len(text) - length)))
    end = _before_space(text, min(len(text), start + length))
    inside = list(_stretches(text, start, end, hits))
    before = [Stretch("… ")] if start else []
    after = [Stretch(" …")] if end < len(text) else []
    return (*before, *inside, *after)


def _hits(text: str, query: Query) -> list[tuple[int, int]]:
    """Where in the text something is that was searched for: disjoint, in order."""
    found = list(words_in(text))
    texts = [word.text for word in found]
    spans = sorted(
        (found[last + 1 - len(term.words)].start, found[last].end)
        for term in query.terms
        for last in _places(texts, term)
    )
    return _merged(spans)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _places(found: Sequence[str], term: Term) -> Iterator[int]:
    """At which words of a text the term ends."""
    *before, last = term.words
    for place in range(len(before), len(found)):
        word = found[place]
        fits = word.startswith(last) if term.begins else word == last
        if fits and list(found[place - len(before) : place]) == before:
            yield place


def _stretches(
    text: str, start: int, end: int, hits: Iterable[tuple[int, int]]
) -> Iterator[Stretch]:
    here = start
    for first, last in hits:
        first, last = max(first, here), min(last, end)
        # Hits are sorted, so one that lies before the snippet or within the hit before it is
        # already behind.
        if first >= last:
            continue
        if first > here:
            yield Stretch(text[here:first])
        yield Stretch(text[first:last], is_hit=True)
        here = last
    if here < end:
        yield Stretch(text[here:end])


def _after_space(text: str, place: int) -> int:
    """The beginning of the next word, unless it is far."""
    if place == 0:
        return 0
    # Not farther: a language without spaces, or an address, would leave nothing of the piece.
    space = text.find(" ", place, place + 30)
    return place if space < 0 else space + 1


def _before_space(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - 30, place)
    return place if space < 0 else space
