"""Comparing what is stored beside the chain with the same derived again, row by row.

Every table is either derived from the chain, and compared column by column, or stands in
`NOT_DERIVED` with the reason why it cannot be.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.records.kinds import EntryKind
from app.storage import tables
from app.storage.claims.facets import SLOTS_IN_BLOCK
from app.storage.database.bulk import AT_ONCE, batched
from app.storage.database.full_text import MARK, Tokens
from app.storage.search.rows import VERSION
from app.storage.tables.columns import Base

NOT_DERIVED: Mapping[str, str] = {
    "revisions": "the chain itself, verified by its hashes",
    "revision_bodies": "the chain itself; comparisons in it are derived beside it",
    "head": "where the chain ends, verified with it",
    "filed_bodies": "what files said at the last load, which the record no longer says",
    **dict.fromkeys(("api_keys", "submissions", "submission_quotes"), "what people sent"),
    **dict.fromkeys(("remembered_answers", "rate_windows"), "of requests, and gone in a day"),
    **dict.fromkeys(
        ("page_checks", "last_page_checks", "quote_checks", "wording_changes", "snapshots"),
        "what was found on pages of the web, and not in the record",
    ),
    **dict.fromkeys(
        ("archived_copies", "checks_head", "declared_addresses", "due_checks", "hosts", "workers"),
        "of the worker's visits, and not in the record",
    ),
}
# Columns of derived tables that are no one's words, and that nothing in the chain says.
NOT_COMPARED: Mapping[str, Mapping[str, str]] = {
    "claims": {"compared_at": "the change number at which it was compared last"},
    "claim_facets": {"slot": "any number that no other claim of the dossier has"},
    "register_entries": {"ordinal": "the order of the file, by which registers are listed"},
    "search_rows": {"number": "any number within the range of its kind"},
}
_KEYS = {"search_rows": ("claim", "kind", "id")}
_SHOWN = 60  # letters of a value that a message can hold


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a stored row is not what the chain makes it.

    `key` are the values that identify the row. `column` is None where the whole row is missing or
    is one too many, which `what` says.
    """

    table: str
    key: tuple[str, ...]
    column: str | None
    what: str

    def __str__(self) -> str:
        place = f"{self.table} {', '.join(self.key)}"
        return f"{place}: {self.column} {self.what}" if self.column else f"{place}: {self.what}"


def derived_tables() -> list[Table]:
    """Every table that is derived from the chain, those that others refer to first."""
    return [table for table in Base.metadata.sorted_tables if table.name not in NOT_DERIVED]


def differences(stored: Session, derived: Session) -> Iterator[Difference]:
    """Every row and column of the derived tables in which two databases differ."""
    for table in derived_tables():
        # Slots are free, and bits are by slot: they are compared with the slots that are stored.
        if table.name == "facet_bits":
            yield from _wrong_bits(stored)
        else:
            yield from _of_table(table, stored, derived)


def _of_table(table: Table, stored: Session, derived: Session) -> Iterator[Difference]:
    names = _KEYS.get(table.name) or tuple(column.name for column in table.primary_key)
    compared = [
        column.name
        for column in table.columns
        if column.name not in names and column.name not in NOT_COMPARED.get(table.name, {})
    ]
    rows = select(*table.columns).order_by(*(table.c[name] for name in names))
    rows = rows.execution_options(yield_per=AT_ONCE)

    def key_of(row: Row[*tuple[Any, ...]]) -> tuple[Any, ...]:
        return tuple(row._mapping[name] for name in names)

    with closing(stored.execute(rows)) as these, closing(derived.execute(rows)) as those:
        for key, found, wanted in _side_by_side(iter(these), iter(those), key_of):
            place = (table.name, tuple(map(str, key)))
            if found is None:
                yield Difference(*place, None, "the row is missing")
            elif wanted is None:
                yield Difference(*place, None, "nothing in the chain makes this row")
            else:
                for name in compared:
                    what = _unlike(found._mapping[name], wanted._mapping[name])
                    if what:
                        yield Difference(*place, name, what)


_Rows = Iterator[Row[*tuple[Any, ...]]]


def _side_by_side(
    stored: _Rows, derived: _Rows, key_of: Callable[[Row[*tuple[Any, ...]]], tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], Row[Any] | None, Row[Any] | None]]:
    """The rows of two tables by key, None where one has none; both are in the order of keys."""
    # Keys are sorted by code point on both databases, as Python compares them.
    this, that = next(stored, None), next(derived, None)
    while this is not None or that is not None:
        mine = key_of(this) if this is not None else None
        other = key_of(that) if that is not None else None
        if other is None or (mine is not None and mine < other):
            yield mine or (), this, None
            this = next(stored, None)
        elif mine is None or other < mine:
            yield other, None, that
            that = next(derived, None)
        else:
            yield mine, this, that
            this, that = next(stored, None), next(derived, None)


def _unlike(found: Any, wanted: Any) -> str | None:
    """How a stored value differs from the derived one; None where it does not."""
    if isinstance(wanted, tuple):
        is_same = found == wanted or _places_in_vector(found) == _places(wanted)
        return None if is_same else "does not hold the words of its texts"
    if found == wanted:
        return None
    if isinstance(found, str) and isinstance(wanted, str) and max(len(found), len(wanted)) > _SHOWN:
        return f"is not what its revision makes it{_first_place(found, wanted)}"
    return f"is “{found}”, and its revision makes it “{wanted}”"


