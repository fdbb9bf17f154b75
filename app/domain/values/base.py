"""What every record has in common: frozen, strict, written back as it was read, and hashed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from app.domain.values.dates import parse_date
from app.errors import BadDate

ID_PATTERN = r"^[a-z0-9-]{1,64}$"
ID_RULE = "an id is 1 to 64 of a–z, 0–9 and “-”"

# Control characters but for the line feed, the bidirectional overrides and isolates that can make
# a text read as another, and lone surrogates.
_INVISIBLE = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)


_ID = re.compile(ID_PATTERN)


def is_id(text: str) -> bool:
    """Whether a text could be an id at all; what could not is never sent to a database."""
    return _ID.fullmatch(text) is not None


def _is_edtf(text: str) -> str:
    try:
        parse_date(text)
    except BadDate as fault:
        raise ValueError(str(fault)) from fault
    return text


def _is_edtf_day(text: str) -> str:
    date = parse_date(_is_edtf(text))
    if not date.is_one_day or date.has_time:
        raise ValueError(f"“{text}” is not one day; write it as 2026-11-03.")
    return text


def _is_prose(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; leave the key out instead.")
    bad = _INVISIBLE.search(text)
    if bad is not None:
        raise ValueError(f"contains the invisible character U+{ord(bad[0]):04X}; remove it.")
    return text


def escaped_controls(text: str) -> str:
    r"""The text with each character that no prose may have written as `\u001b`, as JSON writes it.

    For where such a character would steer what shows it: terminals, and titles of windows.
    """
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Prose = Annotated[str, AfterValidator(_is_prose)]
Edtf = Annotated[str, AfterValidator(_is_edtf)]
EdtfDay = Annotated[str, AfterValidator(_is_edtf_day)]


class Record(BaseModel):
    """A frozen record; unknown keys are refused.

    The order of its fields is the order of the keys in its file.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        validate_by_alias=True,
    )

    def to_plain(self) -> dict[str, object]:
        """The record as plain JSON values, keys in file order, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


# PostgreSQL has no U+0000 in a text (its manual, section 8.3), and half of a surrogate pair has no
# UTF-8 (RFC 3629, section 3), so that the drivers of both databases fail on it. SQLite stores the
# first: without a rule of our own a fault of this kind shows on PostgreSQL alone.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether the text holds neither U+0000 nor an unpaired surrogate."""
    return _UNSTORABLE.search(text) is None


def storable(text: str) -> str:
    """The text with U+FFFD in place of each character that cannot be stored."""
    return _UNSTORABLE.sub("\ufffd", text)


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
