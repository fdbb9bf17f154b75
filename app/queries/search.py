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
from app.storage.search.ids import ids_near, names_of
from app.storage.search.matching import first_in_names
from app.storage.search.ranking import Found

MOST_NEAR = 5
_MOST_OF_A_KIND = 3
_MOST_RANKED = 50
_MOST_WORDS = 4
_CLOSE = 72  # of 100: “paruk” is near “parukh”, “lachin” is not near “latvia”
_LONGEST = 100
_LONGEST_ID = 64


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
    """What an address may have meant: ids like `key`, then what has its words in its names.

    At most five. Where the kind is known, its ids are compared that `ids_near` finds.
    """
    asked = words(key[:_LONGEST])
    keys: dict[tuple[PageKind, str], None] = {}
    if kind and asked:
        wanted = "-".join(asked)[:_LONGEST_ID]
        close = nearest(wanted, ids_near(session, kind, wanted))
        keys |= dict.fromkeys((kind, found) for found in close)
    if len(keys) < MOST_NEAR:
        keys |= dict.fromkeys(_with_words(session, kind, asked))
    names = names_of(session, list(keys)[:MOST_NEAR])
    return [Near(*one, name) for one, name in names.items()]


def _with_words(
    session: Session, kind: PageKind | None, asked: Sequence[str]
) -> list[tuple[PageKind, str]]:
    """In whose names all of the words stand, or else the longest of them.

    At most three of each kind: of the one that is known, of places and of claims.
    """
    longest = sorted(set(asked), key=lambda word: (-len(word), word))[:_MOST_WORDS]
    terms = [Term((word,), begins=len(word) > 2) for word in longest]
    kinds: list[FoundKind] = list(dict.fromkeys((*_searched(kind), "place", "claim")))
    alone = [Query((term,)) for term in terms if len(term.words[0]) > 3]
    for queries in ([Query(tuple(terms))] if terms else [], alone if len(terms) > 1 else []):
        found = _first_in_names(session, queries, kinds) if queries else []
        if found:
            return found
    return []


def _first_in_names(
    session: Session, queries: Sequence[Query], kinds: Sequence[FoundKind]
) -> list[tuple[PageKind, str]]:
    """What the first query finds that finds anything: whole words before beginnings of words."""
    both = [form for query in queries for form in (query.exactly, query)]
    rows = first_in_names(session, both, kinds, _MOST_RANKED)
    best = min((row.query // 2 for row in rows), default=0)
    found = sorted(
        (row for row in rows if row.query // 2 == best),
        key=lambda row: (row.query, row.sort, row.claim, row.id),
    )
    by_kind = {kind: dict.fromkeys(row.id for row in found if row.kind == kind) for kind in kinds}
    return [(kind, key) for kind, keys in by_kind.items() for key in list(keys)[:_MOST_OF_A_KIND]]  # type: ignore[misc]


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
