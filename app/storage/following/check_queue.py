"""Which pages are to be checked next, and by which worker now.

Work is leased host by host: a host has at most one live lease, so each page has at most one too,
and a host never gets requests of two workers at once. A lease that is not released in time ends by
itself. How long failing pages and hosts wait is computed by `app.domain.values.backoff`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import CursorResult, Select, bindparam, case, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.values.addresses import page_key
from app.storage import tables
from app.storage.database.bulk import insert_missing, upsert

_DUE = tables.due_checks.c
_HOSTS = tables.hosts.c
_ENTRIES = tables.register_entries.c
_CLAIMS = tables.claims.c
_CITATIONS = tables.citations.c


@dataclass(frozen=True, slots=True)
class Planned:
    """How many pages entered the queue, and how many left it."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Lease:
    """A page that one worker may check, from `at` until `until`.

    `failures` is how often in a row the page failed before, `host_failures` the same of its host;
    `asked_at` is when the last check of the page began, None where there was none.
    """

    token: str
    url: str
    host: str
    worker: str
    at: datetime
    until: datetime
    failures: int
    host_failures: int
    asked_at: datetime | None


def plan(session: Session, wanted: Mapping[str, str], now: datetime) -> Planned:
    """Make the queue hold these pages and no others; `wanted` has each address with its host.

    Pages that are new are due at once. The check of a page that leaves the queue while it is leased
    goes on to its end.
    """
    urls = {page_key(url): url for url in wanted}
    queued = set(session.scalars(select(_DUE.page)))
    added = sorted(urls.keys() - queued)
    removed = sorted(queued - urls.keys())
    rows = [
        {"page": page, "url": urls[page], "host": wanted[urls[page]], "due_at": now, "failures": 0}
        for page in added
    ]
    hosts = sorted({wanted[urls[page]] for page in added})
    free = {"not_before": now, "failures": 0}
    insert_missing(session, tables.hosts, [{"host": host, **free} for host in hosts])
    insert_missing(session, tables.due_checks, rows)
    # One by one: a list of all of them may have more parameters than a statement takes.
    if removed:
        leaving = delete(tables.due_checks).where(_DUE.page == bindparam("leaving"))
        session.execute(leaving, [{"leaving": page} for page in removed])
    return Planned(len(added), len(removed))


def bring_forward(session: Session, now: datetime) -> None:
    """Make pages due at once where a claim that cites them changed since the last check began."""
    # Since the check began and not since it ended: it compared with what the claim said at its
    # start.
    changed = (
        select(_CLAIMS.id)
        .join(tables.citations, _CITATIONS.claim == _CLAIMS.id)
        .join(
            tables.register_entries,
            (_ENTRIES.kind == "document") & (_ENTRIES.id == _CITATIONS.document),
        )
        .where(_ENTRIES.page == _DUE.page, _CLAIMS.changed_at > _DUE.asked_at)
        .correlate(tables.due_checks)
    )
    outdated = (
        select(_DUE.page)
        .where(_DUE.due_at > now, changed.exists())
        .with_for_update(skip_locked=True)  # a worker that holds a row has just checked the page
    )
    session.execute(update(tables.due_checks).where(_DUE.page.in_(outdated)).values(due_at=now))


def lease(
    session: Session, worker: str, now: datetime, *, most: int, seconds: float
) -> list[Lease]:
    """Pages that are due, at most one of each host, for this worker alone; the longest due first.

    Workers that lease at the same moment do not wait for each other on PostgreSQL, and lease one
    after the other on SQLite.
    """
    until = now + timedelta(seconds=seconds)
    rows = session.execute(_free_to_lease(now).limit(most)).all()
    leases = [
        Lease(
            token=token_hex(16),
            url=row.url,
            host=row.host,
            worker=worker,
            at=now,
            until=until,
            failures=row.failures,
            host_failures=row.host_failures,
            asked_at=row.asked_at,
        )
        for row in rows
    ]
    if leases:
        session.execute(
            update(tables.hosts)
            .where(_HOSTS.host == bindparam("of_host"))
            .values(not_before=until, leased_by=worker),
            [
                {"of_host": made.host, "lease": made.token, "leased_page": page_key(made.url)}
                for made in leases
            ],
        )
    return leases


