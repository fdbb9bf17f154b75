"""Wordings are clauses: small, without a stop, and short."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from app.domain.checking.check import ended_wordings
from app.domain.checking.findings import Finding
from app.domain.checking.wordings import unfit_wordings
from app.domain.records.claims import Claim


def claim(wording: str, **more: str) -> Claim:
    citation = {"id": "c", "document": "page", "wording": wording}
    account = {"id": "a", "answer": "yes", "wording": wording, "citations": [citation]}
    basis = {"id": "rain", "question": "Did it rain?", "kind": "yes-no", "topic": "weather"}
    return Claim.model_validate(basis | {"accounts": [account]} | more)


def messages(findings: Iterable[Finding]) -> list[str]:
    """What is found of an account's wording, and in the same way of its citation's."""
    found = list(findings)
    half = len(found) // 2
    assert {finding.where for finding in found[:half]} <= {("accounts", 0, "wording")}
    assert {f.where for f in found[half:]} <= {("accounts", 0, "citations", 0, "wording")}
    assert [f.message for f in found[:half]] == [f.message for f in found[half:]]
    return [finding.message for finding in found[:half]]


@pytest.mark.parametrize("wording", ["they had left", "w" * 90])
def test_a_clause_is_passed_over(wording: str) -> None:
    assert messages(unfit_wordings(claim(wording))) == []
    assert messages(ended_wordings(claim(wording))) == []


def test_a_stop_at_the_end_is_a_fault() -> None:
    stop = "ends in a stop; it is a clause inside other sentences"
    assert messages(ended_wordings(claim("they had left. "))) == [stop]


def test_long_clauses_are_warned_of() -> None:
    assert messages(unfit_wordings(claim("w" * 91))) == [
        "has 91 characters; sentences have room for 90"
    ]


@pytest.mark.parametrize("wording", ["Hadrut’s guns were heard", "Hadrut fell", "Hadrut"])
def test_a_capital_is_a_names_where_the_claim_has_it_inside_a_sentence(wording: str) -> None:
    small = "begins with a capital; write “hadrut”, unless it is a name"
    assert messages(unfit_wordings(claim(wording))) == [small]
    assert messages(unfit_wordings(claim(wording, question="Who was in Hadrut?"))) == []
    # At the head of a sentence every word has one.
    assert messages(unfit_wordings(claim(wording, summary="It fell. Hadrut was lost."))) == [small]
