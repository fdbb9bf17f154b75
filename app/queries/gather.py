"""The part of the record that some entries need: they themselves, and all that those name."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session

from app.domain.checking.references import Known
from app.domain.records.claims import Claim
from app.domain.records.kinds import EntryKind, entry_of
from app.domain.records.references import NAMED_KINDS, Key, entry_keys, named_in, named_in_body
from app.domain.records.registers import Document, Dossier
from app.errors import Moved
from app.storage.claims.documents import get_claims
from app.storage.registers.entries import StoredEntry, get_entries
from app.storage.revisions.log import missing

# For so many of the names that lead nowhere it is asked where they lead now, one query each: what
# is sent may hold thousands.
_MAX_RENAMED = 20


@dataclass(frozen=True, slots=True)
class Gathered:
    """Entries on record by kind and id, and the keys that were asked for in vain."""

    entries: Mapping[Key, StoredEntry]
    absent: frozenset[Key]

    def ids(self, kind: EntryKind) -> set[str]:
        """The ids of one kind that are there."""
        return {entry_id for found, entry_id in self.entries if found == kind}

    def documents(self) -> dict[str, Document]:
        """The documents that are there, by id."""
        of_kind = (entry for (kind, _), entry in self.entries.items() if kind == "document")
        found = (entry_of("document", entry.body) for entry in of_kind)
        return {entry.id: entry for entry in found if isinstance(entry, Document)}


def gather(session: Session, keys: Collection[Key]) -> Gathered:
    """The entries with these keys, and those that they name, and so on."""
    entries: dict[Key, StoredEntry] = {}
    asked: set[Key] = set()
    wanted = set(keys)
    # By levels, one query each, as what an entry names is only known once it is read: a citation's
    # document, its publisher, the publisher's side.
    while wanted:
        asked |= wanted
        found = get_entries(session, wanted)
        entries.update(((entry.kind, entry.id), entry) for entry in found)
        named = (_named_by_stored(entry.kind, entry.body) for entry in found)
        wanted = set(chain.from_iterable(named)) - asked
    return Gathered(entries, frozenset(asked - entries.keys()))


def known_for(
    session: Session, gathered: Gathered, new: Collection[Key], claim: Claim, dossier: Dossier
) -> Known:
    """What a claim of this dossier may refer to: what was gathered for it, and new entries."""
    ids: dict[Any, set[str]] = {
        kind: gathered.ids(kind) | {entry_id for of_kind, entry_id in new if of_kind == kind}
        for kind in NAMED_KINDS
    }
    # Claims are no register entries: a claim names others by `part_of` alone.
    claims = [key for n in named_in(claim) if n.field.kind == "claim" for key in n.ids]
    ids["claim"] = set(get_claims(session, claims)) if claims else set()
    renamed = {}
    for kind, entry_id in sorted(gathered.absent - set(new))[:_MAX_RENAMED]:
        now = missing(session, kind, entry_id)
        if isinstance(now, Moved):
            renamed[entry_id] = now.now
            ids.setdefault(kind, set()).add(now.now)
    return Known(
        ids,
        topics={dossier.id: [topic.id for topic in dossier.topics]},
        events={dossier.id: [event.id for event in dossier.events]},
        renamed=renamed,
        places={dossier.id: [place.id for place in dossier.places]},
        zones={dossier.id: dossier.zone},
        documents=gathered.documents(),
    )


# Keyed by the stored text, so that a changed entry is another key.
@lru_cache(maxsize=4096)
def _named_by_stored(kind: EntryKind, body: str) -> tuple[Key, ...]:
    return tuple(entry_keys(named_in_body(kind, json.loads(body))))
