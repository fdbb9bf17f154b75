"""What on record is nearest to words that nothing on record holds: for slips of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from app.domain.registers import Place
from app.domain.searching import Query, Term, normalise, words
from app.storage.registers import all_entries
from app.storage.search.finding import IN_NAMES, Findings, Found
from app.storage.search.ids import NamedKind, names_of, some_ids
from app.storage.search.rows import FoundKind

MOST_NEAR = 5
_CLOSE = 72  # of 100: “paruk” is near “parukh”, “lachin” is not near “latvia”
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Near:
    """Something whose id is near, or that holds a word; `name` is its question, name or title."""

    kind: NamedKind
    id: str
    name: str


def near_places(session: Session, typed: str, *, limit: int = 3) -> list[str]:
    """The names of places that are written nearly like this, the nearest first."""
    names: dict[str, str] = {}
    for entry in all_entries(session, "place"):
        place = Place.model_validate_json(entry.body)
        for name in (place.name, *(named.name for named in place.names), *place.also):
            names.setdefault(name, normalise(name))
    found = process.extract(
        normalise(typed[:_LONGEST]), names, scorer=fuzz.ratio, limit=limit, score_cutoff=_CLOSE
    )
    return [name for _, _, name in found]


def nearest(key: str, keys: Iterable[str]) -> list[str]:
    """Which of the keys are written nearly like this one, the nearest first; at most five."""
    found = process.extract(
        key[:_LONGEST], list(keys), scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=_CLOSE
    )
    return [near for near, _, _ in found]


def near_address(session: Session, kind: NamedKind | None, key: str) -> list[Near]:
    """What an address may have meant: ids like `key`, then what holds its words.

    Where the kind is known, at most 50,000 of its ids are compared.
    """
    keys: dict[tuple[NamedKind, str], None] = {}
    if kind:
        close = nearest(key, some_ids(session, kind))
        keys |= dict.fromkeys((kind, found) for found in close)
    for found in _holding(session, kind, key):
        keys.setdefault((found.kind, found.id))  # type: ignore[arg-type]
    wanted = list(keys)[:MOST_NEAR]
    names = names_of(session, wanted)
    return [Near(*one, names[one]) for one in wanted if one in names]


def _holding(session: Session, kind: NamedKind | None, key: str) -> list[Found]:
    """In whose names all words of the key stand, or else the longest.

    Of the kind that is known, then places and claims.
    """
    asked = sorted(set(words(key[:_LONGEST])), key=lambda word: (-len(word), word))[:4]
    terms = [Term((word,), begins=len(word) > 2) for word in asked]
    kinds: list[FoundKind] = list(dict.fromkeys((*_searched(kind), "place", "claim")))
    queries = [tuple(terms), *((term,) for term in terms if len(term.words[0]) > 3)]
    for query in (Query(some) for some in queries if some):
        findings = Findings(session, query)
        hits = (hit for kind in kinds for hit in findings.page(kind, limit=3).items)
        found = [hit for hit in hits if hit.tier in IN_NAMES]
        if found:
            return found
    return []


def _searched(kind: NamedKind | None) -> tuple[FoundKind, ...]:
    """The kind, where the search knows it: dossiers are not looked for by their words."""
    return (kind,) if kind and kind != "dossier" else ()
