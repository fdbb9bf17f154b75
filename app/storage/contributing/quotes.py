"""The quotations of submissions: on which pages they are to be checked, and with what result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.contributing.records import PendingQuote, SubmissionCheck
from app.domain.values.addresses import page_key
from app.storage import tables
from app.storage.database.bulk import batched, storable_row

_QUOTES = tables.submission_quotes.c
_SUBMISSIONS = tables.submissions.c
_DUE = tables.due_checks.c
_IS_PENDING = _SUBMISSIONS.state == "pending"


def pending_pages(session: Session) -> Mapping[str, str]:
    """The address of every page on which words of a pending submission are to be checked.

    Each with its host. Where several addresses are one page, one of them.
    """
    urls = session.scalars(
        select(func.min(_QUOTES.url))
        .join_from(tables.submission_quotes, tables.submissions)
        .where(_IS_PENDING)
        .group_by(_QUOTES.page)
    )
    return {url: urlsplit(url).hostname or "" for url in urls}


def pending_at(session: Session, urls: Collection[str]) -> dict[str, list[PendingQuote]]:
    """The words of pending submissions that are to be checked on the pages at these addresses.

    Only addresses for which there are some are in it.
    """
    pages = {url: page_key(url) for url in urls}
    pending = (
        select(_QUOTES.page, _QUOTES.submission, _QUOTES.citation, _QUOTES.quote)
        .join_from(tables.submission_quotes, tables.submissions)
        .where(_IS_PENDING)
        .order_by(_QUOTES.submission, _QUOTES.ordinal)
    )
    found: dict[str, list[PendingQuote]] = defaultdict(list)
    for some in batched(set(pages.values())):
        for page, *words in session.execute(pending.where(_QUOTES.page.in_(some))):
            found[page].append(PendingQuote(*words))
    return {url: found[page] for url, page in pages.items() if page in found}


def pending_mark(session: Session) -> tuple[int, str]:
    """What changes whenever a submission becomes pending or ceases to be."""
    # Two numbers from an index, in place of the pages themselves: the worker asks every second.
    row = session.execute(select(func.count(), func.max(_SUBMISSIONS.id)).where(_IS_PENDING)).one()
    return row[0], row[1] or ""


def bring_forward_pending(session: Session, now: datetime) -> None:
    """Make pages due at once on which words of a pending submission were never checked."""
    unseen = (
        select(_QUOTES.page)
        .join_from(tables.submission_quotes, tables.submissions)
        .where(_IS_PENDING, _QUOTES.page_check.is_(None))
    )
    outdated = (
        select(_DUE.page)
        .where(_DUE.due_at > now, _DUE.page.in_(unseen))
        .with_for_update(skip_locked=True)  # a worker that holds a row has just checked the page
    )
    session.execute(update(tables.due_checks).where(_DUE.page.in_(outdated)).values(due_at=now))


def save_submission_check(
    session: Session, submission: str, check: SubmissionCheck, citation: str | None = None
) -> None:
    """Store the check of a submission's words; `citation` says which, where there are several.

    `check.page_check` is the number of a page check on record, whose time is the check's. What no
    database can store in a text is replaced by U+FFFD.
    """
    found = asdict(check)
    for of_page in ("at", "rule", "reason"):
        del found[of_page]
    saved = update(tables.submission_quotes).where(_QUOTES.submission == submission)
    if citation is not None:
        saved = saved.where(_QUOTES.citation == citation)
    session.execute(saved.values(storable_row(found)))
