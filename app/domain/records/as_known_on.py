"""The record as a reader could have known it on a day."""

from __future__ import annotations

from app.domain.records.claims import Citation, Claim
from app.domain.values.dates import Day, parse_date


def was_known(citation: Citation, day: Day) -> bool:
    """Whether it was said on or before that day; an imprecise day counts from its latest one.

    What is undated, or was said over a time that has no end, is never known to be.
    """
    if citation.said is None:
        return False
    # The latest day, not the earliest: what was said “in March” had perhaps not been said yet on
    # the 20th, and a dated view shows only what was surely known.
    latest = parse_date(citation.said).latest
    return latest is not None and latest <= day


def has_no_day(citation: Citation) -> bool:
    """Whether a dated view must leave the citation out for want of a day."""
    return citation.said is None or parse_date(citation.said).latest is None


def as_known_on(claim: Claim, day: Day) -> Claim:
    """The claim with only what had been said by that day, and the accounts given by then."""
    accounts = []
    for account in claim.accounts:
        known = tuple(citation for citation in account.citations if was_known(citation, day))
        # An account without citations would still be shown as an answer, though it was given only
        # later.
        if known:
            accounts.append(account.model_copy(update={"citations": known}))
    return claim.model_copy(update={"accounts": tuple(accounts)})
