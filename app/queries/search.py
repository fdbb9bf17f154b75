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
from app.domain.search.sounds import romanised, sounds_near
from app.domain.search.words import words
from app.domain.values.paging import Page
from app.queries.claim_lists import ListedClaim, list_claims
from app.queries.registers import registers_of
from app.storage.claims.documents import get_claims
from app.storage.registers.entries import StoredEntry, entries_for_claims, get_entries
from app.storage.search.ids import ids_near, names_of
from app.storage.search.matching import first_in_names, first_sounding, rows_matching
from app.storage.search.ranking import Findings
from app.storage.search.rows import range_of

MAX_NEAR = 5
_MAX_OF_A_KIND = 3
_MAX_RANKED = 50
_MAX_WORDS = 4
_MAX_TERMS = 8
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
class Near:
    """Something whose id or name is near, or that holds a word.

    `name` is its question, name or title, or that of its names which is near.
    """

    kind: PageKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class NearRecords:
    """What is near to a query that finds nothing: what may be `meant`, or else the `nearest`.

    The nearest hold most of the words, or stand where what was typed would; both are empty only
    where nothing is on record.
    """

    meant: Sequence[Near] = ()
    nearest: Sequence[Near] = ()


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of results, what they name, and what is near where there is none."""

    page: Page[SearchResult]
    named: NamedRecords
    near: NearRecords


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

    `near` is what else may have been meant, where nothing of any kind was found.
    """

    pages: Mapping[FoundKind, Page[SearchResult]]
    counts: ResultCounts
    named: NamedRecords
    places: Sequence[NamedPlace]
    near: NearRecords

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
    near = NearRecords() if page.items or cursor else near_query(session, query)
    return ResultPage(page, _named(session, page.items), near)


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
        near=NearRecords()
        if any(findings.counts.values()) or items
        else near_query(session, query),
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


def _is_nothing(counts: ResultCounts) -> bool:
    # A count is None above 10,000, hence no test for truth.
    return all(count == 0 for count in counts.values())


def near_query(session: Session, query: Query) -> NearRecords:
    """What is near to a query that finds nothing.

    Names that are one slip away from what was typed; or else claims, people and places that hold
    all of the words but one; or else those that hold the rarest word, or whose ids come next.
    """
    meant = _misspelled(session, query)
    if meant:
        return NearRecords(meant=meant)
    found = _with_most_words(session, query) or _beside(session, query)
    names = names_of(session, found[:MAX_NEAR])
    return NearRecords(nearest=[Near(*key, name) for key, name in names.items()])


def _misspelled(session: Session, query: Query) -> list[Near]:
    """Names that are written or sound nearly like a word that was typed, the nearest first."""
    typed = " ".join(query.words)[:_MAX_TYPED]
    keys = {key for word in query.words[:_MAX_WORDS] for key in sounds_near(word)}
    found = first_sounding(session, keys, ("place", "speaker", "publisher"), _MAX_RANKED)
    wanted = [(kind, key) for kind, key in found if kind != "claim" and kind != "citation"]
    close: dict[Near, float] = {}
    for entry in get_entries(session, wanted):
        name, ratio = max(
            ((name, _closeness(typed, name)) for name in _names_of_entry(entry)),
            key=lambda one: one[1],
        )
        close[Near(entry.kind, entry.id, name)] = ratio  # type: ignore[arg-type]
    nearest_first = sorted(close, key=lambda near: (-close[near], near.kind, near.id))
    return [near for near in nearest_first if close[near] >= _CLOSE][:MAX_NEAR]


def _closeness(typed: str, name: str) -> float:
    """How near the farthest of the words that were typed is to a word of a name; at most 100."""
    of_name = [romanised(word) for word in words(name)] or [""]
    asked = [romanised(word) for word in words(typed)] or [""]
    return min(max(fuzz.ratio(word, own) for own in of_name) for word in asked)


def _names_of_entry(entry: StoredEntry) -> list[str]:
    if entry.kind == "place":
        return place_names(Place.model_validate_json(entry.body))
    return [entry.name]


def _with_most_words(session: Session, query: Query) -> list[tuple[PageKind, str]]:
    """What holds all of the terms but one; or else what holds the one that is the rarest."""
    terms = query.terms[:_MAX_TERMS]
    if len(terms) < 2:
        return []
    fewer = [Query((*terms[:place], *terms[place + 1 :])) for place in range(len(terms))]
    found = [key for one in fewer for key in _first_holding(session, one)]
    if not found:
        single = [_first_holding(session, Query((term,)), _MAX_RANKED) for term in terms]
        found = min((one for one in single if one), key=len, default=[])
    return list(dict.fromkeys(found))


def _first_holding(
    session: Session, query: Query, most: int = MAX_NEAR
) -> list[tuple[PageKind, str]]:
    """Places and people before claims, as these are many."""
    found: list[tuple[PageKind, str]] = []
    for kind, some in (("place", _MAX_OF_A_KIND), ("speaker", _MAX_OF_A_KIND), ("claim", most)):
        rows = rows_matching(session, query, range_of(kind), some)  # type: ignore[arg-type]
        found += [(row.kind, row.id) for row in rows]
    return found


def _beside(session: Session, query: Query) -> list[tuple[PageKind, str]]:
    """The claim, the place and the speaker whose id is the most like what was typed."""
    wanted = "-".join(romanised(word) for word in query.words)[:_MAX_ID_LENGTH]
    kinds: tuple[PageKind, ...] = ("place", "speaker", "claim")
    # However far: who finds nothing shall see what there is.
    likest = ((kind, _likest(wanted, ids_near(session, kind, wanted))) for kind in kinds)
    return [(kind, key) for kind, key in likest if key]


def _likest(key: str, keys: Sequence[str]) -> str | None:
    found = process.extractOne(key, keys, scorer=fuzz.ratio)
    return found[0] if found else None


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
