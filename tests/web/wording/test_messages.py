"""What the engine found, as sentences in each language of the interface."""

import re
from functools import partial
from typing import get_args

import pytest

from app.domain.disagreement.comparison import DissentKind, Message, State
from app.domain.disagreement.histories import ShiftKind
from app.domain.disagreement.relations import RelationKind
from app.domain.records.registers import Body, NameIn, Registers, Sources
from app.dossiers.record import read_record
from app.web.wording import terms
from app.web.wording.locale import DEFAULT, LANGUAGES
from app.web.wording.messages import _LEADS, _READERS, explanations, sentence_of
from app.web.wording.record_text import RecordText
from tests.domain.factories import REGISTERS, account, cite, compared
from tests.loaded import ROOT
from tests.web.wording.sentences import in_english, in_language

OTHERS = [tag for tag in LANGUAGES if tag != DEFAULT]
DAY = {"said": "2020-10-12", "according_to": None}
BODY = {"kind": "body", "id": "n-gov", "name": "Northland", "plural": False, "side": "north", **DAY}
PERSON = {
    **BODY,
    "kind": "speaker",
    "id": "x",
    "name": "A. Speaker",
    "side": None,
    "said": None,
}
GROUP = {
    "account": "yes",
    "certainty": "stated",
    "wording": "they had left",
    "kind": "yes-no",
    "answer": "yes",
    "unit": None,
    "measure": None,
    "scope": None,
    "denies": False,
    "holders": [BODY],
}
COUNTED = {**GROUP, "wording": None, "kind": "quantity", "answer": "almost 600", "unit": "people"}
DATED = {**GROUP, "wording": None, "kind": "date", "answer": "2020-11"}
DENIED = {**GROUP, "denies": True, "holders": [PERSON]}
REPORTED = {**GROUP, "holders": [{**BODY, "according_to": "A. Speaker"}]}
GROUPS = {"groups": [GROUP, {**COUNTED, "measure": "killed"}, DENIED, REPORTED]}
HEDGED = [
    {**group, "certainty": certainty}
    for group in (GROUP, COUNTED)
    for certainty in ("likely", "possible")
]
ENDS = {"left": [BODY], "right": [PERSON]}
SHIFT = {"speaker": "A. Speaker", "from": GROUP, "to": COUNTED}
SHIFT |= {"earlier_said": "2020-10", "said": "2020-10-12"}
ASKED = {"words": "bridge", "where": "their ministry", "on": "2026-11-01"}
DECISION = {
    "accounts": ["a", "b"],
    "relation": "same",
    "instead_of": "conflict",
    "rule": "prose",
    "by": "An editor",
    "on": "2026-11-01",
    "reason": "Both speak of one shot.",
    "ends": [{**GROUP, "wording": None}, COUNTED],
}
ASIDE = ("reported", "readings")
RULES = {
    "compatible": (
        *("rounding", "clock", "one-day", "later-count", "intervals-overlap", "dates-overlap"),
        *("option-includes", "option-unknown", "reports-differ", "unordered", "overruled"),
    ),
    "not-comparable": ("moment", "prose", "denial", "only-possible", "no-answer", "overruled"),
}
COUNTS = {
    "unit": {"left_counts": ["people"], "right_counts": ["vehicles"]},
    "measure": {"left_counts": ["killed"], "right_counts": ["wounded", None]},
    "scope": {"left_counts": ["in Northland"], "right_counts": [None]},
}
SIDE = {"kind": "side", "id": "north", "name": "Northern"}
NOTHING_HELD: dict[str, object] = {"position": "silent", "accounts": []}
ON_TWO = {"citations": 2, "origins": 1}
NO_ANSWER = {**GROUP, "wording": None, "answer": None}
MESSAGES = [
    *(Message(id=key, arguments=GROUPS) for key in ("disputed", "agreed", "incomparable")),
    *(Message(id=key, arguments=GROUPS) for key in ("one-sided", "outside-only", "divided")),
    *(Message(id=key, arguments=GROUPS) for key in ("inner-dissent", "outside-dissent")),
    Message(id="no-account", arguments={"evasive": True}),
    Message(id="no-account", arguments={"evasive": False}),
    Message(id="disputed", arguments={"groups": HEDGED}),
    Message(id="further", arguments=GROUPS),
    Message(id="unordered", arguments=GROUPS),
    *(Message(id="no-account", arguments={"evasive": False, key: True}) for key in ASIDE),
    *(
        Message(id="gap-quantity", arguments={**size, "groups": [COUNTED, COUNTED]})
        for size in ({"difference": 1500.5, "ratio": None}, {"difference": 82, "ratio": 5.56})
    ),
    *(
        Message(id="gap-dates", arguments={"kind": kind, "difference": size, "groups": [DATED] * 2})
        for kind in ("hours", "days", "months", "years")
        for size in (1, 2, 5, 21)
    ),
    *(
        Message(id=f"rule-{relation}", arguments={"rule": rule, **ENDS})
        for relation, rules in RULES.items()
        for rule in rules
    ),
    *(
        Message(id="rule-not-comparable", arguments={"rule": rule, **ENDS, **counted})
        for rule, counted in COUNTS.items()
    ),
    Message(id="part-exceeds-whole", arguments={"part": COUNTED, "whole": GROUP}),
    Message(id="reports-differ", arguments={"groups": [GROUP, DENIED]}),
    Message(id="part-exceeds-whole", arguments={"part": COUNTED, "whole": GROUP}),
    *(
        Message(id="more", arguments={"kind": kind, "count": count, "side": side})
        for kind in (
            *get_args(DissentKind),
            "further",
            "part-exceeds-whole",
            *(f"shift-{k}" for k in get_args(ShiftKind)),
        )
        for count, side in ((1, None), (3, None), (1200, "Northern"))
    ),
    *(Message(id=f"shift-{k}", arguments=SHIFT) for k in ("update", "retraction", "clash")),
    Message(id="silent", arguments={"sides": ["Northern"], "searched": True, **ASKED}),
    Message(id="silent", arguments={"sides": ["Northern", "Southern"], "searched": False}),
    Message(id="sidesteps", arguments={"holders": [BODY, PERSON]}),
    Message(id="declined", arguments={"holders": [BODY]}),
    Message(id="overruled", arguments=DECISION),
    Message(id="undated-left-out", arguments={"count": 4}),
    *(Message(id="would-be", arguments={"state": state}) for state in get_args(State)),
    *(
        Message(id="would-relate", arguments={"relation": relation, **ends})
        for relation in (*get_args(RelationKind), "silent", "no-conflict")
        for ends in ({"left": [BODY], "right": [PERSON]}, {"left": [BODY, PERSON], "right": [BODY]})
    ),
    *(
        Message(id="would-hold", arguments={"side": SIDE, "then": held, "now": NOTHING_HELD})
        for held in (
            *({"position": key, "accounts": [GROUP]} for key in ("holds", "divided", "denies")),
            *({"position": key, "accounts": []} for key in ("divided", "declined", "sidesteps")),
        )
    ),
    *(
        Message(id="would-lie-apart", arguments={"then": gap, "now": None, "unit": "people"})
        for gap in ({"kind": "quantity", "difference": 1500.5}, {"kind": "days", "difference": 2})
    ),
    *(
        Message(id="would-rest", arguments={"account": each, "then": ON_TWO, "now": now})
        for each in (GROUP, COUNTED, {**GROUP, "wording": None}, NO_ANSWER)
        for now in (None, {"citations": 1, "origins": 1})
    ),
]


