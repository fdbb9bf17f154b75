"""Register entries and dossiers as domain records: one, a page of a register, those named by some.

A register may hold a hundred thousand entries, so that nothing here reads all of one but the few
sides: ask for those that are named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from app.domain.records.kinds import (
    CITED_KINDS,
    ENTRY_KINDS,
    KINDS,
    PLURALS,
    REGISTER_KINDS,
    EntryKind,
    entry_of,
)
from app.domain.records.references import Key, entry_keys, named_in
from app.domain.records.registers import (
    Document,
    Dossier,
    Place,
    Publisher,
    RegisterEntry,
    Registers,
    Sources,
)
from app.domain.values.addresses import domains_of, judge_url
from app.domain.values.base import Record
from app.domain.values.paging import Page
from app.storage.claims.citations import (
    count_citations,
    count_claims_at,
    count_documents,
    documents_of,
)
from app.storage.registers import entries
from app.storage.registers.addresses import documents_of_pages
from app.storage.registers.entries import (
    StoredEntry,
    all_entries,
    get_entries,
    get_entry,
    publisher_of_domain,
)

E = TypeVar("E", bound=RegisterEntry | Dossier | Place)


def sources_of(stored: Iterable[StoredEntry]) -> Sources:
    """Register entries as the shared file holds them; dossiers and places are passed over."""
    registers: dict[str, list[RegisterEntry]] = defaultdict(list)
    for entry in stored:
        if entry.kind in REGISTER_KINDS:
            registers[PLURALS[entry.kind]].append(entry_of(entry.kind, entry.body))
    return Sources.model_validate(registers)


def registers_of(stored: Iterable[StoredEntry]) -> Registers:
    """Register entries by id."""
    return Registers(sources_of(stored))


@dataclass(frozen=True, slots=True)
class Entry(Generic[E]):
    """A register entry, a dossier or a place; `dossier` is a place's."""

    record: E
    dossier: str | None


@dataclass(frozen=True, slots=True)
class EntryList(Generic[E]):
    """A page of a register, with the entries that those on it name, and their use by id.

    `uses` counts citations, of places claims; `documents` counts those of a publisher.
    """

    page: Page[Entry[E]]
    named: Registers
    uses: Mapping[str, int]
    documents: Mapping[str, int]


def read_entry(session: Session, model: type[E], key: str) -> Entry[E]:
    """One entry of the register that holds this model; raises `NotFound` or `Moved`."""
    return _entry(get_entry(session, _kind(model), key))


def list_entries(
    session: Session, model: type[E], *, limit: int = 50, cursor: str | None = None
) -> Page[Entry[E]]:
    """A page of a register, in its order.

    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    page = entries.list_entries(session, _kind(model), limit=limit, cursor=cursor)
    items = tuple(_entry(stored) for stored in page.items)
    return Page(items, page.next_cursor, page.total)


def list_with_uses(
    session: Session, model: type[E], *, limit: int, cursor: str | None = None
) -> EntryList[E]:
    """The same page of publishers, documents, speakers or places with how much each is used."""
    page = list_entries(session, model, limit=limit, cursor=cursor)
    keys = [entry.record.id for entry in page.items]
    return EntryList(
        page=page,
        named=named_by(session, [entry.record for entry in page.items]),
        uses=_uses(session, _kind(model), keys),
        documents=count_documents(session, keys) if model is Publisher else {},
    )


def named_by(session: Session, records: Iterable[Record]) -> Registers:
    """The register entries that these name, without those that these name in turn."""
    return entries_with(
        session, {key for record in records for key in entry_keys(named_in(record))}
    )


def entries_with(session: Session, keys: Collection[Key]) -> Registers:
    """The register entries with these kinds and ids; what is not on record is left out."""
    return registers_of(get_entries(session, keys))


def documents_of_publisher(session: Session, publisher: str, *, limit: int) -> list[Document]:
    """The documents of a publisher in the register's order, at most `limit`."""
    stored = documents_of(session, publisher, limit=limit)
    return list(registers_of(stored).documents.values())


def sides_alone(session: Session) -> Registers:
    """The sides as they are, without the other registers: enough for names of columns."""
    return registers_of(all_entries(session, "side"))


def dossier_of(session: Session, dossier_id: str) -> Dossier:
    """A dossier with its topics and places; raises `NotFound` or `Moved`."""
    return _dossier(get_entry(session, "dossier", dossier_id).body)


# Every page of a dossier asks for it with all its places; the text is the key, so that a change is
# another entry.
@lru_cache(maxsize=64)
def _dossier(body: str) -> Dossier:
    return Dossier.model_validate_json(body)


@dataclass(frozen=True, slots=True)
class PageMatch:
    """Whose site a page seems to be on, and which documents on record are at it.

    `publisher` and `documents` are ids, `titles` those of the documents.
    """

    publisher: str | None
    documents: tuple[str, ...]
    titles: tuple[str, ...]


def match_page(session: Session, urls: Sequence[str]) -> PageMatch:
    """What is on record of a page at these addresses; the first of a known site has its publisher.

    A site is known by its host: by the publisher's own address, else by those of its documents; it
    has all hosts whose names end in its own, and the longest such name counts.
    """
    domains = (domain for url in urls for domain in domains_of(url))
    publishers = (publisher_of_domain(session, domain) for domain in domains)
    documents = documents_of_pages(session, urls)
    found = get_entries(session, [("document", document) for document in documents])
    return PageMatch(
        publisher=next((publisher for publisher in publishers if publisher), None),
        documents=tuple(documents),
        titles=tuple(entry.name for entry in found),
    )


def document_at(session: Session, url: str) -> str | None:
    """The document on record whose page this address is; raises `AddressRefused` for no address."""
    judge_url(url)
    return next(iter(documents_of_pages(session, [url])), None)


def _kind(model: type[Any]) -> EntryKind:
    return next(kind for kind in ENTRY_KINDS if KINDS[kind].model is model)


def _entry(stored: StoredEntry) -> Entry[Any]:
    return Entry(entry_of(stored.kind, stored.body), stored.dossier)


def _uses(session: Session, kind: EntryKind, keys: Collection[str]) -> Mapping[str, int]:
    # What is neither cited nor a place is used by entries alone, and no list counts that.
    if kind in CITED_KINDS:
        return count_citations(session, kind, keys)
    return count_claims_at(session, keys) if kind == "place" else {}
