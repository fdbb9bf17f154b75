"""What contributors send, and what is stored of it: keys, submissions, and the shapes sent.

A submission is text until a moderator accepts it. These shapes hold what can be said of it without
the record; what the record has to say to it is checked where a draft is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from typing import Literal, NamedTuple, Self

from app.domain.records.claims import Certainty, Claim, Form, Reading, Stance, Voice
from app.domain.records.page_checks import Finding
from app.domain.records.registers import (
    Archived,
    CountryCode,
    LanguageTag,
    PublisherKind,
    Standing,
    WebAddress,
)
from app.domain.search.sounds import romanised
from app.domain.values.base import Edtf, EdtfDay, Id, Prose, Record
from app.errors import LazyMessage

Role = Literal["contributor", "moderator", "admin"]
"""Who holds a key: a contributor submits, a moderator decides too, an admin also redacts."""


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

    `rule` and `reason` are the page check's: why the page was not read, empty where it was. The
    other fields mean what they mean in `CheckedQuote`.
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
    rule: str | None = None
    reason: str = ""


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


SubmissionState = Literal["pending", "accepted", "rejected", "withdrawn"]
SubmissionKind = Literal["citation", "claim"]


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


MAX_FIELD_LENGTH = 10_000  # characters of one text, by default
# A body of thousands of faults would be answered with many times its size.
MAX_FAULTS = 100


class Submitted(Record):
    """Something that a contributor sends.

    The defaults of what it leaves out are those of the record's own shapes.
    """

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read it from JSON, where a number is no string and a string no number.

        Raises pydantic's `ValidationError` with every fault of a field; `faults` has those that
        lie between fields.
        """
        # Strict: JSON has types, and `"120"` for a number is a mistake of the sender's program.
        return cls.model_validate_json(text, strict=True)


class NewSpeaker(Submitted):
    """A speaker whom the record does not know yet; without an id, one is derived from the name."""

    id: Id | None = None
    name: Prose
    plural: bool = False
    side: Id
    speaks_for: Id | None = None
    standing: Standing
    channels: tuple[Id, ...] = ()
    note: Prose | None = None


class NewPublisher(Submitted):
    """A publisher that the record does not know yet; without an id, one is derived."""

    id: Id | None = None
    name: Prose
    kind: PublisherKind
    country: CountryCode | None = None
    owner: Prose | None = None
    side: Id | None = None
    url: WebAddress | None = None
    note: Prose | None = None


class NewDocument(Submitted):
    """A document that the record does not know yet, with one that it knows as publisher, or a new.

    Without an id, one is derived; without `read_on` it is the day of the submission.
    """

    id: Id | None = None
    publisher: Id | None = None
    new_publisher: NewPublisher | None = None
    title: Prose
    url: WebAddress | None = None
    published: Edtf | None = None
    language: LanguageTag
    read_on: EdtfDay | None = None
    archived: Archived | None = None
    credits: tuple[Id, ...] = ()
    note: Prose | None = None

    def faults(self, pointer: str) -> Iterator[tuple[str, str]]:
        """What is wrong between its fields; `pointer` is its place in what was sent."""
        if self.publisher is None and self.new_publisher is None:
            yield (
                f"{pointer}/publisher",
                LazyMessage("Say who published it: publisher or new_publisher."),
            )
        if self.publisher is not None and self.new_publisher is not None:
            yield (
                f"{pointer}/new_publisher",
                LazyMessage("Give publisher or new_publisher, not both."),
            )


class NewAccount(Submitted):
    """A version that the claim does not have yet; without an id, one is derived from its answer."""

    id: Id | None = None
    answer: Prose | None = None
    wording: Prose | None = None
    as_of: Edtf | None = None
    unit: Prose | None = None
    measure: Prose | None = None
    scope: Prose | None = None
    harms: tuple[Id, ...] = ()
    note: Prose | None = None


