"""Whether a record is consistent in itself: pure functions from records to findings.

They hold for a record that is read from files, and for a claim that is sent in.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.checking.answers import answers, citations, curated, kind_keys, options
from app.domain.checking.findings import Finding
from app.domain.checking.references import (
    Known,
    claim_references,
    dossier_references,
    source_references,
)
from app.domain.checking.repeats import repeats_in_claim, repeats_in_dossier, repeats_in_sources
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Sources


def check_sources(sources: Sources, known: Known) -> Iterator[Finding]:
    """Everything inconsistent in the registers."""
    yield from repeats_in_sources(sources)
    yield from source_references(sources, known)


def check_dossier(dossier: Dossier, known: Known) -> Iterator[Finding]:
    """Everything inconsistent in a dossier, its claims aside."""
    yield from repeats_in_dossier(dossier)
    yield from dossier_references(dossier, known)


def check_claim(claim: Claim, known: Known, dossier: str) -> Iterator[Finding]:
    """Everything inconsistent in a claim of the dossier with this id.

    Circles of `part_of` need all claims: see `part_of_circles`.
    """
    # Every check runs, whatever the one before found: all faults of a run are listed at once.
    yield from repeats_in_claim(claim)
    yield from claim_references(claim, known, dossier)
    yield from kind_keys(claim)
    yield from options(claim)
    yield from answers(claim)
    yield from curated(claim)
    yield from citations(claim)
