"""Comparisons that engine 3 stored with revisions, which no later engine computes again.

`stored_by_engine_3.json` is what that engine wrote of small claims, one for each kind of message.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.disagreement.comparison import Comparison, comparison_of
from app.web.wording import terms
from app.web.wording.locale import LANGUAGES
from app.web.wording.messages import explanations
from tests.domain.factories import REGISTERS
from tests.web.wording.sentences import in_english, in_language

STORED: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("stored_by_engine_3.json").read_text(encoding="utf-8")
)


def comparison(stored: dict[str, Any]) -> Comparison:
    """The comparison, by the same way as from the database."""
    found = comparison_of(json.dumps(stored["comparison"]))
    assert found.engine == "3"
    return found


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored["of"])
def test_what_engine_3_stored_still_reads_as_sentences(stored: dict[str, Any]) -> None:
    assert in_english(comparison(stored)) == stored["sentences"]


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored["of"])
def test_what_engine_3_stored_is_said_in_every_language(stored: dict[str, Any]) -> None:
    found = comparison(stored)
    for tag in LANGUAGES:
        said = in_language(tag, lambda: explanations(found, REGISTERS))
        assert len(said) == len(stored["sentences"])
        assert not [sentence for sentence in said if "%" in sentence or "None" in sentence]


def test_every_kind_of_message_that_engine_3_had_is_among_them() -> None:
    kinds = {message.id for stored in STORED for message in comparison(stored).messages}
    assert kinds == {
        *("disputed", "agreed", "incomparable", "one-sided", "outside-only", "no-account"),
        *("gap-quantity", "gap-days", "rule-compatible", "rule-not-comparable"),
        *("divided", "inner-dissent", "outside-dissent", "reports-differ", "more", "overruled"),
        *("shift-update", "shift-retraction", "shift-clash", "undated-left-out"),
        *("silent", "sidesteps", "declined"),
    }


def test_reasons_that_only_older_engines_gave_have_their_words() -> None:
    assert terms.reason("denials") == terms.reason("denial")
    assert terms.rule("denials") == terms.rule("denial")
