"""What on record is nearest to words that nothing on record holds: for slips of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import comparison_of
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import EntryKind, FoundKind, PageKind
from app.domain.records.registers import Dossier, Place, Registers
from app.domain.search.query import Query, Term
from app.domain.search.words import normalise, words
from app.queries.registers import registers_of
from app.storage.claims.documents import get_claims
from app.storage.registers.entries import StoredEntry, all_entries, entries_for_claims, get_entries
from app.storage.search.ids import names_of, some_ids
from app.storage.search.ranking import IN_NAMES, Findings, Found

MOST_NEAR = 5
_CLOSE = 72  # of 100: “paruk” is near “parukh”, “lachin” is not near “latvia”
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Near:
    """Something whose id is near, or that holds a word; `name` is its question, name or title."""

    kind: PageKind
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


def near_address(session: Session, kind: PageKind | None, key: str) -> list[Near]:
    """What an address may have meant: ids like `key`, then what holds its words.

    Where the kind is known, at most 50,000 of its ids are compared.
    """
    keys: dict[tuple[PageKind, str], None] = {}
    if kind:
        close = nearest(key, some_ids(session, kind))
        keys |= dict.fromkeys((kind, found) for found in close)
    for found in _holding(session, kind, key):
        keys.setdefault((found.kind, found.id))  # type: ignore[arg-type]
    wanted = list(keys)[:MOST_NEAR]
    names = names_of(session, wanted)
    return [Near(*one, names[one]) for one in wanted if one in names]


def _holding(session: Session, kind: PageKind | None, key: str) -> list[Found]:
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


def _searched(kind: PageKind | None) -> tuple[FoundKind, ...]:
    """The kind, where the search knows it: dossiers are not looked for by their words."""
    return (kind,) if kind and kind != "dossier" else ()


@dataclass(frozen=True, slots=True)
class OnRecord:
    """All that showing some findings needs: claims with their state, entries, what they name."""

    claims: Mapping[str, tuple[Claim, str, str]]
    dossiers: Mapping[str, Dossier]
    registers: Registers
    places: Mapping[str, Place]


Key = tuple[EntryKind, str]


def read_found(session: Session, items: Sequence[Found]) -> OnRecord:
    """The claims and entries that were found, with what they name."""
    claims: dict[str, tuple[Claim, str, str]] = {}
    wanted = list(dict.fromkeys(found.claim for found in items if found.claim))
    for key, stored in get_claims(session, wanted).items():
        state = comparison_of(stored.comparison).state
        claims[key] = claim_of(stored.document), stored.dossier, state
    entries = {(e.kind, e.id): e for e in all_entries(session, "side")}
    entries |= {(e.kind, e.id): e for e in entries_for_claims(session, wanted)}
    entries |= _with_named(session, items)
    bodies = [entry.body for entry in entries.values() if entry.kind == "dossier"]
    dossiers = [Dossier.model_validate_json(body) for body in bodies]
    places = [Place.model_validate_json(e.body) for e in entries.values() if e.kind == "place"]
    return OnRecord(
        claims=claims,
        dossiers={dossier.id: dossier for dossier in dossiers},
        registers=registers_of(entries.values()),
        places={place.id: place for place in places},
    )


def _with_named(session: Session, items: Sequence[Found]) -> dict[Key, StoredEntry]:
    """The entries that were found, with the publishers and bodies that they name."""
    keys: set[Key] = set()
    for found in items:
        if found.kind != "claim" and found.kind != "citation":
            keys.add((found.kind, found.id))
    entries = get_entries(session, keys)
    speakers = registers_of(entries).speakers.values()
    named: set[Key] = {("publisher", entry.publisher) for entry in entries if entry.publisher}
    named |= {("body", speaker.speaks_for) for speaker in speakers if speaker.speaks_for}
    return {(entry.kind, entry.id): entry for entry in (*entries, *get_entries(session, named))}
