"""What contributors send, as far as it can be judged without the record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.domain.contributing.records import SubmittedCitation, SubmittedClaim, overlong_fields

CITATION: dict[str, Any] = {
    "claim": "bridge",
    "account": "north",
    "speaker": "n-min",
    "said": "2022-03-27",
    "document": "daily-1",
    "voice": "quoted",
    "quote": "crossed at dawn",
}
DOCUMENT = {"publisher": "daily", "title": "The bridge", "language": "en"}


def citation(**changed: Any) -> SubmittedCitation:
    """The citation with some fields changed, and those left out that are None."""
    sent = {name: value for name, value in (CITATION | changed).items() if value is not None}
    return SubmittedCitation.from_json(json.dumps(sent))


def test_a_citation_is_read_as_it_was_sent() -> None:
    read = citation(quote="«Да»\n<b>no</b>")
    assert (read.quote, read.stance, read.faults()) == ("«Да»\n<b>no</b>", "asserts", [])


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("surprise", "x"),
        ("claim", 7),
        ("claim", "Not An Id"),
        ("said", "2022-02-30"),
        ("stance", "shouts"),
        ("speakers", "n-min"),
        ("speakers", ["n-min", 7]),
        ("quote", "   "),
        ("quote", "a\u202eb"),
        ("quote", "a\u0000b"),
        ("quote", ["x"]),
    ],
)
def test_a_field_of_another_type_or_shape_is_refused_where_it_stands(
    field: str, sent: object
) -> None:
    with pytest.raises(ValidationError) as refused:
        citation(**{field: sent})
    assert {fault["loc"][0] for fault in refused.value.errors()} == {field}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://daily.example/", "https://a b/"])
def test_a_documents_address_is_one_of_the_web(url: str) -> None:
    with pytest.raises(ValidationError) as refused:
        citation(document=None, new_document=DOCUMENT | {"url": url})
    assert [fault["loc"] for fault in refused.value.errors()] == [("new_document", "url")]


def test_a_text_is_no_number_and_no_truth_value() -> None:
    speaker = {"name": "A speaker", "side": "north", "standing": "media", "plural": "true"}
    with pytest.raises(ValidationError):
        citation(speaker=None, new_speaker=speaker)


@pytest.mark.parametrize(
    ("changed", "pointers"),
    [
        ({"account": None}, ["/account"]),
        ({"new_account": {"answer": "yes"}}, ["/new_account"]),
        ({"document": None}, ["/document"]),
        ({"new_document": DOCUMENT}, ["/new_document"]),
        ({"speakers": ["n-min", "s-min"]}, ["/speaker"]),
        ({"account": None, "document": None}, ["/account", "/document"]),
        (
            {"document": None, "new_document": DOCUMENT | {"publisher": None}},
            ["/new_document/publisher"],
        ),
        (
            {
                "document": None,
                "new_document": DOCUMENT | {"new_publisher": {"name": "Post", "kind": "newspaper"}},
            },
            ["/new_document/new_publisher"],
        ),
    ],
)
def test_what_is_wrong_between_fields_is_told_all_at_once(
    changed: dict[str, Any], pointers: list[str]
) -> None:
    assert [pointer for pointer, _ in citation(**changed).faults()] == pointers


def test_a_statement_without_a_speaker_is_the_documents_own() -> None:
    assert citation(speaker=None).faults() == []


def test_a_proposed_claim_has_the_shape_of_its_file() -> None:
    quoted = {name: CITATION[name] for name in ("speaker", "document", "voice", "quote")}
    account = {"id": "north", "answer": "yes", "citations": [{"id": "c1"} | quoted]}
    claim = {
        "id": "bridge",
        "question": "Was the bridge open?",
        "kind": "yes-no",
        "topic": "roads",
        "accounts": [account],
    }
    document = DOCUMENT | {"id": "daily-1"}
    sent = {"dossier": "quarrel", "claim": claim, "new_documents": [document]}
    read = SubmittedClaim.from_json(json.dumps(sent))
    assert read.claim.accounts[0].citations[0].quote == CITATION["quote"]
    assert read.faults() == []
    del document["publisher"]
    read = SubmittedClaim.from_json(json.dumps(sent))
    assert [pointer for pointer, _ in read.faults()] == ["/new_documents/0/publisher"]


def test_texts_that_are_too_long_are_told_wherever_they_stand() -> None:
    sent = {"a": "x" * 11, "b/c~": [{"d": "y" * 11}, "z" * 10], "e": 10**20, "f": None}
    assert overlong_fields(sent, 10) == [
        ("/a", "is longer than 10 characters."),
        ("/b~1c~0/0/d", "is longer than 10 characters."),
    ]


def test_a_hundred_faults_are_enough() -> None:
    assert len(overlong_fields(["long"] * 1000, 3)) == 100
