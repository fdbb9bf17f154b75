"""The English of single messages, clauses and answers."""

import pytest

from app.domain.disagreement.comparison import Message
from app.web.wording.messages import sentence_of
from app.web.wording.reported_speech import answer_in_words
from tests.domain.factories import REGISTERS


@pytest.mark.parametrize(
    ("kind", "count", "sentence"),
    [
        ("further", 1, "1 further answer is on record."),
        ("further", 2, "2 further answers are on record."),
        (
            "unordered",
            1,
            "1 more pair of answers of one speaker, in an order that is not known, is on record.",
        ),
        (
            "unordered",
            2,
            "2 more pairs of answers of one speaker, in an order that is not known, are on record.",
        ),
        ("divided", 2, "2 more clashes between officials of one side are on record."),
        ("divided", 1, "1 more clash between officials of one side is on record."),
        ("inner-dissent", 1, "1 more clash within one side is on record."),
        ("inner-dissent", 1200, "1,200 more clashes within one side are on record."),
        (
            "outside-dissent",
            2,
            "2 more contradictions from outside the compared sides are on record.",
        ),
        ("reports-differ", 1, "1 more pair of differing reports is on record."),
        ("reports-differ", 2, "2 more pairs of differing reports are on record."),
        ("shift-update", 1, "1 more later account is on record."),
        ("shift-update", 2, "2 more later accounts are on record."),
        ("shift-retraction", 1, "1 more account taken back is on record."),
        ("shift-retraction", 2, "2 more accounts taken back are on record."),
        ("shift-clash", 1, "1 more change of account is on record."),
    ],
)
def test_each_kind_is_counted_in_its_own_words(kind: str, count: int, sentence: str) -> None:
    of_a_side = {"kind": kind, "count": count, "side": "Northern"}
    assert sentence_of(Message(id="more", arguments=of_a_side), REGISTERS) == (
        f"Northern: {sentence}"
    )
    # Engines before the fourth did not store whose they are.
    of_nobody = {"kind": kind, "count": count}
    assert sentence_of(Message(id="more", arguments=of_nobody), REGISTERS) == sentence


RULES = {
    "rule-compatible": {
        "rounding": "The figures meet at one bound, as rounded ones do.",
        "later-count": "The later count continues the earlier one.",
        "intervals-overlap": "As they are hedged, the figures can both hold.",
        "dates-overlap": "As they are given, the dates can both hold.",
        "option-includes": "One of the answers includes the other.",
        "different-days": "Some of the accounts speak of different days.",
        "overruled": "An editor has decided how the two relate to each other.",
        "one-day": "The times are of one day, and the question does not ask for the hour.",
        "option-unknown": "One of them says that it is not known.",
        "reports-differ": (
            "Reports of one utterance differ, and by one of them there is no clash."
        ),
        "unordered": "One of them has said both, in an order that is not known.",
    },
    "rule-not-comparable": {
        "unit": "The figures are not compared, as they count different units.",
        "measure": "The figures are not compared, as they measure different things.",
        "scope": "The figures are not compared, as they count different people or things.",
        "moment": "The accounts are not compared, as they speak of different or unknown days.",
        "prose": "The descriptions are not compared, as no clash between them has been named.",
        "denial": "A denial of one account and another account are not compared.",
        "only-possible": "What is called possible only is not compared.",
        "denials": "A denial of one account and another account are not compared.",
        "no-answer": "A statement without an answer is not compared.",
    },
}


@pytest.mark.parametrize(
    ("message", "rule", "sentence"),
    [(m, rule, sentence) for m, rules in RULES.items() for rule, sentence in rules.items()],
)
def test_every_rule_has_its_sentence(message: str, rule: str, sentence: str) -> None:
    """Also where older engines stored a rule without the two that it is about."""
    assert sentence_of(Message(id=message, arguments={"rule": rule}), REGISTERS) == sentence
    named = {"rule": rule, "left": [_holder("Northland")], "right": [_holder("Southland")]}
    assert sentence_of(Message(id=message, arguments=named), REGISTERS) == (
        f"Northland and Southland: {sentence[0].lower()}{sentence[1:]}"
    )


