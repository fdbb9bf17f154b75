"""What browsers send with forms: bounded, and read as the text that was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from app.domain.values.base import is_storable
from app.errors import BadInput, LazyMessage, TooLarge, WrongMediaType

_MAX_BYTES = 1 << 20  # a whole claim, each of its letters written as %XX%XX
# Without it a megabyte of “a&” would be half a million fields.
_MAX_FIELDS = 1000


class Form:
    """The fields of a form: texts without space at their ends, lines ended as everywhere."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            # HTML Standard, section 4.10.21.8: browsers end lines with CR LF.
            self._fields.setdefault(name, []).append(value.replace("\r\n", "\n").strip())

    def __getitem__(self, name: str) -> str:
        """What was typed into the first field of this name; empty where nothing was sent."""
        return self._fields.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """What was sent in all fields of this name, as ticked boxes are."""
        return self._fields.get(name, [])

    def having(self, **fields: str) -> Form:
        """The same form with other words in some fields."""
        kept = [(n, v) for n, values in self._fields.items() if n not in fields for v in values]
        return Form([*kept, *fields.items()])

    def filled(self, **fields: str | None) -> Form:
        """The same form with words in those of these fields in which nothing was typed."""
        return self.having(**{n: value for n, value in fields.items() if value and not self[n]})


async def _read(request: Request) -> Form:
    """Read a form; raises `WrongMediaType`, `TooLarge` or `BadInput`."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != "application/x-www-form-urlencoded":
        raise WrongMediaType
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        # Counted as it comes: Content-Length may be absent, or say less than is sent.
        if len(body) > _MAX_BYTES:
            raise TooLarge(_MAX_BYTES)
    try:
        fields = parse_qsl(
            # URL Standard, section 5.2: browsers percent-encode everything else.
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError:
        raise _unreadable() from None
    # No browser lets U+0000 be typed: a program made this form, and no field is to be shown again.
    if not all(is_storable(text) for field in fields for text in field):
        raise _unreadable()
    return Form(fields)


def _unreadable() -> BadInput:
    return BadInput(LazyMessage("The form cannot be read; reload the page and send it again."))


PostedForm = Annotated[Form, Depends(_read)]
"""The form in a request's body."""
