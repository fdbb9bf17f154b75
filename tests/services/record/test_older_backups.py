"""The backups that older versions made are restored by the program of today, on either database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.domain.search.query import query_of
from app.services.record.audit import audit_whole
from app.storage.database.engine import Database
from app.storage.database.schema import require_current
from app.storage.following.snapshots import Snapshots
from app.storage.redaction import snapshots_of
from app.storage.search.ranking import find
from tests import saved
from tools.backup_fixtures import FOLDER, missing

BACKUPS = sorted(FOLDER.glob("*.tar"))


def test_there_is_a_backup_of_every_migration() -> None:
    assert missing() == [], "run: .venv/bin/python -m tools.backup_fixtures, and commit its files"


@pytest.mark.parametrize("backup", BACKUPS, ids=lambda path: path.stem)
def test_a_backup_of_an_older_version_is_restored_whole(
    backup: Path, blank_url: str, tmp_path: Path
) -> None:
    report = saved.restore(backup, blank_url, tmp_path / "new")
    assert report.summary.migration == backup.stem
    with closing(Database(blank_url)) as database, database.reading() as session:
        require_current(session)
        audit = audit_whole(session)
        assert (audit.is_intact, audit.chain.head) == (True, report.summary.head)
        assert find(session, query_of("licensed"), 10)
        rows = saved.rows(database)
        answer = snapshots_of(session, saved.URL)[1]
    assert [len(rows[name]) for name in ("api_keys", "submissions", "snapshots")] == [1, 1, 2]
    texts = saved.files(tmp_path / "new" / "snapshots" / "text").values()
    assert f"They were {saved.WORDS}, it says." in {text.decode() for text in texts}
    stored = Snapshots(tmp_path / "new" / "snapshots").read_response(answer)
    assert saved.WORDS in stored.body.decode()
