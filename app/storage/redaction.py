"""Redacting words in everything that is stored beside the chain of revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Row, delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.records.kinds import EntryKind, SubjectKind
from app.domain.records.page_checks import SavedSnapshot
from app.domain.values.addresses import page_key
from app.domain.values.base import canonical
from app.storage import tables
from app.storage.claims.facets import delete_facets
from app.storage.claims.save import counts_on_record, save_counts
from app.storage.database.bulk import batched
from app.storage.search.rows import delete_claim_texts, delete_entry_texts

_ENTRIES = tables.register_entries.c
_SUBMISSIONS = tables.submissions.c
_SNAPSHOTS = tables.snapshots.c
_QUOTES = tables.submission_quotes.c


@dataclass(frozen=True, slots=True)
class EmptiedSubmissions:
    """How many submissions were emptied, the pages that they named, and what they quoted."""

    count: int
    urls: frozenset[str]
    quotes: frozenset[str]


def remove_from_index(session: Session, kind: EntryKind | SubjectKind, key: str) -> None:
    """Remove a claim or register entry from lists, pages and search; of a dossier its places too.

    Nothing else on record may name it.
    """
    if kind == "claim":
        delete_facets(session, key)
        save_counts(session, counts_on_record(session, key), Counter())
        session.execute(delete(tables.claims).where(tables.claims.c.id == key))
        delete_claim_texts(session, key)
    else:
        of_it = (_ENTRIES.kind == kind) & (_ENTRIES.id == key)
        places = (_ENTRIES.kind == "place") & (_ENTRIES.dossier == key)
        condition = or_(of_it, places) if kind == "dossier" else of_it
        gone = session.execute(select(_ENTRIES.kind, _ENTRIES.id).where(condition)).all()
        for row in gone:
            delete_entry_texts(session, row.kind, [row.id])
        session.execute(delete(tables.register_entries).where(condition))


def clear_base_body(session: Session, kind: SubjectKind, key: str) -> None:
    """Empty what the files last said of a subject, and leave its hash.

    By the hash the next load knows that the file did not change since, and brings nothing back.
    """
    filed = tables.filed_bodies.c
    of_it = (filed.kind == kind) & (filed.id == key)
    session.execute(update(tables.filed_bodies).where(of_it).values(body=None))


def delete_checks(session: Session, claim: str, citations: Collection[str]) -> None:
    """Delete the checks of a claim's citations, and the changes of their pages."""
    for some in batched(citations):
        for table in (tables.quote_checks, tables.wording_changes):
            of_them = (table.c.claim == claim) & table.c.citation.in_(some)
            session.execute(delete(table).where(of_them))


def empty_submissions(
    session: Session,
    claim: str,
    *,
    quotes: Collection[str] | None,
    by: str,
    at: datetime,
    reason: str,
) -> EmptiedSubmissions:
    """Empty what was submitted for a claim: everything, or what has one of these quotations.

    A pending one is rejected.
    """
    rows = _submitted(session, claim, quotes)
    urls, said = {row.url for row in rows if row.url}, set[str]()
    for row in rows:
        for url, quote in session.execute(
            select(_QUOTES.url, _QUOTES.quote).where(_QUOTES.submission == row.id)
        ):
            urls.add(url)
            said.add(quote)
        of_it = _SUBMISSIONS.id == row.id
        pending = of_it & (_SUBMISSIONS.state == "pending")
        decided = {"state": "rejected", "decided_by": by, "decided_at": at, "reason": reason}
        session.execute(update(tables.submissions).where(pending).values(**decided))
        # A moderator's reason for a rejection may repeat the words that it rejects.
        told = of_it & (_SUBMISSIONS.reason.is_not(None))
        session.execute(update(tables.submissions).where(told).values(reason=reason))
        # `statement` is a hash of what was sent: whoever guesses the words could prove them by it.
        emptied = {"body": _emptied(row.kind, claim), "url": None, "statement": row.id}
        session.execute(update(tables.submissions).where(of_it).values(**emptied))
        checked = _QUOTES.submission == row.id
        session.execute(delete(tables.submission_quotes).where(checked))
        # An answer holds the body that was sent; its text is found by the submission's id in it.
        answers = tables.remembered_answers.c.answer
        session.execute(
            delete(tables.remembered_answers).where(answers.contains(row.id, autoescape=True))
        )
    return EmptiedSubmissions(len(rows), frozenset(urls), frozenset(said))


def is_submitted(session: Session, claim: str) -> bool:
    """Whether anything was ever submitted for a claim, which may not be on record."""
    of_it = select(_SUBMISSIONS.id).where(_SUBMISSIONS.claim == claim).limit(1)
    return session.scalar(of_it) is not None


