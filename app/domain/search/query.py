"""What a reader types into a search, taken apart. There is no other syntax than quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain.search.sounds import sounds
from app.domain.search.words import words, words_in
from app.errors import BadQuery, LazyMessage

MAX_LETTERS = 300
MAX_WORDS = 20
SHORTEST_BEGINNING = 3

_MARKS = re.compile('["“”„‟«»＂]')


# Somebody who types spaces, points or apostrophes between the digits of a number means the number.
_GROUPED = re.compile(
    "(?<![\\d.,])\\d{1,3}(?:[ .,\u00a0\u202f\u2007\u2009'’]\\d{3})+(?![\\d.,]?\\d)"
)
_NO_DIGIT = re.compile(r"\D")
_THREE_DIGITS = re.compile(r"\d(?=(?:\d{3})+$)")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are next to each other; where it `begins` a word, the last may go on.

    `sounds` are the keys of each word, by which names are found that are spelled otherwise; a word
    that has none is found as it is, and without any the term is.
    """

    words: tuple[str, ...]
    begins: bool
    sounds: tuple[frozenset[str], ...] = ()

    @property
    def exactly(self) -> Term:
        """The same words, each whole and spelled so."""
        return Term(self.words, begins=False)

    @property
    def spelled(self) -> Term:
        """The same words or what begins with them, spelled so."""
        return replace(self, sounds=())

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The words, and how else a text may have them: `2783` may be `2 783` there.

        A text has both where a space is between its digits, as they may as well be two numbers.
        """
        grouped = tuple(part for word in self.words for part in _by_threes(word))
        return (self.words,) if grouped == self.words else (self.words, grouped)


@dataclass(frozen=True, slots=True)
class Query:
    """What a text has to contain: every one of these terms, in any order. There is at least one."""

    terms: tuple[Term, ...]

    @property
    def exactly(self) -> Query:
        """The same, but no word may go on after what was typed, or be spelled otherwise."""
        return Query(tuple(dict.fromkeys(term.exactly for term in self.terms)))

    @property
    def spelled(self) -> Query:
        """The same, but no word may be spelled otherwise."""
        return Query(tuple(dict.fromkeys(term.spelled for term in self.terms)))

    @property
    def words(self) -> tuple[str, ...]:
        """Every word in order."""
        return tuple(word for term in self.terms for word in term.words)


def query_of(text: str) -> Query | None:
    """What was typed, read as a query; None for nothing but white space.

    Words in quotation marks occur in that order, whole. Any other word is searched for as the
    beginning of a word too, if it has three letters and is no number, and as a name that sounds so.
    What is written without a space (`T-72`, `Nagorno-Karabakh`, an address) is searched for side by
    side, and so are the digits of a number (`2 783`). Raises `BadQuery` where it is too long, or
    has neither letter nor digit.
    """
    if len(text) > MAX_LETTERS:
        raise BadQuery(
            "q",
            LazyMessage(
                "A search may have {most} letters; this one has {count}.",
                most=MAX_LETTERS,
                count=len(text),
            ),
        )
    if not text.split():
        return None
    terms = tuple(dict.fromkeys(_terms(text)))
    if not terms:
        raise BadQuery(
            "q",
            LazyMessage("A search needs a letter or a digit; punctuation is not searched for."),
        )
    if len(terms) > MAX_WORDS:
        raise BadQuery(
            "q",
            LazyMessage(
                "A search may have {most} words; this one has {count}.",
                most=MAX_WORDS,
                count=len(terms),
            ),
        )
    return Query(terms)


def _terms(text: str) -> list[Term]:
    """The terms of a text; a quotation mark without its partner is passed over."""
    parts = _MARKS.split(_GROUPED.sub(lambda number: _NO_DIGIT.sub("", number[0]), text))
    # With an odd number of marks the last one opens nothing: people type inches and forget to
    # close.
    closed = len(parts) - 1 if len(parts) % 2 else len(parts) - 2
    terms = []
    for place, part in enumerate(parts):
        if place % 2 and place <= closed:
            terms.append(Term(tuple(words(part)), begins=False))
        else:
            terms += [_loose(word) for word in part.split()]
    return [term for term in terms if term.words]


def _loose(typed: str) -> Term:
    found = list(words_in(typed))
    last = found[-1].text if found else ""
    # Not remembered: strangers' words would take 50 MB, and each is asked for once.
    keys = tuple(sounds.__wrapped__(typed[word.start : word.end]) for word in found)
    return Term(
        tuple(word.text for word in found),
        begins=len(last) >= SHORTEST_BEGINNING and not last.isdigit(),
        sounds=keys if any(keys) else (),
    )


def _by_threes(word: str) -> Iterator[str]:
    yield from _THREE_DIGITS.sub(r"\g<0> ", word).split() if word.isdecimal() else (word,)
