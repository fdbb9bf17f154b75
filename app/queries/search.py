"""The search: what holds the words of a query, and what is near to words that nothing holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import comparison_of
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import FoundKind, PageKind
from app.domain.records.references import Key, entry_keys, named_in_body
from app.domain.records.registers import Dossier, Place, Registers
from app.domain.records.search_results import ResultCounts, SearchResult
from app.domain.search.query import Query, Term
from app.domain.search.words import normalise, words
from app.domain.values.paging import Page
from app.queries.claim_lists import ListedClaim, list_claims
from app.queries.registers import registers_of
from app.storage.claims.documents import get_claims
from app.storage.registers.entries import StoredEntry, all_entries, entries_for_claims, get_entries
from app.storage.search.ids import ids_near, names_of
from app.storage.search.matching import first_in_names
from app.storage.search.ranking import Findings

MAX_NEAR = 5
_MAX_NEAR_PLACES = 3
_MAX_OF_A_KIND = 3
_MAX_RANKED = 50
_MAX_WORDS = 4
_CLOSE = 72  # of 100: “paruk” is near “parukh”, “lachin” is not near “latvia”
# Each letter is compared with those of every name; what is longer is no name anyway.
_MAX_TYPED = 100
_MAX_ID_LENGTH = 64
_CLAIMS_OF_A_PLACE = 3


@dataclass(frozen=True, slots=True)
class NamedRecords:
    """What the results of a search name: claims with dossier and state, entries, places."""

    claims: Mapping[str, tuple[Claim, str, str]]
    dossiers: Mapping[str, Dossier]
    registers: Registers
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of results, and what they name."""

    page: Page[SearchResult]
    named: NamedRecords


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that has the very name that was typed, and how many claims are about it.

    Where several have it, with the first of their claims to distinguish them by.
    """

    place: Place
    total: int
    claims: Sequence[ListedClaim]


@dataclass(frozen=True, slots=True)
class ResultsByKind:
    """The first results of each kind that was asked for, and how many there are of every kind.

    `near` are names of places that are written nearly as what was typed, where nothing was found.
    """

    pages: Mapping[FoundKind, Page[SearchResult]]
    counts: ResultCounts
    named: NamedRecords
    places: Sequence[NamedPlace]
    near: Sequence[str]

    @property
    def items(self) -> list[SearchResult]:
        """The results of all kinds, one after another."""
        return _items(self.pages)


def search_record(
    session: Session,
    query: Query,
    kind: FoundKind | None = None,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> ResultPage:
    """A page of what holds the query, of one kind or of all, kind after kind.

    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    page = Findings(session, query).page(kind, limit=limit, cursor=cursor)
    return ResultPage(page, _named(session, page.items))


def search_by_kind(
    session: Session, query: Query, limits: Mapping[FoundKind, int], cursor: str | None = None
) -> ResultsByKind:
    """As many results of each kind as `limits` have it, from a cursor on where it is one kind.

    Raises `BadQuery` as `search_record` does.
    """
    findings = Findings(session, query)
    pages = {
        kind: findings.page(kind, limit=limit, cursor=cursor) for kind, limit in limits.items()
    }
    items = _items(pages)
    named = _named(session, items)
    return ResultsByKind(
        pages=pages,
        counts=findings.counts,
        named=named,
        # A reader who pages on is not looking for the place itself any more.
        places=() if cursor else _places_named(session, query, items, named),
        # Guesses are for who found nothing: beside results they would only be in the way.
        near=() if items else near_places(session, " ".join(query.words)),
    )


def place_names(place: Place) -> list[str]:
    """Every name that a place goes by, whichever side uses it; its own first."""
    return list(dict.fromkeys((place.name, *(name.name for name in place.names), *place.also)))


def _items(pages: Mapping[FoundKind, Page[SearchResult]]) -> list[SearchResult]:
    return [found for page in pages.values() for found in page.items]


def _places_named(
    session: Session, query: Query, items: Sequence[SearchResult], named: NamedRecords
) -> tuple[NamedPlace, ...]:
    asked = list(query.words)
    found = [named.places[f.id] for f in items if f.kind == "place" and f.id in named.places]
    # The very name and no part of it: “Karabakh” must not open with one place out of many.
    places = [p for p in found if any(words(name) == asked for name in place_names(p))]
    shown = _CLAIMS_OF_A_PLACE if len(places) > 1 else 0
    return tuple(_named_place(session, place, shown) for place in places)


def _named_place(session: Session, place: Place, shown: int) -> NamedPlace:
    page = list_claims(session, ClaimFilter(place=place.id), limit=max(shown, 1))
    return NamedPlace(place, page.total or len(page.items), page.items[:shown])


