"""Quotations in four languages against pages that have them, reworded them, or do not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.quotations.check import check_quote

PAIRS = yaml.safe_load((Path(__file__).parent / "quotation_pairs.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{p['quote']} ({p['why']})" for p in PAIRS])
def test_a_pair_has_the_verdict_of_an_editor(pair: dict[str, Any]) -> None:
    check = check_quote(pair["quote"], pair["page"])
    assert check.verdict == pair["verdict"]
    assert (check.selector is None) == (pair["verdict"] == "missing")


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["verdict"] == "altered"])
def test_an_altered_quotation_has_its_differences_marked(pair: dict[str, Any]) -> None:
    check = check_quote(pair["quote"], pair["page"])
    assert any(run.kind != "same" for run in check.differences)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["verdict"] == "verbatim"])
def test_a_verbatim_quotation_stays_so_far_down_a_long_page(pair: dict[str, Any]) -> None:
    filler = "Nothing of note happened — “nothing” at all, it's said — on that day…\n" * 80
    check = check_quote(pair["quote"], filler + pair["page"] + "\n" + filler)
    assert check.verdict == "verbatim"
