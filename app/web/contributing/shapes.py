"""Submissions as the API answers them."""

from __future__ import annotations

import json
from typing import Any, Self

from app.domain.contributing import records
from app.domain.contributing.records import SubmissionKind, SubmissionState
from app.domain.quotations.fragments import text_fragment_link
from app.domain.records.page_checks import Finding
from app.services.contributing.duplicates import Resembling, Why
from app.web.html import urls
from app.web.http.shapes import Moment, Shape


class SubmittedWords(Shape):
    """A quotation of a submission, with the last check of its page.

    `finding` is `unchecked` before the first check; `reason` says why the page was not read. The
    other fields are those of a citation's check.
    """

    citation: str
    url: str
    quote: str
    finding: Finding
    reason: str
    at: Moment | None
    exact: str | None
    prefix: str | None
    suffix: str | None
    source: str
    leads_to_words: bool | None
    differences: list[tuple[str, str]]
    context: str | None

    @classmethod
    def of(cls, words: records.SubmittedQuote) -> Self:
        """Words as the record has them."""
        found = words.check
        # Stored in three parts, so that pages can mark the middle one; the API joins them.
        around = (found.context_before, found.context_exact, found.context_after) if found else ()
        return cls(
            citation=words.citation,
            url=words.url,
            quote=words.quote,
            finding=found.finding if found else "unchecked",
            reason=found.reason if found else "",
            at=found.at if found else None,
            exact=found.exact if found else None,
            prefix=found.prefix if found else None,
            suffix=found.suffix if found else None,
            source=text_fragment_link(words.url, words.quote, found.directive if found else None),
            leads_to_words=_leads(found.directive if found else None),
            differences=json.loads(found.differences or "[]") if found else [],
            context="".join(part or "" for part in around) or None,
        )


def _leads(directive: str | None) -> bool | None:
    return None if directive is None else bool(directive)


class Resembles(Shape):
    """Something that a submission resembles: a citation, a claim, a submission, a register entry.

    `url` is its page. It is no fault: a moderator reads the two side by side.
    """

    kind: str
    id: str
    claim: str | None
    why: Why
    url: str

    @classmethod
    def of(cls, found: Resembling) -> Self:
        """What was found."""
        url = urls.existing({"kind": found.kind, "id": found.id, "claim": found.claim or ""})
        return cls(kind=found.kind, id=found.id, claim=found.claim, why=found.why, url=url)


class Submission(Shape):
    """What was sent, by whom, and what became of it.

    `body` is the JSON that was sent. `check` is the check of a citation's words, null where it has
    none or no address; `checks` has those of all citations of a proposed claim. `page` is where
    its contributor follows it, `revision` what accepting it made.
    """

    id: str
    kind: SubmissionKind
    state: SubmissionState
    claim: str | None
    author: str
    at: Moment
    batch: str | None
    body: dict[str, Any]
    decided_by: str | None
    decided_at: Moment | None
    reason: str | None
    revision: int | None
    check: SubmittedWords | None
    checks: list[SubmittedWords]
    page: str

    @classmethod
    def of(cls, submission: records.Submission, **more: Any) -> Self:
        """A submission as the record has it."""
        checks = [SubmittedWords.of(words) for words in submission.quotes]
        return cls(
            id=submission.id,
            kind=submission.kind,
            state=submission.state,
            claim=submission.claim,
            author=submission.author,
            at=submission.at,
            batch=submission.batch,
            body=json.loads(submission.body),
            decided_by=submission.decided_by,
            decided_at=submission.decided_at,
            reason=submission.reason,
            revision=submission.revision,
            check=checks[0] if checks else None,
            checks=checks,
            page=urls.submission(submission.id),
            **more,
        )


class SubmissionAnswer(Submission):
    """A submission with its possible duplicates while it is pending, for a moderator."""

    near: list[Resembles]
