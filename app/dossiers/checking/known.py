"""What a record may refer to: the ids on record, by kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.dossiers.faults import Finding, Where

EntryKind = Literal[
    "side", "body", "publisher", "speaker", "document", "dossier", "place", "claim", "topic"
]


@dataclass(frozen=True, slots=True)
class Known:
    """The ids on record.

    A kind that `ids` does not hold, or a dossier that `topics` or `places` does not hold, is one
    that could not be read: nothing is said to be missing there. `renamed` leads from former ids to
    today's.
    """

    ids: Mapping[EntryKind, Collection[str]]
    topics: Mapping[str, Collection[str]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Collection[str]] = field(default_factory=dict)

    def reference(self, kind: EntryKind, name: str | None, where: Where) -> Iterator[Finding]:
        """A finding if this is a reference to something that is not on record."""
        if name is None or name in self.ids.get(kind, (name,)):
            return
        now = self.renamed.get(name)
        if now in self.ids.get(kind, ()):
            yield Finding(where, f"“{name}” was renamed; write “{now}”")
        else:
            yield Finding(where, f"“{name}” is no {kind} on record")

    def references(self, kind: EntryKind, names: Sequence[str], where: Where) -> Iterator[Finding]:
        """Findings for a list of references: each must be on record, and stand there once."""
        seen: set[str] = set()
        for number, name in enumerate(names):
            if name in seen:
                yield Finding((*where, number), f"names “{name}” a second time")
            seen.add(name)
            yield from self.reference(kind, name, (*where, number))

    def topic(self, dossier: str, name: str, where: Where) -> Iterator[Finding]:
        """A finding if the dossier has no such topic."""
        topics = self.topics.get(dossier)
        if topics is not None and name not in topics:
            named = ", ".join(topics) or "it names none"
            yield Finding(where, f"“{name}” is no topic of the dossier “{dossier}” ({named})")

    def places_of(self, dossier: str, names: Sequence[str], where: Where) -> Iterator[Finding]:
        """Findings for places: each must be on record, stand there once, and be the dossier's."""
        yield from self.references("place", names, where)
        own, all_places = self.places.get(dossier), self.ids.get("place", ())
        for number, name in enumerate(names):
            if own is not None and name in all_places and name not in own:
                yield Finding((*where, number), f"“{name}” is no place of the dossier “{dossier}”")
