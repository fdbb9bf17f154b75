"""Submissions as lists and pages show them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.domain.contributing.records import Submission
from app.web.following.page_checks import CheckView, submitted_check_view
from app.web.html import urls
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, moment_view
from app.web.wording.record_text import RecordText


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission in a list: its subject, words, contributor and state.

    `question` is that of the claim, empty where the claim is not on record.
    """

    id: str
    url: str
    review_url: str
    state: str
    state_words: str
    kind: str
    claim: str
    question: str
    words: str
    author: str
    at: Day
    batch: str
    check: CheckView | None


def submission_row(submission: Submission, question: str = "") -> SubmissionRow:
    """One submission, with the question of its claim where that is on record."""
    sent = json.loads(submission.body)
    whole = submission.kind == "claim"
    # From the body that was sent, as a pending submission has no claim or citation on record.
    words = sent["claim"]["question"] if whole else sent.get("quote") or _("No words are quoted.")
    return SubmissionRow(
        id=submission.id,
        url=urls.submission(submission.id),
        review_url=urls.review(submission.id),
        state=submission.state,
        state_words=state(submission.state),
        kind=_("a claim") if whole else _("a citation"),
        claim=submission.claim or "",
        question=RecordText(question) if question else "",
        words=words,
        author=submission.author,
        at=moment_view(submission.at),
        batch=submission.batch or "",
        check=submitted_check_view(submission.check) if submission.quotes else None,
    )


def state(key: str) -> str:
    """How far a submission has come."""
    return {
        "pending": _("waits for a moderator"),
        "accepted": _("accepted"),
        "rejected": _("not accepted"),
        "withdrawn": _("withdrawn"),
    }[key]