class SubmittedCitation(Submitted):
    """One statement for an account of a claim.

    It names one of the claim's accounts or brings a new one, and a document on record or a new one.
    Without a speaker it is the document's own voice. Without an id, one is derived.
    """

    claim: Id
    id: Id | None = None
    account: Id | None = None
    new_account: NewAccount | None = None
    speaker: Id | None = None
    speakers: tuple[Id, ...] = ()
    new_speaker: NewSpeaker | None = None
    according_to: Id | None = None
    relayed_by: tuple[Id, ...] = ()
    stance: Stance = "asserts"
    certainty: Certainty = "stated"
    as_of: Edtf | None = None
    wording: Prose | None = None
    reading: Reading | None = None
    said: Edtf | None = None
    occasion: Id | None = None
    form: Form = "statement"
    document: Id | None = None
    new_document: NewDocument | None = None
    voice: Voice | None = None
    quote: Prose | None = None
    translation: Prose | None = None
    note: Prose | None = None
    batch: Id | None = None

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong between its fields: a JSON Pointer (RFC 6901) and a sentence each."""
        return list(self._faults())

    def _faults(self) -> Iterator[tuple[str, str]]:
        if self.account is None and self.new_account is None:
            yield "/account", LazyMessage("Say which account it is of: account or new_account.")
        if self.account is not None and self.new_account is not None:
            yield "/new_account", LazyMessage("Give account or new_account, not both.")
        if self.document is None and self.new_document is None:
            yield (
                "/document",
                LazyMessage("Say which document it is in: document or new_document."),
            )
        if self.document is not None and self.new_document is not None:
            yield "/new_document", LazyMessage("Give document or new_document, not both.")
        if sum((self.speaker is not None, bool(self.speakers), self.new_speaker is not None)) > 1:
            yield "/speaker", LazyMessage("Give one of speaker, speakers and new_speaker.")
        if self.new_document is not None:
            yield from self.new_document.faults("/new_document")


class SubmittedClaim(Submitted):
    """A whole claim, in the shape of its file, with the register entries that it brings along.

    What the claim refers to among them has its id given.
    """

    dossier: Id
    claim: Claim
    new_speakers: tuple[NewSpeaker, ...] = ()
    new_publishers: tuple[NewPublisher, ...] = ()
    new_documents: tuple[NewDocument, ...] = ()
    reason: Prose | None = None
    batch: Id | None = None

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong between its fields: a JSON Pointer (RFC 6901) and a sentence each."""
        return [
            fault
            for number, document in enumerate(self.new_documents)
            for fault in document.faults(f"/new_documents/{number}")
        ]


def overlong_fields(sent: object, longest: int = MAX_FIELD_LENGTH) -> list[tuple[str, str]]:
    """The texts among JSON values that are too long: a JSON Pointer and a sentence each.

    At most a hundred of them.
    """
    overlong = (pointer for pointer, text in _texts(sent, "") if len(text) > longest)
    return [
        (pointer, LazyMessage("is longer than {most} characters.", most=f"{longest:,}"))
        for pointer in islice(overlong, MAX_FAULTS)
    ]


def _texts(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{pointer}/{escaped(key)}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, f"{pointer}/{number}")


def escaped(key: str) -> str:
    """A key as a step of a JSON Pointer (RFC 6901, section 3)."""
    # In this order: the other way round would escape the tilde of `~1` again.
    return key.replace("~", "~0").replace("/", "~1")


_MAX_LENGTH = 56  # leaves room for a number within the 64 of an id
_OTHER = re.compile(r"[^a-z0-9]+")
_AT_ONCE = 100


def slug(*words: str | None, otherwise: str) -> str:
    """These words in Latin letters and digits as an id; `otherwise` where nothing is left.

    Words of other scripts are romanised: `Վահրամ Պողոսյան` is `vahram-poghosyan`.
    """
    plain = romanised(" ".join(word for word in words if word))
    return _OTHER.sub("-", plain).strip("-")[:_MAX_LENGTH].strip("-") or otherwise


def free_id(wished: str, taken: Callable[[Collection[str]], Set[str]]) -> str:
    """The wished id, or the first of `wished-2`, `wished-3`, … that is not taken.

    `taken` says which of some ids are.
    """
    # One at first, as it is free as a rule; then a hundred with each question to the database.
    candidates = [wished]
    for number in count(2, _AT_ONCE):
        used = taken(candidates)
        free = next((candidate for candidate in candidates if candidate not in used), None)
        if free:
            return free
        candidates = [f"{wished}-{number + more}" for more in range(_AT_ONCE)]
    raise AssertionError("counting ended")
