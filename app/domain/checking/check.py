"""Whether a record is consistent in itself: pure functions from records to findings.

They hold for a record that is read from files, and for a claim that is sent in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.checking.answers import answers, citations, curated, kind_keys, options
from app.domain.checking.findings import Finding, Where
from app.domain.checking.references import (
    Known,
    claim_references,
    dossier_references,
    source_references,
)
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


# `claims/<dossier>/dossier.yaml` lies among the files of claims, each named by its claim's id.
DOSSIER_FILE_ID = "dossier"


def repeats_in_claim(claim: Claim) -> Iterator[Finding]:
    """Findings for ids of options, accounts and citations that appear twice in their claim."""
    if claim.id == DOSSIER_FILE_ID:
        yield Finding(("id",), f"“{claim.id}” is reserved for the dossier's own file")
    options = ((("options", n, "id"), option.id) for n, option in enumerate(claim.options))
    yield from _repeated(options, "an option of this claim")
    accounts = ((("accounts", n, "id"), account.id) for n, account in enumerate(claim.accounts))
    yield from _repeated(accounts, "an account of this claim")
    citations: Iterator[tuple[Where, str]] = (
        (("accounts", n, "citations", m, "id"), citation.id)
        for n, account in enumerate(claim.accounts)
        for m, citation in enumerate(account.citations)
    )
    yield from _repeated(citations, "a citation of this claim")


def repeats_in_dossier(dossier: Dossier) -> Iterator[Finding]:
    """Findings for topics whose id another topic of the dossier has."""
    topics = ((("topics", n, "id"), topic.id) for n, topic in enumerate(dossier.topics))
    yield from _repeated(topics, "a topic of this dossier")


def repeats_in_sources(sources: Sources) -> Iterator[Finding]:
    """Findings for outlets that exist already, and documents at an address that another has.

    An outlet under two ids would be two origins of one report.
    """
    outlets: dict[tuple[str, str | None], str] = {}
    for n, publisher in enumerate(sources.publishers):
        # With the country, as different papers are called “The Times”.
        first = outlets.setdefault((publisher.name, publisher.country), publisher.id)
        if first != publisher.id:
            message = f"is already the name of the publisher “{first}” of the same country"
            yield Finding(("publishers", n, "name"), message)
    owners: dict[str, str] = {}
    for n, document in enumerate(sources.documents):
        # Two documents of one address are one page: its citations would count as from two.
        if document.url and owners.setdefault(document.url, document.id) != document.id:
            message = f"is already the address of the document “{owners[document.url]}”"
            yield Finding(("documents", n, "url"), message)


def _repeated(entries: Iterable[tuple[Where, str]], called: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for where, name in entries:
        if name in seen:
            yield Finding(where, f"“{name}” is already {called}")
        seen.add(name)
