"""Our own sentences take no side: what `check` warns of, and at which line."""

import shutil
from pathlib import Path

import pytest

from app.domain.checking.neutrality import partial_words
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier
from app.dossiers.record import check_record, check_wording
from tests.loaded import ROOT

DOSSIER = Dossier.model_validate(
    {
        "id": "river",
        "title": "The river",
        "summary": "Two towns and a river.",
        "language": "en",
        "zone": "+01:00",
        "sides": ["north", "south"],
        "topics": [{"id": "river", "name": "The river"}],
        "wording": {"loaded": ["occupied", "regime"], "presupposing": ["who attacked"]},
        "places": [{"id": "ford", "name": "Ford/Vado"}, {"id": "mill", "name": "Mill"}],
    }
)


def warned(**changes: object) -> list[tuple[str, str]]:
    entry = {
        "id": "crossing",
        "question": "Was the river crossed?",
        "kind": "choice",
        "topic": "river",
        "options": [{"id": "yes", "label": "Crossed"}, {"id": "no", "label": "Not crossed"}],
        "accounts": [
            {
                "id": "crossed",
                "answer": "yes",
                "wording": "The river was crossed.",
                "citations": [{"id": "c1", "document": "page", "quote": "the occupied ford"}],
            }
        ],
    }
    found = partial_words(Claim.model_validate(entry | changes), DOSSIER)
    return [(".".join(map(str, where)), message) for where, message in found]


def test_a_neutral_claim_is_passed_over_whatever_it_quotes() -> None:
    assert warned() == []


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"question": "Was the Occupied bank crossed?"}, "question", "Occupied"),
        ({"summary": "The regime denies it."}, "summary", "regime"),
        ({"note": "Said of an occupied bank."}, "note", "occupied"),
        ({"question": "Who attacked at the river?"}, "question", "Who attacked"),
        ({"summary": "It was at the ford."}, "summary", "ford"),
        ({"summary": "It was at Vado, not at Ford/Vado."}, "summary", "Vado"),
        (
            {"options": [{"id": "yes", "label": "the regime"}, {"id": "no", "label": "Not"}]},
            "options.0.label",
            "regime",
        ),
    ],
)
def test_a_word_that_takes_a_side_is_named_with_its_place(
    changes: dict[str, object], field: str, word: str
) -> None:
    ((where, message),) = warned(**changes)
    assert where == field
    assert f"“{word}”" in message


@pytest.mark.parametrize(
    "summary",
    [
        "They speak of an “occupied” bank.",
        'They speak of an "occupied" bank.',
        "It was at Ford/Vado.",
        "The unoccupied bank.",
        "The mill stood.",
        "Who attacked first is not asked here.",
    ],
)
def test_what_is_quoted_or_even_handed_is_passed_over(summary: str) -> None:
    assert warned(summary=summary) == []


def test_a_dossiers_own_sentences_are_read_too() -> None:
    partial = DOSSIER.model_copy(update={"summary": "The occupied bank."})
    assert [where for where, _ in partial_words(partial, DOSSIER)] == [("summary",)]


def test_a_warning_stands_at_its_line_and_is_no_fault(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "claims", tmp_path / "claims")).parent
    shutil.copy(ROOT / "sources.yaml", root)
    claim = root / "claims" / "karabakh" / "parukh-withdrawal-2022.yaml"
    lines = claim.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if "wording: the troops had not" in line)
    lines[place] = "    wording: the troops had not left occupied Parukh"
    claim.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check_record([root]) == ()
    warnings = check_wording([root])
    assert [(w.line, w.field) for w in warnings] == [(place + 1, "accounts[1].wording")] * 2


def test_the_shipped_record_takes_no_side() -> None:
    assert check_wording([ROOT]) == ()