def finish(
    session: Session,
    lease: Lease,
    now: datetime,
    due_at: datetime,
    *,
    failed: bool,
    host_not_before: datetime | None = None,
    pause: float = 0.0,
) -> bool:
    """End a lease whose page was checked; the page is due again at `due_at`.

    `host_not_before` is set where the host failed: it gets no request before, and the failure is
    counted. Without it the host's failures are reset, and it rests for `pause` seconds. False where
    the lease has ended or is another worker's: then nothing is changed, and the result must be
    dropped.
    """
    if host_not_before is None:
        rest, host_failures = now + timedelta(seconds=pause), 0
    else:
        rest, host_failures = host_not_before, lease.host_failures + 1
    if not _end(session, lease, now, not_before=rest, failures=host_failures):
        return False
    session.execute(
        update(tables.due_checks)
        .where(_DUE.page == page_key(lease.url))
        .values(due_at=due_at, failures=lease.failures + 1 if failed else 0, asked_at=lease.at)
    )
    return True


def release(session: Session, lease: Lease) -> None:
    """End a lease whose page was not checked: it is due at once, and no failure is counted.

    Does nothing where the lease is not ours any more.
    """
    _end(session, lease, lease.at, not_before=lease.at)


def next_due(session: Session, now: datetime) -> datetime | None:
    """When something can be leased next, `now` at the earliest; None where nothing is queued."""
    # `greatest` is PostgreSQL's and two-argument `max` SQLite's.
    later = case((_DUE.due_at > _HOSTS.not_before, _DUE.due_at), else_=_HOSTS.not_before)
    first: datetime | None = session.scalar(
        select(func.min(later)).join_from(tables.due_checks, tables.hosts)
    )
    return None if first is None else max(first, now)


def _free_to_lease(now: datetime) -> Select[*tuple[Any, ...]]:
    """The longest due page of every host that may get a request, locked on PostgreSQL.

    Both rows are locked, so that PostgreSQL judges both conditions once more on what another
    worker has meanwhile made of them.
    """
    of_host = tables.due_checks.alias("of_host")
    longest_due = (
        select(of_host.c.page)
        .where(of_host.c.host == _DUE.host)
        .order_by(of_host.c.due_at, of_host.c.page)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            _DUE.url,
            _DUE.host,
            _DUE.failures,
            _DUE.asked_at,
            _HOSTS.failures.label("host_failures"),
        )
        .join_from(tables.due_checks, tables.hosts)
        .where(_DUE.due_at <= now, _HOSTS.not_before <= now, _DUE.page == longest_due)
        .order_by(_DUE.due_at, _DUE.page)
        .with_for_update(of=[tables.hosts, tables.due_checks], skip_locked=True, key_share=True)
    )


def _end(session: Session, lease: Lease, now: datetime, **after: Any) -> bool:
    """Free the host, with what is to hold there after; False where the lease is not live or ours.

    The row is changed and judged in one statement, so that it is locked before it is judged.
    """
    ended = session.execute(
        update(tables.hosts)
        .where(_HOSTS.host == lease.host, _HOSTS.lease == lease.token, _HOSTS.not_before > now)
        .values(lease=None, leased_page=None, leased_by=None, **after)
    )
    return cast("CursorResult[Any]", ended).rowcount == 1


_WORKERS = tables.workers.c
_FORGOTTEN_AFTER = timedelta(days=30)


def note_worker(session: Session, name: str, now: datetime) -> None:
    """Note that a worker runs now; those that have not for a month are forgotten."""
    upsert(session, tables.workers, [{"name": name, "seen_at": now}])
    session.execute(delete(tables.workers).where(_WORKERS.seen_at < now - _FORGOTTEN_AFTER))


def workers_seen(session: Session) -> list[datetime]:
    """When each worker last ran, the latest first."""
    return list(session.scalars(select(_WORKERS.seen_at).order_by(_WORKERS.seen_at.desc())))


def count_due(session: Session, now: datetime) -> int:
    """How many pages are due to be checked."""
    due = select(func.count()).where(_DUE.due_at <= now).select_from(tables.due_checks)
    return session.execute(due).scalar_one()
