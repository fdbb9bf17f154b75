"""Somebody with the database's file changes the past; the command says where."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.dossiers.record import read_record
from tests.cli.running import run
from tests.loaded import EXAMPLE

GUARDS = [
    f"DROP TRIGGER {table}_refuse_{change}"
    for table in ("revisions", "revision_bodies")
    for change in ("update", "delete", "replace")
]
SWAP = """
    UPDATE register_entries SET revision = 1 WHERE revision IN (2, 3);
    CREATE TABLE kept AS SELECT * FROM revision_bodies WHERE number IN (2, 3);
    DELETE FROM revision_bodies WHERE number IN (2, 3);
    UPDATE revisions SET number = 92 WHERE number = 2;
    UPDATE revisions SET number = 2 WHERE number = 3;
    UPDATE revisions SET number = 3 WHERE number = 92;
    INSERT INTO revision_bodies SELECT 5 - number, body, engine, comparison FROM kept;
    DROP TABLE kept;
"""
CUT = """
    DELETE FROM claims WHERE revision = (SELECT number FROM head);
    DELETE FROM revision_bodies WHERE number = (SELECT number FROM head);
    DELETE FROM revisions WHERE number = (SELECT number FROM head);
    UPDATE head SET number = number - 1;
    UPDATE head SET hash = (SELECT hash FROM revisions WHERE revisions.number = head.number);
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example record, loaded."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("audit") / "work"))
    assert run(folder, "load").returncode == 0
    return folder


@pytest.fixture
def folder(loaded: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(loaded, tmp_path / "work"))


def tamper(folder: Path, script: str) -> None:
    """What anybody can do who may write the file."""
    with closing(sqlite3.connect(folder / "var" / "variorum.sqlite3")) as database:
        database.executescript(";".join(GUARDS) + ";" + script)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (
            'UPDATE revision_bodies SET body = \'{"id":"x"}\' WHERE number = 7;',
            "breaks at revision 7: its body is not the one that was recorded.",
        ),
        (
            "UPDATE revisions SET author = 'somebody else' WHERE number = 5;",
            "breaks at revision 5: is not what its hash says",
        ),
        (SWAP, "breaks at revision 2: does not follow from the revision before it."),
    ],
    ids=["a changed body", "a changed author", "two rows swapped"],
)
def test_audit_names_the_first_broken_link(folder: Path, script: str, told: str) -> None:
    tamper(folder, script)
    done = run(folder, "audit")
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert "lacks triggers that refuse changes of revisions" in done.stderr


def test_audit_finds_a_cut_tail_by_the_head_that_was_published(folder: Path) -> None:
    head = run(folder, "audit").stdout.splitlines()[-1].removeprefix("Head: ")
    tamper(folder, CUT)
    assert "revisions are intact" in run(folder, "audit").stdout
    done = run(folder, "audit", "--published", head)
    number = int(head.partition(":")[0])
    assert done.returncode == 1
    assert f"breaks at revision {number}: is missing" in done.stderr


def test_redact_empties_says_so_and_leaves_nothing_in_the_file(folder: Path) -> None:
    words = "licensed by both towns, in equal parts"
    file = folder / "var" / "variorum.sqlite3"
    assert words.encode() in file.read_bytes()
    asked = ("redact", "claim", "strait-declaration", "--author", "Clerk", "--reason", "A ruling")
    assert run(folder, *asked).returncode == 1
    done = run(folder, *asked, "--yes")
    assert done.returncode == 0, done.stderr
    assert "Revision" in done.stdout
    left = [path for path in (folder / "var").rglob("*") if path.is_file()]
    assert [path.name for path in left if words.encode() in path.read_bytes()] == []
    audit = run(folder, "audit")
    assert (audit.returncode, "1 of them redacted" in audit.stdout) == (0, True)
    assert "preserved: claim strait-declaration" in run(folder, "load").stdout


def test_redact_says_what_still_names_a_document(folder: Path) -> None:
    document = next(
        c.document for _, claim in read_record(EXAMPLE).claims for _, c in claim.citations()
    )
    done = run(folder, "redact", "document", document, "--author", "C", "--reason", "R", "--yes")
    assert done.returncode == 1
    assert "is still named by claim" in done.stderr
    assert run(folder, "redact", "place", "x", "--author", "C", "--reason", "R").returncode == 1
