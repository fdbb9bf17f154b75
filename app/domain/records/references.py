"""What names what: which fields of which records refer to others by id, and walkers over them.

The questions "is it there", "what is needed" and "by whose names is it found" are answered from
this one table: a new reference is one line of it, and none is forgotten anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from app.domain.records.claims import Account, Citation, Claim, Search
from app.domain.records.kinds import ENTRY_KINDS, KINDS, PLURALS, EntryKind, KindName, ReferenceKind
from app.domain.records.registers import (
    Body,
    Document,
    Dossier,
    PlaceName,
    Publisher,
    Registers,
    Speaker,
)
from app.domain.values.base import Record

Key = tuple[EntryKind, str]


@dataclass(frozen=True, slots=True)
class ReferenceField:
    """A field of a record that holds one id, or several, of things of this kind.

    A search finds the record by the names of what a field `lends_names`. A claim's comparison needs
    what the field names, directly or through others, where it `is_compared`.
    """

    record: type[Record]
    field: str
    kind: ReferenceKind
    lends_names: bool = False
    is_compared: bool = True


REFERENCES = (
    ReferenceField(Claim, "topic", "topic"),
    ReferenceField(Claim, "places", "place", lends_names=True),
    ReferenceField(Claim, "event", "event"),
    ReferenceField(Claim, "part_of", "claim"),
    ReferenceField(Claim, "losses_of", "side"),
    ReferenceField(Account, "harms", "side"),
    ReferenceField(Citation, "speaker", "speaker", lends_names=True),
    ReferenceField(Citation, "speakers", "speaker", lends_names=True),
    ReferenceField(Citation, "according_to", "speaker", lends_names=True),
    ReferenceField(Citation, "relayed_by", "publisher", lends_names=True),
    ReferenceField(Citation, "document", "document", lends_names=True),
    ReferenceField(Search, "side", "side"),
    ReferenceField(Dossier, "sides", "side"),
    ReferenceField(PlaceName, "side", "side"),
    ReferenceField(Body, "side", "side"),
    ReferenceField(Publisher, "side", "side"),
    ReferenceField(Speaker, "side", "side", lends_names=True),
    ReferenceField(Speaker, "speaks_for", "body", lends_names=True),
    # Whether a document is of a speaker's own channel is seen by the ids alone.
    ReferenceField(Speaker, "channels", "publisher", is_compared=False),
    ReferenceField(Document, "publisher", "publisher", lends_names=True),
    ReferenceField(Document, "credits", "publisher"),
)

NAMED_KINDS: tuple[EntryKind, ...] = tuple(
    kind for kind in ENTRY_KINDS if any(field.kind == kind for field in REFERENCES)
)


class Named(NamedTuple):
    """The ids that one field of a record names; `where` is the way to it from the walk's start."""

    field: ReferenceField
    ids: tuple[str, ...]
    where: tuple[str | int, ...]
    is_list: bool

    def each(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Each id with the way to it."""
        for number, name in enumerate(self.ids):
            yield name, (*self.where, number) if self.is_list else self.where


def named_in(record: Record) -> list[Named]:
    """What a record and its parts name, field by field in the order of its file."""
    return _walk(type(record), vars(record), (), [])


def named_in_body(kind: KindName, body: Mapping[str, Any]) -> list[Named]:
    """What a record of this kind names, as `named_in`, from its stored JSON values."""
    return _walk(KINDS[kind].model, body, (), [])


def entry_keys(named: Iterable[Named]) -> Iterator[Key]:
    """The register entries, dossiers and places among what is named, by kind and id."""
    for found in named:
        if found.field.kind in ENTRY_KINDS:
            for entry_id in found.ids:
                yield found.field.kind, entry_id


def name_lenders(named: Iterable[Named]) -> Iterator[Key]:
    """The entries by whose names a search finds what names them, too."""
    return entry_keys(found for found in named if found.field.lends_names)


def named_by_claim(claim: Claim, dossier: Dossier) -> set[Key]:
    """Every register entry that a claim names, or its dossier with the places of the claim."""
    return {*entry_keys(named_in(claim)), *entry_keys(named_in(_with_places_of(claim, dossier)))}


def needed_by_claim(claim: Claim, registers: Registers, dossier: Dossier) -> set[Key]:
    """Every register entry that a claim's page or its comparison needs.

    Raises KeyError where `registers` lack one that names further ones.
    """
    part = _with_places_of(claim, dossier)
    needed: set[Key] = {("dossier", part.id), *(("place", place.id) for place in part.places)}
    wanted = {key for record in (claim, part) for key in _compared(record) if key[0] != "place"}
    # By levels: an entry that many citations name is walked once.
    while wanted:
        needed |= wanted
        entries = (
            getattr(registers, PLURALS[kind])[key]
            for kind, key in wanted
            if _steps(KINDS[kind].model)
        )
        wanted = {key for entry in entries for key in _compared(entry)} - needed
    return needed


def _with_places_of(claim: Claim, dossier: Dossier) -> Dossier:
    """A dossier without the places of other claims: there are hundreds, and none is needed."""
    places = tuple(place for place in dossier.places if place.id in claim.places)
    return dossier.model_copy(update={"places": places})


def _compared(record: Record) -> Iterator[Key]:
    return entry_keys(named for named in named_in(record) if named.field.is_compared)


class _Step(NamedTuple):
    """A field that the walk goes by: a reference, or one or more records with references."""

    name: str
    is_list: bool
    reference: ReferenceField | None
    part: type[Record] | None


_FIELDS = {(reference.record, reference.field): reference for reference in REFERENCES}


@cache
def _steps(model: type[Record]) -> tuple[_Step, ...]:
    """The fields of a model that a walk goes by: read once, for a claim has hundreds of parts."""
    return tuple(step for step in _fields(model) if step.reference or step.part)


def _fields(model: type[Record]) -> Iterator[_Step]:
    for name, field in model.model_fields.items():
        is_list = get_origin(field.annotation) is tuple
        inner = get_args(field.annotation) or (field.annotation,)
        part = next((t for t in inner if isinstance(t, type) and issubclass(t, Record)), None)
        yield _Step(
            name, is_list, _FIELDS.get((model, name)), part if part and _steps(part) else None
        )


def _walk(
    model: type[Record],
    values: Mapping[str, Any],
    where: tuple[str | int, ...],
    found: list[Named],
) -> list[Named]:
    # Into one list: generators within generators took twice the time.
    for name, is_list, reference, part in _steps(model):
        value = values.get(name)
        if not value:
            continue
        if reference:
            found.append(
                Named(reference, tuple(value) if is_list else (value,), (*where, name), is_list)
            )
        elif part:
            for number, one in enumerate(value if is_list else (value,)):
                inside = (*where, name, number) if is_list else (*where, name)
                _walk(part, one if type(one) is dict else vars(one), inside, found)
    return found
