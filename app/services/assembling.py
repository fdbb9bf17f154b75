"""Domain records out of what storage holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.domain.disagreement import Comparison
from app.domain.registers import (
    Body,
    Document,
    Dossier,
    Publisher,
    RegisterEntry,
    Registers,
    Side,
    Sources,
    Speaker,
)
from app.storage.registers import StoredEntry, all_entries, get_entry
from app.storage.revisions import EntryKind

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


def sources_of(entries: Iterable[StoredEntry]) -> Sources:
    """Register entries as the shared file holds them; dossiers and places are passed over."""
    registers: dict[str, list[RegisterEntry]] = defaultdict(list)
    for entry in entries:
        if entry.kind in REGISTERS:
            registers[PLURALS[entry.kind]].append(entry_of(entry.kind, entry.body))
    return Sources.model_validate(registers)


@lru_cache(maxsize=4096)
def entry_of(kind: EntryKind, body: str) -> RegisterEntry:
    """A register entry from its stored JSON text; those read last are kept, as they never change.

    `kind` is one of `REGISTERS`.
    """
    return REGISTERS[kind].model_validate_json(body)


def registers_of(entries: Iterable[StoredEntry]) -> Registers:
    """Register entries by id."""
    return Registers(sources_of(entries))


def whole_registers(session: Session) -> Registers:
    """All registers as they stand."""
    return registers_of(all_entries(session, *REGISTERS))


def sides_alone(session: Session) -> Registers:
    """The sides as they stand, without the other registers: enough for names of columns."""
    return registers_of(all_entries(session, "side"))


def dossier_of(session: Session, dossier_id: str) -> Dossier:
    """A dossier with its topics and places; raises `NotFound` or `Moved`."""
    return _dossier(get_entry(session, "dossier", dossier_id).body)


@lru_cache(maxsize=64)
def _dossier(body: str) -> Dossier:
    return Dossier.model_validate_json(body)


@lru_cache(maxsize=256)
def claim_of(document: str) -> Claim:
    """A claim from its stored JSON text; those read last are kept, as they cannot change."""
    return Claim.model_validate_json(document)


def comparison_of(text: str) -> Comparison:
    """A comparison from its stored JSON text."""
    return Comparison.model_validate_json(text)
