"""What waits for a claim, as briefly as it can be read: for a look at each submission."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.storage import tables

_SUBMISSIONS = tables.submissions.c
_NEWEST = (
    select(_SUBMISSIONS.id, _SUBMISSIONS.url, _SUBMISSIONS.body)
    .where(_SUBMISSIONS.claim == bindparam("claim"), _SUBMISSIONS.state == "pending")
    .order_by(_SUBMISSIONS.id.desc())
    .limit(bindparam("most"))
)


class Waiting(NamedTuple):
    """A pending submission: its id, its document's address, and the JSON that was sent."""

    id: str
    url: str | None
    body: str


def waiting_for(session: Session, claim: str, *, most: int) -> list[Waiting]:
    """The newest pending submissions for a claim."""
    return [Waiting(*row) for row in session.execute(_NEWEST, {"claim": claim, "most": most})]
