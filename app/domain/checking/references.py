"""Whether everything that a record refers to is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.checking.findings import Finding, Where
from app.domain.records.claims import Claim
from app.domain.records.kinds import ReferenceKind
from app.domain.records.references import Named, named_in
from app.domain.records.registers import Document, Dossier, Sources, Speaker


def source_references(sources: Sources, known: Known) -> Iterator[Finding]:
    """Findings in the registers, which refer to each other."""
    sides = known.ids.get("side", ())
    body_sides = {body.id: body.side for body in sources.bodies if body.side in sides}
    for named in named_in(sources):
        # The one reference that must fit another: a speaker for a body of another side would give
        # that side's official position.
        if named.field.field == "speaks_for":
            speaker = sources.speakers[int(named.where[1])]
            yield from _speaks_for(speaker, body_sides, known, named.where)
        else:
            yield from known.all_of(named)


def _speaks_for(
    speaker: Speaker, body_sides: dict[str, str], known: Known, where: Where
) -> Iterator[Finding]:
    body = speaker.speaks_for
    if body == speaker.id:
        yield Finding(where, "speaks for itself; name a body, or leave the key out")
        return
    yield from known.reference("body", body, where)
    side = body_sides.get(body or "", speaker.side)
    if side != speaker.side:
        yield Finding(where, f"“{body}” is of the side “{side}”, the speaker of “{speaker.side}”")


def dossier_references(dossier: Dossier, known: Known) -> Iterator[Finding]:
    """Findings in a dossier: the sides that it compares, and those that have names for places."""
    for named in named_in(dossier):
        yield from known.all_of(named)


def claim_references(claim: Claim, known: Known, dossier: str) -> Iterator[Finding]:
    """Findings in a claim of this dossier, down to its citations."""
    for named in named_in(claim):
        match named.field.kind:
            case "topic":
                yield from known.topics_of(dossier, named)
            case "event":
                yield from known.events_of(dossier, named)
            case "place":
                yield from known.places_of(dossier, named)
            case _:
                yield from known.all_of(named)


def circles(contains: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Every way back to a start, as the ids along it, beginning with the one that comes first.

    Ids that are no keys lead nowhere.
    """
    done: set[str] = set()
    for start in contains:
        # A stack of our own: a chain of claims that somebody sends can be longer than Python lets
        # functions call each other. What is done is not gone over again, so that all of it takes
        # one pass.
        trail = {} if start in done else {start: iter(contains[start])}
        while trail:
            name, ahead = next(reversed(trail.items()))
            following = next(ahead, None)
            if following is None:
                trail.popitem()
                done.add(name)
            elif following in trail:
                way = list(trail)
                yield tuple(way[way.index(following) :])
            elif following in contains and following not in done:
                trail[following] = iter(contains[following])


def part_of_circles(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """The id of a claim that is part of itself, with a sentence, for every circle of `part_of`."""
    parts = {claim.id: (claim.part_of,) for claim in claims if claim.part_of}
    for way in circles(parts):
        yield way[0], f"is a part of itself: {in_words(way)}"


def in_words(way: tuple[str, ...]) -> str:
    """`a → b → a`."""
    return " → ".join((*way, way[0]))


@dataclass(frozen=True, slots=True)
class Known:
    """The ids on record.

    A kind that `ids` does not hold, or a dossier that `topics`, `places` or `events` does not hold,
    is one that could not be read: nothing is said to be missing there. `renamed` leads from former
    ids to today's. `zones` are those of dossiers, and `documents` the entries with whose days
    statements are compared.
    """

    ids: Mapping[ReferenceKind, Collection[str]]
    topics: Mapping[str, Collection[str]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Collection[str]] = field(default_factory=dict)
    events: Mapping[str, Collection[str]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)

    def reference(self, kind: ReferenceKind, name: str | None, where: Where) -> Iterator[Finding]:
        """A finding if this is a reference to something that is not on record."""
        # A kind that could not be read knows every name: one broken file would otherwise add a
        # fault for each reference to what is in it.
        if name is None or name in self.ids.get(kind, (name,)):
            return
        # Former ids redirect readers and are refused here: files say what things are called today.
        now = self.renamed.get(name)
        if now in self.ids.get(kind, ()):
            yield Finding(where, f"“{name}” was renamed; write “{now}”")
        else:
            yield Finding(where, f"“{name}” is no {kind} on record")

    def all_of(self, named: Named) -> Iterator[Finding]:
        """Findings for what a field names: each must be on record, and be in a list once."""
        seen: set[str] = set()
        for name, where in named.each():
            if name in seen:
                yield Finding(where, f"names “{name}” a second time")
            seen.add(name)
            yield from self.reference(named.field.kind, name, where)

    def topics_of(self, dossier: str, named: Named) -> Iterator[Finding]:
        """Findings for topics: each must be one of the dossier's."""
        topics = self.topics.get(dossier)
        for name, where in named.each():
            if topics is not None and name not in topics:
                own = ", ".join(topics) or "it names none"
                yield Finding(where, f"“{name}” is not a topic of the dossier “{dossier}” ({own})")

    def events_of(self, dossier: str, named: Named) -> Iterator[Finding]:
        """Findings for events: each must be one of the dossier's, where it lists any."""
        # A dossier that lists none leaves events to its claims: those that name one are it.
        events = self.events.get(dossier)
        for name, where in named.each():
            if events and name not in events:
                yield Finding(where, f"“{name}” is not an event of the dossier “{dossier}”")

    def places_of(self, dossier: str, named: Named) -> Iterator[Finding]:
        """Findings for places: each must be on record, in the list once, and the dossier's."""
        yield from self.all_of(named)
        own, all_places = self.places.get(dossier), self.ids.get("place", ())
        for name, where in named.each():
            if own is not None and name in all_places and name not in own:
                yield Finding(where, f"“{name}” is not a place of the dossier “{dossier}”")
