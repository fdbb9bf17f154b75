"""The pages of docs/method/ say what the program does, and its README lists them all."""

from pathlib import Path

import pytest

from app.domain.values.hedges import HEDGES, MEASUREMENTS, SHARES, WORDS, Hedge

METHOD = Path(__file__).parents[2] / "docs" / "method"
HEDGE_ROWS = (METHOD / "hedges.md").read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("hedge", HEDGES, ids=lambda hedge: hedge.words[0])
def test_every_hedge_has_its_row_with_its_meaning(hedge: Hedge) -> None:
    rows = [row for row in HEDGE_ROWS if row.endswith(f" | {hedge.meaning} |")]
    assert len(rows) == 1
    for word in hedge.words:
        assert f"`{word} " in rows[0]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_for_a_number_has_its_row_with_its_bounds(word: str) -> None:
    interval = WORDS[word]
    assert f"| `{word}` | from {interval.low} to {interval.high} |" in HEDGE_ROWS


@pytest.mark.parametrize("word", SHARES)
def test_every_share_has_its_row_with_its_bounds(word: str) -> None:
    interval = SHARES[word]
    assert f"| `{word}` | from {interval.low} to {interval.high}, only of percent |" in HEDGE_ROWS


def test_what_is_measured_is_listed() -> None:
    assert f"({', '.join(MEASUREMENTS)})" in "\n".join(HEDGE_ROWS).replace(",\n", ", ")


def test_the_readme_lists_every_page() -> None:
    readme = (METHOD / "README.md").read_text(encoding="utf-8")
    for page in METHOD.glob("*.md"):
        assert page.name == "README.md" or f"[{page.name}]({page.name})" in readme
