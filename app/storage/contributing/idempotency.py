"""What requests with an idempotency key were answered, so that they can safely be sent twice.

The `Idempotency-Key` header follows the draft of the IETF's HTTPAPI group,
draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from app.domain.contributing.records import RememberedAnswer
from app.storage import tables

_ANSWERS = tables.remembered_answers.c
_KEYS = tables.api_keys.c
# FOR NO KEY UPDATE: other requests with this API key wait here, while what refers to the key can
# still be inserted. On SQLite a writer is alone anyway.
_LOCK = select(_KEYS.id).where(_KEYS.id == bindparam("key")).with_for_update(key_share=True)
_ANSWER = select(_ANSWERS.body_hash, _ANSWERS.status, _ANSWERS.answer).where(
    _ANSWERS.key == bindparam("key"), _ANSWERS.idempotency_key == bindparam("name")
)


def remembered_answer(session: Session, key: str, idempotency_key: str) -> RememberedAnswer | None:
    """What the first request of this contributor's with this idempotency key was answered.

    From here until the transaction ends no other request with the same `key`, the id of a key to
    the API, gets past this call: of two that are sent at once, the second finds what the first was
    answered.
    """
    session.execute(_LOCK, {"key": key})
    row = session.execute(_ANSWER, {"key": key, "name": idempotency_key}).one_or_none()
    return None if row is None else RememberedAnswer(*row)


def remember_answer(
    session: Session, key: str, idempotency_key: str, answered: RememberedAnswer
) -> None:
    """Store an answer, in the transaction that did what it says and called `remembered_answer`."""
    session.execute(
        insert(tables.remembered_answers),
        {
            "key": key,
            "idempotency_key": idempotency_key,
            "body_hash": answered.body_hash,
            "status": answered.status,
            "answer": answered.answer,
        },
    )
