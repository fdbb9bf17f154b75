"""Whether everything that a record refers to is there."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.claims import Account, Citation, Claim
from app.domain.registers import Dossier, Sources, Speaker
from app.dossiers.checking.known import Known
from app.dossiers.faults import Finding, Where


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
