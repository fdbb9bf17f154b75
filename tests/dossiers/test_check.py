"""Whether a record is consistent in itself: one broken reference or rule at a time."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.checking.check import QUOTE_WORDS, check_claim
from app.domain.checking.references import Known, circles
from app.domain.records.claims import Claim
from app.dossiers.record import check_record, check_wording
from tests.dossiers.small import SmallRecord

RULES = [
    (
        "treaty",
        "        speakers: [north-minister, south-minister]",
        "        speaker: north-minister\n        speakers: [north-minister, south-minister]",
        "14: accounts[0].citations[0].speakers: cannot be combined with “speaker”; write one of the"
        " two",
    ),
    (
        "treaty",
        "speakers: [north-minister, south-minister]",
        "speakers: [north-minister]",
        "13: accounts[0].citations[0].speakers: names one; write it as “speaker”",
    ),
    (
        "treaty",
        "      - with: none",
        "      - with: all",
        "9: accounts[0].clashes[0].with: is the account itself; it clashes with another",
    ),
    (
        "crossing",
        "        voice: quoted\n",
        "",
        "12: accounts[0].citations[0].voice: is missing; "
        "are the words the speaker's (quoted, translated) or about them (paraphrased)?",
    ),
    (
        "crossing",
        "quote: we saw them cross",
        f"quote: {' '.join(['word'] * (QUOTE_WORDS + 1))}",
        "18: accounts[0].citations[0].quote: has 16 words; a quotation may have 15 at most",
    ),
    (
        "crossing",
        '    answer: "no"\n',
        "",
        "19: accounts[1].answer: is missing; "
        "only where every citation sidesteps or declines is there none",
    ),
    (
        "crossing",
        'answer: "yes"',
        "answer: perhaps",
        "9: accounts[0].answer: “perhaps” is not an answer to a yes-no claim; write “yes” or “no”",
    ),
    (
        "crossing",
        "topic: fields",
        "unit: people\ntopic: fields",
        "4: unit: a yes-no claim has none; only a quantity claim has",
    ),
    (
        "crossing",
        "topic: fields",
        "counting: once\ntopic: fields",
        "4: counting: a yes-no claim has none; only a quantity claim has",
    ),
    (
        "crossing",
        "    harms: [south]",
        "    scope: children\n    harms: [south]",
        "10: accounts[0].scope: a yes-no claim has none; only a quantity claim has",
    ),
    (
        "sheep-lost",
        "unit: sheep\n",
        "",
        "1: unit: is missing; a quantity claim says what it counts",
    ),
    (
        "sheep-lost",
        "measure: lost\n",
        "",
        "1: measure: is missing; a quantity claim says what it counts",
    ),
    (
        "sheep-lost",
        'answer: "10"',
        "answer: 9..1",
        "11: accounts[0].answer: “9..1” is not a quantity: its low end 9 is above its high end 1",
    ),
    (
        "sheep-lost",
        "accounts: [ten, few]",
        "accounts: [ten, ten]",
        "23: overrules[0].accounts: names one account twice; it takes two",
    ),
    (
        "crossing",
        "  - id: stayed",
        "  - id: crossed",
        "19: accounts[1].id: “crossed” is already an account of this claim",
    ),
    (
        "sheep-lost",
        "      - id: other-few",
        "      - id: minister-ten",
        "19: accounts[1].citations[0].id: “minister-ten” is already a citation of this claim",
    ),
    (
        "sheep-lost",
        "part_of: cattle-lost",
        "part_of: sheep-lost",
        "7: part_of: is a part of itself: sheep-lost → sheep-lost",
    ),
    (
        "who-crossed",
        "    answer: northerners",
        "    answer: southerners",
        "13: accounts[0].answer: “southerners” is not one of the claim's options "
        "(one-side, northerners)",
    ),
    (
        "who-crossed",
        "    includes: [northerners]",
        "    includes: [one-side]",
        "7: options[0].includes: “one-side” includes itself: one-side → one-side",
    ),
    (
        "who-crossed",
        "    label: Northerners\n",
        "    label: Northerners\n    includes: [one-side]\n",
        "7: options[0].includes: “one-side” includes itself: one-side → northerners → one-side",
    ),
    (
        "who-crossed",
        "    label: Northerners\n",
        "    label: Northerners\n  - id: northerners\n    label: Again\n",
        "10: options[2].id: “northerners” is already an option of this claim",
    ),
    (
        "who-crossed",
        "stance: declines",
        "stance: denies",
        "18: accounts[1].answer: is missing; "
        "only where every citation sidesteps or declines is there none",
    ),
    (
        "dossier",
        "    name: Fields\n",
        "    name: Fields\n  - id: fields\n    name: More fields\n",
        "10: topics[1].id: “fields” is already a topic of this dossier",
    ),
    (
        "sources",
        "https://gazette.test/2",
        "https://gazette.test/1",
        "45: documents[1].url: is already the address of the document “page-one”",
    ),
    (
        "sources",
        "name: The Wire",
        "name: The Gazette",
        "19: publishers[1].name: "
        "is already the name of the publisher “gazette” of the same country",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "fault"), RULES)
def test_a_rule_of_the_record_that_is_broken_is_a_fault_at_its_line(
    small: SmallRecord, file: str, old: str, new: str, fault: str
) -> None:
    path = {"sources": small.sources, "dossier": small.dossier}.get(file) or small.claim(file)
    small.change(path, old, new)
    assert small.reported() == [f"{file}.yaml:{fault}"]


def test_the_small_record_is_sound(small: SmallRecord) -> None:
    assert small.reported() == []


def test_a_quotation_of_fifteen_words_is_allowed(small: SmallRecord) -> None:
    words = " ".join(["word"] * QUOTE_WORDS)
    small.change(small.claim("crossing"), "quote: we saw them cross", f"quote: {words}")
    assert small.reported() == []


def test_words_in_the_documents_own_voice_need_no_voice(small: SmallRecord) -> None:
    old = "      - id: page-own-voice\n        document: page-two\n"
    small.change(small.claim("treaty"), old, f"{old}        quote: to none\n")
    assert small.reported() == []


def test_options_are_for_choice_claims_and_there_are_two(small: SmallRecord) -> None:
    old = "  - id: northerners\n    label: Northerners\n"
    small.change(small.claim("who-crossed"), old, "")
    small.change(small.claim("who-crossed"), "    includes: [northerners]\n", "")
    small.change(small.claim("who-crossed"), "answer: northerners", "answer: one-side")
    options = "options:\n  - id: a\n    label: A\n  - id: b\n    label: B\n"
    small.change(small.claim("treaty"), "topic: fields\n", f"{options}topic: fields\n")
    assert small.reported() == [
        "treaty.yaml:4: options: a text claim has none; only a choice claim has",
        "who-crossed.yaml:4: options: a choice claim names two or more, not 1",
    ]


IMPOSSIBLE = [
    (
        "crossing.yaml",
        "said: 2020-05-02",
        "said: 2026-10-04",
        "crossing.yaml:15: accounts[0].citations[0].said: "
        "is after its document was read, on 2026-10-02",
    ),
    (
        "sources.yaml",
        "    url: https://gazette.test/1\n",
        "    url: https://gazette.test/1\n    published: 2020-05-01\n",
        "crossing.yaml:15: accounts[0].citations[0].said: is after its document was published, on "
        "2020-05-01; where zones explain it, give the document's time with its zone",
    ),
    (
        "sources.yaml",
        "    url: https://gazette.test/1\n",
        "    url: https://gazette.test/1\n    published: 2026-10-04\n",
        "sources.yaml:39: documents[0].published: "
        "is after the day on which it was read, 2026-10-02",
    ),
    (
        "sources.yaml",
        "    credits: [wire]\n",
        "    archived:\n      url: https://web.archive.org/save/https://gazette.test/1\n"
        "      on: 2026-10-02\n    credits: [wire]\n",
        "sources.yaml:42: documents[0].archived.url: "
        "asks the archive for a new copy; write the address of the copy itself",
    ),
    (
        "dossier.yaml",
        "places:\n",
        "events:\n  - id: storm\n    name: the storm\n"
        "scopes:\n  - id: hill\n    label: the hill\n    within: [valley]\nplaces:\n",
        "dossier.yaml:16: scopes[0].within[0]: “valley” is no scope of this dossier",
    ),
    (
        "crossing.yaml",
        "        document: page-two\n",
        "        reading: editors\n        document: page-two\n",
        "crossing.yaml:22: accounts[1].citations[0].note: "
        "is missing; it says why the editors read it so",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "fault"), IMPOSSIBLE)
def test_what_cannot_be_is_a_fault_at_its_line(
    small: SmallRecord, file: str, old: str, new: str, fault: str
) -> None:
    path = small.sources if file == "sources.yaml" else small.folder / file
    small.change(path, old, new)
    assert small.reported() == [fault]


def test_a_document_that_is_read_in_times_to_come_is_a_fault_until_then(
    small: SmallRecord,
) -> None:
    faults = check_record([small.root], date(2026, 9, 30))
    assert [(fault.line, fault.field) for fault in faults] == [
        (40, "documents[0].read_on"),
        (47, "documents[1].read_on"),
    ]
    assert check_record([small.root], date(2026, 10, 1)) == ()


def test_one_occasion_has_one_day_in_all_claims(small: SmallRecord) -> None:
    for name, said in (("sheep-lost", "2020-05-02"), ("who-crossed", "2020-05")):
        old = "        speaker: north-minister\n"
        new = f"{old}        stance: declines\n" if name == "who-crossed" else old
        small.change(
            small.claim(name),
            new,
            f"{new}        said: {said}\n        occasion: a-speech\n",
        )
    assert small.reported() == [
        "who-crossed.yaml:23: accounts[1].citations[0].said: differs from the day of “a-speech” "
        "in the claim “sheep-lost” (2020-05-02); one occasion has one day"
    ]


def test_an_event_is_one_that_the_dossier_lists_where_it_lists_any(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "accounts:\n", "event: flood\naccounts:\n")
    assert small.reported() == []
    small.change(small.dossier, "places:\n", "events:\n  - id: storm\n    name: Storm\nplaces:\n")
    assert small.reported() == [
        "crossing.yaml:7: event: “flood” is not an event of the dossier “dispute”"
    ]
    small.change(small.dossier, "id: storm", "id: flood")
    assert small.reported() == []


LISTS = """\
measures:
  - id: lost
    label: lost
