"""The register entries that a submission brings along, as they would stand on record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.addresses import normalised_url
from app.domain.contributions import NewDocument, NewPublisher, NewSpeaker, Submitted
from app.domain.registers import Document, Publisher, RegisterEntry, Speaker
from app.errors import BadInput
from app.services.contributing.gathering import Key
from app.services.contributing.naming import free_id, slug
from app.services.contributing.reading import told
from app.storage.registers import documents_of_host, taken_ids
from app.storage.revisions import EntryKind

Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that a submission proposes; `pointer` is where it stands in what was sent."""

    kind: EntryKind
    entry: RegisterEntry
    pointer: str

    @property
    def key(self) -> Key:
        """Its kind and its id."""
        return self.kind, self.entry.id


@dataclass(slots=True)
class Entries:
    """The new entries of one submission, in the order in which they are to be saved."""

    session: Session
    at: datetime
    made: list[NewEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def speaker(self, new: NewSpeaker, pointer: str) -> str:
        """Propose a speaker; returns its id."""
        key = self._id(new.id, slug(new.name, otherwise="speaker"), pointer)
        self.made.append(NewEntry("speaker", Speaker(**_fields(new), id=key), pointer))
        return key

    def publisher(self, new: NewPublisher, pointer: str) -> str:
        """Propose a publisher; returns its id."""
        key = self._id(new.id, slug(new.name, otherwise="publisher"), pointer)
        self.made.append(NewEntry("publisher", Publisher(**_fields(new), id=key), pointer))
        return key

    def document(self, new: NewDocument, pointer: str) -> str:
        """Propose a document, and its publisher where that is new too; returns its id."""
        publisher = new.publisher or ""
        if new.new_publisher:
            publisher = self.publisher(new.new_publisher, f"{pointer}/new_publisher")
        wished = slug(publisher, new.published or new.title, otherwise="document")
        key = self._id(new.id, wished, pointer)
        fields = _fields(new, "new_publisher", "publisher", "read_on")
        read_on = new.read_on or self.at.date().isoformat()
        document = Document(**fields, id=key, publisher=publisher, read_on=read_on)
        self.made.append(NewEntry("document", document, pointer))
        return key

    def found_at(self, url: str | None, pointer: str) -> str | None:
        """The document on record whose page this address is, however it is spelled."""
        if url is None:
            return None
        try:
            return document_at(self.session, url)
        except BadInput as fault:
            self.problems.append((f"{pointer}/url", str(fault)))
            return None

    def _id(self, given: str | None, derived: str, pointer: str) -> str:
        if given is None:
            return free_id(derived, self._taken)
        if self._taken([given]):
            message = told(f"“{given}” is the id of something else; no id is used twice")
            self.problems.append((f"{pointer}/id", message))
        return given

    def _taken(self, ids: Collection[str]) -> set[str]:
        proposed = {new.entry.id for new in self.made}
        return taken_ids(self.session, ids) | proposed.intersection(ids)


def document_at(session: Session, url: str) -> str | None:
    """The document on record whose page this address is; raises `BadInput` for no address."""
    wanted = normalised_url(url)
    host = wanted.split("/")[2].partition(":")[0]
    addresses = (Document.model_validate_json(e.body) for e in documents_of_host(session, host))
    return next((document.id for document in addresses if _is_at(document, wanted)), None)


def _is_at(document: Document, wanted: str) -> bool:
    try:
        return document.url is not None and normalised_url(document.url) == wanted
    except BadInput:
        return False


def _fields(new: Submitted, *aside: str) -> dict[str, Any]:
    return new.model_dump(exclude={"id", *aside}, exclude_none=True)
