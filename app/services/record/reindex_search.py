"""Rebuilding the search index: after a migration that made it, or where its words changed."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy.orm import Session

from app.domain.records.claim_filter import STATES, ClaimFilter
from app.domain.records.claims import claim_of
from app.storage.claims.documents import get_claims
from app.storage.claims.index import index_claim
from app.storage.claims.lists import stream_claims
from app.storage.revisions.log import lock_head
from app.storage.search.entries import index_all_entries
from app.storage.search.rows import delete_all_texts, is_current

_AT_ONCE = 200


def index_stale(
    session: Session, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Let a search find all that is on record, unless it does already.

    Returns how many claims were indexed.
    """
    lock_head(session)
    if is_current(session):
        return 0
    # All of it: a row does not say which version of the words it holds.
    delete_all_texts(session)
    index_all_entries(session)
    # Ids first and texts by the batch: no more than two hundred claims are in memory at once.
    keys = [stored.id for stored in stream_claims(session, ClaimFilter())]
    for start in range(0, len(keys), _AT_ONCE):
        for stored in get_claims(session, keys[start : start + _AT_ONCE]).values():
            claim = claim_of(stored.document)
            state_rank = STATES.index(json.loads(stored.comparison)["state"])
            index_claim(session, claim, state_rank)
        progress(min(start + _AT_ONCE, len(keys)), len(keys))
    return len(keys)
