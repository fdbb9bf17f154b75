"""Every error that Variorum raises on purpose, drawn as one tree.

    VariorumError
    ├── BadInput               what was sent or written cannot be read as what it should be
    │   ├── BadDate            not EDTF level 0 or 1
    │   ├── BadAnswer          not an answer of the claim's kind
    │   ├── BadQuery           a query parameter outside what a list understands
    │   ├── AddressRefused     an address that no request is made to; says which rule refused it
    │   ├── BadFields          a body with faults; carries every one with its place
    │   ├── TooLarge           a body of more bytes than are read
    │   └── WrongMediaType     a body that does not say it is JSON
    ├── NotSignedIn            no key was sent, or it is not valid
    ├── NotAllowed             the key's holder may not do this
    ├── TooMany                more requests than one key may make; says when to try again
    ├── AlreadyOnRecord        the same is on record or waits to be; says where
    ├── AlreadyDecided         a submission that is not pending any more
    ├── EditConflict           the entry changed since the revision that an edit was made of
    ├── EditUnconditional      an edit that does not say which revision it was made of
    ├── NotFound               no such claim, register entry or revision
    ├── Moved                  the id was renamed; says where it lives now
    ├── RecordRefused          files that hold faults; carries every one of them
    ├── LoadConflict           a file and the database both changed the same since the last load
    ├── DatabaseNotReady       migrations are missing or ahead of this program
    ├── BackupRefused          a backup is damaged, newer or unsound, or its place is not empty
    └── NotRead                no page came; stays within app.fetching, which makes it a state

Each is one sentence for a person: what is wrong, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


# Errors are raised on floors that know no language. A text that can be translated later, and is a
# `str` meanwhile: commands and logs print it as it is.
class LazyMessage(str):
    """A sentence for a person in English, with the form and arguments that pages translate.

    The form has its arguments in braces, as `str.format` reads them.
    """

    form: str
    arguments: Mapping[str, object]

    def __new__(cls, form: str, **arguments: object) -> LazyMessage:
        """The sentence that the form makes with these arguments."""
        made = super().__new__(cls, form.format_map(arguments) if arguments else form)
        made.form = form
        made.arguments = arguments
        return made


class VariorumError(Exception):
    """The root of the tree; `str(error)` is a sentence that can be shown to a reader.

    `sentence` is the same as it was given: a `LazyMessage` where pages can say it in any language.
    """

    @property
    def sentence(self) -> str:
        """What is wrong, and what to do."""
        given = self.args[0] if self.args else ""
        return given if isinstance(given, str) else str(given)


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


class BadFields(BadInput):
    """A body that cannot be taken as it is.

    `problems` are all that is wrong with it: a JSON Pointer into the body (RFC 6901) and a sentence
    each.
    """

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        count = len(problems)
        super().__init__(
            LazyMessage("One thing is wrong with what was sent; nothing was changed.")
            if count == 1
            else LazyMessage(
                "{count} things are wrong with what was sent; nothing was changed.", count=count
            )
        )
        # All of them and not the first: a sender mends everything in one go.
        self.problems = tuple(problems)


class TooLarge(BadInput):
    """A body of more bytes than are read."""

    def __init__(self, most: int) -> None:
        super().__init__(
            LazyMessage(
                "The body is longer than {most} bytes; send less at once.", most=f"{most:,}"
            )
        )


class WrongMediaType(BadInput):
    """A body of another media type than a call takes."""

    def __init__(self) -> None:
        super().__init__(
            LazyMessage("Send JSON, with the header “Content-Type: application/json”.")
        )


class NotSignedIn(VariorumError):
    """No key was sent, or one that was never issued or is revoked."""

    def __init__(self) -> None:
        super().__init__(LazyMessage("Sign in with a valid key: “Authorization: Bearer …”."))


class NotAllowed(VariorumError):
    """The holder of the key may not do this."""


class TooMany(VariorumError):
    """More than one key may send; `retry_after` is in how many seconds it may send again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            LazyMessage("Too many in a short time; try again in {wait} seconds.", wait=retry_after)
        )
        self.retry_after = retry_after


class AlreadyOnRecord(VariorumError):
    """The same statement is on record already, or waits to be; `existing` says which and where.

    `existing` holds `kind` (citation, claim, document or submission), `id`, and of a citation its
    `claim`; `near` has the kinds and ids of claims that ask nearly the same.
    """

    def __init__(
        self, message: str, existing: Mapping[str, str], near: Sequence[Mapping[str, str]] = ()
    ) -> None:
        super().__init__(message)
        self.existing = dict(existing)
        self.near = tuple(near)


# Whole sentences and no word put into one: what agrees with what differs from language to language.
_DECIDED = {
    "accepted": LazyMessage("This submission has already been accepted; nothing was changed."),
    "rejected": LazyMessage("This submission has already been rejected; nothing was changed."),
    "withdrawn": LazyMessage("This submission has already been withdrawn; nothing was changed."),
}


class AlreadyDecided(VariorumError):
    """A submission that was accepted, rejected or withdrawn already; `state` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(_DECIDED[state])
        self.state = state


class EditConflict(VariorumError):
    """The entry moved on since the revision that an edit was made of; `now` is today's."""

    def __init__(self, now: int) -> None:
        super().__init__(
            LazyMessage(
                "This has changed meanwhile and is now at revision {now}; nothing was saved. "
                "Compare your text with what is there now, and send it again.",
                now=now,
            )
        )
        self.now = now


class EditUnconditional(VariorumError):
    """An edit that does not say which revision it was made of."""

    def __init__(self) -> None:
        super().__init__(
            LazyMessage('Say which revision you edited, with a header as “If-Match: "r12"”.')
        )


class NotFound(VariorumError):
    """Nothing on record has this kind and id."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(LazyMessage("No {kind} “{key}” is on record.", kind=kind, key=key))
        self.kind = kind
        self.key = key


class Moved(VariorumError):
    """The id was renamed; `now` is the id under which the entry lives today."""

    def __init__(self, kind: str, key: str, now: str) -> None:
        super().__init__(
            LazyMessage("The {kind} “{key}” is now “{now}”.", kind=kind, key=key, now=now)
        )
        self.kind = kind
        self.key = key
        self.now = now


# This one and the next are not translated: they are of commands, whose words are English.
class RecordRefused(VariorumError):
    """Files that hold faults; nothing of them was loaded. `faults` say where and what."""

    def __init__(self, faults: Sequence[object]) -> None:
        count = len(faults)
        super().__init__(f"{count} fault{'s' if count != 1 else ''} found; nothing was loaded.")
        self.faults = tuple(faults)


class LoadConflict(VariorumError):
    """Entries of which the same changed in their file and in the database since the last load."""

    def __init__(self, subjects: Sequence[str]) -> None:
        super().__init__(
            "Changed both in the files and in the database since the last load: "
            + ", ".join(subjects)
            + ". Nothing was loaded; export the database, merge by hand, and load again."
        )
        self.subjects = tuple(subjects)


class DatabaseNotReady(VariorumError):
    """The database's schema is not the one that this program was written for."""


class BackupRefused(VariorumError):
    """A backup that cannot be made or restored: damaged, newer, unsound, or no empty place."""


class DatabaseUnavailable(DatabaseNotReady):
    """The database cannot be used now: it is away, locked, damaged, read-only, or its disk is full.

    `str(error)` names the place and the remedy, for the operator: it is printed by commands and
    logged. Readers are told that it is so, and no more (`web.http.problems`).
    """