def _places(tokens: Tokens) -> dict[str, list[int]]:
    """Where each word is, as PostgreSQL stores it."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(tokens, start=1):
        if word and word != MARK:
            places[word].append(place)
    return dict(places)


def _places_in_vector(vector: Tokens) -> dict[str, list[int]] | None:
    """The same, read from the text of a `tsvector`; None where it is none."""
    places: dict[str, list[int]] = {}
    for lexeme in vector:
        word, _, numbers = str(lexeme).rpartition(":")
        if not numbers.replace(",", "").isdigit() or word[:1] + word[-1:] != "''":
            return None
        places[word[1:-1].replace("''", "'").replace("\\\\", "\\")] = list(
            map(int, numbers.split(","))
        )
    return places


def _first_place(found: str, wanted: str) -> str:
    """Where two JSON texts differ first, as a pointer (RFC 6901)."""
    try:
        pointer = _pointer(json.loads(found), json.loads(wanted))
    except ValueError:
        return ""
    return f", first at {pointer}" if pointer else ""


def _pointer(found: Any, wanted: Any) -> str:
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in sorted(found.keys() | wanted.keys()):
            if name not in found or name not in wanted:
                return f"/{name}"
            if found[name] != wanted[name]:
                return f"/{name}{_pointer(found[name], wanted[name])}"
    if isinstance(found, list) and isinstance(wanted, list):
        for place, (one, other) in enumerate(zip(found, wanted, strict=False)):
            if one != other:
                return f"/{place}{_pointer(one, other)}"
        if len(found) != len(wanted):
            return f"/{min(len(found), len(wanted))}"
    return ""


def _wrong_bits(session: Session) -> Iterator[Difference]:
    """Bits of facets that are not those of the slots of the claims that have them."""
    slots, bits = tables.claim_facets.c, tables.facet_bits.c
    claims = session.execute(
        select(slots.dossier, slots.slot, slots.words)
        .order_by(slots.dossier)
        .execution_options(yield_per=AT_ONCE)
    )
    wanted: dict[tuple[str, str, int], int] = {}
    for dossier, rows in groupby(claims, key=lambda row: row.dossier):
        for row in rows:
            block, place = divmod(row.slot, SLOTS_IN_BLOCK)
            for word in row.words.split():
                key = (dossier, word, block)
                wanted[key] = wanted.get(key, 0) | 1 << place
    stored = session.execute(select(bits.dossier, bits.word, bits.block, bits.bits))
    found = {(row[0], row[1], row[2]): int.from_bytes(row[3], "little") for row in stored}
    for key in sorted(found.keys() | wanted.keys()):
        if found.get(key) != wanted.get(key):
            yield Difference(
                "facet_bits",
                tuple(map(str, key)),
                "bits",
                f"count {found.get(key, 0).bit_count()} claims,"
                f" and {wanted.get(key, 0).bit_count()} have it",
            )


def copy_chain(source: Session, target: Session) -> int:
    """Copy the revisions without what they say, and the head; returns how many there are.

    The index refers to them. Nothing is copied where both are one database.
    """
    head = source.execute(select(tables.head)).one()
    if source is not target:
        rows = source.execute(select(tables.revisions).execution_options(yield_per=AT_ONCE))
        for some in rows.partitions():
            target.execute(insert(tables.revisions), [dict(row._mapping) for row in some])
        target.execute(update(tables.head).values(number=head.number, hash=head.hash))
    return int(head.number)


def dossiers_of_claims(session: Session, claims: Collection[str]) -> dict[str, str]:
    """The dossier of each of these claims that is on record."""
    claim = tables.claims.c
    return {
        row.id: row.dossier
        for some in batched(claims)
        for row in session.execute(select(claim.id, claim.dossier).where(claim.id.in_(some)))
    }


def clear_derived(session: Session) -> dict[tuple[EntryKind, str], int]:
    """Delete everything that is derived from the chain, for all of it to be derived anew.

    Returns the places of entries in their registers by kind and id, which the chain does not have.
    """
    entry = tables.register_entries.c
    ordinals = session.execute(select(entry.kind, entry.id, entry.ordinal))
    # A place that is no number was falsified, and would be derived into the index again.
    places = {(row.kind, row.id): row.ordinal for row in ordinals if isinstance(row.ordinal, int)}
    for table in reversed(derived_tables()):
        session.execute(delete(table))
    return places


def stale_rows(session: Session, engine: str) -> str | None:
    """Why nothing can be compared: rows that another version of this program made.

    `engine` is the version of today's. None where all are of today.
    """
    claim, row = tables.claims.c, tables.search_rows.c
    compared = select(claim.id).where(claim.engine != engine).limit(1)
    indexed = select(row.number).where(row.version != VERSION).limit(1)
    if session.scalar(compared) is None and session.scalar(indexed) is None:
        return None
    return "Another version of Variorum compared or indexed some claims; run “variorum migrate”."