def test_the_messages_here_are_all_that_there_are() -> None:
    older = {"gap-days"}  # tests/web/wording/test_stored_messages.py
    assert {message.id for message in MESSAGES} == (_READERS.keys() | _LEADS.keys()) - older


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id)
def test_every_message_is_a_sentence_in_every_language(message: Message) -> None:
    english = in_language(DEFAULT, lambda: sentence_of(message, REGISTERS))
    for tag in OTHERS:
        said = in_language(tag, lambda: sentence_of(message, REGISTERS))
        assert said != english
        stop = "։" if tag == "hy" else "."
        assert said.endswith((stop, f"{stop})"))
        assert ".." not in said
        assert "%" not in said
        assert not without_record(said, tag), (tag, said)


def without_record(said: str, tag: str) -> list[str]:
    """The English words of a sentence that are not the record's."""
    if tag == "az":
        return []
    known = (
        r"Northland|A\. Speaker|An editor|Northern|Southern|"
        r"they had left|Both speak of one shot|in Northland|"
        r"their ministry|bridge"
    )
    return re.findall(r"[A-Za-z]{2,}", re.sub(known, "", said))


def test_a_wording_in_english_is_marked_once_and_stands_in_no_quotation_marks() -> None:
    message = Message(id="disputed", arguments={"groups": [GROUP, DENIED]})
    assert [in_language(tag, lambda: sentence_of(message, REGISTERS)) for tag in OTHERS] == [
        "Northland (12 հոկտեմբերի, 2020 թ.)՝ they had left; "
        "A. Speaker (անթվակիր) – ժխտում՝ they had left։ "
        "(Անգլերեն տեքստը խմբագիրներինն է։)",
        "Northland (12 oktyabr 2020): they had left; "
        "A. Speaker (tarixsiz) – inkar: they had left. (İngiliscə mətn redaktorlarındır.)",
        "Northland (12 октября 2020\u202fг.): they had left; "
        "A. Speaker (без даты) – отрицание: they had left. "
        "(Английский текст – редакторов.)",
    ]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id)
def test_what_has_no_english_of_the_editors_is_not_marked(message: Message) -> None:
    said = in_language("ru", lambda: sentence_of(message, REGISTERS))
    english = re.search("they had left|in Northland|their ministry", said)
    assert said.count("редакторов.)") == bool(english)
    assert not re.search(r"[«“][^»”]*they had left", said)


