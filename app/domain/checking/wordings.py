"""Whether wordings are clauses that sentences can go on with: “the troops had pulled back”."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.checking.findings import Finding, Where, citations_in
from app.domain.records.claims import Claim, as_clause, opens_with_no_name

# A lead of 240 characters has room for two, their speakers and their days.
MAX_WORDING_LENGTH = 90


def unfit_wordings(claim: Claim) -> Iterator[Finding]:
    """Every wording that ends in a stop, begins with a capital of no name, or is long."""
    for n, account in enumerate(claim.accounts):
        yield from _unfit(account.wording, ("accounts", n, "wording"))
    for where, citation in citations_in(claim):
        yield from _unfit(citation.wording, (*where, "wording"))


def _unfit(wording: str | None, where: Where) -> Iterator[Finding]:
    if wording is None:
        return
    if wording.rstrip().endswith("."):
        yield Finding(where, "ends in a stop; it is a clause inside other sentences")
    if opens_with_no_name(wording):
        first = as_clause(wording).split()[0]
        yield Finding(where, f"begins with a capital; write “{first}”, unless it is a name")
    if len(wording) > MAX_WORDING_LENGTH:
        message = f"has {len(wording)} characters; sentences have room for {MAX_WORDING_LENGTH}"
        yield Finding(where, message)
