"""Whether everything that a record refers to is there: one broken reference at a time."""

from __future__ import annotations

import pytest

from app.domain.checking.check import check_claim
from app.domain.checking.references import Known
from app.domain.records.claims import Claim
from tests.dossiers.small import SmallRecord

REFERENCES = [
    # file, what stands there, what is put there, the one fault
    (
        "sources",
        "    name: Southland\n    side: south\n",
        "    name: Southland\n    side: east\n",
        "12: bodies[1].side: “east” is no side on record",
    ),
    (
        "sources",
        "    kind: newspaper\n    side: north\n",
        "    kind: newspaper\n    side: east\n",
        "17: publishers[0].side: “east” is no side on record",
    ),
    (
        "sources",
        "    channels: [gazette]\n",
        "    channels: [gazette, herald]\n",
        "27: speakers[0].channels[1]: “herald” is no publisher on record",
    ),
    (
        "sources",
        "    publisher: gazette\n    title: Page two\n",
        "    publisher: herald\n    title: Page two\n",
        "43: documents[1].publisher: “herald” is no publisher on record",
    ),
    (
        "sources",
        "    credits: [wire]\n",
        "    credits: [cable]\n",
        "41: documents[0].credits[0]: “cable” is no publisher on record",
    ),
    (
        "sources",
        "    speaks_for: southland\n",
        "    speaks_for: eastland\n",
        "32: speakers[1].speaks_for: “eastland” is no body on record",
    ),
    (
        "sources",
        "    speaks_for: southland\n",
        "    speaks_for: northland\n",
        "32: speakers[1].speaks_for: “northland” is of the side “north”, the speaker of “south”",
    ),
    (
        "sources",
        "    speaks_for: southland\n",
        "    speaks_for: south-minister\n",
        "32: speakers[1].speaks_for: speaks for itself; name a body, or leave the key out",
    ),
    (
        "dossier",
        "sides: [north, south]",
        "sides: [north, east]",
        "6: sides[1]: “east” is no side on record",
    ),
    (
        "dossier",
        "sides: [north, south]",
        "sides: [north, north]",
        "6: sides[1]: names “north” a second time",
    ),
    (
        "dossier",
        "      - side: north\n",
        "      - side: east\n",
        "14: places[0].names[0].side: “east” is no side on record",
    ),
    (
        "crossing",
        "topic: fields",
        "topic: woods",
        "4: topic: “woods” is not a topic of the dossier “dispute” (fields)",
    ),
    (
        "crossing",
        "places: [mill]",
        "places: [mill, barn]",
        "6: places[1]: “barn” is no place on record",
    ),
    (
        "crossing",
        "    harms: [south]",
        "    harms: [east]",
        "10: accounts[0].harms[0]: “east” is no side on record",
    ),
    (
        "crossing",
        "speaker: north-minister",
        "speaker: north-king",
        "13: accounts[0].citations[0].speaker: “north-king” is no speaker on record",
    ),
    (
        "crossing",
        "speaker: south-minister",
        "speaker: south-envoy",
        "23: accounts[1].citations[0].speaker: “south-envoy” was renamed; write “south-minister”",
    ),
    (
        "crossing",
        "relayed_by: [wire]",
        "relayed_by: [north-minister]",
        "14: accounts[0].citations[0].relayed_by[0]: “north-minister” is no publisher on record",
    ),
    (
        "crossing",
        "        relayed_by: [wire]",
        "        according_to: someone\n        relayed_by: [wire]",
        "14: accounts[0].citations[0].according_to: “someone” is no speaker on record",
    ),
    (
        "crossing",
        "        relayed_by: [wire]",
        "        according_to: north-minister\n        relayed_by: [wire]",
        "14: accounts[0].citations[0].according_to: "
        "is the speaker; it takes another, who reports it",
    ),
    (
        "crossing",
        "document: page-two",
        "document: page-three",
        "24: accounts[1].citations[0].document: “page-three” is no document on record",
    ),
    (
        "crossing",
        "  - side: south",
        "  - side: east",
        "26: searched[0].side: “east” is no side on record",
    ),
    (
        "sheep-lost",
        "part_of: cattle-lost",
        "part_of: goats-lost",
        "7: part_of: “goats-lost” is no claim on record",
    ),
    (
        "sheep-lost",
        "losses_of: [north]",
        "losses_of: [wire]",
        "8: losses_of[0]: “wire” is no side on record",
    ),
    (
        "sheep-lost",
        "  - accounts: [ten, few]",
        "  - accounts: [ten, many]",
        "23: overrules[0].accounts[1]: “many” is not an account of this claim",
    ),
    (
        "treaty",
        "      - with: none",
        "      - with: some",
        "9: accounts[0].clashes[0].with: “some” is not an account of this claim",
    ),
    (
        "treaty",
        "speakers: [north-minister, south-minister]",
        "speakers: [north-minister, south-king]",
        "13: accounts[0].citations[0].speakers[1]: “south-king” is no speaker on record",
    ),
    (
        "treaty",
        "speakers: [north-minister, south-minister]",
        "speakers: [north-minister, north-minister]",
        "13: accounts[0].citations[0].speakers[1]: names “north-minister” a second time",
    ),
    (
        "who-crossed",
        "    includes: [northerners]",
        "    includes: [southerners]",
        "7: options[0].includes[0]: “southerners” is none of the claim's options",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "fault"), REFERENCES)
def test_a_reference_to_what_is_not_there_is_a_fault_at_its_line(
    small: SmallRecord, file: str, old: str, new: str, fault: str
) -> None:
    path = {"sources": small.sources, "dossier": small.dossier}.get(file) or small.claim(file)
    small.change(path, old, new)
    assert small.reported() == [f"{file}.yaml:{fault}"]


def test_a_place_of_another_dossier_is_not_a_claims_place() -> None:
    claim = Claim.model_validate(
        {"id": "rain", "question": "Why?", "kind": "yes-no", "topic": "weather", "places": ["hill"]}
    )
    places = {"dispute": ("valley",), "other": ("hill",)}
    known = Known({"place": {"hill", "valley"}}, {"dispute": ("weather",)}, places=places)
    (finding,) = check_claim(claim, known, "dispute")
    assert finding.where == ("places", 0)
    assert finding.message == "“hill” is not a place of the dossier “dispute”"
    assert list(check_claim(claim, known, "other")) == []
