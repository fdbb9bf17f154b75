"""What a check of the record finds, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.records.claims import Citation, Claim

Where = tuple[str | int, ...]
"""The way from a file's root to a value: keys as the file spells them, places in lists from 0."""

WHOLE_FILE = "file"


class Finding(NamedTuple):
    """What is wrong at one place of a record, as a sentence that follows the name of the field."""

    where: Where
    message: str


def citations_in(claim: Claim) -> Iterator[tuple[Where, Citation]]:
    """Every citation of a claim with its place."""
    for n, account in enumerate(claim.accounts):
        for m, citation in enumerate(account.citations):
            yield ("accounts", n, "citations", m), citation


def wordings_in(claim: Claim) -> Iterator[tuple[Where, str]]:
    """Every wording of accounts and citations with its place."""
    for n, account in enumerate(claim.accounts):
        if account.wording is not None:
            yield ("accounts", n, "wording"), account.wording
    for where, citation in citations_in(claim):
        if citation.wording is not None:
            yield (*where, "wording"), citation.wording


def field_name(where: Where) -> str:
    """`("accounts", 0, "said")` as `accounts[0].said`; the root as `file`."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return name.removeprefix(".") or WHOLE_FILE
