"""Whether everything that a record refers to is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.checking.findings import Finding, Where
from app.domain.records.claims import Account, Citation, Claim
from app.domain.records.kinds import ReferenceKind
from app.domain.records.registers import Dossier, Sources, Speaker


def source_references(sources: Sources, known: Known) -> Iterator[Finding]:
    """Findings in the registers, which refer to each other."""
    for n, body in enumerate(sources.bodies):
        yield from known.reference("side", body.side, ("bodies", n, "side"))
    for n, publisher in enumerate(sources.publishers):
        yield from known.reference("side", publisher.side, ("publishers", n, "side"))
    sides = known.ids.get("side", ())
    body_sides = {body.id: body.side for body in sources.bodies if body.side in sides}
    for n, speaker in enumerate(sources.speakers):
        yield from known.reference("side", speaker.side, ("speakers", n, "side"))
        yield from _speaks_for(speaker, body_sides, known, ("speakers", n, "speaks_for"))
        yield from known.references("publisher", speaker.channels, ("speakers", n, "channels"))
    for n, document in enumerate(sources.documents):
        yield from known.reference("publisher", document.publisher, ("documents", n, "publisher"))
        yield from known.references("publisher", document.credits, ("documents", n, "credits"))


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
    yield from known.references("side", dossier.sides, ("sides",))
    for n, place in enumerate(dossier.places):
        for m, name in enumerate(place.names):
            yield from known.reference("side", name.side, ("places", n, "names", m, "side"))


def claim_references(claim: Claim, known: Known, dossier: str) -> Iterator[Finding]:
    """Findings in a claim of this dossier, down to its citations."""
    yield from known.topic(dossier, claim.topic, ("topic",))
    yield from known.places_of(dossier, claim.places, ("places",))
    yield from known.reference("claim", claim.part_of, ("part_of",))
    yield from known.references("side", claim.losses_of, ("losses_of",))
    for n, account in enumerate(claim.accounts):
        yield from _account_references(account, known, ("accounts", n))
    for n, search in enumerate(claim.searched):
        yield from known.reference("side", search.side, ("searched", n, "side"))


def _account_references(account: Account, known: Known, where: Where) -> Iterator[Finding]:
    yield from known.references("side", account.harms, (*where, "harms"))
    for n, citation in enumerate(account.citations):
        yield from _citation_references(citation, known, (*where, "citations", n))


def _citation_references(citation: Citation, known: Known, where: Where) -> Iterator[Finding]:
    yield from known.reference("speaker", citation.speaker, (*where, "speaker"))
    yield from known.references("speaker", citation.speakers, (*where, "speakers"))
    yield from known.reference("speaker", citation.according_to, (*where, "according_to"))
    yield from known.references("publisher", citation.relayed_by, (*where, "relayed_by"))
    yield from known.reference("document", citation.document, (*where, "document"))


def circles(contains: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Every way back to a start, as the ids along it, beginning with the one that stands first.

    Ids that are no keys lead nowhere.
    """
    done: set[str] = set()
    for start in contains:
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

    A kind that `ids` does not hold, or a dossier that `topics` or `places` does not hold, is one
    that could not be read: nothing is said to be missing there. `renamed` leads from former ids to
    today's.
    """

    ids: Mapping[ReferenceKind, Collection[str]]
    topics: Mapping[str, Collection[str]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Collection[str]] = field(default_factory=dict)

    def reference(self, kind: ReferenceKind, name: str | None, where: Where) -> Iterator[Finding]:
        """A finding if this is a reference to something that is not on record."""
        if name is None or name in self.ids.get(kind, (name,)):
            return
        now = self.renamed.get(name)
        if now in self.ids.get(kind, ()):
            yield Finding(where, f"“{name}” was renamed; write “{now}”")
        else:
            yield Finding(where, f"“{name}” is no {kind} on record")

    def references(
        self, kind: ReferenceKind, names: Sequence[str], where: Where
    ) -> Iterator[Finding]:
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
