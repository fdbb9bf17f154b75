"""The quotations of submissions: on which pages they are to be checked, and with what result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from secrets import token_hex
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Row,
    bindparam,
    case,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from app.domain.contributing.records import (
    Submission,
    SubmissionCheck,
    SubmissionState,
    SubmittedQuote,
)
from app.domain.values.addresses import page_key
from app.domain.values.paging import Page
from app.errors import NotFound
from app.storage import tables
from app.storage.database.bulk import batched, insert_new
from app.storage.database.keyset import Order

_QUOTES = tables.submission_quotes.c
_CHECKS = tables.page_checks.c
_OF_PAGE: dict[str, ColumnElement[Any]] = {
    "at": _CHECKS.at,
    "rule": _CHECKS.rule,
    "reason": case((_CHECKS.state == "read", ""), else_=_CHECKS.reason),
}
_OF_CHECK: tuple[ColumnElement[Any], ...] = tuple(  # in the order of SubmissionCheck
    _OF_PAGE[field.name] if field.name in _OF_PAGE else _QUOTES[field.name]
    for field in fields(SubmissionCheck)
)
MAX_COUNTED = 10_000

_SUBMISSIONS = tables.submissions.c
_OF_SUBMISSION = tuple(
    _SUBMISSIONS[field.name] for field in fields(Submission) if field.name != "quotes"
)
_SAME = (
    select(*_OF_SUBMISSION)
    .where(
        _SUBMISSIONS.statement == bindparam("wanted"),
        _SUBMISSIONS.state.in_(("pending", "accepted")),
    )
    .order_by(_SUBMISSIONS.id.desc())
    .limit(1)
)
_OLDEST_FIRST = Order("oldest", (_SUBMISSIONS.id,))
_NEWEST_FIRST = Order("newest", (_SUBMISSIONS.id,), descending=True)


def new_submission_id(at: datetime) -> str:
    """An id that cannot be guessed; ids sort by when they were made, to the millisecond."""
    # With 64 random bits: an id is all that is needed to read a submission. `uuid.uuid7`, of the
    # same parts, comes with Python 3.14.
    return f"{int(at.timestamp() * 1000):011x}{token_hex(8)}"


def save_submission(session: Session, submission: Submission) -> bool:
    """Add a pending submission; False, and nothing added, where its statement is pending already.

    `find_statement` then has the other one.
    """
    row = {column.name: getattr(submission, column.name) for column in _OF_SUBMISSION}
    # The unique index decides: a query beforehand would let two that are sent at once pass.
    if not insert_new(session, tables.submissions, row):
        return False
    save_quotes(session, submission.id, submission.quotes)
    return True


def get_submission(session: Session, submission: str) -> Submission:
    """The submission with this id; raises `NotFound`."""
    row = session.execute(
        select(*_OF_SUBMISSION).where(_SUBMISSIONS.id == submission)
    ).one_or_none()
    if row is None:
        raise NotFound("submission", submission)
    return _as_submissions(session, [row])[0]


def find_statement(session: Session, statement: str) -> Submission | None:
    """The pending or accepted submission of the same statement, the newest of several."""
    row = session.execute(_SAME, {"wanted": statement}).one_or_none()
    return None if row is None else _as_submissions(session, [row])[0]


def list_submissions(
    session: Session,
    *,
    state: SubmissionState | None = None,
    key: str | None = None,
    author: str | None = None,
    batch: str | None = None,
    claim: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    oldest_first: bool = False,
) -> Page[Submission]:
    """Submissions of which all of this holds; `total` is exact to 10,000, then None.

    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    wanted = {"state": state, "key": key, "author": author, "batch": batch, "claim": claim}
    where = [_SUBMISSIONS[name] == value for name, value in wanted.items() if value is not None]
    order = _OLDEST_FIRST if oldest_first else _NEWEST_FIRST
    rows = session.execute(order.cut(select(*_OF_SUBMISSION).where(*where), limit, cursor)).all()
    more = len(rows) > limit
    return Page(
        items=tuple(_as_submissions(session, rows[:limit])),
        next_cursor=order.cursor_after(rows[limit - 1]) if more else None,
        total=_count(session, where),
    )


