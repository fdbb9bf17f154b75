"""What pages and calls read from an address, and what is refused there."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from app.domain.values.base import is_storable, storable
from app.domain.values.dates import Day, parse_date
from app.errors import BadDate, LazyMessage


class PageQuery(BaseModel):
    """What the address of a page can ask for; what no page knows is passed over.

    An empty value asks for nothing.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    # Forms send every field, also those that their reader left empty.
    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        return (
            {name: v for name, v in given.items() if v != ""} if isinstance(given, dict) else given
        )


_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_WRITTEN = re.compile(_PATTERN, re.ASCII)


def _is_day(text: str) -> str:
    try:
        date = parse_date(text)
    except BadDate as fault:
        raise ValueError(fault.sentence) from fault
    if not date.is_one_day:
        raise ValueError(LazyMessage("write one day as YYYY-MM-DD."))
    return text


KnownOn = Annotated[
    str,
    Field(
        pattern=_PATTERN,
        description="Show the record as it could be known on this day (YYYY-MM-DD).",
    ),
    AfterValidator(_is_day),
]


def read_day(text: str) -> Day:
    """The day that a reader typed; raises `BadDate`, with a sentence that says what is wrong."""
    try:
        if _WRITTEN.fullmatch(text):
            return Day(*map(int, _is_day(text).split("-")))
    except ValueError:
        pass
    raise BadDate(
        LazyMessage(
            "“{text}” is not a day that can be shown; write one as YYYY-MM-DD, such as 2020-11-09.",
            text=text,
        )
    )


def day_of(known_on: str | None) -> Day | None:
    """The day that a checked parameter names."""
    return parse_date(known_on).latest if known_on else None


async def refuse_unstorable(request: Request) -> None:
    """Answer 404 for such a path, as nothing can be there, and 422 for such a query."""
    if not is_storable(request.url.path):
        raise HTTPException(404)
    faults = [
        {
            "type": "unstorable",
            "loc": ("query", storable(name)),
            "msg": "Contains a character that no text can have, such as U+0000; remove it.",
        }
        for name, text in request.query_params.multi_items()
        if not (is_storable(name) and is_storable(text))
    ]
    if faults:
        raise RequestValidationError(faults)
