"""The English of single messages, clauses and answers."""

import pytest

from app.domain.disagreement.comparison import Message
from app.web.wording.messages import sentence_of
from app.web.wording.reported_speech import answer_in_words
from tests.domain.factories import REGISTERS


@pytest.mark.parametrize(
    ("kind", "count", "sentence"),
    [
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
    message = Message(id="more", arguments={"kind": kind, "count": count})
    assert sentence_of(message, REGISTERS) == sentence


RULES = {
    "rule-compatible": {
        "rounding": "The figures meet at one bound, as rounded ones do.",
        "later-count": "The later count continues the earlier one.",
        "intervals-overlap": "As they are hedged, the figures can both hold.",
        "dates-overlap": "As they are given, the dates can both hold.",
        "option-includes": "One of the answers includes the other.",
        "different-days": "Some of the accounts speak of different days.",
        "overruled": "An editor has decided how the two relate to each other.",
    },
    "rule-not-comparable": {
        "unit": "The figures are not compared: they count different units.",
        "measure": "The figures are not compared: they measure different things.",
        "moment": "The accounts are not compared: they speak of different or unknown days.",
        "prose": "The descriptions are not compared: no clash between them has been named.",
        "denials": "A denial of one account and another account are not compared.",
        "no-answer": "A statement without an answer is not compared.",
    },
}


@pytest.mark.parametrize(
    ("message", "rule", "sentence"),
    [(m, rule, sentence) for m, rules in RULES.items() for rule, sentence in rules.items()],
)
def test_every_rule_has_its_sentence(message: str, rule: str, sentence: str) -> None:
    assert sentence_of(Message(id=message, arguments={"rule": rule}), REGISTERS) == sentence


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
