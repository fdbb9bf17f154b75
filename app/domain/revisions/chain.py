"""What a link of the chain of revisions is, and how it is hashed. Pure: no database.

A revision's hash covers the hash before it, so that no revision can be changed, removed or put
in without changing every later hash. A mirror can compute the same hashes from `/changes`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from app.domain.records.kinds import SubjectKind
from app.domain.values.base import canonical, rfc3339, sha256

GENESIS = "0" * 64

Origin = Literal["files", "api"]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: the record's change number, 0 while it is empty, and its hash."""

    number: int
    hash: str


class RecordNumbers(NamedTuple):
    """How far the record has got: its last change, the last check of a page, copies noted.

    Each only grows, and moves in the transaction that changes what it counts.
    """

    changes: int
    checks: int
    copies: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One accepted change: its number, UTC time, author, reason, subject and hashes.

    `origin` says whether it came from the files or through the API.
    """

    number: int
    at: datetime
    author: str
    origin: Origin
    reason: str
    subject_kind: SubjectKind
    subject_id: str
    previous_hash: str
    hash: str
    body_hash: str

    def computed_hash(self) -> str:
        """What `hash` must be, by everything else in the revision."""
        return sha256(
            canonical(
                {
                    "previous_hash": self.previous_hash,
                    "number": self.number,
                    "at": rfc3339(self.at),
                    "author": self.author,
                    "origin": self.origin,
                    "reason": self.reason,
                    "subject_kind": self.subject_kind,
                    "subject_id": self.subject_id,
                    "body_hash": self.body_hash,
                }
            )
        )


@dataclass(frozen=True, slots=True)
# The first one alone: every later hash covers it, so that all after it are wrong as well.
class Fault:
    """The first broken link: its number, and what is wrong with it."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"revision {self.number}: {self.what}"


_SIGNED = re.compile(r"Redacted ((?:\d+, )*\d+): ")


def signed_reason(numbers: Collection[int], reason: str) -> str:
    """The reason of the revision that signs the redaction of older ones of its subject."""
    # In the reason, since a revision's hash covers it: the bodies themselves are gone.
    return f"Redacted {', '.join(map(str, sorted(numbers)))}: {reason}"


def signed_numbers(reason: str) -> frozenset[int]:
    """The revisions whose redaction this reason signs; none where it is no such reason."""
    found = _SIGNED.match(reason)
    return frozenset(map(int, found[1].split(", "))) if found else frozenset()


def tombstone(key: str, formerly: Collection[str] = ()) -> dict[str, Any]:
    """What the last revision of a subject says that was redacted as a whole.

    It signs the redaction of all before it, also of those under the ids that it had before.
    """
    former = {"formerly": sorted(formerly)} if formerly else {}
    return {"id": key, "redacted": True, **former}


def is_tombstone(body: dict[str, Any]) -> bool:
    """Whether a revision's body says that its subject was redacted as a whole."""
    return body.get("redacted") is True and body.keys() <= {"id", "redacted", "formerly"}
