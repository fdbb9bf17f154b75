"""Random claims of every kind that pass the checks of their files."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.domain.records.claims import Claim
from tests.domain.factories import SOURCES

SPEAKERS = [speaker.id for speaker in SOURCES.speakers]
JOINT = [["n-min", "s-min"], ["n-pm", "n-min"], ["w-min", "f-min"]]
VOICES: list[list[str]] = [[], *([name] for name in SPEAKERS), *JOINT]
DOCUMENTS = [document.id for document in SOURCES.documents]
IDS = "abc"
DAYS = ["2020-10-10", "2020-10-11", "2020-10-12", "2020-10-13"]
SAID = [*DAYS, "2020-10-11T09:00:00+04:00", "2020-10", "2020-10-10/2020-10-12", "2020-10-11/.."]
AS_OF = [*DAYS, "2020-10-11/2020-10-13", "2020-10-12/..", "../2020-10-11"]
EVASIVE = ["sidesteps", "declines"]
REASON = {"by": "An editor", "on": "2026-11-01", "reason": "One event."}

ANSWERS: dict[str, list[str]] = {
    "yes-no": ["yes", "no"],
    "quantity": ["0", "3", "about 3", "almost 5", "5", "over 5", "up to 4", "dozens", "24..99"],
    "date": [*DAYS, "2020-10", "2020-10-10/2020-10-11", "2020-10-11T23:00:00+04:00", "2020~"],
    "choice": ["one", "two", "both", "neither"],
    "text": ["It fell.", "It was struck.", "It stood."],
}
OPTIONS = [
    {"id": "one", "label": "The one"},
    {"id": "two", "label": "The other"},
    {"id": "both", "label": "Both", "includes": ["one", "two"]},
    {"id": "neither", "label": "Neither"},
]


@st.composite
def citations(draw: st.DrawFn, *, evasive: bool = False) -> dict[str, Any]:
    """A citation without its id."""
    stances = EVASIVE if evasive else ["asserts", "asserts", "asserts", "denies", *EVASIVE]
    citation: dict[str, Any] = {
        "document": draw(st.sampled_from(DOCUMENTS)),
        "stance": draw(st.sampled_from(stances)),
        "own_voice_drift": draw(st.booleans()),
    }
    who = draw(st.sampled_from(VOICES))
    if len(who) == 1:
        citation["speaker"] = who[0]
    elif who:
        citation["speakers"] = who
    said = draw(st.none() | st.sampled_from(SAID))
    occasion = draw(st.none() | st.sampled_from(["interview", "bulletin"]))
    relayed = draw(st.sampled_from([[], [], ["wire"]]))
    more = {"said": said, "occasion": occasion, "relayed_by": relayed}
    return citation | {key: value for key, value in more.items() if value}


@st.composite
def accounts(draw: st.DrawFn, kind: str, name: str, others: list[str]) -> dict[str, Any]:
    """An account; in some every citation answers nothing."""
    silent = draw(st.sampled_from([False, False, False, False, True]))
    cited = draw(st.lists(citations(evasive=silent), min_size=1, max_size=4))
    entry: dict[str, Any] = {"id": name, "citations": cited}
    if not silent:
        entry["answer"] = draw(st.sampled_from(ANSWERS[kind]))
    if draw(st.booleans()):
        entry["wording"] = f"The bridge was as {name} says."
    if draw(st.integers(0, 2)) == 0:
        entry["as_of"] = draw(st.sampled_from(AS_OF))
    if kind == "quantity" and draw(st.integers(0, 2)) == 0:
        key = draw(st.sampled_from(["unit", "measure", "scope"]))
        entry[key] = draw(st.sampled_from(["wounded", "soldiers"]))
    if kind == "text" and others and draw(st.booleans()):
        entry["clashes"] = [{"with": draw(st.sampled_from(others)), "reason": "They exclude it."}]
    entry["harms"] = draw(st.lists(st.sampled_from(["north", "south"]), max_size=1))
    return entry


@st.composite
def claims(draw: st.DrawFn, kind: str | None = None, least: int = 0) -> Claim:
    """A claim of this kind (of any, without one) with at least so many accounts."""
    kind = kind or draw(st.sampled_from(list(ANSWERS)))
    names = list(IDS[: draw(st.integers(least, 3))])
    entries = [draw(accounts(kind, name, [n for n in names if n != name])) for name in names]
    basis: dict[str, Any] = {
        "id": "bridge",
        "question": "What happened at the bridge?",
        "kind": kind,
        "topic": "bridge",
        "accounts": numbered(entries),
        "losses_of": draw(st.lists(st.sampled_from(["north", "elsewhere"]), max_size=1)),
    }
    if kind == "quantity":
        basis |= {"unit": "people", "measure": "killed"}
        basis["counting"] = draw(st.sampled_from([None, "cumulative", "once"]))
    if kind == "choice":
        basis["options"] = OPTIONS
    if draw(st.booleans()):
        search = {"side": "south", "where": "its ministry", "words": "bridge"}
        basis["searched"] = [search | {"on": "2026-11-01", "by": "An editor"}]
    if len(names) > 1 and draw(st.integers(0, 3)) == 0:
        relations = st.sampled_from(["same", "compatible", "conflict", "not-comparable"])
        basis["overrules"] = [REASON | {"accounts": names[:2], "relation": draw(relations)}]
    return Claim.model_validate(basis)


def numbered(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Accounts whose citations have ids."""
    for entry in entries:
        for number, citation in enumerate(entry["citations"]):
            citation["id"] = f"{entry['id']}-{number}"
    return entries
