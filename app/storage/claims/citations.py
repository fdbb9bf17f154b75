"""What publishers, speakers and documents are cited for, and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.records.kinds import CitedKind
from app.domain.values.addresses import page_key
from app.storage import tables
from app.storage.database.bulk import batched
from app.storage.registers.entries import StoredEntry

MAX_CITATIONS = 500

_CLAIMS = tables.claims.c
_ACCOUNTS = tables.accounts.c
_CITATIONS = tables.citations.c
_SPEAKERS = tables.citation_speakers.c


@dataclass(frozen=True, slots=True)
class IndexedCitation:
    """A citation with its account and claim; `said` is EDTF, None undated."""

    claim: str
    question: str
    dossier: str
    state: str
    account: str
    answer: str | None
    wording: str | None
    id: str
    document: str
    publisher: str
    said: str | None
    stance: str


class CitedHere(NamedTuple):
    """A citation of a page, and the document that it cites it as."""

    claim: str
    citation: str
    document: str


_ON_RECORD: tuple[ColumnElement[Any], ...] = (  # in the order of IndexedCitation
    _CITATIONS.claim,
    _CLAIMS.question,
    _CLAIMS.dossier,
    _CLAIMS.state,
    _CITATIONS.account,
    _ACCOUNTS.answer,
    _ACCOUNTS.wording,
    _CITATIONS.id,
    _CITATIONS.document,
    _CITATIONS.publisher,
    _CITATIONS.said,
    _CITATIONS.stance,
)


def citations_of(
    session: Session,
    kind: CitedKind,
    entry_id: str,
    *,
    limit: int = 200,
    oldest_first: bool = False,
) -> list[IndexedCitation]:
    """The citations of a publisher, speaker or document by when they were said, the undated last.

    The latest come first unless `oldest_first`. At most `limit` of them, and never more than 500:
    `count_citations` says how many there are.
    """
    # An interval counts from its last day: nothing says that it was said before.
    by_day = _CITATIONS.said_to
    said = by_day.asc() if oldest_first else by_day.desc()
    statement = (
        select(*_ON_RECORD)
        .join(tables.claims, _CLAIMS.id == _CITATIONS.claim)
        .join(
            tables.accounts,
            (_ACCOUNTS.claim == _CITATIONS.claim) & (_ACCOUNTS.id == _CITATIONS.account),
        )
        .where(_cited(kind, entry_id))
        .order_by(said.nulls_last(), _CITATIONS.claim, _CITATIONS.ordinal)
        # A busy publisher has thousands; pages list some and say how many there are.
        .limit(max(0, min(limit, MAX_CITATIONS)))
    )
    return [IndexedCitation(*row) for row in session.execute(statement)]


def cited_at(session: Session, urls: Collection[str]) -> dict[str, list[CitedHere]]:
    """The citations of the documents at these addresses, at most 500 of each address.

    Only addresses that are cited are in it.
    """
    pages = {url: page_key(url) for url in urls}
    entry = tables.register_entries.c
    citing = (
        select(entry.page, _CITATIONS.claim, _CITATIONS.id, _CITATIONS.document)
        .join_from(tables.register_entries, tables.citations, entry.id == _CITATIONS.document)
        .order_by(_CITATIONS.document, _CITATIONS.claim, _CITATIONS.ordinal)
    )
    found: dict[str, list[CitedHere]] = defaultdict(list)
    for some in batched(set(pages.values())):
        # Only documents have a page; asked for their kind too, SQLite reads the whole register.
        for page, *cited in session.execute(citing.where(entry.page.in_(some))):
            if len(found[page]) < MAX_CITATIONS:
                found[page].append(CitedHere(*cited))
    return {url: found[page] for url, page in pages.items() if page in found}


def count_citations(
    session: Session, kind: CitedKind, entry_ids: Collection[str]
) -> dict[str, int]:
    """How many citations each of these publishers, speakers or documents has, 0 included."""
    column = _SPEAKERS.speaker if kind == "speaker" else _CITATIONS[kind]
    return _count(session, column, entry_ids)


def count_documents(session: Session, publisher_ids: Collection[str]) -> dict[str, int]:
    """How many documents each of these publishers has on record, 0 included."""
    return _count(session, tables.register_entries.c.publisher, publisher_ids)


def count_claims_at(session: Session, place_ids: Collection[str]) -> dict[str, int]:
    """How many claims are about each of these places, 0 included."""
    return _count(session, tables.claim_places.c.place, place_ids)


def documents_of(session: Session, publisher_id: str, *, limit: int = 200) -> list[StoredEntry]:
    """The documents of a publisher, in the register's order, at most `limit`."""
    entry = tables.register_entries.c
    statement = (
        select(*(entry[field.name] for field in fields(StoredEntry)))
        .where(entry.kind == "document", entry.publisher == publisher_id)
        .order_by(entry.ordinal, entry.id)
        .limit(limit)
    )
    return [StoredEntry(*row) for row in session.execute(statement)]


def _cited(kind: CitedKind, entry_id: str) -> ColumnElement[bool]:
    if kind != "speaker":
        return _CITATIONS[kind] == entry_id
    # A joint statement has several speakers: a join would list it once for each.
    return (
        select(_SPEAKERS.speaker)
        .where(
            _SPEAKERS.speaker == entry_id,
            _SPEAKERS.claim == _CITATIONS.claim,
            _SPEAKERS.citation == _CITATIONS.id,
        )
        .exists()
    )


def _count(session: Session, column: ColumnElement[Any], keys: Collection[str]) -> dict[str, int]:
    counted = select(column, func.count()).group_by(column)
    found = dict.fromkeys(keys, 0)
    for some in batched(keys):
        found |= {row[0]: row[1] for row in session.execute(counted.where(column.in_(some)))}
    return found


@dataclass(frozen=True, slots=True)
class HedgedAnswer:
    """An account's answer, with the claim that it answers."""

    claim: str
    question: str
    account: str
    answer: str


def hedged_answer(session: Session, words: Sequence[str]) -> HedgedAnswer | None:
    """The first answer to “how many” that is hedged with one of these words, by claim and account.

    A word before a number, as in “almost 600”, or the answer's only word, as “dozens”.
    """
    ways = [_ACCOUNTS.answer.startswith(f"{word} ", autoescape=True) for word in words]
    row = session.execute(
        select(_CLAIMS.id, _CLAIMS.question, _ACCOUNTS.id, _ACCOUNTS.answer)
        .join_from(tables.accounts, tables.claims, _CLAIMS.id == _ACCOUNTS.claim)
        .where(_CLAIMS.kind == "quantity", or_(_ACCOUNTS.answer.in_(words), *ways))
        .order_by(_CLAIMS.id, _ACCOUNTS.ordinal)
        .limit(1)
    ).one_or_none()
    return None if row is None else HedgedAnswer(*row)
