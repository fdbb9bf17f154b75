"""Where in a text the words of a query are, and a piece of the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.search.query import Query, Term
from app.domain.search.sounds import may_be_name, sounds
from app.domain.search.words import words_in

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
    found = _words(text)
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


@dataclass(frozen=True, slots=True)
class _Written:
    """A word as it is compared, as it was written, and where it is."""

    text: str
    written: str
    start: int
    end: int


def _words(text: str) -> list[_Written]:
    return [
        _Written(word.text, text[word.start : word.end], word.start, word.end)
        for word in words_in(text)
    ]


def _hits(text: str, query: Query) -> list[tuple[int, int]]:
    """Where in the text something is that was searched for: disjoint, in order."""
    found = _words(text)
    spans = sorted(
        (found[first].start, found[last].end)
        for term in query.terms
        for first, last in _places(found, term)
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


def _places(found: Sequence[_Written], term: Term) -> Iterator[tuple[int, int]]:
    """The first and the last of the words of a text at which the term is."""
    for form in term.forms:
        yield from _spelled_at(found, form, begins=term.begins)
    for keys in term.sounds:
        for place, word in enumerate(found):
            # As in the index: only names are found by their sound.
            if may_be_name(word.written) and keys & sounds(word.written):
                yield place, place


def _spelled_at(
    found: Sequence[_Written], form: tuple[str, ...], *, begins: bool
) -> Iterator[tuple[int, int]]:
    *before, last = form
    for place in range(len(before), len(found)):
        word = found[place].text
        fits = word.startswith(last) if begins else word == last
        if fits and [one.text for one in found[place - len(before) : place]] == before:
            yield place - len(before), place


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
