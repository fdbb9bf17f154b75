"""What no comparison depends on: how accounts are cut, days, names, and the size of counts."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.disagreement.comparison import ClashSide, Comparison
from app.domain.disagreement.engine import compare
from app.domain.disagreement.timeline import timeline
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers, Sources
from app.domain.values.dates import Day, parse_date
from tests.domain.disagreement.varying import FAST, body_of, compared, holding, relations, views
from tests.domain.factories import DOSSIER, REGISTERS, SOURCES
from tests.domain.strategies import ANSWERS, claims, contested

comparable = st.sampled_from([kind for kind in ANSWERS if kind != "text"]).flatmap(
    lambda kind: claims(kind, least=1)
)


@FAST
@given(comparable, views, st.data())
def test_splitting_an_account_in_two_with_one_answer_changes_nothing(
    claim: Claim, day: Day | None, data: st.DataObject
) -> None:
    body = body_of(claim) | {"overrules": []}
    place = data.draw(st.integers(0, len(body["accounts"]) - 1))
    entry = body["accounts"][place]
    cited = entry["citations"]
    first = [c for c in cited if data.draw(st.booleans())]
    assume(first)
    assume(len(first) < len(cited))
    whole = Claim.model_validate(body)
    halves = [
        entry | {"citations": first},
        entry | {"id": "z", "citations": [c for c in cited if c not in first]},
    ]
    assume(entry.get("answer") or all(_evades(half) for half in halves))
    body["accounts"] = [*body["accounts"][:place], *halves, *body["accounts"][place + 1 :]]
    before, after = compared(whole, day), compared(Claim.model_validate(body), day)
    assert (after.state, relations(after)) == (before.state, relations(before))
    assert (after.flags, after.gap) == (before.flags, before.gap)
    assert holding(after) == holding(before)
    assert {d.kind for d in after.dissents} == {d.kind for d in before.dissents}


def _evades(entry: dict[str, Any]) -> bool:
    return all(c["stance"] in ("sidesteps", "declines") for c in entry["citations"])


# What shifts with all days: nothing that is only some part of a month or a year.
IMPRECISE = {"2020-10": "2020-10-09", "2020~": "2020-10-14~", "2020": "2020-10-15"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def exact(value: Any) -> Any:
    """The same values with days in place of months and years."""
    if isinstance(value, dict):
        return {key: exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [exact(each) for each in value]
    return IMPRECISE.get(value, value) if isinstance(value, str) else value


def later_by(days: int, text: str) -> str:
    """A text with all its days so many days later."""

    def moved(match: re.Match[str]) -> str:
        day = parse_date(match.group()).earliest
        assert day
        return Day.at(day.ordinal + days).isoformat()

    return DAY.sub(moved, text)


@FAST
@given(claims(least=1), st.integers(-400, 400))
def test_shifting_all_exact_days_changes_nothing_else(claim: Claim, days: int) -> None:
    body = exact(body_of(claim))
    moved = json.loads(later_by(days, json.dumps(body)))
    one, other = Claim.model_validate(body), Claim.model_validate(moved)
    expected = json.loads(later_by(days, compared(one).model_dump_json()))
    found = json.loads(compared(other).model_dump_json())
    assert found == expected
    rows = [row.model_dump(mode="json") for row in timeline(one, REGISTERS, DOSSIER)]
    moved_rows = [row.model_dump(mode="json") for row in timeline(other, REGISTERS, DOSSIER)]
    assert moved_rows == json.loads(later_by(days, json.dumps(rows)))


REGISTERED = ("sides", "bodies", "publishers", "speakers", "documents")


def new_names(claim: Claim) -> dict[str, str]:
    """Another name for every id, in the opposite order of the alphabet."""
    ids = [entry.id for kind in REGISTERED for entry in getattr(SOURCES, kind)]
    ids += [account.id for account in claim.accounts] + [c.id for _, c in claim.citations()]
    ordered = sorted(ids, reverse=True)
    return {name: f"x{place:03d}" for place, name in enumerate(ordered)}


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same values with every id by its other name."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def unordered(found: Comparison, names: dict[str, str] | None = None) -> dict[str, Any]:
    """A comparison by its ids' other names, with its lists in an order of their own."""
    known = names or {}
    body = renamed(found.model_dump(mode="json", exclude={"messages"}), known)
    for side in body["positions"].values():
        for key in ("accounts", "denies", "bodies", "speakers", "citations"):
            side[key] = sorted(side[key])
    body["superseded"] = sorted(body["superseded"])
    for kind in ("clashes", "dissents", "shifts"):
        for each in body[kind]:
            for end in ("left", "right", "from", "to"):
                if end in each:
                    each[end]["citations"] = sorted(each[end]["citations"])
        body[kind] = sorted(map(turned, body[kind]))
    return dict(body)


def turned(clash: dict[str, Any]) -> str:
    """A clash within one side as text, whichever end is named first."""
    if clash.get("left", {}).get("side") == clash.get("right", {}).get("side", ""):
        ends = sorted((clash["left"], clash["right"]), key=json.dumps)
        clash = clash | {"left": ends[0], "right": ends[1]}
    return json.dumps(clash, sort_keys=True)


@FAST
@given(claims(), views)
def test_renaming_everything_changes_nothing_else(claim: Claim, day: Day | None) -> None:
    names = new_names(claim)
    other = Claim.model_validate(renamed(body_of(claim), names))
    sources = Sources.model_validate(renamed(body_of_sources(), names))
    dossier = Dossier.model_validate(
        DOSSIER.model_dump(mode="json") | {"sides": [names[side] for side in DOSSIER.sides]}
    )
    found = compare(other, Registers(sources), dossier, day)
    assert unordered(found) == unordered(compared(claim, day), names)


def body_of_sources() -> dict[str, Any]:
    return SOURCES.model_dump(mode="json", exclude_defaults=True)


# Nothing of which a tenth is less than one, no word, and no “up to”, which begins at one.
SCALABLE = ["0", "3", "5", "over 5", "at least 3", "at most 4", "fewer than 5", "3..5 best 4"]
SCALABLE += ["about 30", "almost 50", "33"]
NUMBER = re.compile(r"\d+")


def scaled(text: str, by: int) -> str:
    return NUMBER.sub(lambda match: str(int(match.group()) * by), text)


@FAST
@given(contested("quantity") | claims("quantity", least=1), views, st.integers(2, 50), st.data())
def test_scaling_all_counts_scales_the_gaps_and_changes_nothing_else(
    claim: Claim, day: Day | None, by: int, data: st.DataObject
) -> None:
    small = body_of(claim)
    for entry in small["accounts"]:
        if entry.get("answer"):
            entry["answer"] = data.draw(st.sampled_from(SCALABLE))
    large = json.loads(json.dumps(small))
    for entry in large["accounts"]:
        if entry.get("answer"):
            entry["answer"] = scaled(entry["answer"], by)
    before = compared(Claim.model_validate(small), day).model_dump(exclude={"messages"})
    after = compared(Claim.model_validate(large), day).model_dump(exclude={"messages"})
    for gap in gaps_in(before):
        gap["difference"] *= by
    assert after == before


def gaps_in(found: dict[str, Any]) -> list[dict[str, Any]]:
    clashes = [*found["clashes"], *found["dissents"]]
    gaps = [found["gap"], *(clash["gap"] for clash in clashes)]
    return [gap for gap in gaps if gap]


def test_an_end_of_a_clash_has_the_fields_that_these_tests_rename() -> None:
    assert set(ClashSide.__dataclass_fields__) == {"side", "account", "denies", "citations"}
