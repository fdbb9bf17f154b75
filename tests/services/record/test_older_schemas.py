"""Revisions of schema 1 on record, beside files of today: read as if they were of today's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.records.claims import Claim, claim_of
from app.domain.revisions.chain import Origin, Revision
from app.domain.values.base import canonical
from app.dossiers.record import read_record
from app.queries.claim import read_claim
from app.queries.history import read_history, subject_of
from app.services.record.export_record import export_record
from app.storage import tables
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from app.storage.revisions.log import append, head
from tests.loaded import EXAMPLE, NOON, load
from tests.services.record.test_load_record import rewrite, tree

KEY = "fire-dead"


@pytest.fixture
def files(tmp_path: Path, example: Database) -> Path:
    """Files of the example record in which the claim's wordings are clauses."""
    root = Path(shutil.copytree(EXAMPLE, tmp_path / "files"))
    with example.reading() as session:
        claim = claim_of(get_claim(session, KEY).document)
    accounts: list[Any] = [account.to_plain() for account in claim.accounts]
    for account in accounts:
        account.setdefault("wording", "it was so")
    rewrite(root, KEY, accounts=accounts)
    return root


def store_sentences(database: Database, root: Path, origin: Origin, **more: object) -> Revision:
    """Let the record say in schema 1 what the file says, as a version before this one did."""
    from_files = Claim.model_validate({**_filed(root), **more})
    body: dict[str, Any] = {**from_files.to_json(), "schema": 1}
    for account in body["accounts"]:
        account["wording"] = f"{account['wording'][0].upper()}{account['wording'][1:]}."
    with database.writing() as session:
        revision = append(
            session, "claim", KEY, body, author="A", origin=origin, reason="Earlier", at=NOON
        )
        stored = {"document": canonical(body), "revision": revision.number}
        session.execute(update(tables.claims).where(tables.claims.c.id == KEY).values(stored))
    return revision


def _filed(root: Path) -> dict[str, Any]:
    return next(claim for _, claim in read_record(root).claims if claim.id == KEY).to_plain()


def test_an_older_revision_that_says_what_the_file_does_is_the_same(
    example: Database, files: Path
) -> None:
    revision = store_sentences(example, files, "files")
    report = load(example, files)
    assert (report.changed, report.merged, report.conflicts) == (0, [], [])
    with example.reading() as session:
        assert head(session).number == revision.number


def test_an_older_accepted_change_is_kept_beside_an_unchanged_file(
    example: Database, files: Path
) -> None:
    store_sentences(example, files, "files")
    store_sentences(example, files, "api", question="An accepted question?")
    assert load(example, files).kept == [f"claim {KEY}"]


def test_an_older_accepted_change_is_merged_with_a_change_of_the_file(
    example: Database, files: Path
) -> None:
    store_sentences(example, files, "files")
    store_sentences(example, files, "api", question="An accepted question?")
    rewrite(files, KEY, summary="A summary from the file.")
    assert load(example, files).merged == [f"claim {KEY}"]
    with example.reading() as session:
        now = json.loads(get_claim(session, KEY).document)
    assert (now["question"], now["summary"]) == (
        "An accepted question?",
        "A summary from the file.",
    )
    assert (now["schema"], now["accounts"][0]["wording"]) == (2, "three had died")


def test_history_has_older_bodies_as_they_are_hashed_and_compares_them_lifted(
    example: Database, files: Path
) -> None:
    load(example, files)
    store_sentences(example, files, "files")
    with example.reading() as session:
        found = read_history(session, subject_of(session, "claim", KEY), limit=2)
    older, before = found.revisions
    assert older.body is not None
    assert (older.body["schema"], older.body["accounts"][0]["wording"]) == (1, "Three had died.")
    assert older.lifted == before.lifted == before.body


def test_an_older_claim_is_read_and_exported_as_one_of_today(
    example: Database, files: Path, tmp_path: Path
) -> None:
    store_sentences(example, files, "files")
    with example.reading() as session:
        assert read_claim(session, KEY).claim.to_json()["schema"] == 2
        export_record(session, tmp_path / "out")
    assert tree(tmp_path / "out") == tree(files)
