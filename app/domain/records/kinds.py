"""The kinds of things on record: one table, and every narrower list of kinds made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from app.domain.records.claims import Citation, Claim
from app.domain.records.registers import (
    Body,
    Document,
    Dossier,
    Event,
    Place,
    Publisher,
    RegisterEntry,
    Side,
    Speaker,
    Topic,
)
from app.domain.values.base import Record

# The same subsets as below, once more for mypy, which cannot read a table; a test compares
# the two.
CitedKind = Literal["speaker", "document", "publisher"]
RegisterKind = Literal["side", "body", CitedKind]
SubjectKind = Literal["claim", "dossier", RegisterKind]
EntryKind = Literal["dossier", RegisterKind, "place"]
PageKind = Literal["claim", "dossier", "place", CitedKind]
FoundKind = Literal["place", "claim", "citation", CitedKind]
ReferenceKind = Literal["claim", EntryKind, "topic", "event"]
KindName = Literal[ReferenceKind, "citation"]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of thing on record.

    `plural` is also its address and its key in files. `filed_in` is the file that holds it: one of
    its own, `sources.yaml`, or its dossier's or claim's. `search_rank` is its place among results
    of a search, 0 where it is not searched: stored rows are numbered by it, so that it never
    changes.
    """

    name: KindName
    plural: str
    model: type[Record]
    filed_in: Literal["own", "sources", "dossier", "claim"]
    has_page: bool = False
    search_rank: int = 0


_TABLE = (
    RecordKind("claim", "claims", Claim, "own", has_page=True, search_rank=2),
    RecordKind("dossier", "dossiers", Dossier, "own", has_page=True),
    RecordKind("side", "sides", Side, "sources"),
    RecordKind("body", "bodies", Body, "sources"),
    RecordKind("publisher", "publishers", Publisher, "sources", has_page=True, search_rank=6),
    RecordKind("speaker", "speakers", Speaker, "sources", has_page=True, search_rank=4),
    RecordKind("document", "documents", Document, "sources", has_page=True, search_rank=5),
    RecordKind("place", "places", Place, "dossier", has_page=True, search_rank=1),
    RecordKind("topic", "topics", Topic, "dossier"),
    RecordKind("event", "events", Event, "dossier"),
    RecordKind("citation", "citations", Citation, "claim", search_rank=3),
)


def _names(belongs: Callable[[RecordKind], bool]) -> tuple[Any, ...]:
    return tuple(kind.name for kind in _TABLE if belongs(kind))


# Read-only: everything else in this module is made of the table once, when it is imported.
KINDS: Mapping[KindName, RecordKind] = MappingProxyType({kind.name: kind for kind in _TABLE})
PLURALS: Mapping[KindName, str] = MappingProxyType({kind.name: kind.plural for kind in _TABLE})

REGISTER_KINDS: tuple[RegisterKind, ...] = _names(lambda kind: kind.filed_in == "sources")
SUBJECT_KINDS: tuple[SubjectKind, ...] = _names(lambda kind: kind.filed_in in ("own", "sources"))
PAGE_KINDS: tuple[PageKind, ...] = _names(lambda kind: kind.has_page)
CITED_KINDS: tuple[CitedKind, ...] = _names(
    lambda kind: kind.filed_in == "sources" and kind.has_page
)

# What has former ids can be named from everywhere; topics, events and citations are named inside
# their dossier and claim alone.
ENTRY_KINDS: tuple[EntryKind, ...] = _names(
    lambda kind: kind.name != "claim" and "formerly" in kind.model.model_fields
)
REFERENCE_KINDS: tuple[ReferenceKind, ...] = _names(lambda kind: kind.filed_in != "claim")

# In the order in which a page of results shows them, which is the order of the stored rows.
FOUND_KINDS: tuple[FoundKind, ...] = tuple(
    sorted(_names(lambda kind: kind.search_rank > 0), key=lambda name: KINDS[name].search_rank)
)


@lru_cache(maxsize=4096)
def entry_of(kind: EntryKind, body: str) -> RegisterEntry:
    """A register entry from its stored JSON text; those read last are cached, as they never change.

    Raises pydantic's `ValidationError` for a text of a shape that is no longer read.
    """
    entry: Any = KINDS[kind].model.model_validate_json(body)
    return entry  # type: ignore[no-any-return]
