"""What a submission would make of the record: the claim as it would be, and new entries."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.checking.findings import Where
from app.domain.contributing.records import (
    NewDocument,
    NewPublisher,
    NewSpeaker,
    Submitted,
    free_id,
    slug,
)
from app.domain.records.claims import Claim
from app.domain.records.kinds import RegisterKind
from app.domain.records.references import Key
from app.domain.records.registers import (
    Document,
    Dossier,
    Publisher,
    RegisterEntry,
    Registers,
    Speaker,
)
from app.errors import BadInput, LazyMessage
from app.queries.registers import document_at
from app.storage.registers.entries import ids_in_use


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that a submission proposes; `pointer` is its place in what was sent."""

    kind: RegisterKind
    entry: RegisterEntry
    pointer: str

    @property
    def key(self) -> Key:
        """Its kind and its id."""
        return self.kind, self.entry.id


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as it would be once a submission is accepted, with all that it needs.

    `before` and `revision` are those of the claim on record, None for a proposed claim. `account`
    and `citation` are the ids of a submitted citation and of the account it belongs to, None
    for a whole claim. `new_entries` are in the order in which they are saved. `registers` hold
    these, and every entry that the claim or its comparison needs.
    """

    dossier: Dossier
    before: Claim | None
    revision: int | None
    after: Claim
    account: str | None
    citation: str | None
    new_entries: tuple[NewEntry, ...]
    registers: Registers


Problem = tuple[str, str]

_MAX_ECHO = 80  # letters of a name that are repeated to who sent it

# Faults are found in the claim as it would be; the sender knows only what was sent.
Pointing = Callable[[Where], str | None]
"""Where in what was sent a place of a claim comes from; None where from nothing in it."""


@dataclass(slots=True)
class Entries:
    """The new entries of one submission, in the order in which they are to be saved."""

    session: Session
    at: datetime
    made: list[NewEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def speaker(self, new: NewSpeaker, pointer: str) -> str:
        """Propose a speaker; returns its id."""
        key = self._id_of_named(new, pointer)
        self.made.append(NewEntry("speaker", Speaker(**_fields(new), id=key), pointer))
        return key

    def publisher(self, new: NewPublisher, pointer: str) -> str:
        """Propose a publisher; returns its id."""
        key = self._id_of_named(new, pointer)
        self.made.append(NewEntry("publisher", Publisher(**_fields(new), id=key), pointer))
        return key

    def document(self, new: NewDocument, pointer: str) -> str:
        """Propose a document, and its publisher where that is new too; returns its id."""
        publisher = new.publisher or ""
        if new.new_publisher:
            # Before the document, as entries are saved in this order and none may name what is not
            # there.
            publisher = self.publisher(new.new_publisher, f"{pointer}/new_publisher")
        wished = slug(publisher, new.published or new.title, otherwise="document")
        key = self._id(new.id, wished, pointer)
        fields = _fields(new, "new_publisher", "publisher", "read_on")
        # Anyone who submits a page has read it.
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
            self.problems.append((f"{pointer}/url", fault.sentence))
            return None

    def _id_of_named(self, new: NewSpeaker | NewPublisher, pointer: str) -> str:
        fault = _fault_of_name(new)
        if fault:
            self.problems.append((f"{pointer}/name", fault))
        # With a fault the id is only there for the other faults to be found.
        return self._id(new.id, slug(new.name, otherwise="unnamed"), pointer)

    def _id(self, given: str | None, derived: str, pointer: str) -> str:
        if given is None:
            return free_id(derived, self._taken)
        if self._taken([given]):
            message = LazyMessage(
                "“{id}” is the id of something else; no id is used twice.", id=given
            )
            self.problems.append((f"{pointer}/id", message))
        return given

    def _taken(self, ids: Collection[str]) -> set[str]:
        # Ids are unique across all kinds, among what is sent as well as on record.
        proposed = {new.entry.id for new in self.made}
        return ids_in_use(self.session, ids) | proposed.intersection(ids)


def _fault_of_name(new: NewSpeaker | NewPublisher) -> LazyMessage | None:
    """Why nobody can be on record by this name."""
    shown = new.name[:_MAX_ECHO]
    # Refused with a given id too: nobody can be named by dots and dashes, or be found by them.
    if not _has_letter(new.name):
        return LazyMessage("“{name}” has no letter; write the name as people read it.", name=shown)
    if new.id is None and not _has_letter(slug(new.name, otherwise="")):
        return LazyMessage(
            "No id can be made of “{name}”; give one, or the name in Latin letters.", name=shown
        )
    return None


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _fields(new: Submitted, *aside: str) -> dict[str, Any]:
    return new.model_dump(exclude={"id", *aside}, exclude_none=True)
