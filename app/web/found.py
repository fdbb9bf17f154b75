"""Reading what a search found: the findings of a page, with all that showing them needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.domain.registers import Dossier, Place
from app.services.assembling import claim_of, comparison_of, registers_of
from app.storage.claims import get_claims
from app.storage.registers import StoredEntry, all_entries, entries_for_claims, get_entries
from app.storage.revisions import EntryKind
from app.storage.search.finding import Found
from app.web.views.found import OnRecord

Key = tuple[EntryKind, str]


def read_found(session: Session, items: Sequence[Found]) -> OnRecord:
    """The claims and entries that were found, with what they name."""
    claims: dict[str, tuple[Claim, str, str]] = {}
    wanted = list(dict.fromkeys(found.claim for found in items if found.claim))
    for key, stored in get_claims(session, wanted).items():
        state = comparison_of(stored.comparison).state
        claims[key] = claim_of(stored.document), stored.dossier, state
    entries = {(e.kind, e.id): e for e in all_entries(session, "side")}
    entries |= {(e.kind, e.id): e for e in entries_for_claims(session, wanted)}
    entries |= _with_named(session, items)
    bodies = [entry.body for entry in entries.values() if entry.kind == "dossier"]
    dossiers = [Dossier.model_validate_json(body) for body in bodies]
    places = [Place.model_validate_json(e.body) for e in entries.values() if e.kind == "place"]
    return OnRecord(
        claims=claims,
        dossiers={dossier.id: dossier for dossier in dossiers},
        registers=registers_of(entries.values()),
        places={place.id: place for place in places},
    )


def _with_named(session: Session, items: Sequence[Found]) -> dict[Key, StoredEntry]:
    """The entries that were found, with the publishers and bodies that they name."""
    keys: set[Key] = set()
    for found in items:
        if found.kind != "claim" and found.kind != "citation":
            keys.add((found.kind, found.id))
    entries = get_entries(session, keys)
    speakers = registers_of(entries).speakers.values()
    named: set[Key] = {("publisher", entry.publisher) for entry in entries if entry.publisher}
    named |= {("body", speaker.speaks_for) for speaker in speakers if speaker.speaks_for}
    return {(entry.kind, entry.id): entry for entry in (*entries, *get_entries(session, named))}
