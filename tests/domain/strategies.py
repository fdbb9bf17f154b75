"""Random claims of every kind that pass the checks of their files."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.domain.records.claims import Claim
from tests.domain.factories import SOURCES

SPEAKERS = [speaker.id for speaker in SOURCES.speakers]
JOINT = [["n-min", "s-min"], ["n-pm", "n-min"], ["w-min", "f-min"]]
VOICES: list[list[str]] = [[], *([name] for name in SPEAKERS), *JOINT]
CONTESTANTS = [["n-min"], ["s-min"], ["w-min"], ["n-pm", "w-min"], ["n-party"], ["n-exile"]]
OFFICIALS = ["n-min", "n-pm", "s-min", "w-min"]
REPORTERS = ["f-min", "s-min", "n-party"]
DOCUMENTS = [document.id for document in SOURCES.documents]
IDS = "abc"
DAYS = ["2020-10-10", "2020-10-11", "2020-10-12", "2020-10-13"]
# The second and third are one instant; the fourth is the eleventh at the place.
TIMES = [
    "2020-10-11T09:00:00+04:00",
    "2020-10-11T10:00:00",
    "2020-10-11T06:00:00Z",
    "2020-10-10T20:30:00Z",
]
SAID = [*DAYS, *TIMES, "2020-10", "2020-10-10/2020-10-12", "2020-10-11/.."]
AS_OF = [*DAYS, TIMES[0], "2020-10", "2020-10-11/2020-10-13", "2020-10-12/..", "../2020-10-11"]
# Every report of an occasion gives it the one time at which it was.
OCCASIONS = {"interview": "2020-10-11", "bulletin": "2020-10-12T18:00:00"}
EVASIVE = ["sidesteps", "declines"]
REASON = {"by": "An editor", "on": "2026-11-01", "reason": "One event."}

COUNTS = (
    ["0", "3", "about 3", "almost 5", "5", "over 5", "fewer than 5", "at least 1", "up to 4"],
    ["dozens", "24..99", "20..40 best 30"],
)
DATES = (
    [*DAYS, "2020-10", "2020~", "2020-10-10~", "2020-10-10/2020-10-11"],
    ["2020-10-11T23:00:00+04:00", "2020-10-12T01:00:00"],
)
ANSWERS: dict[str, list[str]] = {
    "yes-no": ["yes", "no"],
    "quantity": [*COUNTS[0], *COUNTS[1]],
    "date": [*DATES[0], *DATES[1]],
    "choice": ["one", "two", "both", "neither", "unknown"],
    "text": ["It fell.", "It was struck.", "It stood."],
}
OPTIONS = [
    {"id": "one", "label": "The one"},
    {"id": "two", "label": "The other"},
    {"id": "both", "label": "Both", "includes": ["one", "two"]},
    {"id": "neither", "label": "Neither"},
    {"id": "unknown", "label": "It is not known which", "unknown": "true"},
]
# The dossier of the tests lists two measures and two scopes, each a part of the other.
COUNTED = {
    "unit": ["soldiers"],
    "measure": ["killed and wounded", "Killed", "wounded"],
    "scope": ["city", "the region", "soldiers"],
}


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
    more = {
        "said": draw(st.none() | st.sampled_from(SAID)),
        "relayed_by": draw(st.sampled_from([[], [], ["wire"]])),
        "certainty": draw(st.sampled_from([None, None, None, "likely", "possible"])),
        "as_of": draw(st.sampled_from([None, None, None, *AS_OF])),
        "reading": draw(st.sampled_from([None] * 7 + ["editors"])),
        "wording": draw(st.sampled_from([None, None, None, "it was as they say"])),
    }
    reporter = draw(st.sampled_from([None] * 4 + REPORTERS))
    if who and reporter not in who:
        more["according_to"] = reporter
    occasion = draw(st.sampled_from([None, None, *OCCASIONS]))
    if occasion:
        more |= {"occasion": occasion, "said": OCCASIONS[occasion]}
    if more["reading"]:
        more["note"] = "The words do not say it."
    return citation | {key: value for key, value in more.items() if value}


@st.composite
def plain_citations(draw: st.DrawFn) -> dict[str, Any]:
    """An official's own statement on a day, affirmed or denied."""
    return {
        "document": draw(st.sampled_from(DOCUMENTS)),
        "stance": draw(st.sampled_from(["asserts"] * 5 + ["denies"])),
        "speaker": draw(st.sampled_from(OFFICIALS)),
        "said": draw(st.sampled_from(SAID)),
    }


