"""A dossier's measures and scopes, and how its claims spell what they count."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.checking.check import check_dossier
from app.domain.checking.counted import spellings
from app.domain.checking.references import Known
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier


def dossier(**lists: Any) -> Dossier:
    basis = {"id": "d", "title": "D", "summary": "S", "language": "en", "zone": "+04:00"}
    return Dossier.model_validate(basis | {"sides": ["a", "b"]} | lists)


def entry(key: str, label: str, *within: str) -> dict[str, Any]:
    return {"id": key, "label": label, "within": within}


def found(**lists: Any) -> list[tuple[str, str]]:
    findings = check_dossier(dossier(**lists), Known({}))
    return [(".".join(map(str, finding.where)), finding.message) for finding in findings]


def claim(key: str, **fields: Any) -> Claim:
    basis = {"id": key, "question": "How many?", "kind": "quantity", "topic": "t"}
    return Claim.model_validate(basis | {"unit": "people", "measure": "killed"} | fields)


@pytest.mark.parametrize(
    ("lists", "where", "message"),
    [
        (
            {"measures": [entry("dead", "killed", "hurt")]},
            "measures.0.within.0",
            "“hurt” is no measure of this dossier",
        ),
        (
            {"measures": [entry("dead", "killed", "city")], "scopes": [entry("city", "City")]},
            "measures.0.within.0",
            "“city” is no measure of this dossier",
        ),
        (
            {"scopes": [entry("a", "A"), entry("b", "B", "c"), entry("c", "C", "b")]},
            "scopes.1.within",
            "“b” lies within itself: b → c → b",
        ),
        (
            {"scopes": [entry("a", "A", "a")]},
            "scopes.0.within",
            "“a” lies within itself: a → a",
        ),
        (
            {"measures": [entry("dead", "killed"), entry("killed", "Killed ")]},
            "measures.1.label",
            "is the label of the measure “dead” but for its spelling",
        ),
        (
            {"scopes": [entry("a", "A"), entry("a", "B")]},
            "scopes.1.id",
            "“a” is already a scope of this dossier",
        ),
        (
            {"events": [{"id": "war", "name": "War"}, {"id": "war", "name": "The war"}]},
            "events.1.id",
            "“war” is already an event of this dossier",
        ),
    ],
)
def test_what_is_wrong_with_a_list_is_a_fault_at_its_place(
    lists: Any, where: str, message: str
) -> None:
    assert found(**lists) == [(where, message)]


def test_what_lies_within_several_is_right() -> None:
    entries = [entry("a", "A", "b", "c"), entry("b", "B", "c"), entry("c", "C")]
    assert found(measures=entries, scopes=entries) == []


def test_a_spelling_that_is_rare_is_warned_of_where_it_is() -> None:
    accounts = [{"id": "x", "scope": "The  City", "citations": [{"id": "c", "document": "page"}]}]
    claims = [
        claim("one", scope="the city"),
        claim("two", scope="the city", unit="People"),
        claim("three", accounts=accounts),
    ]
    assert list(spellings(dossier(), claims)) == [
        ("two", (("unit",), "“People” is “people” elsewhere; write one")),
        ("three", (("accounts", 0, "scope"), "“The  City” is “the city” elsewhere; write one")),
    ]


def test_a_listed_label_or_id_is_how_it_is_spelled() -> None:
    listed = dossier(measures=[entry("dead", "Killed")])
    claims = [claim("one"), claim("two"), claim("three", measure="Killed")]
    assert [key for key, _ in spellings(listed, claims)] == ["one", "two"]
    assert list(spellings(listed, [claim("one", measure="dead")])) == []


def test_a_measure_and_a_scope_of_one_word_are_two_things() -> None:
    assert list(spellings(dossier(), [claim("one", scope="Killed")])) == []
