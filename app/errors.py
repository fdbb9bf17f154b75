"""Every error that Variorum raises on purpose, drawn as one tree.

    VariorumError
    ├── BadInput               what was sent or written cannot be read as what it should be
    │   ├── BadDate            not EDTF level 0 or 1
    │   ├── BadAnswer          not an answer of the claim's kind
    │   ├── BadQuery           a query parameter outside what a list understands
    │   └── AddressRefused     an address that no request is made to; says which rule refused it
    ├── NotFound               no such claim, register entry or revision
    ├── Moved                  the id was renamed; says where it lives now
    ├── RecordRefused          files that hold faults; carries every one of them
    ├── LoadConflict           a file and the database both moved on since they last agreed
    ├── DatabaseNotReady       migrations are missing or ahead of this program
    └── NotRead                no page came; stays within app.fetching, which makes it a state

Each is one sentence for a person: what is wrong, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class VariorumError(Exception):
    """The root of the tree; `str(error)` is a sentence that can be shown to a reader."""


class BadInput(VariorumError):
    """What was sent or written cannot be read as what it should be."""


class BadDate(BadInput):
    """The text is not a date of EDTF level 0 or 1, or its end lies before its beginning."""


class BadAnswer(BadInput):
    """The text is not an answer that the claim's kind allows."""


class BadQuery(BadInput):
    """A query parameter that a list does not understand.

    `parameter` names it, so that the API can point at it.
    """

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class AddressRefused(BadInput):
    """An address that this program makes no request to; `rule` is one machine word for why."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class NotFound(VariorumError):
    """Nothing on record has this kind and id."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"No {kind} “{key}” is on record.")
        self.kind = kind
        self.key = key


class Moved(VariorumError):
    """The id was renamed; `now` is the id under which the entry lives today."""

    def __init__(self, kind: str, key: str, now: str) -> None:
        super().__init__(f"The {kind} “{key}” is now “{now}”.")
        self.kind = kind
        self.key = key
        self.now = now


class RecordRefused(VariorumError):
    """Files that hold faults; nothing of them was loaded. `faults` say where and what."""

    def __init__(self, faults: Sequence[object]) -> None:
        count = len(faults)
        super().__init__(f"{count} fault{'s' if count != 1 else ''} found; nothing was loaded.")
        self.faults = tuple(faults)


class LoadConflict(VariorumError):
    """Entries that changed both in their file and in the database since the last load."""

    def __init__(self, subjects: Sequence[str]) -> None:
        super().__init__(
            "Changed both in the files and in the database since the last load: "
            + ", ".join(subjects)
            + ". Nothing was loaded; export the database, merge by hand, and load again."
        )
        self.subjects = tuple(subjects)


class DatabaseNotReady(VariorumError):
    """The database's schema is not the one that this program was written for."""
