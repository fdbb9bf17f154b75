"""What a reader types into a search, taken apart. There is no other syntax than quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.search.words import words
from app.errors import BadQuery, LazyMessage

MAX_LETTERS = 300
MAX_WORDS = 20
SHORTEST_BEGINNING = 3

_MARKS = re.compile('["“”„‟«»＂]')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are next to each other; where it `begins` a word, the last may go on."""

    words: tuple[str, ...]
    begins: bool

    @property
    def exactly(self) -> Term:
        """The same words, each whole."""
        return Term(self.words, begins=False)


@dataclass(frozen=True, slots=True)
class Query:
    """What a text has to contain: every one of these terms, in any order. There is at least one."""

    terms: tuple[Term, ...]

    @property
    def exactly(self) -> Query:
        """The same, but no word may go on after what was typed."""
        return Query(tuple(dict.fromkeys(term.exactly for term in self.terms)))

    @property
    def words(self) -> tuple[str, ...]:
        """Every word in order."""
        return tuple(word for term in self.terms for word in term.words)


def query_of(text: str) -> Query | None:
    """What was typed, read as a query; None for nothing but white space.

    Words in quotation marks occur in that order, whole. Any other word is searched for as the
    beginning of a word too, if it has three letters and is no number. What is written without a
    space (`T-72`, `Nagorno-Karabakh`, an address) is searched for side by side. Raises `BadQuery`
    where it is too long, or has neither letter nor digit.
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
    parts = _MARKS.split(text)
    # With an odd number of marks the last one opens nothing: people type inches and forget to
    # close.
    closed = len(parts) - 1 if len(parts) % 2 else len(parts) - 2
    terms = []
    for place, part in enumerate(parts):
        if place % 2 and place <= closed:
            terms.append(Term(tuple(words(part)), begins=False))
        else:
            terms += [_loose(tuple(words(word))) for word in part.split()]
    return [term for term in terms if term.words]


def _loose(found: tuple[str, ...]) -> Term:
    last = found[-1] if found else ""
    return Term(found, begins=len(last) >= SHORTEST_BEGINNING and not last.isdigit())
