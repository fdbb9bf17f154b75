"""What a submission would make of the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.checking.findings import Where
from app.domain.records.claims import Claim
from app.domain.records.kinds import RegisterKind
from app.domain.records.references import Key
from app.domain.records.registers import Dossier, RegisterEntry, Registers


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

# Faults are found in the claim as it would be; the sender knows only what was sent.
Pointing = Callable[[Where], str | None]
"""Where in what was sent a place of a claim comes from; None where from nothing in it."""
