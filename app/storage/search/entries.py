"""What a search reads of places, speakers, documents and publishers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, or_, select, tuple_
from sqlalchemy.orm import Session

from app.domain.records.kinds import FoundKind
from app.domain.search.words import normalise
from app.storage import tables
from app.storage.database.batches import batched
from app.storage.search.rows import SEARCHED_ENTRIES, SearchText, save_entry_texts

_ENTRIES = tables.register_entries.c
_COLUMNS = (_ENTRIES.kind, _ENTRIES.id, _ENTRIES.name, _ENTRIES.body)
_ORDER = (_ENTRIES.kind, _ENTRIES.ordinal, _ENTRIES.id)
_SORTED_LETTERS = 100

Key = tuple[str, str]


def index_entries(session: Session, keys: Collection[Key]) -> None:
    """Let a search find what entries say now, and those that are found by their names too."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
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
    bodies = {(row.kind, row.id): json.loads(row.body) for row in rows}
    named = {key for body in bodies.values() for key in _related(body)}
    names = _names(session, named)
    save_entry_texts(
        session,
        [_text(row.kind, row.id, row.name, bodies[row.kind, row.id], names) for row in rows],
    )


def place_names(place: Mapping[str, Any]) -> tuple[str, ...]:
    """Every name that a place goes by, whoever uses it."""
    by_side = (name["name"] for name in place.get("names", ()))
    return tuple(dict.fromkeys((place["name"], *by_side, *place.get("also", ()))))


def names_in(name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """What an entry is called, in the language of its register and in others."""
    return (name, *(named["name"] for named in body.get("names", ())))


def _of(kind: str, ids: Sequence[str]) -> Any:
    """Entries of a kind with those whose texts hold their names."""
    them = (_ENTRIES.kind == kind) & _ENTRIES.id.in_(ids)
    if kind == "publisher":
        return or_(them, (_ENTRIES.kind == "document") & _ENTRIES.publisher.in_(ids))
    if kind == "side":
        return or_(them, (_ENTRIES.kind == "speaker") & _ENTRIES.side.in_(ids))
    if kind == "body":
        owner = tables.register_entries.alias().c
        sides = select(owner.side).where(owner.kind == kind, owner.id.in_(ids))
        return or_(them, (_ENTRIES.kind == "speaker") & _ENTRIES.side.in_(sides))
    if kind == "dossier":
        return (_ENTRIES.kind == "place") & _ENTRIES.dossier.in_(ids)
    return them


def _related(body: Mapping[str, Any]) -> Iterator[Key]:
    """The entries whose names belong to what a search reads of an entry."""
    for kind, field in (("publisher", "publisher"), ("body", "speaks_for")):
        if body.get(field):
            yield kind, body[field]
    if "standing" in body:
        yield "side", body["side"]


def _names(session: Session, keys: Collection[Key]) -> dict[Key, tuple[str, ...]]:
    if not keys:
        return {}
    among = tuple_(_ENTRIES.kind, _ENTRIES.id).in_(sorted(keys))
    rows = session.execute(select(*_COLUMNS).where(among))
    return {(row.kind, row.id): names_in(row.name, json.loads(row.body)) for row in rows}


def _text(
    kind: FoundKind,
    key: str,
    name: str,
    body: Mapping[str, Any],
    names: Mapping[Key, tuple[str, ...]],
) -> SearchText:
    known_as = place_names(body) if kind == "place" else names_in(name, body)
    own = () if kind == "place" else (body.get("owner"), body.get("url"), body.get("note"))
    others = (name for related in _related(body) for name in names.get(related, ()))
    return SearchText(
        kind,
        key,
        sort=normalise(name)[:_SORTED_LETTERS],
        names=known_as,
        texts=tuple(_present((*others, *own))),
    )


def _present(texts: Iterable[str | None]) -> Iterator[str]:
    return (text for text in texts if text)
