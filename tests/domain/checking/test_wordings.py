"""Wordings are clauses: small, without a stop, and short."""

from __future__ import annotations

import pytest

from app.domain.checking.wordings import unfit_wordings
from app.domain.records.claims import Claim


def found(wording: str) -> list[str]:
    citation = {"id": "c", "document": "page", "wording": wording}
    account = {"id": "a", "answer": "yes", "wording": wording, "citations": [citation]}
    basis = {"id": "rain", "question": "Did it rain?", "kind": "yes-no", "topic": "weather"}
    findings = list(unfit_wordings(Claim.model_validate(basis | {"accounts": [account]})))
    half = len(findings) // 2
    assert {finding.where for finding in findings[:half]} <= {("accounts", 0, "wording")}
    assert {f.where for f in findings[half:]} <= {("accounts", 0, "citations", 0, "wording")}
    assert [f.message for f in findings[:half]] == [f.message for f in findings[half:]]
    return [finding.message for finding in findings[:half]]


@pytest.mark.parametrize("wording", ["they had left", "Hadrut had fallen", "w" * 90])
def test_a_clause_is_passed_over(wording: str) -> None:
    assert found(wording) == []


def test_sentences_and_long_clauses_are_warned_of() -> None:
    stop = "ends in a stop; it is a clause inside other sentences"
    assert found("they had left.") == [stop]
    assert found("They had left") == ["begins with a capital; write “they”, unless it is a name"]
    assert found("w" * 91) == ["has 91 characters; sentences have room for 90"]
    assert len(found(f"The {'w' * 90}.")) == 3
