"""Evidence to look at again: warnings of `check`, with their lines."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier
from app.dossiers.notation.layout import emit
from app.dossiers.record import check_evidence, check_record, read_record
from tests.loaded import EXAMPLE

CLAIMS = Path("claims") / "harbour"


def record_with(folder: Path, claim: Claim, dossier: Dossier | None = None) -> Path:
    """The example record with this claim, and perhaps another dossier's file."""
    root = Path(shutil.copytree(EXAMPLE, folder / "record"))
    (root / CLAIMS / f"{claim.id}.yaml").write_text(emit(claim), encoding="utf-8")
    if dossier:
        (root / CLAIMS / "dossier.yaml").write_text(emit(dossier), encoding="utf-8")
    return root


def fire_dead(**changes: object) -> Claim:
    (found,) = (claim for _, claim in read_record(EXAMPLE).claims if claim.id == "fire-dead")
    plain = {key: value for key, value in found.to_plain().items() if key != "formerly"}
    return Claim.model_validate(plain | changes)


def with_answer(claim: Claim, answer: str) -> Claim:
    accounts = tuple(one.model_copy(update={"answer": answer}) for one in claim.accounts)
    return claim.model_copy(update={"accounts": accounts})


def test_a_part_above_its_whole_is_a_warning_at_its_account(tmp_path: Path) -> None:
    part = with_answer(fire_dead(id="crew", part_of="fire-dead"), "5000")
    root = record_with(tmp_path, part)
    assert check_record([root]) == ()
    warnings = check_evidence([root])
    assert warnings
    lines = (root / CLAIMS / "crew.yaml").read_text("utf-8").splitlines()
    for warning in warnings:
        assert warning.path == root / CLAIMS / "crew.yaml"
        assert lines[warning.line - 1].strip() == 'answer: "5000"'
        assert warning.message.startswith("“5000” counts a part of fire-dead, and lies above its “")
    assert check_evidence([root / CLAIMS / "fire-dead.yaml"]) == ()


def test_a_part_within_its_whole_is_none(tmp_path: Path) -> None:
    part = with_answer(fire_dead(id="crew", part_of="fire-dead"), "1")
    assert check_evidence([record_with(tmp_path, part)]) == ()


def test_an_account_above_another_that_counts_more_is_a_warning(tmp_path: Path) -> None:
    (dossier,) = read_record(EXAMPLE).dossiers
    listed = Dossier.model_validate(
        dossier.to_plain()
        | {
            "scopes": [
                {"id": "crews", "label": "crews", "within": ["everybody"]},
                {"id": "everybody", "label": "everybody"},
            ]
        }
    )
    claim = fire_dead(id="crew", counting="once")
    first, *rest = claim.accounts
    wholes = tuple(a.model_copy(update={"answer": "4", "scope": "everybody"}) for a in rest)
    narrow = first.model_copy(update={"answer": "5000", "scope": "crews"})
    changed = claim.model_copy(update={"accounts": (narrow, *wholes)})
    root = record_with(tmp_path, changed, listed)
    warnings = check_evidence([root])
    assert [w.field for w in warnings] == ["accounts[0].answer"] * len(warnings) != []
    assert f"“5000” counts a part of what “{wholes[0].id}” counts, and lies above its “4”" in {
        w.message for w in warnings
    }


def test_of_a_record_with_faults_nothing_is_said(tmp_path: Path) -> None:
    part = with_answer(fire_dead(id="crew", part_of="fire-dead"), "5000")
    root = record_with(tmp_path, part.model_copy(update={"topic": "no-topic"}))
    assert check_record([root])
    assert check_evidence([root]) == ()


def test_words_of_two_origins_are_a_warning_at_the_later_quotation(tmp_path: Path) -> None:
    alarm = next(claim for _, claim in read_record(EXAMPLE).claims if claim.id == "alarm-duty")
    plain = alarm.to_plain()
    first, second = plain["accounts"][0]["citations"]
    second["quote"] = first["quote"]
    root = record_with(tmp_path, Claim.model_validate(plain))
    assert check_record([root]) == ()
    (warning,) = check_evidence([root])
    lines = (root / CLAIMS / "alarm-duty.yaml").read_text("utf-8").splitlines()
    assert lines[warning.line - 1].strip() == f"quote: {first['quote']}"
    assert f"of “{first['id']}”" in warning.message
    assert warning.message.endswith("neither credits the other, and the two may be one origin")