def decide(
    session: Session,
    submission: str,
    *,
    state: SubmissionState,
    by: str,
    at: datetime,
    reason: str | None = None,
    revision: int | None = None,
) -> bool:
    """End a pending submission; False, and nothing changed, where it is not pending any more.

    Of several calls at once, one returns True.
    """
    # The state is judged by the UPDATE itself: one that was read before may have changed since.
    ended = session.execute(
        update(tables.submissions)
        .where(_SUBMISSIONS.id == submission, _SUBMISSIONS.state == "pending")
        .values(state=state, decided_by=by, decided_at=at, reason=reason, revision=revision)
    )
    return cast("CursorResult[Any]", ended).rowcount == 1


def _as_submissions(session: Session, rows: Sequence[Any]) -> list[Submission]:
    quotes = quotes_of(session, [row.id for row in rows])
    return [replace(Submission(*row), quotes=quotes.get(row.id, ())) for row in rows]


def _count(session: Session, where: list[ColumnElement[bool]]) -> int | None:
    some = select(_SUBMISSIONS.id).where(*where).limit(MAX_COUNTED + 1)
    counted = session.scalar(select(func.count()).select_from(some.subquery()))
    return counted if counted is not None and counted <= MAX_COUNTED else None


_NEWEST = (
    select(_SUBMISSIONS.id, _SUBMISSIONS.url, _SUBMISSIONS.body)
    .where(_SUBMISSIONS.claim == bindparam("claim"), _SUBMISSIONS.state == "pending")
    .order_by(_SUBMISSIONS.id.desc())
    .limit(bindparam("most"))
)


class PendingSubmission(NamedTuple):
    """A pending submission: its id, its document's address, and the JSON that was sent."""

    id: str
    url: str | None
    body: str


def pending_for(session: Session, claim: str, *, most: int) -> list[PendingSubmission]:
    """The newest pending submissions for a claim."""
    return [
        PendingSubmission(*row) for row in session.execute(_NEWEST, {"claim": claim, "most": most})
    ]


def save_quotes(session: Session, submission: str, quotes: Sequence[SubmittedQuote]) -> None:
    """Add the words of a new submission, unchecked; `save_submission` calls it."""
    rows = [
        {
            "submission": submission,
            "ordinal": ordinal,
            "citation": quote.citation,
            "page": page_key(quote.url),
            "url": quote.url,
            "quote": quote.quote,
        }
        for ordinal, quote in enumerate(quotes)
    ]
    if rows:
        session.execute(insert(tables.submission_quotes), rows)


def quotes_of(
    session: Session, submissions: Sequence[str]
) -> dict[str, tuple[SubmittedQuote, ...]]:
    """The words of each of these submissions that has some, with their last checks."""
    checked = (
        select(_QUOTES.submission, _QUOTES.citation, _QUOTES.url, _QUOTES.quote, *_OF_CHECK)
        .outerjoin(tables.page_checks, _CHECKS.number == _QUOTES.page_check)
        .order_by(_QUOTES.submission, _QUOTES.ordinal)
    )
    found: dict[str, list[SubmittedQuote]] = defaultdict(list)
    for some in batched(submissions):
        for row in session.execute(checked.where(_QUOTES.submission.in_(some))):
            found[row.submission].append(_as_quote(row))
    return {submission: tuple(quotes) for submission, quotes in found.items()}


def _as_quote(row: Row[*tuple[Any, ...]]) -> SubmittedQuote:
    check = SubmissionCheck(*row[4:]) if row.page_check is not None else None
    return SubmittedQuote(row.citation, row.url, row.quote, check)


def count_pending(session: Session) -> int:
    """How many submissions wait for a moderator."""
    pending = select(func.count()).where(_SUBMISSIONS.state == "pending")
    return session.execute(pending.select_from(tables.submissions)).scalar_one()
