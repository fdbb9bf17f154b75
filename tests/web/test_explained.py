"""What the engine found, as sentences in each language of the interface."""

import contextvars
import re
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest

from app.domain.disagreement.comparison import Message
from app.domain.disagreement.english import sentences
from app.domain.records.registers import Body, NameIn, Registers, Sources
from app.dossiers.record import read_record
from app.web.wording import terms
from app.web.wording.locale import DEFAULT, LANGUAGES, Spoken, catalogue, use
from app.web.wording.messages import _READERS, explanations, told
from app.web.wording.record_text import Written
from tests.domain.factories import REGISTERS, account, cite, compared
from tests.loaded import ROOT

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
]

T = TypeVar("T")


def in_language(tag: str, say: Callable[[], T]) -> T:
    """What is said in a language; the language of what comes after is not touched."""

    def spoken() -> T:
        use(Spoken(tag, catalogue(tag)))
        return say()

    return contextvars.copy_context().run(spoken)


def test_the_messages_here_are_all_that_there_are() -> None:
    assert {message.id for message in MESSAGES} == set(_READERS)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id)
def test_every_message_is_a_sentence_in_every_language(message: Message) -> None:
    english = sentences([message])[0]
    for tag in OTHERS:
        said = in_language(tag, lambda: told(message, REGISTERS))
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
    assert [in_language(tag, lambda: told(message, REGISTERS)) for tag in OTHERS] == [
        "Northland (12 հոկտեմբերի, 2020 թ.)՝ «They had left»; "
        "A. Speaker (անթվակիր) – ժխտում՝ «They had left»։",
        "Northland (12 oktyabr 2020): “They had left”; "
        "A. Speaker (tarixsiz) – inkar: “They had left”.",
        "Northland (12 октября 2020\u202fг.): «They had left»; "
        "A. Speaker (без даты) – отрицание: «They had left».",
    ]


def test_numbers_and_dates_read_as_people_of_a_language_write_them() -> None:
    message = Message(id="one-sided", arguments={"groups": [{**COUNTED, "answer": "about 12000"}]})
    said = in_language("ru", lambda: told(message, REGISTERS))
    assert said == (
        "Отвечает одна из сравниваемых сторон: "
        "Northland (12 октября 2020\u202fг.): около 12\u00a0000 (люди)."
    )


def test_a_day_that_ends_with_an_abbreviation_ends_its_sentence_once() -> None:
    answer = {**GROUP, "wording": None, "kind": "date", "answer": "2020-11-09"}
    message = Message(id="disputed", arguments={"groups": [answer]})
    assert in_language("ru", lambda: told(message, REGISTERS)).endswith(": 9 ноября 2020\u202fг.")


def test_a_body_is_called_as_the_record_has_it_in_the_language() -> None:
    names = (NameIn(language="ru", name="Северная страна"),)
    body = Body(id="n-gov", name="Northland", names=names, side="north")
    registers = Registers(Sources(bodies=(body,)))
    message = Message(id="declined", arguments={"holders": [BODY]})
    assert "Северная страна (12 октября" in in_language("ru", lambda: told(message, registers))
    assert "Northland (12 " in in_language("az", lambda: told(message, registers))


def test_english_stays_what_the_engine_stored() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min")))
    assert explanations(found, REGISTERS) == found.explanations


def test_what_was_stored_without_messages_stays_in_its_english() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min")))
    old = found.model_copy(update={"messages": ()})
    said = in_language("ru", lambda: explanations(old, REGISTERS))
    assert said == found.explanations
    assert all(isinstance(text, Written) and text.language == "en" for text in said)


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
