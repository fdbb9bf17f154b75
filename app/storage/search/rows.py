"""What a search reads of places, speakers, documents and publishers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from app.domain.records.kinds import ENTRY_KINDS, FOUND_KINDS, KINDS, FoundKind
from app.domain.search.sounds import sounds_in
from app.domain.search.words import words
from app.storage import tables
from app.storage.database.bulk import batched, rows_of_pairs, upsert
from app.storage.database.full_text import MARK, SOUND, Tokens


def place_names(place: Mapping[str, Any]) -> tuple[str, ...]:
    """Every name of a place, of every side."""
    by_side = (name["name"] for name in place.get("names", ()))
    return tuple(dict.fromkeys((place["name"], *by_side, *place.get("also", ()))))


def names_in(name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """What an entry is called, in the language of its register and in others."""
    return (name, *(named["name"] for named in body.get("names", ())))


SEARCHED_ENTRIES: tuple[FoundKind, ...] = tuple(kind for kind in FOUND_KINDS if kind in ENTRY_KINDS)

# To be raised whenever other words are made of the same texts: all rows are then made again.
VERSION = "3"

# What both databases hold of one row: PostgreSQL counts no further than 16,383 words, knows 255
# places of one word, and takes 1 MB.
MAX_WORDS = 16_000
MAX_REPEATS = 250
MAX_BYTES = 500_000

_KIND_BITS = 40
_ROWS = tables.search_rows.c


@dataclass(frozen=True, slots=True)
class SearchText:
    """What a search reads of one thing: the names by which it is known, and its other texts.

    `called` are names of people, places and the like in these, which are found by their sound too.
    `sort` orders what is found equally well, by code point.
    """

    kind: FoundKind
    id: str
    sort: str
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


def save_claim_texts(session: Session, claim: str, texts: Sequence[SearchText]) -> None:
    """Put these texts of a claim and its citations in place of those that it has."""
    rows = session.execute(select(_ROWS.number, _ROWS.kind, _ROWS.id).where(_ROWS.claim == claim))
    numbers = {(row.kind, row.id): row.number for row in rows}
    present = {(text.kind, text.id) for text in texts}
    gone = [number for key, number in numbers.items() if key not in present]
    for some in batched(gone):
        session.execute(delete(tables.search_rows).where(_ROWS.number.in_(some)))
    _save(session, claim, texts, numbers)


def save_entry_texts(session: Session, texts: Sequence[SearchText]) -> None:
    """Put these texts in place of those that the same register entries have."""
    keys = {(text.kind, text.id) for text in texts}
    stored = select(_ROWS.number, _ROWS.kind, _ROWS.id).where(_ROWS.claim == "")
    rows = rows_of_pairs(session, stored, (_ROWS.kind, _ROWS.id), keys)
    _save(session, "", texts, {(row.kind, row.id): row.number for row in rows})


def delete_claim_texts(session: Session, claim: str) -> None:
    """Let a search find a claim and its citations no more."""
    session.execute(delete(tables.search_rows).where(_ROWS.claim == claim))


def delete_entry_texts(session: Session, kind: FoundKind, ids: Collection[str]) -> None:
    """Let a search find these register entries no more."""
    of_kind = (_ROWS.claim == "") & (_ROWS.kind == kind)
    for some in batched(ids):
        session.execute(delete(tables.search_rows).where(of_kind, _ROWS.id.in_(some)))


def delete_all_texts(session: Session) -> None:
    """Let a search find nothing."""
    session.execute(delete(tables.search_rows))


def is_current(session: Session) -> bool:
    """Whether a search finds everything on record, by the words that this program makes."""
    # Versions and counts, not contents: this runs at every start, and rows are written in the
    # transaction of their revision anyway.
    older = select(_ROWS.number).where(_ROWS.version != VERSION).limit(1)
    if session.scalar(older) is not None:
        return False
    entry = tables.register_entries.c
    rows = func.count().label("rows")
    kinds = ("claim", *SEARCHED_ENTRIES)
    found = select(_ROWS.kind, rows).where(_ROWS.kind.in_(kinds)).group_by(_ROWS.kind)
    entries = select(entry.kind, rows).where(entry.kind.in_(kinds)).group_by(entry.kind)
    claims = session.scalar(select(func.count()).select_from(tables.claims))
    on_record = {"claim": claims} if claims else {}
    on_record |= {row.kind: row.rows for row in session.execute(entries)}
    return on_record == {row.kind: row.rows for row in session.execute(found)}


def is_answering(session: Session) -> bool:
    """Whether the index has the newest claim, by the words that this program makes.

    Costs the same however large the record is, unlike `is_current`.
    """
    first, last = range_of("claim")
    newest = select(_ROWS.number, _ROWS.version).where(_ROWS.number.between(first, last))
    row = session.execute(newest.order_by(_ROWS.number.desc()).limit(1)).one_or_none()
    if row is None:
        return session.execute(select(tables.claims.c.id).limit(1)).one_or_none() is None
    if session.get_bind().dialect.name == "sqlite":
        found = text("SELECT 1 FROM search_index WHERE rowid = :number")
        if session.execute(found, {"number": row.number}).one_or_none() is None:
            return False
    return bool(row.version == VERSION)


def purge_index(session: Session) -> None:
    """Rewrite the index where it still holds words of deleted rows.

    FTS5 leaves them in its blocks until these are merged; a redaction merges them at once.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))


