"""Claims of schema 1, as they are read: from revisions, files and what is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.records.claims import SCHEMA, Claim, claim_of, lifted
from app.services.contributing.parsing import read_fields

CITATIONS = [{"id": "c", "document": "page"}]


def body(schema: int = 1, **account: Any) -> dict[str, Any]:
    return {
        "schema": schema,
        "id": "rain",
        "question": "Did it rain?",
        "kind": "yes-no",
        "topic": "weather",
        "accounts": [{"id": "a", "answer": "yes", "citations": CITATIONS} | account],
    }


@pytest.mark.parametrize(
    ("wording", "inside"),
    [
        ("The troops had left.", "the troops had left"),
        ("They left", "they left"),
        (" Nobody left. ", "nobody left"),
        ("Northland had left.", "Northland had left"),
        ("Themis had left.", "Themis had left"),
        ("The", "the"),
        ("Captured, and then killed.", "captured, and then killed"),
        ("Sixty-eight deaths had been confirmed.", "sixty-eight deaths had been confirmed"),
        ("Azerbaijani-held heights were struck.", "Azerbaijani-held heights were struck"),
        ("All-Northland fighters left.", "all-Northland fighters left"),
    ],
)
def test_a_wording_inside_a_sentence_keeps_capitals_only_of_names(
    wording: str, inside: str
) -> None:
    assert lifted(body(wording=wording)) == body(2, wording=inside)


def test_a_body_of_schema_1_becomes_one_of_today_and_remains_as_it_was() -> None:
    old = body(wording="The rain had come.", note="A note. It stays.")
    text = json.dumps(old)
    assert lifted(old) == body(2, wording="the rain had come", note="A note. It stays.")
    assert json.dumps(old) == text
    assert lifted(body(2, wording="The rain.")) == body(2, wording="The rain.")


def test_a_body_without_a_schema_or_without_accounts_is_left_alone() -> None:
    gone = {"id": "rain", "redacted": True}
    assert lifted(gone) is gone
    assert lifted({"schema": 1, "id": "rain"}) == {"schema": 2, "id": "rain"}


@pytest.mark.parametrize("read", [Claim.model_validate, lambda b: claim_of(json.dumps(b))])
def test_a_claim_is_of_todays_schema_whatever_it_is_read_from(read: Any) -> None:
    claim = read(body(wording="The rain had come."))
    assert (claim.schema_, claim.accounts[0].wording) == (SCHEMA, "the rain had come")
    assert claim.to_json() == body(SCHEMA, wording="the rain had come")
    assert "schema" not in claim.to_plain()


def test_what_is_sent_in_schema_1_is_lifted_in_strict_mode_too() -> None:
    claim = read_fields(Claim, body(wording="The rain had come."))
    assert claim.accounts[0].wording == "the rain had come"


def test_a_wording_of_today_is_left_as_it_is() -> None:
    claim = Claim.model_validate(body(SCHEMA, wording="The Hague had ruled"))
    assert claim.accounts[0].wording == "The Hague had ruled"
