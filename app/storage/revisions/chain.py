"""What a link of the chain of revisions is, and how it is hashed. Pure: no database.

A revision's hash covers the hash before it, so that no revision can be changed, taken out or put
in without changing every later hash. A mirror can compute the same hashes from `/changes`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

GENESIS = "0" * 64

Origin = Literal["files", "api"]
EntryKind = Literal["dossier", "side", "body", "publisher", "speaker", "document", "place"]
SubjectKind = Literal["claim", "dossier", "side", "body", "publisher", "speaker", "document"]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: the record's change number, 0 while it is empty, and its hash."""

    number: int
    hash: str


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
        """What `hash` must be, by everything else that the revision holds."""
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
class Fault:
    """The first link that does not hold: its number, and what is wrong with it."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"revision {self.number}: {self.what}"


def canonical(value: Mapping[str, object]) -> str:
    """The one JSON text of a value: keys sorted, no white space, letters as themselves.

    Raises ValueError for NaN and infinities, which JSON does not have.
    """
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def sha256(text: str) -> str:
    """SHA-256 of the text's UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def body_hash(body: Mapping[str, object]) -> str:
    """The hash by which a revision knows its body."""
    return sha256(canonical(body))


def rfc3339(moment: datetime) -> str:
    """An aware time in UTC with microseconds: `2026-11-03T09:15:00.000000Z`.

    Raises ValueError for a time without a zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a time on record needs its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
