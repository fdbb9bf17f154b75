"""Requests that can safely be sent twice: the same key and body give the first answer again.

The `Idempotency-Key` header is that of draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.domain.contributing.records import RememberedAnswer
from app.domain.values.canonical import canonical, sha256
from app.errors import BadFields
from app.queries.transactions import Transactions
from app.storage.contributing.idempotency import remember_answer, remembered_answer
from app.web.http.auth import SignedIn
from app.web.http.dependencies import RecordDatabase


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A request that may be the second of its kind; `name` is what its sender called it."""

    key: str
    call: str
    name: str | None
    database: Transactions

    def earlier_answer(self, body: Mapping[str, Any]) -> Response | None:
        """What `first_answer` gives, in a transaction of its own.

        For a look before what takes time; `first_answer` is still to be asked where it counts.
        """
        if self.name is None:
            return None
        with self.database.writing() as session:
            return self.first_answer(session, body)

    def first_answer(self, session: Session, body: Mapping[str, Any]) -> Response | None:
        """What the first request of this name was answered; None where this is the first.

        Raises `BadFields` where that had another body, or was another call.
        """
        if self.name is None:
            return None
        first = remembered_answer(session, self.key, self.name)
        if first is None:
            return None
        if first.body_hash != self._hash(body):
            problem = "This key came with another request already; give each request its own."
            raise BadFields([("/header/idempotency-key", problem)])
        return _json(first.status, first.answer)

    def answer(
        self, session: Session, body: Mapping[str, Any], status: int, answer: BaseModel
    ) -> Response:
        """The answer, kept for a second request of this name."""
        text = answer.model_dump_json()
        if self.name is not None:
            kept = RememberedAnswer(self._hash(body), status, text)
            remember_answer(session, self.key, self.name, kept)
        return _json(status, text)

    def _hash(self, body: Mapping[str, Any]) -> str:
        return sha256(f"{self.call}\n{canonical(body)}")


async def _repeatable(
    request: Request,
    key: SignedIn,
    database: RecordDatabase,
    idempotency_key: Annotated[
        str | None,
        Field(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$"),
        Header(description="A name of yours for this request, so that it can be sent twice."),
    ] = None,
) -> Repeatable:
    call = f"{request.method} {request.url.path}"
    return Repeatable(key.id, call, idempotency_key, database)


Once = Annotated[Repeatable, Depends(_repeatable)]
"""The request by the name that its sender gave it, if any."""


def _json(status: int, text: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(text, status_code=status, media_type="application/json", headers=headers)
