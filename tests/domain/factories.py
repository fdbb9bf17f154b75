"""Small records for tests of the engine: three sides of an invented quarrel, and one outside it."""

from __future__ import annotations

from itertools import count
from typing import Any

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers, Sources
from app.domain.values.dates import Day

SIDES = ("north", "south", "west")
_numbers = count(1)

SOURCES = Sources.model_validate(
    {
        "sides": [
            {"id": "north", "name": "Northern"},
            {"id": "south", "name": "Southern"},
            {"id": "west", "name": "Western"},
            {"id": "elsewhere", "name": "Other states"},
        ],
        "bodies": [
            {"id": "northland", "name": "Northland", "side": "north"},
            {
                "id": "highlands",
                "name": "the Highland authorities",
                "side": "north",
                "plural": "true",
            },
            {"id": "southland", "name": "Southland", "side": "south"},
            {"id": "westland", "name": "Westland", "side": "west"},
            {"id": "farland", "name": "Farland", "side": "elsewhere"},
        ],
        "publishers": [
            {"id": "daily", "name": "The Daily", "kind": "newspaper"},
            {"id": "weekly", "name": "The Weekly", "kind": "newspaper"},
            {"id": "wire", "name": "Wire", "kind": "agency"},
            {"id": "pedia", "name": "Pedia", "kind": "encyclopedia"},
            {"id": "n-gazette", "name": "Northern Gazette", "kind": "government", "side": "north"},
        ],
        "speakers": [
            {
                "id": "n-min",
                "name": "Northland's ministry",
                "side": "north",
                "speaks_for": "northland",
                "standing": "official",
                "channels": ["n-gazette"],
            },
            {
                "id": "n-pm",
                "name": "Northland's prime minister",
                "side": "north",
                "speaks_for": "northland",
                "standing": "official",
            },
            {
                "id": "h-min",
                "name": "the Highland ministry",
                "side": "north",
                "speaks_for": "highlands",
                "standing": "official",
            },
            {"id": "n-party", "name": "a northern party", "side": "north", "standing": "party"},
            {"id": "n-exile", "name": "a northern exile", "side": "north", "standing": "former"},
            {
                "id": "s-min",
                "name": "Southland's ministry",
                "side": "south",
                "speaks_for": "southland",
                "standing": "official",
            },
            {"id": "s-party", "name": "a southern party", "side": "south", "standing": "party"},
            {
                "id": "w-min",
                "name": "Westland's ministry",
                "side": "west",
                "speaks_for": "westland",
                "standing": "official",
            },
            {
                "id": "w-source",
                "name": "an official who was not named",
                "side": "west",
                "standing": "unnamed",
            },
            {
                "id": "f-min",
                "name": "Farland's ministry",
                "side": "elsewhere",
                "speaks_for": "farland",
                "standing": "official",
            },
        ],
        "documents": [
            {
                "id": name,
                "publisher": name.removesuffix("-doc"),
                "title": name,
                "language": "en",
                "read_on": "2026-11-01",
            }
            for name in ("daily-doc", "weekly-doc", "wire-doc", "pedia-doc", "n-gazette-doc")
        ]
        + [
            {
                "id": "credited-doc",
                "publisher": "daily",
                "title": "By the wire",
                "language": "en",
                "read_on": "2026-11-01",
                "credits": ["wire"],
            }
        ],
    }
)
REGISTERS = Registers(SOURCES)


def a_dossier(*sides: str, **more: Any) -> Dossier:
    """A dossier that compares these sides at UTC+4; of what it counts, some lies within other."""
    basis: dict[str, Any] = {
        "id": "quarrel",
        "title": "A quarrel",
        "summary": "It is invented.",
        "language": "en",
        "zone": "+04:00",
        "sides": sides,
        "measures": [
            {"id": "killed", "label": "killed", "within": ["casualties"]},
            {"id": "casualties", "label": "killed and wounded"},
        ],
        "scopes": [
            {"id": "city", "label": "the city", "within": ["region"]},
            {"id": "region", "label": "the region"},
        ],
    }
    return Dossier.model_validate(basis | more)


DOSSIER = a_dossier(*SIDES)


def cite(
    speaker: str | None = None, said: str | None = "2020-10-12", **more: Any
) -> dict[str, Any]:
    """A citation with a fresh id; joint speakers are written “a+b”."""
    citation: dict[str, Any] = {"id": f"c{next(_numbers)}", "document": "daily-doc"} | more
    if speaker and "+" in speaker:
        citation["speakers"] = speaker.split("+")
    elif speaker:
        citation["speaker"] = speaker
    if said:
        citation["said"] = said
    return citation


def account(
    name: str, answer: str | None, *citations: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """An account; `answer` None holds statements that answer nothing."""
    entry: dict[str, Any] = {"id": name, "citations": list(citations)} | more
    return entry | {"answer": answer} if answer is not None else entry


def claim(kind: str, *accounts: dict[str, Any], **more: Any) -> Claim:
    """A claim of this kind; accounts without citations are left out."""
    basis: dict[str, Any] = {
        "id": "bridge",
        "question": "What happened at the bridge?",
        "kind": kind,
        "topic": "bridge",
        "accounts": [entry for entry in accounts if entry["citations"]],
    }
    if kind == "quantity":
        basis |= {"unit": "people", "measure": "killed"}
    if kind == "choice":
        names = dict.fromkeys(entry["answer"] for entry in accounts if entry.get("answer"))
        basis["options"] = [{"id": name, "label": name.title()} for name in names]
    return Claim.model_validate(basis | more)


def compared(
    kind: str, *accounts: dict[str, Any], day: Day | None = None, **more: Any
) -> Comparison:
    """The comparison of such a claim between the three sides, as known on a day."""
    return compare(claim(kind, *accounts, **more), REGISTERS, DOSSIER, day)
