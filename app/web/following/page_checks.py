"""What following a citation's link found: its check, its archived copy, reworded passages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from app.domain.contributing.records import SubmissionCheck
from app.domain.quotations.differences import reworded
from app.domain.records.page_checks import (
    CitationCheck,
    Finding,
    PageCheck,
    WordingChange,
)
from app.domain.records.registers import Document
from app.queries.page_checks import Followed
from app.services.following.check_quotation import PageReport
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, day_view, moment_view


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of a comparison: `same`, `before` (only in the first), `after`.

    `gap` is the space before it, if there is one.
    """

    kind: str
    gap: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """What the last check of its page found about a citation's words.

    `key` is the finding; `reason` says why a page was not read; `earlier` what was found when
    it last was. `before`, `exact` and `after` are the passage on the page, at most 300 characters;
    `runs` sets the quotation against it where they differ; `link_note` says why a link does not
    lead to it.
    """

    key: Finding
    words: str
    on: Day | None = None
    reason: str = ""
    earlier: str = ""
    before: str = ""
    exact: str = ""
    after: str = ""
    runs: tuple[Run, ...] = ()
    link_note: str = ""


@dataclass(frozen=True, slots=True)
class CopyView:
    """An archived copy: its address, when it was made, which archive has it, if that is known."""

    url: str
    on: Day
    archive: str = ""


@dataclass(frozen=True, slots=True)
class RewordedView:
    """A passage that the page words differently from before; `seen` is when that was found."""

    seen: Day
    words: str
    runs: tuple[Run, ...]


# For pages of past revisions: today's checks say nothing about the words of then.
NOT_FOLLOWED = Followed(shown=False)


def check_view(followed: Followed, claim: str, citation: str, quote: str) -> CheckView | None:
    """The check of a quotation as a page shows it; None without a quotation, or where none is."""
    if not quote or not followed.shown:
        return None
    check = followed.check(claim, citation, quote)
    if check is None:
        return CheckView("unchecked", terms.finding("unchecked"))
    settled = followed.last_settled(claim, citation, quote)
    found = check.quote
    return CheckView(
        key=found.finding,
        words=terms.finding(found.finding),
        on=moment_view(check.page.at),
        reason=_reason(check.page),
        earlier=_earlier(check, settled),
        before=found.context_before or "",
        exact=found.context_exact or "",
        after=found.context_after or "",
        runs=_stored_runs(found.differences),
        link_note=_link_note(found.exact, found.directive),
    )


def seen_view(report: PageReport) -> CheckView:
    """The check of words on a page that was fetched just now."""
    seen, context = report.seen, report.seen.context
    runs = seen.check.differences if seen.check else ()
    return CheckView(
        key=seen.finding,
        words=terms.finding(seen.finding),
        reason="" if report.state == "read" else terms.unread(report.rule, report.reason),
        before=context.before if context else "",
        exact=context.exact if context else "",
        after=context.after if context else "",
        runs=tuple(_run(run.kind, run.text) for run in runs),
        link_note=_link_note(context.exact if context else None, seen.directive),
    )


def submitted_check_view(check: SubmissionCheck | None) -> CheckView:
    """What the last check of its page found about a submission's words."""
    if check is None:
        return CheckView("unchecked", terms.finding("unchecked"))
    return CheckView(
        key=check.finding,
        words=terms.finding(check.finding),
        on=moment_view(check.at),
        reason=terms.unread(check.rule, check.reason),
        before=check.context_before or "",
        exact=check.context_exact or "",
        after=check.context_after or "",
        runs=_stored_runs(check.differences),
        link_note=_link_note(check.exact, check.directive),
    )


def copy_view(document: Document, followed: Followed) -> CopyView | None:
    """The archived copy to link to: the record's own, else the one made nearest to the reading."""
    if document.archived:
        on = day_view(document.archived.on)
        return CopyView(document.archived.url, on) if on else None
    copies = followed.copies.get(document.url or "", ())
    if not copies:
        return None
    # `read_on` has no time of day; noon is at most twelve hours from the actual one.
    read = datetime.combine(date.fromisoformat(document.read_on), time(12), UTC)
    nearest = min(copies, key=lambda copy: abs(copy.copied_at - read))
    return CopyView(nearest.copy_url, moment_view(nearest.copied_at), nearest.archive)


def reworded_views(changes: Iterable[WordingChange]) -> tuple[RewordedView, ...]:
    """Changed wordings, each with both wordings set against each other."""
    return tuple(reworded_view(change) for change in changes)


def reworded_view(change: WordingChange) -> RewordedView:
    """One changed wording."""
    changed = change.changed
    if not changed.after:
        words = _("The passage is no longer on the page.")
    elif not changed.before:
        words = _("The passage is on the page again.")
    else:
        words = _("The page words the passage differently from before.")
    runs = (_run(part.kind, part.text) for part in reworded(changed.before, changed.after))
    return RewordedView(moment_view(change.at), words, tuple(runs))


def page_state(check: PageCheck) -> str:
    """The outcome of one page check, in words."""
    return terms.page_state(check.state)


def _reason(check: PageCheck) -> str:
    return "" if check.state == "read" else terms.unread(check.rule, check.reason)


def _link_note(exact: str | None, directive: str | None) -> str:
    if exact is None or directive != "":
        return ""
    return _(
        "The page has these words several times, and no link can tell them apart: "
        "it opens the page at its top."
    )


def _earlier(check: CitationCheck, settled: CitationCheck | None) -> str:
    # Only where the newest check could not read the page: an outage must not hide what was found.
    if settled is None or settled.page.number == check.page.number:
        return ""
    return _("When the page was last read, on %(day)s: %(finding)s.") % {
        "day": moment_view(settled.page.at).words,
        "finding": terms.finding(settled.quote.finding),
    }


def _stored_runs(differences: str | None) -> tuple[Run, ...]:
    return tuple(_run(kind, text) for kind, text in json.loads(differences or "[]"))


def _run(kind: str, text: str) -> Run:
    # The space goes outside the marked words: a mark must not begin with an underlined space.
    words = text.lstrip()
    gap = " " if len(words) < len(text) else ""
    return Run({"same": "same", "quoted": "before", "page": "after"}[kind], gap, words)
