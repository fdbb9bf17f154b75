"""Every refusal, as the sentence that a person reads."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.domain.records.answers import parse_answer
from app.domain.records.claims import Claim
from app.domain.records.registers import WebAddress
from app.domain.values.base import Edtf, EdtfDay, Id, Prose
from app.domain.values.dates import parse_date
from app.domain.values.hedges import parse_quantity
from app.errors import BadAnswer, BadDate
from tests.domain.factories import account, cite, claim


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2020/2021/2022", "is not an EDTF interval: it needs one “/” between two dates."),
        ("../..", "names no date at either end."),
        ("2020-12-13/2020-12-11", "ends before it begins."),
        (
            "2020-12-13T10:00:00/2020-12-14",
            "is not an EDTF interval: its ends are days, not times.",
        ),
        ("soon", "is not an EDTF date (level 0 or 1); write 2020-11-09, 2020-11 or 2020."),
        ("2020-25", "has no month 25 in any calendar."),
        ("2020-13", "has no month 13 in any calendar."),
        ("2020-00", "has no month 00 in any calendar."),
        ("2020-21-05", "has a day in a season."),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadDate) as fault:
        parse_date(text)
    assert str(fault.value) == f"“{text}” {sentence}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Y09999", "“Y09999” writes a year of four digits with Y; leave the Y out."),
        ("Y-09999", "“Y-09999” writes a year of four digits with Y; leave the Y out."),
        ("-0000", "“-0000”: the year 0 has no sign."),
        ("2020-XX-11", "“2020-XX-11” knows the day but not the month; that is EDTF level 2."),
        ("202X-12-25", "“202X-12-25” knows the month but not the year; that is EDTF level 2."),
        ("202X-12-XX", "“202X-12-XX” knows the month but not the year; that is EDTF level 2."),
        ("2021-02-29", "“2021-02-29”: that month has no day 29."),
        ("2021-02-00", "“2021-02-00”: that month has no day 0."),
    ],
)
def test_a_date_of_no_calendar_or_of_level_2_is_refused_in_a_sentence(
    text: str, sentence: str
) -> None:
    with pytest.raises(BadDate) as fault:
        parse_date(text)
    assert str(fault.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("99..24", "“99..24” is not a quantity: its low end 99 is above its high end 24."),
        ("almost 0", "“almost 0” does not mean a number."),
        ("nearly 0", "“nearly 0” does not mean a number."),
        ("fewer than 0", "“fewer than 0” does not mean a number."),
        ("up to 0", "“up to 0” does not mean a number."),
        ("none", "“none” is not a quantity; write 0."),
        ("half", "“half” is a share of a hundred; it needs the unit percent."),
        (
            "20..40 best 50",
            "“20..40 best 50” is not a quantity: its best figure 50 is not within its range.",
        ),
        (
            "2.783",
            "“2.783” has a decimal point, and what is counted comes whole. Was 2\u00a0783 meant?"
            " Then write 2783.",
        ),
        (
            "2.5",
            "“2.5” has a decimal point, and what is counted comes whole; write a whole number.",
        ),
        (
            "many",
            "“many” is not a quantity; write digits (1960, 2 783), a range (24..99, 20..40 best"
            " 30), “about 60”, “almost 60”, “nearly 60”, “over 60”, “more than 60”, “at least 60”,"
            " “fewer than 60”, “less than 60”, “under 60”, “at most 60”, “up to 60”, “dozens”,"
            " “several dozen”, “hundreds”, “several hundred”, “thousands”, “tens of thousands”, or"
            " of percent “half”, “a third”.",
        ),
    ],
)
def test_what_is_no_quantity_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadAnswer) as fault:
        parse_quantity(text)
    assert str(fault.value) == sentence


def answered(kind: str, answer: str, **more: Any) -> str:
    subject = claim(kind, account("a", answer, cite("n-min")), **more)
    with pytest.raises(BadAnswer) as fault:
        parse_answer(subject, subject.accounts[0])
    return str(fault.value)


def test_an_answer_that_its_kind_does_not_know_is_refused_with_those_it_knows() -> None:
    assert answered("yes-no", "maybe") == (
        "“maybe” is not an answer to a yes-no claim; write “yes” or “no”."
    )
    options = [{"id": "one", "label": "One"}, {"id": "two", "label": "Two"}]
    assert refused_choice("both", options) == "“both” is not one of the claim's options (one, two)."
    assert refused_choice("both", []) == (
        "“both” is not one of the claim's options (none is named)."
    )


def refused_choice(answer: str, options: list[dict[str, str]]) -> str:
    body = claim("choice", account("a", answer, cite("n-min"))).model_dump(mode="json")
    subject = Claim.model_validate(body | {"options": options})
    with pytest.raises(BadAnswer) as fault:
        parse_answer(subject, subject.accounts[0])
    return str(fault.value)


def refusal(kind: Any, text: str) -> str:
    with pytest.raises(ValidationError) as fault:
        TypeAdapter(kind).validate_python(text)
    return fault.value.errors()[0]["msg"].removeprefix("Value error, ")


def test_a_field_that_takes_a_date_or_a_day_says_what_is_wrong() -> None:
    assert refusal(Edtf, "soon").startswith("“soon” is not an EDTF date")
    for text in ("2026-11", "2026-11-03T10:00:00", "2026-11-03/2026-11-04"):
        assert refusal(EdtfDay, text) == f"“{text}” is not one day; write it as 2026-11-03."
    assert refusal(EdtfDay, "soon").startswith("“soon” is not an EDTF date")
    assert TypeAdapter(EdtfDay).validate_python("2026-11-03") == "2026-11-03"
    assert TypeAdapter(Edtf).validate_python("2026~") == "2026~"


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_empty_prose_is_refused(text: str) -> None:
    assert refusal(Prose, text) == "is empty; leave the key out instead."


@pytest.mark.parametrize(
    "code",
    [0x00, 0x09, 0x0D, 0x1F, 0x7F, 0x85, 0x9F, 0x202A, 0x202E, 0x2066, 0x2069],
)
def test_invisible_characters_that_change_how_a_text_reads_are_refused(code: int) -> None:
    said = refusal(Prose, f"a{chr(code)}b")
    assert said == f"contains the invisible character U+{code:04X}; remove it."


@pytest.mark.parametrize("code", [0x0A, 0x20, 0x7E, 0xA0, 0x2029, 0x202F, 0x2065, 0x206A, 0xE000])
def test_what_stands_next_to_invisible_characters_is_prose(code: int) -> None:
    assert TypeAdapter(Prose).validate_python(f"a{chr(code)}b") == f"a{chr(code)}b"


@pytest.mark.parametrize("name", ["", "a" * 65, "A", "a_b", "a b", "ä", "a\n"])
def test_an_id_is_of_small_letters_digits_and_hyphens(name: str) -> None:
    assert refusal(Id, name)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://example.org/a b", "contains white space; write it as %20."),
        ("https://example.org/\t", "contains white space; write it as %20."),
        ("https://example.org/\x01", "contains white space; write it as %20."),
        ("https://[::1", "is not a web address that can be read."),
        ("https://example.org:port/", "is not a web address that can be read."),
        ("ftp://example.org/", "must begin with http:// or https://."),
        ("example.org", "must begin with http:// or https://."),
        ("https:///path", "names no host."),
        ("https://example.org:0/", "names no host."),
        ("https://user@example.org/", "must not contain a user name or password."),
        ("https://:secret@example.org/", "must not contain a user name or password."),
    ],
)
def test_what_is_no_web_address_is_refused_in_a_sentence(url: str, sentence: str) -> None:
    assert refusal(WebAddress, url) == sentence


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://example.org:8080/a?b=c#d", "https://user.example.org/~x!"],
)
def test_a_web_address_is_kept_as_it_is(url: str) -> None:
    assert TypeAdapter(WebAddress).validate_python(url) == url
