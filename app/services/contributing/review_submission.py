"""A moderator's decision on what was submitted, and what accepting it would do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.contributing.records import (
    ApiKey,
    Submission,
    SubmissionState,
    SubmittedCitation,
    SubmittedClaim,
)
from app.domain.disagreement.comparison import Comparison, Message
from app.domain.disagreement.effects import effects
from app.domain.disagreement.engine import compare
from app.errors import (
    AlreadyDecided,
    AlreadyOnRecord,
    BadFields,
    BadInput,
    LazyMessage,
    NotAllowed,
    VariorumError,
)
from app.services.contributing.draft import Draft
from app.services.contributing.drafting import compose
from app.services.contributing.duplicates import Resembling, resembling
from app.services.contributing.parsing import read_citation, read_claim
from app.services.record.append_revision import Author, write_claim, write_entry
from app.storage.contributing.submissions import decide, get_submission
from app.storage.revisions.log import lock_head

MAX_REASON_LENGTH = 2_000
MAX_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepting a submission would do.

    `before` is the claim's comparison as it is on record, None where the claim is proposed;
    `messages` are what would be otherwise, none where nothing would.
    """

    draft: Draft
    before: Comparison | None
    after: Comparison
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A submission of a batch that was left as it is, and why.

    Each of the reasons is a JSON Pointer into what was sent, empty for the whole of it, and a
    sentence.
    """

    submission: str
    reasons: tuple[tuple[str, str], ...]


def effect(
    session: Session, submission: Submission, *, edited: dict[str, Any] | None = None
) -> Effect:
    """What accepting a submission would do, as it was sent or as a moderator has `edited` it.

    Raises `BadFields` or `AlreadyOnRecord` where the record as it is now does not take it.
    """
    draft = compose(session, sent_in(submission, edited), submission.at)
    after = compare(draft.after, draft.registers, draft.dossier)
    # Compared now and not read: the stored comparison may be of an earlier engine, and the two must
    # differ by the submission alone.
    before = compare(draft.before, draft.registers, draft.dossier) if draft.before else None
    messages = effects(before, after, draft.after, draft.registers)
    return Effect(draft, before, after, messages)


def accept(
    session: Session,
    submission_id: str,
    by: ApiKey,
    now: datetime,
    *,
    edited: dict[str, Any] | None = None,
) -> Submission:
    """Take a submission into the record, as it was sent or as the moderator has `edited` it.

    New entries get a revision each, then the claim. Raises `NotAllowed` for a contributor's key
    and for one's own submission, `AlreadyDecided`, and what `effect` raises; nothing is then
    changed once the transaction is rolled back.
    """
    submission = _to_decide(session, submission_id, by)
    draft = compose(session, sent_in(submission, edited), submission.at)
    if edited is not None:
        _require_the_same_claim(submission, draft)
    # In the contributor's name, as it brings their words; who accepted it is in the reason.
    author = Author(submission.author, now, _reason(submission, by, edited is not None), "api")
    # Entries first: a revision of the claim may name only what is on record.
    for new in draft.new_entries:
        write_entry(session, new.kind, new.entry.to_plain(), author)
    revision = write_claim(session, draft.after, draft.registers, draft.dossier, author)
    return _end(session, submission, "accepted", by, now, None, revision.number)


def reject(
    session: Session, submission_id: str, by: ApiKey, now: datetime, reason: str
) -> Submission:
    """Turn a submission down with a reason, which its contributor sees.

    Raises `NotAllowed`, `AlreadyDecided`, and `BadFields` for a reason that is empty or too long.
    """
    submission = _to_decide(session, submission_id, by)
    why = reason.strip()
    if not why:
        raise BadFields([("/reason", LazyMessage("Say why; the contributor reads it."))])
    if len(why) > MAX_REASON_LENGTH:
        raise BadFields(
            [
                (
                    "/reason",
                    LazyMessage("is longer than {most} characters.", most=f"{MAX_REASON_LENGTH:,}"),
                )
            ]
        )
    return _end(session, submission, "rejected", by, now, why)


def accept_batch(
    session: Session, submissions: Sequence[str], by: ApiKey, now: datetime
) -> list[Refusal]:
    """Accept many submissions, one after another; returns those that were not, each with why.

    A refused one leaves nothing behind. Raises `BadInput` for more than two hundred at once.
    """
    _require_not_too_many(submissions)
    refused = []
    for submission in submissions:
        try:
            # A savepoint each: new entries of a submission that is refused at its claim must go,
            # and what was accepted before it must stay.
            with session.begin_nested():
                accept(session, submission, by, now)
        except (BadFields, AlreadyOnRecord, AlreadyDecided, NotAllowed) as why:
            refused.append(Refusal(submission, _reasons(why)))
    return refused


def reject_batch(
    session: Session, submissions: Sequence[str], by: ApiKey, now: datetime, reason: str
) -> list[Refusal]:
    """Reject many submissions for one reason; returns those that were not, each with why."""
    _require_not_too_many(submissions)
    refused = []
    for submission in submissions:
        try:
            reject(session, submission, by, now, reason)
        # No savepoint: a rejection that is refused has written nothing yet.
        except (AlreadyDecided, NotAllowed) as why:
            refused.append(Refusal(submission, _reasons(why)))
    return refused


def sent_in(
    submission: Submission, edited: dict[str, Any] | None = None
) -> SubmittedCitation | SubmittedClaim:
    """What was sent as the shape it has, or a moderator's edit of it; raises `BadFields`."""
    body = json.loads(submission.body) if edited is None else edited
    return read_citation(body) if submission.kind == "citation" else read_claim(body)


