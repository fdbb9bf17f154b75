"""Many contributors at once on a site of two processes, which are killed in the middle."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.values.paging import MAX_ITEMS
from app.storage.contributing.submissions import list_submissions
from app.storage.database.engine import Database
from app.storage.revisions.audit import audit
from tests.crowd import served, submit_all_at_once


def kept(database: Database) -> set[str]:
    """The ids of all submissions on record."""
    found: set[str] = set()
    cursor = None
    with database.reading() as session:
        while True:
            page = list_submissions(session, limit=MAX_ITEMS, cursor=cursor)
            found |= {one.id for one in page.items}
            cursor = page.next_cursor
            if cursor is None:
                return found


# One moment of many: `tests/crash` kills at a few in every run.
@pytest.mark.long
def test_acknowledged_submissions_survive_killing_every_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'variorum.sqlite3'}"
    with served(tmp_path, url) as site:
        answers = submit_all_at_once(site, 60.0, kill_after=60)
    acknowledged = [answer.id for answer in answers]
    assert Counter(answer.status for answer in answers) == {202: len(answers)}
    assert len(acknowledged) >= 60
    with closing(Database(url)) as database:
        there = kept(database)
        assert set(acknowledged) <= there
        assert len(there) <= len(acknowledged) + len(site.secrets)
        with database.reading() as session:
            assert audit(session).is_intact
