"""Requests that can safely be sent twice: the same name and body give the first answer again.

Senders name them in the `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.contributing.records import RememberedAnswer
from app.domain.values.base import canonical, sha256
from app.errors import BadFields
from app.queries.transactions import Transactions
from app.storage.contributing.idempotency import remember_answer, remembered_answer


@dataclass(frozen=True, slots=True)
class RepeatableRequest:
    """A request that may be the second of its kind.

    `key` is the id of the API key that it came with, `call` what it asks for, `body` the JSON
    values that it sent. `name` is what its sender called it, None where it has none: such a request
    is always the first.
    """

    key: str
    call: str
    name: str | None
    body: Mapping[str, Any]

    @property
    def hash(self) -> str:
        """What two requests must have in common to be the same."""
        # The call is part of it: who reuses a name for another call made a mistake, and would take
        # the first answer for one to the second.
        return sha256(f"{self.call}\n{canonical(self.body)}")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes out: its HTTP status, and its JSON."""

    status: int
    text: str


def answer_once(session: Session, request: RepeatableRequest, work: Callable[[], Answer]) -> Answer:
    """What `work` answers, or the first answer to a request of this name where there was one.

    The answer is remembered in the transaction of the work, so that both are there or neither.
    Raises `BadFields` where the first request of this name had another body, or was another call.
    """
    first = _first_answer(session, request)
    if first is not None:
        return first
    answer = work()
    if request.name is not None:
        remembered = RememberedAnswer(request.hash, answer.status, answer.text)
        remember_answer(session, request.key, request.name, remembered)
    return answer


def earlier_answer(database: Transactions, request: RepeatableRequest) -> Answer | None:
    """The first answer to a request of this name; None where it is the first, or has none.

    For a check before what takes time, in a transaction of its own; `answer_once` still decides.
    Raises as that does.
    """
    if request.name is None:
        return None
    # A writing transaction, though it only reads: it waits for a first request that is just being
    # stored, and then finds its answer.
    with database.writing() as session:
        return _first_answer(session, request)


def _first_answer(session: Session, request: RepeatableRequest) -> Answer | None:
    if request.name is None:
        return None
    first = remembered_answer(session, request.key, request.name)
    if first is None:
        return None
    if first.body_hash != request.hash:
        # An error and not the first answer: a sender who reuses a key would take a new request for
        # done.
        problem = "This key came with another request already; give each request its own."
        raise BadFields([("/header/idempotency-key", problem)])
    return Answer(first.status, first.answer)