@st.composite
def plain_accounts(draw: st.DrawFn, kind: str, name: str) -> dict[str, Any]:
    """An answer that officials gave."""
    cited = draw(st.lists(plain_citations(), min_size=1, max_size=4))
    return {"id": name, "citations": cited, "answer": draw(st.sampled_from(ANSWERS[kind]))}


@st.composite
def accounts(draw: st.DrawFn, kind: str, name: str, others: list[str]) -> dict[str, Any]:
    """An account; in some every citation answers nothing."""
    silent = draw(st.sampled_from([False, False, False, False, True]))
    cited = draw(st.lists(citations(evasive=silent), min_size=1, max_size=4))
    entry: dict[str, Any] = {"id": name, "citations": cited}
    if not silent:
        entry["answer"] = draw(st.sampled_from(ANSWERS[kind]))
    if draw(st.booleans()):
        entry["wording"] = f"the bridge was as {name} says"
    if draw(st.integers(0, 2)) == 0:
        entry["as_of"] = draw(st.sampled_from(AS_OF))
    if kind == "quantity" and draw(st.integers(0, 2)) == 0:
        key = draw(st.sampled_from(list(COUNTED)))
        entry[key] = draw(st.sampled_from(COUNTED[key]))
    if kind == "text" and others and draw(st.booleans()):
        entry["clashes"] = [{"with": draw(st.sampled_from(others)), "reason": "They exclude it."}]
    entry["harms"] = draw(st.lists(st.sampled_from(["north", "south"]), max_size=1))
    return entry


@st.composite
def claims(draw: st.DrawFn, kind: str | None = None, least: int = 0) -> Claim:
    """A claim of this kind (of any, without one) with at least so many accounts.

    In half of them officials give plain answers: where every statement may have a scope, a moment,
    a reporter and doubts of its own, so few clash that an engine which loses clashes passes.
    """
    # Counts have the most rules: gaps, moments, parts.
    kind = kind or draw(st.sampled_from([*ANSWERS, "quantity", "quantity"]))
    names = list(IDS[: draw(st.integers(least, 3))])
    if draw(st.booleans()):
        entries = [draw(plain_accounts(kind, name)) for name in names]
    else:
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
        basis["counting"] = draw(st.sampled_from([None, "cumulative", "cumulative", "once"]))
    if kind == "choice":
        basis["options"] = OPTIONS
    if draw(st.booleans()):
        search = {"side": "south", "where": "its ministry", "words": "bridge"}
        basis["searched"] = [search | {"on": "2026-11-01", "by": "An editor"}]
    if len(names) > 1 and draw(st.integers(0, 3)) == 0:
        relations = st.sampled_from(["same", "compatible", "conflict", "not-comparable"])
        basis["overrules"] = [REASON | {"accounts": names[:2], "relation": draw(relations)}]
    return Claim.model_validate(basis)


@st.composite
def contested(draw: st.DrawFn, kind: str | None = None) -> Claim:
    """A claim to which three speakers gave three counts, or three dates, on one day."""
    kind = kind or draw(st.sampled_from(["quantity", "date"]))
    exact = {"quantity": ["0", "3", "5", "over 5", "dozens"], "date": DAYS}
    answers = draw(st.permutations(exact[kind]))
    speakers = draw(st.permutations(CONTESTANTS))
    entries = [
        {
            "id": name,
            "answer": answer,
            "citations": [
                {"document": draw(st.sampled_from(DOCUMENTS)), "speakers": who, "said": DAYS[0]}
            ],
        }
        for name, answer, who in zip(IDS, answers, speakers, strict=False)
    ]
    counted = {"unit": "people", "measure": "killed"} if kind == "quantity" else {}
    return Claim.model_validate(
        {
            "id": "bridge",
            "question": "What happened at the bridge?",
            "kind": kind,
            "topic": "bridge",
            "accounts": numbered(entries),
            **counted,
        }
    )


def numbered(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Accounts whose citations have ids."""
    for entry in entries:
        for number, citation in enumerate(entry["citations"]):
            citation["id"] = f"{entry['id']}-{number}"
    return entries
