"""Rules that ask whether a citation is filed under more than its words carry."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.checking.check import exemptions
from app.domain.checking.filings import questionable_filings, two_stances
from app.domain.records.claims import Claim

COUNT = {"kind": "quantity", "unit": "people", "measure": "killed", "question": "How many died?"}


def claim(citation: dict[str, Any], answer: str | None = "yes", **more: Any) -> Claim:
    """A claim with one account of one citation, and whatever else it is to have."""
    account: dict[str, Any] = {"id": "a", "citations": [{"id": "c", "document": "page"} | citation]}
    account |= {"answer": answer} if answer else {}
    basis = {"id": "rain", "question": "Did it rain?", "kind": "yes-no", "topic": "weather"}
    return Claim.model_validate(basis | {"accounts": [account]} | more)


def hits(found: Claim) -> list[str]:
    """The names of the rules that ask about a claim."""
    return [
        finding.message.rpartition("(")[2].rstrip(")") for finding in questionable_filings(found)
    ]


@pytest.mark.parametrize(
    ("note", "more", "is_asked"),
    [
        ("The day is not said.", {}, True),
        ("It does not say who.", {}, True),
        ("This is our reading.", {}, True),
        ("The editors’ sum of two lists.", {}, True),
        ("The day is not said.", {"stance": "sidesteps"}, False),
        ("The day is not said.", {"reading": "editors"}, False),
        ("Said at a briefing.", {}, False),
    ],
)
def test_a_note_that_confesses_is_asked_about(
    note: str, more: dict[str, str], is_asked: bool
) -> None:
    found = claim({"quote": "it rained", "note": note} | more)
    assert hits(found) == (["confessing-note"] if is_asked else [])


@pytest.mark.parametrize(
    ("words", "translation", "is_asked"),
    [
        ("lost 40 people", None, True),
        ("40 casualties", None, True),
        ("потери составили 40", None, True),
        ("40 կորուստ", None, True),
        ("40 nəfər itki", None, True),
        ("40 kayıp verdi", None, True),
        ("lost 40 people, all of them killed", None, False),
        ("40 жертв", "40 were killed", False),
        ("40 were killed", None, False),
        ("զոհվել է 40 մարդ", None, False),
        ("40 şəhid", None, False),
    ],
)
def test_losses_are_no_count_of_the_killed(
    words: str, translation: str | None, is_asked: bool
) -> None:
    citation = {"quote": words} | ({"translation": translation} if translation else {})
    assert hits(claim(citation, "40", **COUNT)) == (["losses-as-killed"] if is_asked else [])
    assert hits(claim(citation, "40", **COUNT | {"measure": "lost"})) == []


@pytest.mark.parametrize(
    ("words", "answer", "is_asked"),
    [
        ("about 40 were killed", "40", True),
        ("more than 2,300 were killed", "2300", True),
        ("погибло более 2 300", "2300", True),
        ("զոհվել է ավելի քան 40", "40", True),
        ("ən azı 40 nəfər öldürülüb", "40", True),
        ("about 40 were killed", "about 40", False),
        ("40 were killed, about 90 were hurt", "40", False),
        ("40 were killed", "40", False),
    ],
)
def test_a_hedge_before_the_number_is_missed_in_a_bare_one(
    words: str, answer: str, is_asked: bool
) -> None:
    assert hits(claim({"quote": words}, answer, **COUNT)) == (["dropped-hedge"] if is_asked else [])


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        ("many were killed", True),
        ("all of them are dead", True),
        ("40 were killed", False),
        ("forty were killed", False),
        ("погибли сорок человек, десятки", False),
    ],
)
def test_a_number_stands_in_the_words(words: str, is_asked: bool) -> None:
    assert hits(claim({"quote": words}, "40", **COUNT)) == (["no-number"] if is_asked else [])


@pytest.mark.parametrize(
    ("said", "more", "is_asked"),
    [
        ("2020-10-11", {}, True),
        ("2020-10", {}, False),
        ("2020-10-12", {}, False),
        ("2020-10-11", {"nature": "intention"}, False),
        (None, {}, False),
    ],
)
def test_what_was_said_before_it_happened_is_asked_about(
    said: str | None, more: dict[str, str], is_asked: bool
) -> None:
    citation = {"quote": "it rained"} | ({"said": said} if said else {})
    found = claim(citation, happened="2020-10-12", **more)
    assert hits(found) == (["said-before"] if is_asked else [])


def test_a_state_without_a_moment_is_asked_about_where_most_have_one() -> None:
    dated = {"id": "b", "answer": "no", "as_of": "2020-10-12"}
    dated |= {"citations": [{"id": "d", "document": "page"}]}
    undated = {"id": "a", "answer": "yes", "citations": [{"id": "c", "document": "page"}]}
    assert hits(claim({}, accounts=[undated, dated])) == ["undated-state"]
    assert hits(claim({}, accounts=[undated | {"as_of": "2020-10-13"}, dated])) == []
    assert hits(claim({}, accounts=[undated])) == []
    another = undated | {"id": "c", "citations": [{"id": "e", "document": "page"}]}
    assert hits(claim({}, accounts=[undated, another, dated])) == []


def test_a_translation_is_asked_about_where_the_utterance_itself_is_quoted() -> None:
    original = {"id": "c", "document": "page", "occasion": "speech", "voice": "quoted"}
    copy = {"id": "d", "document": "paper", "occasion": "speech", "voice": "translated"}
    account = {"id": "a", "answer": "yes", "citations": [original, copy]}
    assert hits(claim({}, accounts=[account])) == ["translated-original"]
    other = copy | {"occasion": "interview"}
    assert hits(claim({}, accounts=[account | {"citations": [original, other]}])) == []


def test_one_phrase_has_one_stance_in_all_claims() -> None:
    here = claim({"quote": "it rained"}, id="here")
    there = claim({"quote": "it rained", "stance": "sidesteps"}, None, id="there")
    ((name, finding),) = two_stances([here, there])
    assert (name, finding.where[-1]) == ("there", "stance")
    assert finding.message == (
        "is “sidesteps”, and “asserts” of the same words in “here” (two-stances)"
    )
    assert list(two_stances([here, claim({"quote": "it poured", "stance": "denies"})])) == []


def test_an_editor_who_read_it_again_exempts_a_filing_from_one_rule() -> None:
    signed = {"by": "Second editor", "on": "2026-12-01", "reason": "The headline has the day."}
    exempted = [{"citation": "c", "rule": "confessing-note"} | signed]
    noted = {"quote": "many were killed", "note": "The day is not said."}
    found = claim(noted, "40", exemptions=exempted, **COUNT)
    assert hits(found) == ["no-number"]
    assert list(exemptions(found)) == []


def test_an_exemption_names_a_citation_of_the_claim_once() -> None:
    signed = {"by": "Second editor", "on": "2026-12-01", "reason": "It was read again."}
    one = {"citation": "nobody", "rule": "said-before"} | signed
    found = list(exemptions(claim({}, exemptions=[one, one])))
    assert [finding.where for finding in found] == [
        ("exemptions", 0, "citation"),
        ("exemptions", 1, "citation"),
        ("exemptions", 1),
    ]
