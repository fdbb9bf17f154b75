"""Submitting: what was sent, held against the record, is kept until a moderator decides.

`prepare` reads and may take its time; `submit` writes and is short, for while it runs nobody else
writes on SQLite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey, Submission, SubmittedQuote
from app.domain.contributing.submissions import SubmittedCitation, SubmittedClaim
from app.domain.values.canonical import canonical
from app.errors import AlreadyDecided, AlreadyOnRecord, NotAllowed, Sentence, TooMany
from app.services.contributing.draft import Composed
from app.services.contributing.drafting import compose
from app.services.contributing.duplicates import statement_of
from app.storage.contributing.rate_limit import hit
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
    """A submission that the record has nothing against; `body` is the JSON that was sent."""

    sent: SubmittedCitation | SubmittedClaim
    body: str
    composed: Composed
    statement: str


def prepare(
    session: Session,
    sent: SubmittedCitation | SubmittedClaim,
    body: Mapping[str, Any],
    at: datetime,
) -> Prepared:
    """Hold a submission against the record; nothing is written.

    `sent` is what `reading` made of the JSON values in `body`. Raises `BadFields` with all that is
    wrong, and `AlreadyOnRecord` where the record has the same statement or it waits to be decided.
    """
    composed = compose(session, sent, at)
    statement = statement_of(composed)
    _require_new(session, statement)
    return Prepared(sent, canonical(body), composed, statement)


def submit(
    session: Session, key: ApiKey, prepared: Prepared, at: datetime, *, an_hour: int
) -> Submission:
    """Keep a prepared submission, pending.

    Raises `TooMany` where the key sent more than `an_hour`, and `AlreadyOnRecord` where somebody
    else submitted the same since it was prepared.
    """
    wait = hit(session, f"submissions:{key.id}", at, most=an_hour, seconds=_HOUR)
    if wait is not None:
        raise TooMany(wait)
    composed, sent = prepared.composed, prepared.sent
    submission = Submission(
        id=new_submission_id(at),
        kind="citation" if isinstance(sent, SubmittedCitation) else "claim",
        state="pending",
        key=key.id,
        author=key.name,
        at=at,
        claim=composed.after.id,
        url=_url(composed),
        body=prepared.body,
        statement=prepared.statement,
        batch=sent.batch,
        quotes=_quotes(composed),
    )
    while not save_submission(session, submission):  # again where the other was decided just now
        _require_new(session, prepared.statement)
    return submission


def withdraw(session: Session, key: ApiKey, submission_id: str, at: datetime) -> Submission:
    """Take back a submission of one's own that nobody has decided yet.

    Raises `NotFound`, `NotAllowed` where it is somebody else's, and `AlreadyDecided`.
    """
    submission = get_submission(session, submission_id)
    if submission.author != key.name:
        raise NotAllowed(
            Sentence("Only who sent a submission withdraws it; a moderator can reject it.")
        )
    if not decide(session, submission_id, state="withdrawn", by=key.name, at=at):
        raise AlreadyDecided(get_submission(session, submission_id).state)
    return get_submission(session, submission_id)


def _require_new(session: Session, statement: str) -> None:
    other = find_statement(session, statement)
    if other and other.state == "pending":
        raise AlreadyOnRecord(
            Sentence("This statement was submitted already and waits for a moderator."),
            {"kind": "submission", "id": other.id},
        )


def _url(composed: Composed) -> str | None:
    """The address of a citation's document."""
    for _, citation in composed.after.citations():
        if citation.id == composed.citation:
            return composed.registers.documents[citation.document].url
    return None


def _quotes(composed: Composed) -> tuple[SubmittedQuote, ...]:
    """The words that are to be looked for on pages: a citation's, or all of a whole claim."""
    wanted = [
        citation
        for _, citation in composed.after.citations()
        if composed.citation in (None, citation.id)
    ]
    found = ((c.id, composed.registers.documents[c.document].url, c.quote) for c in wanted)
    return tuple(SubmittedQuote(key, url, quote) for key, url, quote in found if url and quote)