def range_of(kind: FoundKind) -> tuple[int, int]:
    """The first and the last number that a row of this kind may have."""
    rank = KINDS[kind].search_rank
    return rank << _KIND_BITS, ((rank + 1) << _KIND_BITS) - 1


def tokens(names: Iterable[str], texts: Iterable[str], called: Iterable[str] = ()) -> Tokens:
    """The words of a row: those of the names once marked as such and once more as they are.

    And the sounds of what is called so. Names and texts are apart, so that no phrase runs over two
    of them. What is beyond the bounds of either database is left out.
    """
    known = [words(name) for name in names]
    marked = ([MARK + word for word in name] for name in known)
    keys = sorted({key for name in called for keys in sounds_in(name) for key in keys})
    sounding = ([SOUND + key] for key in keys)
    # Before the texts, which may be too long: a name is looked for more often than a word of them.
    return tuple(_bounded(chain(marked, known, sounding, map(words, texts))))


def _bounded(parts: Iterable[Sequence[str]]) -> Iterator[str | None]:
    times: Counter[str] = Counter()
    room = MAX_BYTES
    for place, word in enumerate(_joined(parts)):
        room -= len(word.encode()) if word else 0
        if place >= MAX_WORDS or room < 0:
            return
        if word:
            times[word] += 1
        yield word if word and times[word] <= MAX_REPEATS else None


def _joined(parts: Iterable[Sequence[str]]) -> Iterator[str | None]:
    for part in parts:
        yield from part
        yield None


def _save(
    session: Session,
    claim: str,
    texts: Sequence[SearchText],
    numbers: dict[tuple[str, str], int],
) -> None:
    new = Counter(text.kind for text in texts if (text.kind, text.id) not in numbers)
    unused = {kind: iter(_unused(session, kind, count)) for kind, count in new.items()}
    rows = [
        {
            "number": numbers.get((text.kind, text.id)) or next(unused[text.kind]),
            "kind": text.kind,
            "claim": claim,
            "id": text.id,
            "sort": text.sort,
            "version": VERSION,
            "words": tokens(text.names, text.texts, text.called),
        }
        for text in texts
    ]
    upsert(session, tables.search_rows, rows)


def _unused(session: Session, kind: FoundKind, count: int) -> range:
    first, last = range_of(kind)
    # No sequence: a number begins with its kind's rank, so that a kind is one range of the index.
    highest = session.scalar(
        select(func.max(_ROWS.number)).where(_ROWS.number.between(first, last))
    )
    start = first if highest is None else highest + 1
    return range(start, start + count)
