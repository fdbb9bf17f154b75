"""Refuses addresses with characters that no database stores, before any route reads them.

Bodies are refused where they are read: JSON in `bodies`, forms in `html.forms`. Headers need no
rule of their own: what reaches the database of one is a hash, is signed, or is plain ASCII.
"""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError

from app.domain.values.storable import is_storable, storable


async def refuse_unstorable(request: Request) -> None:
    """Answer 404 for such a path, as nothing can be there, and 422 for such a query."""
    if not is_storable(request.url.path):
        raise HTTPException(404)
    faults = [
        {
            "type": "unstorable",
            "loc": ("query", storable(name)),
            "msg": "Holds a character that no text can hold, such as U+0000; take it out.",
        }
        for name, text in request.query_params.multi_items()
        if not (is_storable(name) and is_storable(text))
    ]
    if faults:
        raise RequestValidationError(faults)
