"""The claims that share the most words with a text."""

from __future__ import annotations

from dataclasses import dataclass
from operator import add

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from app.domain.search.words import normalise
from app.storage import tables

MAX_WORDS = 24
_MIN_STEM = 4
_MAX_STEM = 7
_ENDING = 2  # letters at a word's end that change with its grammar more often than not
_CLAIMS = tables.claims.c


@dataclass(frozen=True, slots=True)
class NearClaim:
    """A claim that shares words with a text, and how many."""

    id: str
    dossier: str
    question: str
    state: str
    shared: int


def claims_near(session: Session, text: str, *, limit: int) -> list[NearClaim]:
    """The claims in whose texts and names the most of a text's words occur, two at least.

    Only the 24 longest words are searched, which are mostly the rarest. A word
    counts where it occurs without its last two letters, by seven letters at most, by four at least.
    """
    words = sorted(_words(text), key=lambda word: (-len(word), word))[:MAX_WORDS]
    if not words:
        return []
    # A scan with LIKE: the search index finds what holds all words of a query, and this is about
    # claims that hold some.
    shared = case((_CLAIMS.words.contains(words[0], autoescape=True), 1), else_=0)
    for word in words[1:]:
        shared = add(shared, case((_CLAIMS.words.contains(word, autoescape=True), 1), else_=0))
    counted = select(
        _CLAIMS.id, _CLAIMS.dossier, _CLAIMS.question, _CLAIMS.state, shared.label("shared")
    ).subquery()
    least = min(2, len(words))
    rows = session.execute(
        select(counted)
        .where(counted.c.shared >= least)
        .order_by(counted.c.shared.desc(), counted.c.id)
        .limit(limit)
    )
    return [NearClaim(*row) for row in rows]


def _words(text: str) -> set[str]:
    parts = "".join(c if c.isalnum() else " " for c in normalise(text)).split()
    return {_stem(part) for part in parts if len(part) >= _MIN_STEM}


def _stem(word: str) -> str:
    return word[: min(_MAX_STEM, max(_MIN_STEM, len(word) - _ENDING))]
