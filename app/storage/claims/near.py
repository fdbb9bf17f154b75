"""The claims that share the most words with a text."""

from __future__ import annotations

from dataclasses import dataclass
from operator import add

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.search import normalise

MOST_WORDS = 24
_SHORTEST = 4
_STEM = 7  # words are cut to so many letters, so that their endings count for less
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

    Only the 24 longest words are looked for, which are the rarest more often than not. A word
    counts where its first seven letters occur.
    """
    words = sorted(_words(text), key=lambda word: (-len(word), word))[:MOST_WORDS]
    if not words:
        return []
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
    return {part[:_STEM] for part in parts if len(part) >= _SHORTEST}
