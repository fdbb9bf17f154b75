"""Submissions as lists and pages show them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from app.storage.contributions import SubmissionOnRecord
from app.web import urls
from app.web.i18n import gettext as _
from app.web.views.checks import CheckView, submitted_check_view
from app.web.views.dates import Day, moment_view


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission in a list: what it is of, in which words, by whom, and how it stands."""

    id: str
    url: str
    review_url: str
    state: str
    state_words: str
    kind: str
    claim: str
    words: str
    author: str
    at: Day
    batch: str
    check: CheckView | None


def submission_row(submission: SubmissionOnRecord) -> SubmissionRow:
    """One submission."""
    sent = json.loads(submission.body)
    whole = submission.kind == "claim"
    words = sent["claim"]["question"] if whole else sent.get("quote") or _("No words are quoted.")
    return SubmissionRow(
        id=submission.id,
        url=urls.submission(submission.id),
        review_url=urls.review(submission.id),
        state=submission.state,
        state_words=state(submission.state),
        kind=_("a claim") if whole else _("a citation"),
        claim=submission.claim or "",
        words=words,
        author=submission.author,
        at=moment_view(submission.at),
        batch=submission.batch or "",
        check=submitted_check_view(submission.check) if submission.quotes else None,
    )


def submission_rows(submissions: Iterable[SubmissionOnRecord]) -> list[SubmissionRow]:
    """Several submissions."""
    return [submission_row(submission) for submission in submissions]


def state(key: str) -> str:
    """How far a submission has come."""
    return {
        "pending": _("waits for a moderator"),
        "accepted": _("accepted"),
        "rejected": _("not accepted"),
        "withdrawn": _("withdrawn"),
    }[key]
