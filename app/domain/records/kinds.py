"""The kinds of entry, their plurals and their models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args

from app.domain.records.registers import Body, Document, Publisher, RegisterEntry, Side, Speaker

ReferenceKind = Literal[
    "side", "body", "publisher", "speaker", "document", "dossier", "place", "claim", "topic"
]


SOURCE_KINDS: Mapping[str, ReferenceKind] = {
    "sides": "side",
    "bodies": "body",
    "publishers": "publisher",
    "speakers": "speaker",
    "documents": "document",
}


EntryKind = Literal["dossier", "side", "body", "publisher", "speaker", "document", "place"]


REGISTERS: dict[EntryKind, type[RegisterEntry]] = {
    "side": Side,
    "body": Body,
    "publisher": Publisher,
    "speaker": Speaker,
    "document": Document,
}
PLURALS: dict[EntryKind, str] = {
    "side": "sides",
    "body": "bodies",
    "publisher": "publishers",
    "speaker": "speakers",
    "document": "documents",
}


@lru_cache(maxsize=4096)
def entry_of(kind: EntryKind, body: str) -> RegisterEntry:
    """A register entry from its stored JSON text; those read last are kept, as they never change.

    `kind` is one of `REGISTERS`.
    """
    return REGISTERS[kind].model_validate_json(body)


SubjectKind = Literal["claim", "dossier", "side", "body", "publisher", "speaker", "document"]


NamedKind = Literal["claim", "dossier", "place", "speaker", "document", "publisher"]


FoundKind = Literal["place", "claim", "citation", "speaker", "document", "publisher"]
KINDS: tuple[FoundKind, ...] = get_args(FoundKind)
