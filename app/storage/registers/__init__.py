"""Sides, bodies, publishers, speakers, documents, dossiers, and the places of dossiers."""

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
from app.storage.registers.saving import save_entry, save_order

__all__ = [
    "StoredEntry",
    "all_entries",
    "claims_naming",
    "entries_for_claim",
    "entries_for_claims",
    "get_entry",
    "list_entries",
    "list_places",
    "save_entry",
    "save_order",
]
