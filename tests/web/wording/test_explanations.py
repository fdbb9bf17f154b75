"""The sentences of a comparison, each as a careful editor would print it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.values.dates import Day
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, compared
from tests.domain.strategies import claims
from tests.web.wording.sentences import in_english, told

LEFT = {"wording": "they had left"}
STAYED = {"wording": "they had not moved"}
DAY = "(12 October 2020)"
SEARCH = {"where": "its ministry", "words": "bridge", "on": "2026-11-01", "by": "An editor"}


def ids(found: Comparison) -> list[str]:
    return [message.id for message in found.messages]


def test_a_dispute_names_who_against_whom_by_body_with_verbs_that_agree() -> None:
    said = told(
        "yes-no",
        account("yes", "yes", cite("h-min"), cite("n-min"), **LEFT),
        account("no", "no", cite("s-min"), **STAYED),
    )
    assert said == [
        f"The Highland authorities {DAY} and Northland {DAY} each say that they had left; "
        f"Southland {DAY} says that they had not moved.",
        "Nothing is on record from the Western side, and no search was made.",
    ]


def test_a_plural_body_says_in_the_plural() -> None:
    said = told(
        "choice",
        account("a", "a", cite("h-min", stance="denies"), cite("s-min"), **LEFT),
        account("b", "b", cite("w-min"), **STAYED),
    )
    assert said == [
        f"Southland {DAY} says that they had left; the Highland authorities {DAY} deny that they "
        f"had left; Westland {DAY} says that they had not moved.",
        "The Highland authorities and Westland: a denial of one account and another account are "
        "not compared.",
    ]


def test_a_dispute_leaves_out_what_nobody_contradicts() -> None:
    said = told(
        "quantity",
        account("dead", "3", cite("n-min"), scope="soldiers"),
        account("fewer", "2", cite("s-min"), scope="soldiers"),
        account("civil", "7", cite("n-min"), scope="civilians"),
    )
    assert said[0] == (
        f"Northland {DAY} says: 3 people killed (soldiers); "
        f"Southland {DAY} says: 2 people killed (soldiers)."
    )


def test_a_statement_without_wording_gives_its_answer() -> None:
    said = told(
        "choice",
        account("a", "a", cite("n-min"), cite("s-min", stance="denies")),
        account("b", "b", cite("w-min")),
    )
    assert (
        said[0]
        == f"Northland {DAY} says: A; Southland {DAY} denies this: A; Westland {DAY} says: B."
    )


def test_agreement_is_that_no_clash_was_found_with_both_wordings() -> None:
    said = told(
        "quantity", account("a", "about 2000", cite("n-min")), account("b", "1960", cite("s-min"))
    )
    assert said[:2] == [
        f"No clash found: Northland {DAY} says: about 2,000 people killed; "
        f"Southland {DAY} says: 1,960 people killed.",
        "Northland and Southland: as they are hedged, the figures can both hold.",
    ]


def test_what_cannot_be_compared_is_told_with_the_reason() -> None:
    said = told(
        "quantity",
        account("a", "25000", cite("n-min"), scope="the region"),
        account("b", "18000", cite("s-min"), scope="the city"),
    )
    assert said[0].startswith("The accounts cannot be compared: Northland")
    assert said[1] == (
        "Northland (the region) and Southland (the city): the figures are not compared, as they "
        "count different people or things."
    )
    said = told(
        "quantity",
        account("a", "70", cite("n-min"), unit="vehicles"),
        account("b", "7", cite("s-min"), cite("w-min")),
    )
    assert said[1:] == [
        "Northland (vehicles) and Southland (people): the figures are not compared, as they count "
        "different units.",
        "Northland (vehicles) and Westland (people): the figures are not compared, as they count "
        "different units.",
    ]


def test_a_rule_is_told_of_each_pair_by_name() -> None:
    found = compared(
        "date",
        account("a", "2020-11-09T23:30:00", cite("n-min"), cite("s-min")),
        account("b", "2020-11-10", cite("w-min")),
    )
    assert ids(found) == ["agreed", "rule-compatible", "rule-compatible"]
    why = "a time near midnight is given without a zone, so that one midnight can be both"
    assert in_english(found)[1:] == [
        f"Northland and Westland: {why}.",
        f"Southland and Westland: {why}.",
    ]


def test_two_bare_days_in_a_row_are_a_day_apart() -> None:
    said = told(
        "date", account("a", "2020-11-09", cite("n-min")), account("b", "2020-11-10", cite("s-min"))
    )
    assert said[:2] == [
        f"Northland {DAY} says: 9 November 2020; Southland {DAY} says: 10 November 2020.",
        "Northland (9 November 2020) and Southland (10 November 2020) are 1 day apart.",
    ]


def test_one_answering_side_is_told_with_who_is_silent_and_whether_it_was_searched() -> None:
    said = told(
        "yes-no", account("yes", "yes", cite("n-min")), searched=[SEARCH | {"side": "south"}]
    )
    assert said == [
        f"One compared side answers: Northland {DAY} says: yes.",
        "Our search of its ministry for “bridge” (1 November 2026) found nothing from the Southern "
        "side.",
        "Nothing is on record from the Western side, and no search was made.",
    ]


def test_outsiders_and_own_voices_are_told_by_name() -> None:
    said = told("yes-no", account("yes", "yes", cite("f-min", None), cite(), **LEFT))
    assert said[0] == (
        f"No compared side answers; Farland (undated) and The Daily {DAY} each say that they had "
        "left."
    )


def test_the_own_voice_of_a_sides_publisher_is_told_where_no_side_answers() -> None:
    said = told("yes-no", account("yes", "yes", cite(document="n-gazette-doc"), **LEFT))
    assert said[0] == f"No compared side answers; Northern Gazette {DAY} says that they had left."


def test_an_empty_record_says_so_and_tells_of_searches_only() -> None:
    assert told("yes-no") == ["Nothing is on record."]
    assert told("yes-no", searched=[SEARCH | {"side": "west"}])[1:] == [
        "Our search of its ministry for “bridge” (1 November 2026) found nothing from the Western "
        "side."
    ]


def test_of_a_long_search_the_first_words_are_told() -> None:
    words = "one bridge, " * 5 + "and a last bridge that nobody needs to read"
    searched = [SEARCH | {"side": "south", "words": words}]
    said = told("yes-no", account("yes", "yes", cite("n-min")), searched=searched)
    assert "for “one bridge, one bridge, one bridge, one bridge, one bridge …” (1 Nov" in said[1]
    assert "nobody needs" not in said[1]


def test_each_search_is_told_by_itself() -> None:
    searched = [SEARCH | {"side": "south"}, SEARCH | {"side": "south", "where": "its press"}]
    said = told("yes-no", account("yes", "yes", cite("n-min")), searched=searched)
    assert [sentence.partition(" for ")[0] for sentence in said[1:3]] == [
        "Our search of its ministry",
        "Our search of its press",
    ]


def test_who_spoke_without_answering_and_who_declined_are_told() -> None:
    evasive = account(
        "open",
        None,
        cite("h-min", stance="sidesteps"),
        cite("n-min", stance="declines"),
        cite("s-min", stance="declines"),
    )
    assert told("yes-no", evasive) == [
        "Nobody on record has answered the question.",
        f"The Highland authorities {DAY} spoke without answering.",
        f"Southland {DAY} declined to answer.",
        "Nothing is on record from the Western side, and no search was made.",
    ]


def test_a_body_that_repeats_itself_is_named_once_with_its_last_day() -> None:
    said = told(
        "yes-no", account("yes", "yes", cite("n-min", "2020-10-10"), cite("n-pm", "2020-10-14"))
    )
    assert said[0] == "One compared side answers: Northland (14 October 2020) says: yes."


def test_gaps_are_told_with_thousands_apart_and_no_needless_decimals() -> None:
    said = told("quantity", account("a", "5", cite("n-min")), account("b", "12345", cite("s-min")))
    assert said[1] == (
        "Northland (5 people killed) and Southland (12,345 people killed) are 12,340 people apart, "
        "a ratio of 2,469."
    )
    few, more = (
        account("a", "2", cite("n-min"), unit="hours", measure="passed"),
        account("b", "2.5", cite("s-min"), unit="hours", measure="passed"),
    )
    said = told("quantity", few, more)
    assert said[1] == (
        "Northland (2 hours passed) and Southland (2.5 hours passed) are 0.5 hours apart, a ratio "
        "of 1.25."
    )
    said = told("quantity", account("a", "0", cite("n-min")), account("b", "10", cite("s-min")))
    assert said[1] == (
        "Northland (0 people killed) and Southland (10 people killed) are 10 people apart."
    )


def test_a_gap_is_between_the_numbers_that_were_said() -> None:
    said = told(
        "quantity", account("a", "about 2000", cite("n-min")), account("b", "2300", cite("s-min"))
    )
    assert said[1] == (
        "Northland (about 2,000 people killed) and Southland (2,300 people killed) are 300 people "
        "apart, a ratio of 1.15."
    )
    said = told("quantity", account("a", "1", cite("n-min")), account("b", "2", cite("s-min")))
    assert said[1] == (
        "Northland (1 person killed) and Southland (2 people killed) are 1 person apart, a ratio "
        "of 2."
    )


def test_no_gap_is_told_to_the_bound_that_a_word_is_given() -> None:
    said = told(
        "quantity", account("a", "dozens", cite("n-min")), account("b", "300", cite("s-min"))
    )
    assert said[0] == (
        f"Northland {DAY} says: dozens of people killed; Southland {DAY} says: 300 people killed."
    )
    assert not [sentence for sentence in said if "apart" in sentence]


def test_gaps_of_days_are_told_in_the_right_number() -> None:
    first = account("a", "2020-11", cite("n-min"))
    said = told("date", first, account("b", "2020-12", cite("s-min")))
    assert said[1] == "Northland (November 2020) and Southland (December 2020) are 1 month apart."
    said = told("date", first, account("b", "2030", cite("s-min")))
    assert said[1] == "Northland (November 2020) and Southland (2030) are 110 months apart."
    said = told(
        "date",
        account("a", "2020-11-09T10:00:00+04:00", cite("n-min")),
        account("b", "2020-11-10T18:00:00+04:00", cite("s-min")),
    )
    assert said[1] == (
        "Northland (9 November 2020, 10:00 UTC+04:00) and Southland (10 November 2020, 18:00 "
        "UTC+04:00) are 32 hours apart."
    )


@pytest.mark.parametrize(
    ("relation", "decided"),
    [
        ("same", "say the same"),
        ("compatible", "can both hold"),
        ("conflict", "conflict"),
        ("not-comparable", "cannot be compared"),
    ],
)
def test_an_overrule_is_told_with_who_why_and_what_the_rule_said(
    relation: str, decided: str
) -> None:
    overrule = {"accounts": ["a", "b"], "by": "An editor", "on": "2026-11-01"}
    overrule |= {"reason": "One event.", "relation": relation}
    said = told(
        "yes-no",
        account("a", "yes", cite("n-min")),
        account("b", "no", cite("s-min")),
        overrules=[overrule],
    )
    assert said[-1] == (
        f"An editor (1 November 2026) decided that two accounts (yes; no) {decided}, with the "
        "reason “One event”; by the rule they conflict."
    )


def test_a_dated_view_counts_what_it_must_leave_out() -> None:
    one = account("yes", "yes", cite("n-min", None))
    assert told("yes-no", one, day=Day(2020, 12, 1))[-1] == (
        "1 undated citation is left out of this dated view."
    )
    two = account("yes", "yes", cite("n-min", None), cite("s-min", "2020-10-11/.."))
    assert told("yes-no", two, day=Day(2020, 12, 1))[-1] == (
        "2 undated citations are left out of this dated view."
    )


def test_several_silent_sides_are_told_in_one_sentence() -> None:
    said = told("yes-no", account("yes", "yes", cite("n-min")))
    assert said[-1] == (
        "Nothing is on record from the Southern or the Western side, and no search was made."
    )


@settings(max_examples=80, deadline=None)
@given(claims(), st.sampled_from([None, Day(2020, 10, 10), Day(2020, 10, 11), Day(2020, 10, 12)]))
def test_every_explanation_is_a_sentence(claim: Claim, day: Day | None) -> None:
    sentences = in_english(compare(claim, REGISTERS, DOSSIER, day))
    assert sentences
    for sentence in sentences:
        assert re.fullmatch(r"[A-Z0-9].*[^.,;: ]\.", sentence), sentence
        assert not re.search(r"  | ,|\.\.|None|\(\)|::", sentence), sentence
