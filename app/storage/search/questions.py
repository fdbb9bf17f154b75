"""Claims that ask the same as a question, or nearly."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.search.query import Query, Term
from app.domain.search.words import words
from app.storage import tables
from app.storage.search.matching import first_in_names

_CLAIMS = tables.claims.c
# Of 100. Years, names and “killed” against “wounded” tell questions apart that are otherwise alike,
# so that nearly equal ones are shown and never refused.
_ALIKE = 80
_MAX_PAIRED = 6
_MAX_ROWS = 50
_MAX_NEAR = 5


class AskedClaim(NamedTuple):
    """A claim on record with its question; `is_same` where only signs and case differ."""

    id: str
    question: str
    is_same: bool


def claims_asking(session: Session, dossier: str, question: str) -> list[AskedClaim]:
    """The claims of a dossier that ask this question or nearly this, the same first, at most five.

    What two of the six longest words are in is compared, and of each pair the first fifty: as much
    in a record of a million claims as in one of a hundred.
    """
    asked = words(question)
    longest = sorted(set(asked), key=lambda word: (-len(word), word))[:_MAX_PAIRED]
    pairs: list[tuple[str, ...]] = [*combinations(longest, 2)] or [(word,) for word in longest]
    queries = [Query(tuple(Term((word,), begins=False) for word in pair)) for pair in pairs]
    if not queries:
        return []
    # The whole as a phrase comes first, so that the same question is among what is read.
    phrase = Query((Term(tuple(asked), begins=False),))
    rows = first_in_names(session, [phrase, *queries], ["claim"], _MAX_ROWS)
    of_dossier = (_CLAIMS.dossier == dossier) & _CLAIMS.id.in_({row.id for row in rows})
    found: list[tuple[float, AskedClaim]] = []
    for key, other in session.execute(select(_CLAIMS.id, _CLAIMS.question).where(of_dossier)):
        ratio = fuzz.ratio(asked, words(other))
        if ratio >= _ALIKE:
            found.append((ratio, AskedClaim(key, other, words(other) == asked)))
    found.sort(key=lambda one: (-one[0], one[1].id))
    return [claim for _, claim in found[:_MAX_NEAR]]