scopes:
  - id: fields
    label: the fields
places:
"""


def test_wordings_and_spellings_are_warned_of(small: SmallRecord) -> None:
    small.change(
        small.claim("treaty"),
        "    answer: It gives the field to none.\n",
        "    answer: It gives the field to none.\n    wording: The field was nobody's\n",
    )
    small.change(small.claim("cattle-lost"), "measure: lost", "measure: Lost")
    small.change(small.claim("sheep-lost"), "topic: fields\n", "scope: The Fields\ntopic: fields\n")
    small.change(small.dossier, "places:\n", LISTS)
    assert small.reported() == []
    warned = [f"{w.path.name}:{w.line}: {w.message}" for w in check_wording([small.root])]
    assert warned == [
        "cattle-lost.yaml:5: “Lost” is “lost” elsewhere; write one",
        "sheep-lost.yaml:6: “The Fields” is “the fields” elsewhere; write one",
        "treaty.yaml:17: begins with a capital; write “the”, unless it is a name",
    ]


def test_clashes_are_for_text_claims(small: SmallRecord) -> None:
    old = "    citations:\n      - id: minister-ten\n"
    clash = "    clashes:\n      - with: few\n        reason: They differ.\n"
    small.change(small.claim("sheep-lost"), old, clash + old)
    assert small.reported() == [
        "sheep-lost.yaml:12: accounts[0].clashes: "
        "a quantity claim has none; its answers show where they clash"
    ]


def test_claims_that_are_parts_of_each_other_are_a_fault_of_the_first(small: SmallRecord) -> None:
    old = "topic: fields\n"
    small.change(small.claim("cattle-lost"), old, f"{old}part_of: sheep-lost\n")
    assert small.reported() == [
        "cattle-lost.yaml:7: part_of: is a part of itself: cattle-lost → sheep-lost → cattle-lost"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "sources",
            "  - id: wire",
            "  - id: gazette",
            "18: publishers[1].id: “gazette” is the id of a publisher already (sources.yaml:14)",
        ),
        (
            "sources",
            "  - id: wire",
            "  - id: north",
            "18: publishers[1].id: “north” is the id of a side already (sources.yaml:2)",
        ),
        (
            "sources",
            "    formerly: [south-envoy]",
            "    formerly: [north-minister]",
            "29: speakers[1].formerly[0]: "
            "“north-minister” is the id of a speaker already (sources.yaml:22)",
        ),
        (
            "dossier",
            "  - id: mill",
            "  - id: south-envoy",
            "11: places[0].id: “south-envoy” is the former id of a speaker already "
            "(sources.yaml:29)",
        ),
    ],
)
def test_an_id_is_never_used_twice(
    small: SmallRecord, file: str, old: str, new: str, fault: str
) -> None:
    small.change(small.sources if file == "sources" else small.dossier, old, new)
    (found,) = [text for text in small.reported() if "no id is used twice" in text]
    found = found.replace(f"{small.root}/", "")
    assert found == f"{file}.yaml:{fault}; no id is used twice"


def test_a_claim_cannot_take_the_name_of_the_dossiers_file() -> None:
    claim = Claim.model_validate(
        {"id": "dossier", "question": "Why?", "kind": "yes-no", "topic": "fields"}
    )
    known = Known({}, {"dispute": ("fields",)})
    assert [finding.message for finding in check_claim(claim, known, "dispute")] == [
        "“dossier” is reserved for the dossier's own file"
    ]


def test_a_claim_that_is_sent_in_is_checked_against_what_is_known() -> None:
    citation = {"id": "c", "speaker": "king", "document": "page"}
    claim = Claim.model_validate(
        {
            "id": "rain",
            "question": "Did it rain?",
            "kind": "yes-no",
            "topic": "weather",
            "accounts": [{"id": "wet", "answer": "yes", "citations": [citation]}],
        }
    )
    known = Known(
        {"speaker": {"king"}, "document": {"leaf"}, "claim": set()}, {"dispute": ("weather",)}
    )
    (finding,) = check_claim(claim, known, "dispute")
    assert finding.where == ("accounts", 0, "citations", 0, "document")
    assert finding.message == "“page” is no document on record"


@pytest.mark.parametrize(
    ("contains", "ways"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [("b", "c")]),
        ({"a": ["a"], "b": ["c"], "c": ["b"]}, [("a",), ("b", "c")]),
        ({"a": ["elsewhere"]}, []),
    ],
)
def test_each_circle_is_found_once(
    contains: dict[str, list[str]], ways: list[tuple[str, ...]]
) -> None:
    assert list(circles(contains)) == ways


def test_a_long_chain_of_parts_is_no_circle_and_no_overflow() -> None:
    chain = {str(n): [str(n + 1)] for n in range(20_000)}
    assert list(circles(chain)) == []
