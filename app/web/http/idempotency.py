"""The requests that can safely be sent twice: their header, and their answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.services.contributing.idempotency import Answer, RepeatableRequest, answer_once
from app.web.http.auth import ApiKeyUser


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A request that may be the second of its kind; `name` is what its sender called it."""

    key: str
    call: str
    name: str | None

    def request(self, body: Mapping[str, Any]) -> RepeatableRequest:
        """The request with the JSON values that it sent."""
        return RepeatableRequest(self.key, self.call, self.name, body)

    def answer(
        self, session: Session, body: Mapping[str, Any], work: Callable[[], BaseModel]
    ) -> Response:
        """What `work` answers, or what was answered when this was asked for first."""
        return response(answer_once(session, self.request(body), lambda: answer_of(work())))


def answer_of(model: BaseModel, status: int = 200) -> Answer:
    """An answer in the form in which it is sent and stored."""
    return Answer(status, model.model_dump_json())


def response(answer: Answer) -> Response:
    """An answer as HTTP has it; it is for its sender alone."""
    # It depends on the key in a header, which no cache takes into account without `Vary`.
    headers = {"Cache-Control": "no-store"}
    return Response(
        answer.text, status_code=answer.status, media_type="application/json", headers=headers
    )


async def _repeatable(
    request: Request,
    key: ApiKeyUser,
    idempotency_key: Annotated[
        str | None,
        Field(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$"),
        Header(description="A name that you choose for this request, to send it again safely."),
    ] = None,
) -> Repeatable:
    # By key and call, so that two senders, or two calls, may use the same name.
    return Repeatable(key.id, f"{request.method} {request.url.path}", idempotency_key)


Once = Annotated[Repeatable, Depends(_repeatable)]
"""The request by the name that its sender gave it, if any."""
