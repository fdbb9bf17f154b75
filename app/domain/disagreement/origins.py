"""Where the information of a citation came from: its root, by which origins are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.domain.records.claims import Citation, Claim
from app.domain.records.registers import Document, Registers
from app.domain.values.canonical_addresses import address_key


class Root(NamedTuple):
    """Where information came from: speakers (joint ones together), an agency or a publisher."""

    kind: Literal["speaker", "publisher"]
    ids: tuple[str, ...]


def root_of(citation: Citation, speakers: tuple[str, ...], carried_by: Mapping[str, str]) -> Root:
    """The root of a citation; `carried_by` is what `carriers_of` found for its claim."""
    if speakers:
        # A joint statement is one origin, in whatever order its speakers were entered.
        return Root("speaker", speakers if len(speakers) == 1 else tuple(sorted(speakers)))
    relayed = citation.relayed_by
    return Root("publisher", (relayed[0] if relayed else carried_by[citation.document],))


def carriers_of(claim: Claim, registers: Registers) -> dict[str, str]:
    """By document, the publisher in whose voice its page speaks; no two for one page.

    A page may be on record as two documents, of an outlet and of who entered it anew.
    """
    named = {c.document for _, c in claim.citations() if not c.all_speakers and not c.relayed_by}
    carriers = {key: _carrier(registers.documents[key]) for key in named}
    # By far the most claims have one, and no address need be read.
    if len(set(carriers.values())) < 2:
        return carriers
    pages: dict[str, list[Document]] = {}
    for key in sorted(named):
        document = registers.documents[key]
        pages.setdefault(address_key(document.url) or key, []).append(document)
    for documents in pages.values():
        # Whom one of them credits, before who carried it; by id, whatever the order of citations.
        credited = [document for document in documents if document.credits] or documents
        origin = min(map(_carrier, credited))
        carriers.update((document.id, origin) for document in documents)
    return carriers


def _carrier(document: Document) -> str:
    # The first agency, where the words entered the news; those after it and the outlet passed them
    # on.
    return document.credits[0] if document.credits else document.publisher
