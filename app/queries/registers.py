"""Register entries and dossiers as domain records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy.orm import Session

from app.domain.records.kinds import PLURALS, REGISTER_KINDS, entry_of
from app.domain.records.registers import Document, Dossier, RegisterEntry, Registers, Sources
from app.domain.values.addresses import normalised_url
from app.errors import BadInput
from app.storage.registers.entries import StoredEntry, all_entries, documents_of_host, get_entry


def sources_of(entries: Iterable[StoredEntry]) -> Sources:
    """Register entries as the shared file holds them; dossiers and places are passed over."""
    registers: dict[str, list[RegisterEntry]] = defaultdict(list)
    for entry in entries:
        if entry.kind in REGISTER_KINDS:
            registers[PLURALS[entry.kind]].append(entry_of(entry.kind, entry.body))
    return Sources.model_validate(registers)


def registers_of(entries: Iterable[StoredEntry]) -> Registers:
    """Register entries by id."""
    return Registers(sources_of(entries))


def whole_registers(session: Session) -> Registers:
    """All registers as they stand."""
    return registers_of(all_entries(session, *REGISTER_KINDS))


def sides_alone(session: Session) -> Registers:
    """The sides as they stand, without the other registers: enough for names of columns."""
    return registers_of(all_entries(session, "side"))


def dossier_of(session: Session, dossier_id: str) -> Dossier:
    """A dossier with its topics and places; raises `NotFound` or `Moved`."""
    return _dossier(get_entry(session, "dossier", dossier_id).body)


@lru_cache(maxsize=64)
def _dossier(body: str) -> Dossier:
    return Dossier.model_validate_json(body)


def document_at(session: Session, url: str) -> str | None:
    """The document on record whose page this address is; raises `BadInput` for no address."""
    wanted = normalised_url(url)
    host = wanted.split("/")[2].partition(":")[0]
    addresses = (Document.model_validate_json(e.body) for e in documents_of_host(session, host))
    return next((document.id for document in addresses if _is_at(document, wanted)), None)


def _is_at(document: Document, wanted: str) -> bool:
    try:
        return document.url is not None and normalised_url(document.url) == wanted
    except BadInput:
        return False