def _holder(name: str) -> dict[str, object]:
    return {"kind": "publisher", "id": "x", "name": name, "plural": False, "said": "2020-10-12"}


@pytest.mark.parametrize(
    ("left", "right", "names"),
    [
        (["Northland"], ["Southland", "Westland"], "Northland, and Southland and Westland"),
        (["Northland", "Southland"], ["Westland"], "Northland and Southland, and Westland"),
        (
            ["A. B., head of X", "Northland"],
            ["Westland"],
            "A. B., head of X, and Northland, and Westland",
        ),
        (["A. B., head of X"], ["Westland"], "A. B., head of X, and Westland"),
    ],
)
def test_of_several_it_is_clear_who_is_set_beside_whom(
    left: list[str], right: list[str], names: str
) -> None:
    ends = {"left": [*map(_holder, left)], "right": [*map(_holder, right)]}
    message = Message(id="rule-compatible", arguments={"rule": "rounding", **ends})
    assert sentence_of(message, REGISTERS).startswith(names)


@pytest.mark.parametrize(
    ("names", "subject"),
    [
        (["Northland"], "Northland (12 October 2020)"),
        (["A. B., head of X"], "A. B., head of X (12 October 2020),"),
        (
            ["A. B., head of X", "Northland"],
            "A. B., head of X (12 October 2020), and Northland (12 October 2020)",
        ),
        (
            ["Northland", "A. B., head of X"],
            "Northland (12 October 2020) and A. B., head of X (12 October 2020),",
        ),
        (["someone (not named, in Y)"], "Someone (not named, in Y, 12 October 2020)"),
    ],
)
def test_a_title_has_a_comma_before_and_after_it(names: list[str], subject: str) -> None:
    message = Message(id="declined", arguments={"holders": [*map(_holder, names)]})
    assert sentence_of(message, REGISTERS) == f"{subject} declined to answer."


@pytest.mark.parametrize(
    ("kind", "answer", "unit", "measure", "words"),
    [
        ("quantity", "nearly 500", "people", "killed", "nearly 500 people killed"),
        ("quantity", "1", "people", "killed", "1 person killed"),
        ("quantity", "1", "tanks", "lost", "1 tanks lost"),
        ("quantity", "dozens", "people", "killed", "dozens of people killed"),
        ("quantity", "at least 1", "people", "killed", "at least 1 person killed"),
        ("quantity", "hundreds", "people", "killed", "hundreds of people killed"),
        ("quantity", "thousands", "people", None, "thousands of people"),
        ("quantity", "tens of thousands", "people", "fled", "tens of thousands of people fled"),
        ("quantity", "several hundred", "people", "killed", "several hundred people killed"),
        ("quantity", "20..40 best 30", "people", "killed", "20–40 people killed, best 30"),
        ("quantity", "20..40 best 30", None, None, "20–40, best 30"),
        ("quantity", "half", "percent", "destroyed", "half destroyed"),
        ("quantity", "a third", "percent", None, "a third"),
        ("quantity", "several dozen", "people", "killed", "several dozen people killed"),
        ("quantity", "24..99", None, None, "24–99"),
        ("date", "2020-11-09", None, None, "9 November 2020"),
        ("yes-no", "yes", None, None, "yes"),
        ("text", " It fell. ", None, None, "It fell"),
        ("text", None, None, None, ""),
    ],
)
def test_an_answer_reads_as_what_it_counts(
    kind: str, answer: str | None, unit: str | None, measure: str | None, words: str
) -> None:
    arguments = {"kind": kind, "answer": answer, "unit": unit, "measure": measure}
    assert answer_in_words(arguments) == words