def resembled(session: Session, submission: Submission) -> list[Resembling]:
    """What a pending submission resembles; nothing where the record does not take it any more."""
    if submission.state != "pending":
        return []
    try:
        draft = compose(session, sent_in(submission), submission.at)
    except (BadFields, AlreadyOnRecord):
        return []
    return resembling(session, draft, submission.id)


def is_own(submission: Submission, key: ApiKey) -> bool:
    """Whether the holder of a key sent it, with this key or an earlier one of the same name."""
    # By the name too: with a new key one would otherwise decide on what one sent with the old.
    return key.id == submission.key or key.name == submission.author


def _to_decide(session: Session, submission_id: str, by: ApiKey) -> Submission:
    """The submission, pending, with the record locked until the transaction ends."""
    if not by.may_decide:
        raise NotAllowed(LazyMessage("Only moderators decide; your key may submit."))
    lock_head(session)
    submission = get_submission(session, submission_id)
    # After the lock, so that of two moderators the second sees what the first decided.
    if submission.state != "pending":
        raise AlreadyDecided(submission.state)
    if is_own(submission, by):
        raise NotAllowed(
            LazyMessage("You cannot decide on your own submission; another moderator has to.")
        )
    return submission


def _end(
    session: Session,
    submission: Submission,
    state: SubmissionState,
    by: ApiKey,
    now: datetime,
    reason: str | None,
    revision: int | None = None,
) -> Submission:
    ended = decide(
        session,
        submission.id,
        state=state,
        by=by.name,
        at=now,
        reason=reason,
        revision=revision,
    )
    decided = get_submission(session, submission.id)
    if not ended:
        raise AlreadyDecided(decided.state)
    return decided


# The author of the revision is who sent it: the reason names the moderator who took it.
def _reason(submission: Submission, by: ApiKey, is_edited: bool) -> str:
    """What the revision says of why: never the submission's id, which only its sender knows."""
    how = "Edited and accepted" if is_edited else "Accepted"
    sent = sent_in(submission)
    given = sent.reason if isinstance(sent, SubmittedClaim) else None
    return f"{given} ({how} by {by.name}.)" if given else f"{how} by {by.name}."


def _require_the_same_claim(submission: Submission, draft: Draft) -> None:
    # Its contributor, and who else follows it, knows it as one of this claim.
    if submission.claim is not None and submission.claim != draft.after.id:
        pointer = "/claim" if submission.kind == "citation" else "/claim/id"
        raise BadFields(
            [
                (
                    pointer,
                    LazyMessage("An edit stays with the claim “{claim}”.", claim=submission.claim),
                )
            ]
        )


def _require_not_too_many(submissions: Sequence[str]) -> None:
    if len(submissions) > MAX_AT_ONCE:
        raise BadInput(
            LazyMessage("At most {most} submissions can be decided at once.", most=MAX_AT_ONCE)
        )


def _reasons(why: VariorumError) -> tuple[tuple[str, str], ...]:
    return why.problems if isinstance(why, BadFields) else (("", why.sentence),)
