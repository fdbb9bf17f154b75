"""Small contributions: keys and submissions as they wait."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey, Role, Submission, SubmittedQuote
from app.storage.contributing.api_keys import new_key
from app.storage.contributing.submissions import new_submission_id, save_submission
from tests.storage.factories import NOON
from tests.storage.following_factories import URL

QUOTE = "crossed at dawn"
_numbers = count(1)


def a_key(
    session: Session, name: str = "Wren", role: Role = "contributor", at: datetime = NOON
) -> ApiKey:
    """A key in use, whose secret's hash is `secret of ` and its name."""
    key = ApiKey(f"key-{next(_numbers)}", name, role, at)
    new_key(session, key, f"secret of {name}")
    return key


def a_submission(key: ApiKey, **changed: Any) -> Submission:
    """A citation that waits, of a statement of its own."""
    number = next(_numbers)
    at = changed.get("at", NOON)
    return replace(
        Submission(
            id=new_submission_id(at),
            kind="citation",
            state="pending",
            key=key.id,
            author=key.name,
            at=at,
            claim="bridge",
            url=URL,
            body=json.dumps({"claim": "bridge", "note": f"The {number}th."}),
            statement=f"statement-{number}",
            quotes=(SubmittedQuote("c1", URL, QUOTE),),
        ),
        **changed,
    )


def submit(session: Session, key: ApiKey, **changed: Any) -> Submission:
    """A submission on record."""
    submission = a_submission(key, **changed)
    assert save_submission(session, submission)
    return submission
