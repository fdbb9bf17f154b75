import shutil
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.disagreement.comparison import comparison_of
from app.domain.records.claims import Claim, claim_of
from app.domain.records.references import needed_by_claim
from app.dossiers.notation.layout import emit
from app.dossiers.record import read_record
from app.errors import LoadConflict
from app.queries.registers import dossier_of
from app.services.record.append_revision import Author, compare_claim, write_claim
from app.services.record.export_record import export_record
from app.services.record.load_record import recompare_stale, whole_registers
from app.storage.claims.documents import get_claim
from app.storage.claims.save import save_comparison
from app.storage.database.engine import Database
from app.storage.revisions.audit import audit
from app.storage.revisions.log import head, lock_head
from tests.databases import filled
from tests.loaded import EXAMPLE, NOON, ROOT, load


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the example record that a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "files"))


def rewrite(root: Path, claim_id: str, **changes: object) -> None:
    """Change one claim's file as an editor would."""
    path = root / "claims" / "harbour" / f"{claim_id}.yaml"
    claim = next(claim for _, claim in read_record(root).claims if claim.id == claim_id)
    path.write_text(emit(Claim.model_validate(claim.to_plain() | changes)), encoding="utf-8")


def change_through_api(database: Database, claim_id: str, **changes: object) -> None:
    """An accepted change that did not come from files."""
    by = Author("a moderator", NOON, "A better wording", "api")
    with database.writing() as session:
        lock_head(session)
        stored = get_claim(session, claim_id)
        claim = Claim.model_validate(claim_of(stored.document).to_plain() | changes)
        dossier = dossier_of(session, stored.dossier)
        write_claim(session, claim, whole_registers(session), dossier, by)


def question(database: Database, claim_id: str) -> str:
    with database.reading() as session:
        return claim_of(get_claim(session, claim_id).document).question


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*.yaml")
        if path.is_file()
    }


def test_loaded_files_come_back_byte_for_byte(example: Database, tmp_path: Path) -> None:
    with example.reading() as session:
        export_record(session, tmp_path / "out")
    assert tree(tmp_path / "out") == tree(EXAMPLE)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def test_the_shipped_record_comes_back_byte_for_byte(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with (
        filled(kind, "shipped", request) as url,
        closing(Database(url)) as database,
        database.reading() as session,
    ):
        export_record(session, tmp_path / "out")
    shipped = {**tree(ROOT / "claims"), "sources.yaml": (ROOT / "sources.yaml").read_bytes()}
    exported = tree(tmp_path / "out")
    assert {name.removeprefix("claims/"): text for name, text in exported.items()} == shipped


def test_loading_twice_changes_nothing(database: Database) -> None:
    first = load(database)
    with database.reading() as session:
        before = head(session)
    second = load(database)
    with database.reading() as session:
        assert head(session) == before
        assert audit(session).is_intact
    assert (second.new, second.changed, second.compared) == (0, 0, 0)
    assert second.same == first.new


def test_a_changed_file_is_a_new_revision_of_its_claim_alone(
    example: Database, files: Path
) -> None:
    rewrite(files, "fire-dead", question="How many people died in the fire at all?")
    report = load(example, files)
    assert (report.new, report.changed, report.compared) == (0, 1, 1)
    assert question(example, "fire-dead") == "How many people died in the fire at all?"


def test_the_order_of_a_register_is_kept_and_is_no_change(example: Database, files: Path) -> None:
    record = read_record(files)
    turned = record.sources.model_copy(update={"speakers": record.sources.speakers[::-1]})
    (files / "sources.yaml").write_text(emit(turned), encoding="utf-8")
    assert load(example, files).changed == 0
    with example.reading() as session:
        exported = export_record(session, files.parent / "out")
    assert exported.sources.speakers == turned.speakers


def test_a_file_that_did_not_change_never_undoes_an_accepted_change(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    report = load(example, files)
    assert report.kept == ["claim fire-dead"]
    assert question(example, "fire-dead") == "An accepted question?"


def test_the_same_changed_in_both_places_is_a_conflict_and_nothing_is_loaded(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    rewrite(files, "fire-dead", question="A question from the file?")
    rewrite(files, "fire-date", question="Another question from a file?")
    with pytest.raises(LoadConflict, match=r"claim fire-dead \(question\)"):
        load(example, files)
    assert question(example, "fire-date") != "Another question from a file?"


def test_with_keep_a_conflict_leaves_the_databases_version_and_loads_the_rest(
    example: Database, files: Path
) -> None:
    change_through_api(example, "fire-dead", question="An accepted question?")
    rewrite(files, "fire-dead", question="A question from the file?")
    rewrite(files, "fire-date", question="Another question from a file?")
    report = load(example, files, keep=True)
    assert report.conflicts == ["claim fire-dead (question)"]
    assert question(example, "fire-dead") == "An accepted question?"
    assert question(example, "fire-date") == "Another question from a file?"


def test_a_changed_register_compares_anew_the_claims_that_name_it(
    example: Database, files: Path
) -> None:
    record = read_record(files)
    with example.reading() as session:
        before = get_claim(session, "fire-dead")
    speaker_id = next(
        citation.all_speakers[0]
        for _, claim in record.claims
        if claim.id == "fire-dead"
        for _, citation in claim.citations()
        if citation.all_speakers
    )
    speakers = tuple(
        speaker.model_copy(update={"standing": "witness", "speaks_for": None})
        if speaker.id == speaker_id
        else speaker
        for speaker in record.sources.speakers
    )
    changed = record.sources.model_copy(update={"speakers": speakers})
    (files / "sources.yaml").write_text(emit(changed), encoding="utf-8")
    report = load(example, files)
    assert report.changed == 1
    assert 0 < report.compared < len(record.claims)
    with example.reading() as session:
        after = get_claim(session, "fire-dead")
        assert audit(session).is_intact
    assert after.revision == before.revision
    assert after.compared_at > before.compared_at
    assert comparison_of(after.comparison) != comparison_of(before.comparison)


def test_a_claim_that_no_file_holds_stays_and_is_reported(example: Database, files: Path) -> None:
    (files / "claims" / "harbour" / "alarm-duty.yaml").unlink()
    assert load(example, files).absent == ["claim alarm-duty"]
    assert question(example, "alarm-duty")


def test_comparisons_of_another_engine_are_made_anew(example: Database) -> None:
    with example.writing() as session:
        stored = get_claim(session, "fire-dead")
        claim = claim_of(stored.document)
        registers, dossier = whole_registers(session), dossier_of(session, "harbour")
        outdated = compare_claim(claim, registers, dossier) | {"state": "no-account"}
        save_comparison(
            session,
            claim,
            outdated,
            engine="0",
            references=needed_by_claim(claim, registers, dossier),
        )
    with example.writing() as session:
        assert recompare_stale(session) == 1
        assert recompare_stale(session) == 0
        assert comparison_of(get_claim(session, "fire-dead").comparison).state != "no-account"
