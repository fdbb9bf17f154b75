"""Keys and submissions as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.domain.contributing.submissions import Role, SubmissionKind, SubmissionState
from app.domain.records.page_checks import Finding

# Roles are named that may, not those that may not: a role added later decides on nothing at first.
_DECIDING: tuple[Role, ...] = ("moderator", "admin")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key, whose secret nobody knows but its holder.

    `name` is the holder's pseudonym: what the holder does is signed with it in public.
    """

    id: str
    name: str
    role: Role
    made_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def may_decide(self) -> bool:
        """Whether its holder decides on submissions, edits claims and restores revisions."""
        return self.role in _DECIDING


@dataclass(frozen=True, slots=True)
class SubmissionCheck:
    """What the page check of this number found of a submission's words.

    The other fields mean what they mean in `CheckedQuote`.
    """

    page_check: int
    at: datetime
    finding: Finding
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    directive: str | None = None
    differences: str | None = None
    context_before: str | None = None
    context_exact: str | None = None
    context_after: str | None = None


@dataclass(frozen=True, slots=True)
class SubmittedQuote:
    """Words of a submission that are to be looked for on a page.

    `citation` is the id that the citation would have in its claim; `check` is the last check of
    its page, None before there was one.
    """

    citation: str
    url: str
    quote: str
    check: SubmissionCheck | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a contributor sent, and what became of it.

    `id` is `new_submission_id`'s. `key` is the id of the key that it was sent with, `author` the
    pseudonym of its holder, who may have had another key then. `body` is the JSON sent, with sorted
    keys. `statement` is a hash of what makes two submissions the same statement. `claim` is the
    claim that it is about, or proposes. `url` is its document's, None for a whole claim and where
    the document has none. `quotes` are the words to be checked: one of a citation, any number of a
    claim.

    `decided_by` is a pseudonym, the contributor's own where it was withdrawn; `revision` is the
    newest that accepting it made.
    """

    id: str
    kind: SubmissionKind
    state: SubmissionState
    key: str
    author: str
    at: datetime
    claim: str | None
    url: str | None
    body: str
    statement: str
    batch: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    revision: int | None = None
    quotes: tuple[SubmittedQuote, ...] = ()

    @property
    def check(self) -> SubmissionCheck | None:
        """The check of its first quotation, which is a citation's only one."""
        return self.quotes[0].check if self.quotes else None


class PendingQuote(NamedTuple):
    """Words of a pending submission, by the submission's id and the citation's."""

    submission: str
    citation: str
    quote: str


@dataclass(frozen=True, slots=True)
class RememberedAnswer:
    """What a request with an idempotency key was answered: the first body's hash and answer."""

    body_hash: str
    status: int
    answer: str
