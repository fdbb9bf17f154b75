"""The commands `variorum keys`, run as a person runs them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.services.contributing.api_keys import holder_of
from app.storage.database.engine import Database
from tests.cli.running import run
from tests.databases import SqliteFiles


@pytest.fixture
def ready(tmp_path: Path, sqlite_files: SqliteFiles) -> Path:
    """A folder with a migrated database under it."""
    (tmp_path / "var").mkdir()
    sqlite_files.copy("tables", tmp_path / "var")
    return tmp_path


def test_a_key_is_made_listed_and_revoked(ready: Path) -> None:
    made = run(ready, "keys", "new", "--name", "Wren", "--role", "moderator")
    assert made.returncode == 0
    told, secret = made.stdout.splitlines()
    assert "“Wren”, moderator" in told
    url = f"sqlite:///{ready / 'var' / 'variorum.sqlite3'}"
    with closing(Database(url)) as database, database.reading() as session:
        key = holder_of(session, secret)
    listed = run(ready, "keys", "list").stdout
    assert key.id in listed
    assert "never used" in listed
    assert secret not in listed
    assert run(ready, "keys", "revoke", "Wren").returncode == 0
    again = run(ready, "keys", "revoke", "Wren")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "revoked 20" in run(ready, "keys", "list").stdout


def test_a_name_in_use_and_an_unknown_role_are_refused(ready: Path) -> None:
    assert run(ready, "keys", "new", "--name", "Wren").returncode == 0
    twice = run(ready, "keys", "new", "--name", "Wren")
    assert (twice.returncode, twice.stdout) == (1, "")
    assert "in use" in twice.stderr
    assert run(ready, "keys", "new", "--name", "Crow", "--role", "king").returncode == 2