def _submitted(
    session: Session, claim: str, quotes: Collection[str] | None
) -> Collection[Row[*tuple[Any, ...]]]:
    asked = select(_SUBMISSIONS.id, _SUBMISSIONS.kind, _SUBMISSIONS.url)
    found = asked.where(_SUBMISSIONS.claim == claim)
    if quotes is None:
        return session.execute(found).all()
    holding = (
        select(_QUOTES.submission).where(_QUOTES.quote.in_(some)) for some in batched(quotes)
    )
    rows = (
        row for each in holding for row in session.execute(found.where(_SUBMISSIONS.id.in_(each)))
    )
    return {row.id: row for row in rows}.values()


def forget_pages(session: Session, urls: Iterable[str]) -> int:
    """Delete what visits of these pages found, and their addresses; returns how many checks.

    An address is often made of a headline. Their snapshots are deleted before.
    """
    pages, checks = [page_key(url) for url in urls], 0
    for some in batched(pages):
        numbers = select(tables.page_checks.c.number).where(tables.page_checks.c.page.in_(some))
        for table in (tables.quote_checks, tables.wording_changes):
            session.execute(delete(table).where(table.c.page_check.in_(numbers)))
        quotes = tables.submission_quotes
        of_pages = quotes.c.page_check.in_(numbers)
        session.execute(update(quotes).where(of_pages).values(page_check=None))
        for table in (tables.last_page_checks, tables.due_checks, tables.archived_copies):
            session.execute(delete(table).where(table.c.page.in_(some)))
        leased = tables.hosts.c.leased_page.in_(some)
        freed = {"lease": None, "leased_page": None, "leased_by": None}
        session.execute(update(tables.hosts).where(leased).values(**freed))
        deleted = delete(tables.page_checks).where(tables.page_checks.c.page.in_(some))
        checks += cast("CursorResult[Any]", session.execute(deleted)).rowcount
    return checks


def pages_waiting(session: Session, urls: Iterable[str]) -> set[str]:
    """Which of these addresses are of words that were submitted and are not decided on."""
    by_key = {page_key(url): url for url in urls}
    pending = (
        select(_QUOTES.page)
        .join(tables.submissions, _SUBMISSIONS.id == _QUOTES.submission)
        .where(_SUBMISSIONS.state == "pending")
        .distinct()
    )
    return {
        by_key[key]
        for some in batched(by_key)
        for key in session.scalars(pending.where(_QUOTES.page.in_(some)))
    }


def pages_cited(session: Session, urls: Iterable[str]) -> set[str]:
    """Which of these addresses are of documents that the record cites."""
    by_key = {page_key(url): url for url in urls}
    cited = select(_ENTRIES.page).join(
        tables.citations,
        (tables.citations.c.document == _ENTRIES.id) & (_ENTRIES.kind == "document"),
    )
    return {
        by_key[key]
        for some in batched(by_key)
        for key in session.scalars(cited.where(_ENTRIES.page.in_(some)).distinct())
        if key is not None
    }


def snapshots_of(session: Session, url: str) -> dict[int, SavedSnapshot]:
    """Every snapshot of a page, by number."""
    rows = session.execute(
        select(
            _SNAPSHOTS.number,
            _SNAPSHOTS.warc,
            _SNAPSHOTS.warc_offset,
            _SNAPSHOTS.warc_length,
            _SNAPSHOTS.text_hash,
        ).where(_SNAPSHOTS.page == page_key(url))
    )
    return {row.number: SavedSnapshot(*row[1:]) for row in rows}


def delete_snapshots(session: Session, numbers: Collection[int]) -> set[str]:
    """Delete snapshots; returns the hashes of texts that no other one has."""
    checks, text_hash = tables.page_checks, _SNAPSHOTS.text_hash
    texts: set[str] = set()
    for some in batched(numbers):
        deleted = _SNAPSHOTS.number.in_(some)
        texts.update(session.scalars(select(text_hash).where(deleted)))
        session.execute(update(checks).where(checks.c.snapshot.in_(some)).values(snapshot=None))
        session.execute(delete(tables.snapshots).where(deleted))
    # Texts are stored by hash: two pages with the same words share a file.
    for some_texts in batched(set(texts)):
        texts.difference_update(session.scalars(select(text_hash).where(text_hash.in_(some_texts))))
    return texts


def _emptied(kind: str, claim: str) -> str:
    """What is left of a submission's body: enough to say what it was about."""
    # In the shape of a submission, so that everything that reads one can read it.
    if kind == "citation":
        return canonical({"claim": claim, "account": "redacted", "document": "redacted"})
    left = {"id": claim, "question": claim, "kind": "text", "topic": "redacted"}
    return canonical({"dossier": "redacted", "claim": left})