def _named(session: Session, items: Sequence[SearchResult]) -> NamedRecords:
    """The claims and entries that were found, with what they name."""
    claims: dict[str, tuple[Claim, str, str]] = {}
    wanted = list(dict.fromkeys(found.claim for found in items if found.claim))
    for key, stored in get_claims(session, wanted).items():
        state = comparison_of(stored.comparison).state
        claims[key] = claim_of(stored.document), stored.dossier, state
    entries = [*entries_for_claims(session, wanted), *_with_named(session, items)]
    dossiers = [Dossier.model_validate_json(e.body) for e in entries if e.kind == "dossier"]
    places = [Place.model_validate_json(e.body) for e in entries if e.kind == "place"]
    return NamedRecords(
        claims=claims,
        dossiers={dossier.id: dossier for dossier in dossiers},
        registers=registers_of(entries),
        places={place.id: place for place in places},
    )


def _with_named(session: Session, items: Sequence[SearchResult]) -> list[StoredEntry]:
    """The entries that were found, and those that they name."""
    keys: set[Key] = set()
    for found in items:
        if found.kind != "claim" and found.kind != "citation":
            keys.add((found.kind, found.id))
    entries = get_entries(session, keys)
    bodies = ((entry.kind, json.loads(entry.body)) for entry in entries)
    named = {key for kind, body in bodies for key in entry_keys(named_in_body(kind, body))}
    return [*entries, *get_entries(session, named - keys)]


@dataclass(frozen=True, slots=True)
class Near:
    """Something whose id is near, or that holds a word; `name` is its question, name or title."""

    kind: PageKind
    id: str
    name: str


def near_places(session: Session, typed: str) -> list[str]:
    """The names of places that are written nearly like this, the nearest first."""
    names: dict[str, str] = {}
    # Every place, as they are few against claims and documents, and neither database knows nearness
    # without an extension.
    for entry in all_entries(session, "place"):
        place = Place.model_validate_json(entry.body)
        for name in place_names(place):
            names.setdefault(name, normalise(name))
    found = process.extract(
        normalise(typed[:_MAX_TYPED]),
        names,
        scorer=fuzz.ratio,
        limit=_MAX_NEAR_PLACES,
        score_cutoff=_CLOSE,
    )
    return [name for _, _, name in found]


def nearest(key: str, keys: Iterable[str]) -> list[str]:
    """Which of the keys are written nearly like this one, the nearest first; at most five."""
    found = process.extract(
        key[:_MAX_TYPED], list(keys), scorer=fuzz.ratio, limit=MAX_NEAR, score_cutoff=_CLOSE
    )
    return [near for near, _, _ in found]


def near_address(session: Session, kind: PageKind | None, key: str) -> list[Near]:
    """What an address may have meant: ids like `key`, then what has its words in its names.

    At most five. Where the kind is known, its ids are compared that `ids_near` finds.
    """
    asked = words(key[:_MAX_TYPED])
    keys: dict[tuple[PageKind, str], None] = {}
    if kind and asked:
        wanted = "-".join(asked)[:_MAX_ID_LENGTH]
        close = nearest(wanted, ids_near(session, kind, wanted))
        keys |= dict.fromkeys((kind, found) for found in close)
    # Ids first: an address that leads nowhere is most often one letter off.
    if len(keys) < MAX_NEAR:
        keys |= dict.fromkeys(_with_words(session, kind, asked))
    names = names_of(session, list(keys)[:MAX_NEAR])
    return [Near(*one, name) for one, name in names.items()]


def _with_words(
    session: Session, kind: PageKind | None, asked: Sequence[str]
) -> list[tuple[PageKind, str]]:
    """What has all of the words in its names, or else the longest of them.

    At most three of each kind: of the one that is known, of places and of claims.
    """
    longest = sorted(set(asked), key=lambda word: (-len(word), word))[:_MAX_WORDS]
    terms = [Term((word,), begins=len(word) > 2) for word in longest]
    kinds: list[FoundKind] = list(dict.fromkeys((*_searched(kind), "place", "claim")))
    # Single words only if they are long: a short one is in the names of everything.
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
    rows = first_in_names(session, both, kinds, _MAX_RANKED)
    best = min((row.query // 2 for row in rows), default=0)
    found = sorted(
        (row for row in rows if row.query // 2 == best),
        key=lambda row: (row.query, row.sort, row.claim, row.id),
    )
    by_kind = {kind: dict.fromkeys(row.id for row in found if row.kind == kind) for kind in kinds}
    return [(kind, key) for kind, keys in by_kind.items() for key in list(keys)[:_MAX_OF_A_KIND]]  # type: ignore[misc]


def _searched(kind: PageKind | None) -> tuple[FoundKind, ...]:
    """The kind, where the search knows it: dossiers are not looked for by their words."""
    return (kind,) if kind and kind != "dossier" else ()
