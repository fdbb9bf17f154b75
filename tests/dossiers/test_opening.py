"""What the schema finds wrong, as sentences with lines."""

from __future__ import annotations

from typing import get_args

import pytest

from app.domain.checking.validation_messages import CALLED, record_at
from app.domain.contributing.records import SubmittedCitation, SubmittedClaim
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Sources
from app.domain.values.base import Record
from tests.dossiers.small import SmallRecord

CROSSING = [
    # what stands there, what is put there, the one fault
    ("id: crossing\n", "", "1: id: is missing"),
    (
        "      - id: minister-said\n        speaker",
        "      - speaker",
        "12: accounts[0].citations[0].id: is missing",
    ),
    (
        "    where: its gazette\n",
        "    where: its gazette\n    were: its gazette\n",
        "28: searched[0].were: is not a key of a search; known: side, where, words, on, by",
    ),
    (
        "kind: yes-no",
        "kind: maybe",
        "3: kind: must be one of “yes-no”, “quantity”, “date”, “choice” or “text”, not “maybe”",
    ),
    (
        "kind: yes-no",
        "kind: [yes-no]",
        "3: kind: must be one of “yes-no”, “quantity”, “date”, “choice” or “text”",
    ),
    (
        "  - id: stayed",
        "  - id: Stayed here",
        "19: accounts[1].id: “Stayed here” is no id: an id is 1 to 64 of a–z, 0–9 and “-”",
    ),
    (
        "said: 2020-05-02",
        "said: 2020-15-02",
        "15: accounts[0].citations[0].said: “2020-15-02” has no month 15 in any calendar",
    ),
    (
        "on: 2026-10-02",
        "on: 2026-10",
        "29: searched[0].on: “2026-10” is not one day; write it as 2026-11-03",
    ),
    ("places: [mill]", "places: mill", "6: places: must be a list"),
    (
        "question: Was the field crossed?",
        "question: [Was it?]",
        "2: question: must be a text, not a list or a mapping",
    ),
    (
        "quote: we saw them cross",
        'quote: " "',
        "18: accounts[0].citations[0].quote: is empty; leave the key out instead",
    ),
    (
        "quote: we saw them cross",
        "quote: we \u202esaw",
        "18: accounts[0].citations[0].quote: contains the invisible character U+202E; remove it",
    ),
    ("topic: fields", "schema: 7\ntopic: fields", "4: schema: must be at most 2, and is 7"),
    (
        "topic: fields",
        "schema: one\ntopic: fields",
        "4: schema: must be a whole number, not “one”",
    ),
    (
        "        document: page-two",
        "        document: page-two\n        own_voice_drift: very",
        "25: accounts[1].citations[0].own_voice_drift: must be true or false, not “very”",
    ),
    (
        "searched:",
        "assessment: fine\nsearched:",
        "25: assessment: must be a mapping with the keys of an assessment",
    ),
    (
        "    citations:\n      - id: other-said\n"
        "        speaker: south-minister\n        document: page-two\n",
        "    citations: []\n",
        "21: accounts[1].citations: must have 1 or more, and has 0",
    ),
]


