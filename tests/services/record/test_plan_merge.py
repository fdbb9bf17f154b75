"""Files and what was accepted, side by side: a repository of claims can stay the master."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from app.domain.records.claims import Claim
from app.dossiers.record import read_record
from app.errors import BadInput, LoadConflict
from app.services.record.export_record import export_record
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from app.storage.revisions.log import head, history
from tests.loaded import EXAMPLE, load
from tests.services.record.test_load_record import change_through_api, question, rewrite


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the example record that a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "files"))


def claim_in(root: Path, claim_id: str) -> Claim:
    return next(claim for _, claim in read_record(root).claims if claim.id == claim_id)


def on_record(database: Database, claim_id: str) -> Claim:
    with database.reading() as session:
        return Claim.model_validate_json(get_claim(session, claim_id).document)


def accounts_with(claim: Claim, place: int, **changes: object) -> list[dict[str, Any]]:
    """A claim's accounts with a change of one of them."""
    accounts: list[Any] = [account.to_plain() for account in claim.accounts]
    accounts[place] |= changes
    return accounts


def test_a_change_of_the_file_and_an_accepted_one_are_both_on_record(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    rewrite(files, "fire-dead", summary="A summary from the file.")
    report = load(example, files)
    assert (report.merged, report.conflicts) == (["claim fire-dead"], [])
    merged = on_record(example, "fire-dead")
    assert merged.question == "An accepted question?"
    assert merged.summary == "A summary from the file."
    with example.reading() as session:
        newest = history(session, "claim", "fire-dead")[0]
    assert "merged with what was accepted" in newest.reason


def test_loading_again_after_a_merge_changes_nothing_and_undoes_nothing(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    rewrite(files, "fire-dead", summary="A summary from the file.")
    load(example, files)
    with example.reading() as session:
        before = head(session)
    assert load(example, files).kept == ["claim fire-dead"]
    with example.reading() as session:
        assert head(session) == before
    assert question(example, "fire-dead") == "An accepted question?"


def test_an_exported_contribution_can_be_edited_in_the_file_afterwards(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    with example.reading() as session:
        export_record(session, files)
    assert claim_in(files, "fire-dead").question == "An accepted question?"
    load(example, files)
    rewrite(files, "fire-dead", question="The file's word on it?")
    change_through_api(example, "fire-dead", summary="Accepted later.")
    assert load(example, files).merged == ["claim fire-dead"]
    assert question(example, "fire-dead") == "The file's word on it?"
    assert on_record(example, "fire-dead").summary == "Accepted later."


def test_after_a_merge_the_file_can_be_brought_up_to_date_by_an_export(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    rewrite(files, "fire-dead", summary="A summary from the file.")
    load(example, files)
    with example.reading() as session:
        export_record(session, files)
    report = load(example, files)
    assert (report.kept, report.changed, report.merged) == ([], 0, [])
    assert claim_in(files, "fire-dead") == on_record(example, "fire-dead")


def test_a_merge_that_does_not_hold_together_is_a_conflict(example: Database, files: Path) -> None:
    claim = claim_in(files, "fire-cause")
    gone, kept = claim.accounts[0], claim.accounts[1]
    overrule = {
        "accounts": [gone.id, kept.id],
        "relation": "compatible",
        "by": "an editor",
        "on": "2026-11-03",
        "reason": "They speak of different things.",
    }
    change_through_api(example, "fire-cause", overrules=[overrule])
    rewrite(files, "fire-cause", accounts=[a.to_plain() for a in claim.accounts[1:]])
    with pytest.raises(LoadConflict, match=r"claim fire-cause \(overrules"):
        load(example, files)
    assert load(example, files, keep=True).conflicts[0].startswith("claim fire-cause (overrules")
    assert len(on_record(example, "fire-cause").accounts) == len(claim.accounts)


def test_an_account_reworded_in_one_place_and_cited_anew_in_the_other_is_merged(
    example: Database, files: Path
) -> None:
    claim = claim_in(files, "fire-dead")
    first: Any = claim.accounts[0].to_plain()
    further = {**first["citations"][0], "id": "a-further-one", "note": "A further one."}
    cited = accounts_with(claim, 0, citations=[*first["citations"], further])
    change_through_api(example, "fire-dead", accounts=cited)
    rewrite(files, "fire-dead", accounts=accounts_with(claim, 0, wording="it was worded anew"))
    assert load(example, files).merged == ["claim fire-dead"]
    merged = on_record(example, "fire-dead").accounts[0]
    assert merged.wording == "it was worded anew"
    assert merged.citations[-1].id == "a-further-one"


def test_export_leaves_alone_what_stands_beside_a_record(example: Database, files: Path) -> None:
    (files / "README.md").write_text("Our claims.")
    with example.reading() as session:
        export_record(session, files)
    assert (files / "README.md").read_text() == "Our claims."
    (files / "claims" / "harbour" / "notes.txt").write_text("mine")
    with example.reading() as session, pytest.raises(BadInput, match=r"notes\.txt"):
        export_record(session, files)


def test_export_refuses_a_folder_that_holds_other_things(example: Database, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with example.reading() as session, pytest.raises(BadInput, match=r"notes\.txt"):
        export_record(session, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".txt"] == ["notes.txt"]
