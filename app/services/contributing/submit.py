"""Submitting: what was sent is checked against the record and stored until a moderator decides.

It has two transactions. The first only reads and may take its time; the second writes and is short,
for while it runs nobody else writes on SQLite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.contributing.records import (
    ApiKey,
    Submission,
    SubmittedCitation,
    SubmittedClaim,
    SubmittedQuote,
)
from app.domain.values.base import canonical
from app.errors import (
    AlreadyDecided,
    AlreadyOnRecord,
    BadFields,
    BadInput,
    LazyMessage,
    NotAllowed,
)
from app.queries.registers import document_at
from app.queries.transactions import Transactions
from app.services.contributing.draft import Draft
from app.services.contributing.drafting import compose
from app.services.contributing.duplicates import Resembling, resembling, statement_of
from app.services.contributing.idempotency import (
    Answer,
    RepeatableRequest,
    answer_once,
    earlier_answer,
)
from app.storage.contributing.rate_limit import consume
from app.storage.contributing.submissions import (
    decide,
    find_statement,
    get_submission,
    new_submission_id,
    save_submission,
)

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission that the record has nothing against, with what it resembles.

    `body` is the JSON that was sent.
    """

    sent: SubmittedCitation | SubmittedClaim
    body: str
    draft: Draft
    statement: str
    near: tuple[Resembling, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission that was stored, and what it resembles."""

    submission: Submission
    near: tuple[Resembling, ...]


def submit(
    database: Transactions,
    key: ApiKey,
    sent: SubmittedCitation | SubmittedClaim,
    body: Mapping[str, Any],
    at: datetime,
    *,
    an_hour: int,
) -> Submitted:
    """Check a submission against the record and store it, pending.

    Raises what `prepare` and `store` raise.
    """
    with database.reading() as session:
        prepared = prepare(session, sent, body, at)
    return database.write(lambda s: store(s, key, prepared, at, an_hour=an_hour))


def submit_once(
    database: Transactions,
    request: RepeatableRequest,
    key: ApiKey,
    sent: SubmittedCitation | SubmittedClaim,
    at: datetime,
    *,
    an_hour: int,
    answer: Callable[[Submitted], Answer],
) -> Answer:
    """The same for a request that may be sent twice: its `answer`, or the first one's.

    Raises what `submit` and `answer_once` raise.
    """
    # Before anything is checked: what the first request submitted is on record by now, and would
    # be found to be a duplicate.
    first = earlier_answer(database, request)
    if first is not None:
        return first
    try:
        with database.reading() as session:
            prepared = prepare(session, sent, request.body, at)
    except AlreadyOnRecord:
        # By the first request of this name itself, where it was stored only since we asked.
        first = earlier_answer(database, request)
        if first is None:
            raise
        return first

    def stored(session: Session) -> Answer:
        return answer_once(
            session,
            request,
            lambda: answer(store(session, key, prepared, at, an_hour=an_hour)),
        )

    return database.write(stored)


def prepare(
    session: Session,
    sent: SubmittedCitation | SubmittedClaim,
    body: Mapping[str, Any],
    at: datetime,
) -> Prepared:
    """Check a submission against the record; nothing is written.

    `sent` is what `parsing` made of the JSON values in `body`. Raises `BadFields` with all that is
    wrong, and `AlreadyOnRecord` where the record has the same statement or it waits to be decided,
    or has a document that is sent as a new one.
    """
    known = _document_on_record(session, sent)
    try:
        draft = compose(session, sent, at)
    except BadFields as wrong:
        # Alone it is no fault but something that is there already.
        if known and {pointer for pointer, _ in wrong.problems} == {known.pointer}:
            raise known.error from None
        raise
    statement = statement_of(draft)
    _require_new(session, statement)
    # Here and not where a draft is composed: a moderator accepts two submissions that both bring a
    # document, and the second is then of the first one's.
    if known:
        raise known.error
    near = tuple(resembling(session, draft))
    return Prepared(sent, canonical(body), draft, statement, near)


def store(
    session: Session, key: ApiKey, prepared: Prepared, at: datetime, *, an_hour: int
) -> Submitted:
    """Store a prepared submission, pending.

    Raises `TooMany` where the key sent more than `an_hour`, and `AlreadyOnRecord` where somebody
    else submitted the same since it was prepared.
    """
    # In the transaction that stores: what is refused costs nothing of the hour.
    consume(session, f"submissions:{key.id}", at, limit=an_hour, seconds=_HOUR)
    draft, sent = prepared.draft, prepared.sent
    submission = Submission(
        id=new_submission_id(at),
        kind="citation" if isinstance(sent, SubmittedCitation) else "claim",
        state="pending",
        key=key.id,
        author=key.name,
        at=at,
        claim=draft.after.id,
        url=_url(draft),
        body=prepared.body,
        statement=prepared.statement,
        batch=sent.batch,
        quotes=_quotes(draft),
    )
    while not save_submission(session, submission):  # again where the other was decided just now
        _require_new(session, prepared.statement)
    return Submitted(submission, prepared.near)


def withdraw(session: Session, key: ApiKey, submission_id: str, at: datetime) -> Submission:
    """Take back a submission of one's own that nobody has decided yet.

    Raises `NotFound`, `NotAllowed` where it is somebody else's, and `AlreadyDecided`.
    """
    submission = get_submission(session, submission_id)
    # By the name, so that a contributor whose key was replaced can still take it back.
    if submission.author != key.name:
        raise NotAllowed(
            LazyMessage(
                "Only the sender of a submission can withdraw it; a moderator can reject it."
            )
        )
    if not decide(session, submission_id, state="withdrawn", by=key.name, at=at):
        raise AlreadyDecided(get_submission(session, submission_id).state)
    return get_submission(session, submission_id)


def _require_new(session: Session, statement: str) -> None:
    other = find_statement(session, statement)
    # What was rejected or withdrawn may be submitted again; what was accepted is found on record.
    if other and other.state == "pending":
        raise AlreadyOnRecord(
            LazyMessage("This statement has already been submitted and waits for a moderator."),
            {"kind": "submission", "id": other.id},
        )


@dataclass(frozen=True, slots=True)
class _KnownDocument:
    """A document on record that was sent as a new one; `pointer` is the place of its address."""

    pointer: str
    error: AlreadyOnRecord


def _document_on_record(
    session: Session, sent: SubmittedCitation | SubmittedClaim
) -> _KnownDocument | None:
    if isinstance(sent, SubmittedClaim):
        new = {f"/new_documents/{n}": document for n, document in enumerate(sent.new_documents)}
    else:
        new = {"/new_document": sent.new_document} if sent.new_document else {}
    for pointer, document in new.items():
        try:
            found = document_at(session, document.url) if document.url else None
        except BadInput:  # reported with the other faults
            continue
        if found:
            message = LazyMessage(
                "The document at this address is on record as “{id}”; name that one.", id=found
            )
            existing = {"kind": "document", "id": found}
            return _KnownDocument(f"{pointer}/url", AlreadyOnRecord(message, existing))
    return None


def _url(draft: Draft) -> str | None:
    """The address of a citation's document."""
    for _, citation in draft.after.citations():
        if citation.id == draft.citation:
            return draft.registers.documents[citation.document].url
    return None


def _quotes(draft: Draft) -> tuple[SubmittedQuote, ...]:
    """The words that are to be looked for on pages: a citation's, or all of a whole claim."""
    wanted = [
        citation for _, citation in draft.after.citations() if draft.citation in (None, citation.id)
    ]
    found = ((c.id, draft.registers.documents[c.document].url, c.quote) for c in wanted)
    return tuple(SubmittedQuote(key, url, quote) for key, url, quote in found if url and quote)
