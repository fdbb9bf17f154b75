"""The one JSON text of a value, its hash, and times as RFC 3339 writes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime


def canonical(value: Mapping[str, object]) -> str:
    """The one JSON text of a value: keys sorted, no white space, letters as themselves.

    Raises ValueError for NaN and infinities, which JSON does not have.
    """
    # Hashes in the chain are of this text: an option changed here breaks every revision since the
    # first.
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
    # Always with six digits, so that texts sort as their times do.
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