@pytest.mark.parametrize(("old", "new", "fault"), CROSSING)
def test_a_claim_that_is_not_of_the_schema_is_a_fault_at_its_line(
    small: SmallRecord, old: str, new: str, fault: str
) -> None:
    small.change(small.claim("crossing"), old, new)
    assert small.reported() == [f"crossing.yaml:{fault}"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "zone: +01:00",
            "zone: CET",
            "5: zone: “CET” is not an offset from UTC; write it as “+04:00”",
        ),
        (
            "sides: [north, south]",
            "sides: [north]",
            "6: sides: must have 2 or more, and has 1",
        ),
        (
            "language: en\nzone",
            "language: English\nzone",
            "4: language: “English” is not a language tag; write it as “en” or “pt-BR”",
        ),
        (
            "    name: Mill\n",
            "    name: Mill\n    latitude: 91\n",
            "13: places[0].latitude: must be at most 90, and is 91",
        ),
        (
            "    name: Mill\n",
            "    name: Mill\n    latitude: north\n",
            "13: places[0].latitude: must be a number, not “north”",
        ),
        (
            "        name: Old Mill",
            "        named: Old Mill",
            "16: places[0].names[0].named: is not a key of a place's name; "
            "known: side, language, name",
        ),
        (
            "places:\n",
            "wording:\n  heavy: [regime]\nplaces:\n",
            "11: wording.heavy: is not a key of the wording; known: loaded, presupposing",
        ),
    ],
)
def test_a_dossier_that_is_not_of_the_schema_is_a_fault_at_its_line(
    small: SmallRecord, old: str, new: str, fault: str
) -> None:
    small.change(small.dossier, old, new)
    assert f"dossier.yaml:{fault}" in small.reported()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "bodies:",
            "authorities:",
            "6: authorities: is not a key of sources.yaml; "
            "known: sides, bodies, publishers, speakers, documents",
        ),
        (
            "    kind: agency",
            "    kind: agency\n    country: Xanadu",
            "21: publishers[1].country: “Xanadu” is not a country code; "
            "write its two capitals of ISO 3166, as “IS”",
        ),
        (
            "url: https://gazette.test/1",
            "url: ftp://gazette.test/1",
            "38: documents[0].url: must begin with http:// or https://",
        ),
    ],
)
def test_sources_that_are_not_of_the_schema_are_a_fault_at_their_line(
    small: SmallRecord, old: str, new: str, fault: str
) -> None:
    small.change(small.sources, old, new)
    assert f"sources.yaml:{fault}" in small.reported()


def test_a_key_is_only_known_as_the_file_spells_it(small: SmallRecord) -> None:
    small.change(small.claim("treaty"), "- with: none", "- with_: none")
    assert small.reported() == [
        "treaty.yaml:9: accounts[0].clashes[0].with: is missing",
        "treaty.yaml:9: accounts[0].clashes[0].with_: is not a key of a clash; known: with, reason",
    ]


def test_an_overrule_of_one_account_or_three_is_a_fault(small: SmallRecord) -> None:
    small.change(small.claim("sheep-lost"), "accounts: [ten, few]", "accounts: [ten, few, ten]")
    assert small.reported() == [
        "sheep-lost.yaml:23: overrules[0].accounts: must have 2 at most, and has 3"
    ]


def test_a_value_that_the_reading_refused_is_not_reported_twice(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "question: Was the field crossed?", "question:")
    small.change(small.claim("crossing"), "places: [mill]", "places: ~")
    assert small.reported() == [
        "crossing.yaml:2: question: is empty; leave the key out",
        "crossing.yaml:6: places: “~” means nothing; leave the key out, or quote the word",
    ]


def test_a_list_is_not_called_short_because_of_faults_in_its_entries(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "said: 2020-05-02", "said: never")
    (fault,) = small.faults()
    assert fault.field == "accounts[0].citations[0].said"


def test_faults_of_reading_and_of_schema_come_together(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "kind: yes-no", "kind: yes-no\nkind: text")
    small.change(small.claim("crossing"), "topic: fields", "subject: fields")
    assert [fault.line for fault in small.faults()] == [1, 4, 5]


def _records_within(model: type[Record]) -> set[type[Record]]:
    found = {model}
    ahead = [info.annotation for info in model.model_fields.values()]
    while ahead:
        annotation = ahead.pop()
        ahead.extend(get_args(annotation))
        if isinstance(annotation, type) and issubclass(annotation, Record):
            found |= _records_within(annotation)
    return found


def test_every_kind_of_record_has_a_name_for_its_reader() -> None:
    shapes = (Claim, Dossier, Sources, SubmittedCitation, SubmittedClaim)
    assert set().union(*map(_records_within, shapes)) == set(CALLED)


def test_the_kind_of_record_at_a_place_is_found_through_lists_and_options() -> None:
    assert record_at(Claim, ("accounts", 0, "citations", 2)).__name__ == "Citation"
    assert record_at(Claim, ("accounts", 0, "clashes", 0)).__name__ == "AccountClash"
    assert record_at(Claim, ("assessment",)).__name__ == "Assessment"
    assert record_at(Dossier, ()).__name__ == "Dossier"
