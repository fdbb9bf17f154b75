"""What the engine found, as sentences in each language of the interface."""

import re
from functools import partial
from typing import get_args

import pytest

from app.domain.disagreement.comparison import Message, State
from app.domain.disagreement.relations import RelationKind
from app.domain.records.registers import Body, NameIn, Registers, Sources
from app.dossiers.record import read_record
from app.web.wording import terms
from app.web.wording.locale import DEFAULT, LANGUAGES
from app.web.wording.messages import _READERS, explanations, sentence_of
from app.web.wording.record_text import RecordText
from tests.domain.factories import REGISTERS, account, cite, compared
from tests.loaded import ROOT
from tests.web.wording.sentences import in_english, in_language

OTHERS = [tag for tag in LANGUAGES if tag != DEFAULT]
DAY = {"day": "2020-10-12", "said": "2020-10-12"}
BODY = {"kind": "body", "id": "n-gov", "name": "Northland", "plural": False, "side": "north", **DAY}
PERSON = {"kind": "speaker", "id": "x", "name": "A. Speaker", "plural": False, "side": None}
GROUP = {
    "account": "yes",
    "rank": 0,
    "wording": "They had left.",
    "kind": "yes-no",
    "answer": "yes",
    "unit": None,
    "measure": None,
    "denies": False,
    "holders": [BODY],
}
COUNTED = {**GROUP, "wording": None, "kind": "quantity", "answer": "almost 600", "unit": "people"}
DENIED = {**GROUP, "denies": True, "holders": [{**PERSON, "day": None, "said": None}]}
GROUPS = {"groups": [GROUP, {**COUNTED, "measure": "killed"}, DENIED]}
SHIFT = {"speaker": "A. Speaker", "from": GROUP, "to": COUNTED, "day": "2020-10-12"}
DECISION = {
    "accounts": ["a", "b"],
    "relation": "same",
    "instead_of": "conflict",
    "rule": "prose",
    "by": "An editor",
    "on": "2026-11-01",
    "reason": "Both tell of one shot.",
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
    Message(id="gap-quantity", arguments={"difference": 1500.5, "ratio": None}),
    Message(id="gap-quantity", arguments={"difference": 82, "ratio": 5.5555555}),
    *(Message(id="gap-days", arguments={"difference": days}) for days in (1, 2, 5, 21)),
    *(Message(id="rule-compatible", arguments={"rule": rule}) for rule in ("clock", "rounding")),
    Message(id="rule-not-comparable", arguments={"rule": "scope"}),
    Message(id="reports-differ", arguments={"groups": [GROUP, DENIED]}),
    *(
        Message(id="more", arguments={"kind": kind, "count": count})
        for kind in ("divided", "inner-dissent", "outside-dissent", "reports-differ")
        for count in (1, 3, 1200)
    ),
    *(
        Message(id="more", arguments={"kind": f"shift-{kind}", "count": 2})
        for kind in ("update", "retraction", "clash")
    ),
    *(Message(id=f"shift-{k}", arguments=SHIFT) for k in ("update", "retraction", "clash")),
    Message(id="silent", arguments={"sides": ["Northern"], "searched": True}),
    Message(id="silent", arguments={"sides": ["Northern", "Southern"], "searched": False}),
    Message(id="sidesteps", arguments={"holders": [BODY, {**PERSON, **DAY}]}),
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
    assert {message.id for message in MESSAGES} == set(_READERS)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id)
def test_every_message_is_a_sentence_in_every_language(message: Message) -> None:
    english = in_language(DEFAULT, lambda: sentence_of(message, REGISTERS))
    for tag in OTHERS:
        said = in_language(tag, lambda: sentence_of(message, REGISTERS))
        assert said != english
        assert said.endswith("։" if tag == "hy" else ".")
        assert ".." not in said
        assert "%" not in said
        assert not without_record(said, tag), (tag, said)


def without_record(said: str, tag: str) -> list[str]:
    """The English words of a sentence that are no quoted words and no names."""
    if tag == "az":
        return []
    quoted = re.sub(r"«[^»]*»", "", said)
    known = r"Northland|A\. Speaker|An editor|Northern|Southern"
    return re.findall(r"[A-Za-z]{2,}", re.sub(known, "", quoted))


def test_a_wording_stands_in_quotation_marks_and_inflects_nothing_around_it() -> None:
    message = Message(id="disputed", arguments={"groups": [GROUP, DENIED]})
    assert [in_language(tag, lambda: sentence_of(message, REGISTERS)) for tag in OTHERS] == [
        "Northland (12 հոկտեմբերի, 2020 թ.)՝ «They had left»; "
        "A. Speaker (անթվակիր) – ժխտում՝ «They had left»։",
        "Northland (12 oktyabr 2020): “They had left”; "
        "A. Speaker (tarixsiz) – inkar: “They had left”.",
        "Northland (12 октября 2020\u202fг.): «They had left»; "
        "A. Speaker (без даты) – отрицание: «They had left».",
    ]


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


def test_a_change_of_account_is_quoted_from_both_ends() -> None:
    denied = {**SHIFT, "from": DENIED, "to": {**COUNTED, "measure": "killed"}}
    message = Message(id="shift-clash", arguments=denied)
    assert in_language("ru", lambda: sentence_of(message, REGISTERS)) == (
        "A. Speaker – другая версия (12 октября 2020\u202fг.). "
        "Сначала: отрицание: «They had left»; затем: почти 600 (люди, погибшие)."
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
