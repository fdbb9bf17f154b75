"""What a search reads of places, speakers, documents and publishers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from app.domain.records.kinds import KINDS, EntryKind, FoundKind
from app.domain.records.references import (
    REFERENCES,
    Key,
    ReferenceField,
    name_lenders,
    named_in_body,
)
from app.domain.search.words import normalise
from app.storage import tables
from app.storage.database.bulk import batched, rows_of_pairs
from app.storage.search.rows import (
    SEARCHED_ENTRIES,
    SearchText,
    names_in,
    place_names,
    save_entry_texts,
)

_ENTRIES = tables.register_entries.c
_COLUMNS = (_ENTRIES.kind, _ENTRIES.id, _ENTRIES.name, _ENTRIES.body)
_ORDER = (_ENTRIES.kind, _ENTRIES.ordinal, _ENTRIES.id)
_SORTED_LETTERS = 100

_SEARCHED = {KINDS[kind].model: kind for kind in SEARCHED_ENTRIES}


def index_entries(session: Session, keys: Collection[Key]) -> None:
    """Let a search find what entries say now, and those that are found by their names too."""
    by_kind: defaultdict[EntryKind, list[str]] = defaultdict(list)
    for kind, key in keys:
        by_kind[kind].append(key)
    found = {
        (row.kind, row.id): row
        for kind, ids in by_kind.items()
        for some in batched(ids)
        for row in session.execute(select(*_COLUMNS).where(_of(kind, some)).order_by(*_ORDER))
    }
    index_rows(session, [row for row in found.values() if row.kind in SEARCHED_ENTRIES])


def index_all_entries(session: Session) -> None:
    """Let a search find every place, speaker, document and publisher on record."""
    searched = select(*_COLUMNS).where(_ENTRIES.kind.in_(SEARCHED_ENTRIES))
    index_rows(session, session.execute(searched.order_by(*_ORDER)).all())


def index_rows(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    """Let a search find these rows of the registers, which have kind, id, name and body."""
    for some in batched(rows):
        _index_some(session, some)


def _index_some(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    bodies = [json.loads(row.body) for row in rows]
    lenders = [
        tuple(name_lenders(named_in_body(row.kind, body)))
        for row, body in zip(rows, bodies, strict=True)
    ]
    names = _names(session, set(chain.from_iterable(lenders)))
    lent = ([name for key in keys for name in names.get(key, ())] for keys in lenders)
    found = zip(rows, bodies, lent, strict=True)
    save_entry_texts(
        session, [_text(row.kind, row.id, row.name, body, others) for row, body, others in found]
    )


def _of(kind: EntryKind, ids: Sequence[str]) -> ColumnElement[bool]:
    """Entries of a kind with those whose texts hold their names."""
    # A publisher that is renamed is in the texts of its documents, a side in those of its speakers.
    if kind == "dossier":  # whose places are saved with it
        return (_ENTRIES.kind == "place") & _ENTRIES.dossier.in_(ids)
    lending = (field for field in REFERENCES if field.lends_names and field.kind == kind)
    naming = (_naming(field, ids) for field in lending if field.record in _SEARCHED)
    return or_((_ENTRIES.kind == kind) & _ENTRIES.id.in_(ids), *naming)


def _naming(field: ReferenceField, ids: Sequence[str]) -> ColumnElement[bool]:
    """Entries that name others by a field; where it has no column, all that may name them.

    These are found by the side, which a speaker shares with the body that it speaks for.
    """
    of_kind = _ENTRIES.kind == _SEARCHED[field.record]
    if field.field in _ENTRIES:
        return of_kind & _ENTRIES[field.field].in_(ids)
    named = tables.register_entries.alias().c
    sides = select(named.side).where(named.kind == field.kind, named.id.in_(ids))
    return of_kind & _ENTRIES.side.in_(sides)


def _names(session: Session, keys: Collection[Key]) -> dict[Key, tuple[str, ...]]:
    rows = rows_of_pairs(session, select(*_COLUMNS), (_ENTRIES.kind, _ENTRIES.id), keys)
    return {(row.kind, row.id): names_in(row.name, json.loads(row.body)) for row in rows}


def _text(
    kind: FoundKind,
    key: str,
    name: str,
    body: Mapping[str, Any],
    others: Iterable[str],
) -> SearchText:
    known_as = place_names(body) if kind == "place" else names_in(name, body)
    lent = tuple(others)
    own = () if kind == "place" else (body.get("owner"), body.get("url"), body.get("note"))
    return SearchText(
        kind,
        key,
        sort=normalise(name)[:_SORTED_LETTERS],
        names=known_as,
        texts=tuple(_present((*lent, *own))),
        called=(*known_as, *lent),
    )


def _present(texts: Iterable[str | None]) -> Iterator[str]:
    return (text for text in texts if text)
