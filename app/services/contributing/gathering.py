"""The part of the record that some entries need: they themselves, and all that those name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from app.domain.claims import Citation, Claim
from app.domain.registers import Dossier, RegisterEntry
from app.dossiers import Known
from app.errors import Moved
from app.storage.claims import get_claims
from app.storage.former_ids import missing
from app.storage.registers import StoredEntry, get_entries
from app.storage.revisions import EntryKind

Key = tuple[EntryKind, str]
_MOST_RENAMED = 20  # of the names that lead nowhere, for so many it is told where they lead now


@dataclass(frozen=True, slots=True)
class Gathered:
    """Entries on record by kind and id, and the keys that were looked for in vain."""

    entries: Mapping[Key, StoredEntry]
    absent: frozenset[Key]

    def ids(self, kind: EntryKind) -> set[str]:
        """The ids of one kind that are there."""
        return {entry_id for found, entry_id in self.entries if found == kind}


def gather(session: Session, keys: Collection[Key]) -> Gathered:
    """The entries with these keys, and those that they name, and so on."""
    entries: dict[Key, StoredEntry] = {}
    looked: set[Key] = set()
    wanted = set(keys)
    while wanted:
        looked |= wanted
        found = get_entries(session, wanted)
        entries.update(((entry.kind, entry.id), entry) for entry in found)
        wanted = {key for entry in found for key in _named_by_stored(entry.body)} - looked
    return Gathered(entries, frozenset(looked - entries.keys()))


def known_for(
    session: Session, gathered: Gathered, new: Collection[Key], claim: Claim, dossier: Dossier
) -> Known:
    """What a claim of this dossier may refer to: what was gathered for it, and new entries."""
    ids: dict[Any, set[str]] = {
        kind: gathered.ids(kind) | {entry_id for of_kind, entry_id in new if of_kind == kind}
        for kind in ("side", "body", "publisher", "speaker", "document", "place")
    }
    ids["claim"] = set(get_claims(session, [claim.part_of])) if claim.part_of else set()
    renamed = {}
    for kind, entry_id in sorted(gathered.absent - set(new))[:_MOST_RENAMED]:
        now = missing(session, kind, entry_id)
        if isinstance(now, Moved):
            renamed[entry_id] = now.now
            ids.setdefault(kind, set()).add(now.now)
    return Known(
        ids,
        topics={dossier.id: [topic.id for topic in dossier.topics]},
        renamed=renamed,
        places={dossier.id: [place.id for place in dossier.places]},
    )


def named_by_claim(claim: Claim, dossier: Dossier) -> Iterator[Key]:
    """Every register entry that a claim of this dossier names, or its comparison needs."""
    yield from (("side", side) for side in (*dossier.sides, *claim.losses_of))
    yield from (("side", search.side) for search in claim.searched)
    yield from (("place", place) for place in claim.places)
    for place in dossier.places:
        yield from (("side", name.side) for name in place.names if name.side)
    for account, citation in claim.citations():
        yield from (("side", side) for side in account.harms)
        yield from named_by_citation(citation)


def named_by_citation(citation: Citation) -> Iterator[Key]:
    """Every register entry that a citation names."""
    yield "document", citation.document
    yield from (("speaker", speaker) for speaker in citation.all_speakers)
    yield from (("speaker", speaker) for speaker in citation.speakers)
    yield from (("publisher", agency) for agency in citation.relayed_by)
    if citation.according_to:
        yield "speaker", citation.according_to


def named_by_entry(entry: RegisterEntry) -> Iterator[Key]:
    """Every register entry that another names."""
    return _named(entry.to_plain())


@lru_cache(maxsize=4096)
def _named_by_stored(body: str) -> tuple[Key, ...]:
    return tuple(_named(json.loads(body)))


_FIELDS: Mapping[str, EntryKind] = {
    "side": "side",
    "speaks_for": "body",
    "channels": "publisher",
    "publisher": "publisher",
    "credits": "publisher",
}


def _named(body: Mapping[str, Any]) -> Iterator[Key]:
    for field, kind in _FIELDS.items():
        named = body.get(field) or ()
        for entry_id in (named,) if isinstance(named, str) else named:
            yield kind, entry_id
