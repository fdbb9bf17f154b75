"""Sides, bodies, publishers, speakers, documents, dossiers, and the places of dossiers."""

from app.storage.registers.finding import (
    documents_of_host,
    entries_named,
    get_entries,
    taken_ids,
)
from app.storage.registers.reading import (
    StoredEntry,
    all_entries,
    claims_naming,
    entries_for_claim,
    entries_for_claims,
    get_entry,
    list_entries,
    list_places,
)
from app.storage.registers.saving import NewEntry, save_entries, save_entry, save_order

__all__ = [
    "NewEntry",
    "StoredEntry",
    "all_entries",
    "claims_naming",
    "documents_of_host",
    "entries_for_claim",
    "entries_for_claims",
    "entries_named",
    "get_entries",
    "get_entry",
    "list_entries",
    "list_places",
    "save_entries",
    "save_entry",
    "save_order",
    "taken_ids",
]