@pytest.mark.parametrize("kind", ["choice", "text"])
def test_an_option_or_description_is_the_editors_english_too(kind: str) -> None:
    answer = {**GROUP, "wording": None, "kind": kind, "answer": "Highland forces"}
    message = Message(id="disputed", arguments={"groups": [answer]})
    assert in_language("ru", lambda: sentence_of(message, REGISTERS)).endswith(
        "): Highland forces. (Английский текст – редакторов.)"
    )


def test_english_needs_no_mark() -> None:
    message = Message(id="disputed", arguments={"groups": [GROUP, DENIED]})
    assert in_language(DEFAULT, lambda: sentence_of(message, REGISTERS)) == (
        "Northland (12 October 2020) says that they had left; "
        "A. Speaker (undated) denies that they had left."
    )


def test_a_sentence_begins_with_a_capital_in_every_language() -> None:
    names = (NameIn(language="ru", name="власти севера"), NameIn(language="az", name="ilk qurum"))
    body = Body(id="n-gov", name="Northland", names=names, side="north")
    registers = Registers(Sources(bodies=(body,)))
    message = Message(id="disputed", arguments={"groups": [COUNTED]})
    assert in_language("ru", lambda: sentence_of(message, registers)).startswith("Власти севера")
    assert in_language("az", lambda: sentence_of(message, registers)).startswith("İlk qurum")


def test_numbers_and_dates_read_as_people_of_a_language_write_them() -> None:
    message = Message(id="one-sided", arguments={"groups": [{**COUNTED, "answer": "about 12000"}]})
    said = in_language("ru", lambda: sentence_of(message, REGISTERS))
    assert said == (
        "Отвечает одна из сравниваемых сторон: "
        "Northland (12 октября 2020\u202fг.): около 12\u00a0000 (люди)."
    )


def test_a_day_that_ends_with_an_abbreviation_ends_its_sentence_once() -> None:
    answer = {**GROUP, "wording": None, "kind": "date", "answer": "2020-11-09"}
    message = Message(id="disputed", arguments={"groups": [answer]})
    assert in_language("ru", lambda: sentence_of(message, REGISTERS)).endswith(
        ": 9 ноября 2020\u202fг."
    )


def test_a_body_is_called_as_the_record_has_it_in_the_language() -> None:
    names = (NameIn(language="ru", name="Северная страна"),)
    body = Body(id="n-gov", name="Northland", names=names, side="north")
    registers = Registers(Sources(bodies=(body,)))
    message = Message(id="declined", arguments={"holders": [BODY]})
    assert "Северная страна (12 октября" in in_language(
        "ru", lambda: sentence_of(message, registers)
    )
    assert "Northland (12 " in in_language("az", lambda: sentence_of(message, registers))


def test_a_change_of_account_is_told_from_both_ends() -> None:
    denied = {**SHIFT, "from": DENIED, "to": {**COUNTED, "measure": "killed"}}
    message = Message(id="shift-clash", arguments=denied)
    assert in_language("ru", lambda: sentence_of(message, REGISTERS)) == (
        "A. Speaker: версия менялась. Сначала: октябрь 2020\u202fг. – отрицание: they had left; "
        "затем: 12 октября 2020\u202fг. – почти 600 (люди, погибшие). "
        "(Английский текст – редакторов.)"
    )


def test_the_engine_gives_messages_and_no_sentence() -> None:
    assert compared("yes-no", account("yes", "yes", cite("n-min"))).explanations == ()


def test_what_an_older_engine_stored_in_english_stays_so_and_is_told_in_other_languages() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min")))
    old = found.model_copy(update={"explanations": ("It said so.", "And this.")})
    assert in_english(old) == ["It said so.", "And this."]
    now = in_language("ru", lambda: explanations(found, REGISTERS))
    assert in_language("ru", lambda: explanations(old, REGISTERS)) == now


def test_what_was_stored_without_messages_stays_in_its_english() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min")))
    old = found.model_copy(update={"messages": (), "explanations": ("It said so.",)})
    said = in_language("ru", lambda: explanations(old, REGISTERS))
    assert said == ("It said so.",)
    assert all(isinstance(text, RecordText) and text.language == "en" for text in said)


def test_every_unit_and_measure_of_the_shipped_record_has_its_word() -> None:
    """What has none is shown as it is on record: no fault, but a word for terms.py."""
    units, measures = set[str](), set[str]()
    for _path, claim in read_record(ROOT).claims:
        units |= {claim.unit or "", *(each.unit or "" for each in claim.accounts)} - {""}
        measures |= {claim.measure or "", *(each.measure or "" for each in claim.accounts)} - {""}
    for tag in OTHERS:
        assert [u for u in sorted(units) if in_language(tag, partial(terms.unit, u)) == u] == []
        assert [
            m for m in sorted(measures) if in_language(tag, partial(terms.measure, m)) == m
        ] == []
