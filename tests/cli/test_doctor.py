"""What `variorum doctor` says of an installation that is in order, and of broken ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.services.doctor import examine
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.check_queue import note_worker
from tests.cli.running import run
from tests.databases import SqliteFiles

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, sqlite_files: SqliteFiles) -> Path:
    (tmp_path / "var").mkdir()
    sqlite_files.copy("example", tmp_path / "var")
    return tmp_path


def found(settings: Settings, now: datetime = NOW) -> dict[str, tuple[str, str]]:
    return {each.about: (each.verdict, each.what) for each in examine(settings, now)}


def test_a_sound_installation_has_no_fault(folder: Path) -> None:
    done = run(folder, "doctor", VARIORUM_CONTACT="operator@example.org")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert {line.partition(" ")[0] for line in lines} == {"✓", "–"}
    for about in ("database: SQLite", "chain: head 50:", "search index: up to date", "disk: "):
        assert any(about in line for line in lines), about


def test_the_same_is_said_of_postgresql_with_what_it_may_lose(example: Database) -> None:
    settings = Settings(database_url=example.url.render_as_string(hide_password=False))
    said = found(settings)
    assert said["chain"][0] == "ok"
    assert said["search index"][0] == "ok"
    # The server of the tests is faster than it is safe.
    assert ("durability" in said) is not example.is_sqlite


@pytest.mark.parametrize(
    ("base_url", "proxies", "verdict"),
    [
        ("https://record.example.org", "", "note"),
        ("https://record.example.org", "192.0.2.7", "ok"),
        ("http://127.0.0.1:8000", "", "ok"),
    ],
)
def test_a_proxy_that_is_not_named_is_noted(
    folder: Path, base_url: str, proxies: str, verdict: str
) -> None:
    settings = Settings(data_dir=folder / "var", base_url=base_url, trusted_proxies=proxies)
    assert found(settings)["proxies"][0] == verdict


@pytest.mark.parametrize(
    ("statement", "about", "told"),
    [
        ("UPDATE head SET number = 49", "chain", "run “variorum audit”"),
        ("UPDATE search_rows SET version = '0'", "search index", "run “variorum migrate”"),
        ("DROP TRIGGER revisions_refuse_delete", "database", "run “variorum repair”"),
        ("UPDATE alembic_version SET version_num = '0012'", "database", "migration 0012"),
        (
            "INSERT INTO workers VALUES ('w', '2026-11-30 00:00:00.000000')",
            "worker",
            "none has run",
        ),
    ],
)
def test_a_fault_is_named_with_its_remedy(
    folder: Path, statement: str, about: str, told: str
) -> None:
    path = folder / "var" / "variorum.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(statement)
    verdict, what = found(Settings(data_dir=folder / "var"))[about]
    assert verdict == "fault"
    assert told in what
    assert run(folder, "doctor").returncode == 1


def test_search_without_its_words_is_found(folder: Path) -> None:
    path = folder / "var" / "variorum.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert found(Settings(data_dir=folder / "var"))["search index"] == (
        "fault",
        "damaged; run “variorum repair”.",
    )


def test_a_secret_that_others_may_read_and_plain_http_are_faults(folder: Path) -> None:
    secret = folder / "var" / "cookie-secret"
    secret.write_text("x")
    secret.chmod(0o644)
    said = found(Settings(data_dir=folder / "var", base_url="http://facts.example.org"))
    assert said["secret"][0] == "fault"
    assert "chmod 600" in said["secret"][1]
    assert said["address"][0] == "fault"


def test_a_clock_that_is_behind_the_record_is_found(folder: Path) -> None:
    said = found(Settings(data_dir=folder / "var"), datetime(2020, 1, 1, tzinfo=UTC))
    assert said["chain"][0] == "fault"
    assert "Set the clock" in said["chain"][1]


def test_a_worker_that_runs_is_seen(example: Database, tmp_path: Path) -> None:
    with example.writing() as session:
        note_worker(session, "host-1", NOW - timedelta(minutes=1))
        note_worker(session, "host-2", NOW - timedelta(days=40))
    url = example.url.render_as_string(hide_password=False)
    said = found(Settings(database_url=url, data_dir=tmp_path))
    assert said["worker"][0] == "ok"
    assert said["worker"][1].startswith("1 at work")


def test_nothing_there_is_said_without_making_anything(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert done.returncode == 1
    assert "run “variorum load”" in done.stdout
    assert list(tmp_path.iterdir()) == []
