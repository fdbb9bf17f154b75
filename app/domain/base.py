"""What every record has in common: frozen, strict, and written back as it was read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from app.domain.dates import parse_date
from app.errors import BadDate

ID_PATTERN = r"^[a-z0-9-]{1,64}$"
ID_RULE = "an id is 1 to 64 of a–z, 0–9 and “-”"


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
    bad = next((c for c in text if _unprintable(c)), None)
    if bad is not None:
        raise ValueError(f"holds the invisible character U+{ord(bad):04X}; take it out.")
    return text


def _unprintable(character: str) -> bool:
    """Control characters and the bidirectional overrides that can make a text read as another."""
    code = ord(character)
    is_control = code < 0x20 and character != "\n"
    return (
        is_control
        or 0x7F <= code <= 0x9F
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
    )


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
