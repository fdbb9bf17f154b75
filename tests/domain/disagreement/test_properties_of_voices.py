"""Whose word counts in the comparison of any claim: who changes nothing, and who divides."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.disagreement.comparison import ClashSide, Comparison, SidePosition
from app.domain.disagreement.engine import compare
from app.domain.disagreement.judge import is_about_a_state
from app.domain.records.claims import Claim
from app.domain.values.dates import Day
from tests.domain.disagreement.varying import (
    FAST,
    SPEAKERS,
    body_of,
    compared,
    relations,
    views,
    with_citations,
)
from tests.domain.factories import REGISTERS, SIDES, a_dossier
from tests.domain.strategies import (
    ANSWERS,
    DOCUMENTS,
    OCCASIONS,
    accounts,
    citations,
    claims,
    contested,
)

A_SIDE = ("north", "south", "west")


@FAST
@given(claims(least=1), st.data())
def test_another_outlet_with_the_same_statement_changes_no_position(
    claim: Claim, data: st.DataObject
) -> None:
    account = data.draw(st.sampled_from(claim.accounts))
    carried = data.draw(st.sampled_from(account.citations))
    outlet = data.draw(st.sampled_from(DOCUMENTS))
    copy = carried.model_dump(mode="json", exclude_defaults=True)
    more = with_citations(claim, account.id, [copy | {"id": "copy", "document": outlet}])
    before, after = compared(claim), compared(more)
    assert (after.state, after.relations) == (before.state, before.relations)
    for side in SIDES:
        assert but_for_outlets(after.positions[side]) == but_for_outlets(before.positions[side])
    assert shifts(after) == shifts(before)
    if carried.all_speakers:
        assert after.origins[account.id].origins == before.origins[account.id].origins
        assert ends(after) == ends(before)


def but_for_outlets(position: SidePosition) -> dict[str, Any]:
    return {k: v for k, v in asdict(position).items() if k not in ("citations", "third_hand")}


def shifts(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(s.speaker, s.kind, s.from_.account, s.to.account) for s in found.shifts]


def ends(found: Comparison) -> list[tuple[str, str, str]]:
    return [(d.kind, d.left.account, d.right.account) for d in found.dissents]


@FAST
@given(claims(), views)
def test_a_side_with_no_statement_changes_nothing_between_the_others(
    claim: Claim, day: Day | None
) -> None:
    sides = {
        SPEAKERS[name].side
        for _, c in claim.citations()
        for name in (*c.all_speakers, *([c.according_to] if c.according_to else []))
    }
    assume("west" not in sides)
    without = compare(claim, REGISTERS, a_dossier("north", "south"), day)
    whole = compared(claim, day)
    assert (whole.state, whole.flags, whole.clashes) == (
        without.state,
        without.flags,
        without.clashes,
    )
    assert {**whole.positions} == {**without.positions, "west": whole.positions["west"]}
    assert whole.positions["west"].position == "silent"
    assert without.relations[0] in whole.relations


kinds_with_accounts = st.sampled_from(list(ANSWERS)).flatmap(
    lambda kind: st.tuples(claims(kind), accounts(kind, "more", []))
)


def with_account(claim: Claim, entry: dict[str, Any], voices: list[str | None]) -> Claim:
    """The claim with a further account, each of its citations by one of these voices.

    No moment is named where none was: the first would make the claim one about a state.
    """
    cited = []
    for number, citation in enumerate(entry["citations"]):
        voice = voices[number % len(voices)]
        kept = {k: v for k, v in citation.items() if k not in ("speaker", "speakers")}
        if voice is None or kept.get("according_to") == voice:
            kept.pop("according_to", None)
        cited.append(kept | {"id": f"more-{number}"} | ({"speaker": voice} if voice else {}))
    entry = entry | {"citations": cited}
    if not is_about_a_state(claim):
        entry = {key: value for key, value in entry.items() if key != "as_of"}
        entry["citations"] = [{k: v for k, v in c.items() if k != "as_of"} for c in cited]
    body = body_of(claim)
    # Last, so that no account of before gets another place.
    body["accounts"] = [*body.get("accounts", []), entry]
    return Claim.model_validate(body)


@FAST
@given(kinds_with_accounts, views)
def test_an_uncompared_voice_changes_no_pair(
    two: tuple[Claim, dict[str, Any]], day: Day | None
) -> None:
    claim, entry = two
    more = with_account(claim, entry, ["f-min", None])
    before, after = compared(claim, day), compared(more, day)
    assert relations(after) == relations(before)
    beside = {"no-account", "outside-only"}
    assert after.state == before.state or {after.state, before.state} == beside
    assert after.gap == before.gap


@FAST
@given(kinds_with_accounts, views)
def test_an_unofficial_voice_beside_officials_changes_no_pair(
    two: tuple[Claim, dict[str, Any]], day: Day | None
) -> None:
    claim, entry = two
    body = body_of(claim)
    # An official of the side speaks at any rate, though perhaps without answering.
    official = {"id": "there", "speaker": "n-min", "said": "2020-10-10", "document": "daily-doc"}
    beside = [{"id": "open", "citations": [official | {"stance": "sidesteps"}]}]
    body["accounts"] = [*body.get("accounts", []), *beside]
    spoken = Claim.model_validate(body)
    more = with_account(spoken, entry, ["n-party", "n-exile"])
    before, after = compared(spoken, day), compared(more, day)
    assert relations(after) == relations(before)
    assert (after.state, after.gap) == (before.state, before.gap)
    assert after.positions["north"].standing == before.positions["north"].standing


@FAST
@given(contested() | contested() | claims(), views)
def test_divided_names_two_official_speakers_by_their_own_words(
    claim: Claim, day: Day | None
) -> None:
    found = compared(claim, day)
    divided = {side for side, p in found.positions.items() if p.position == "divided"}
    clashes = [d for d in found.dissents if d.kind == "divided"]
    assert {d.left.side for d in clashes} == divided
    for clash in clashes:
        assert clash.left.side == clash.right.side
        left, right = officials(claim, clash.left), officials(claim, clash.right)
        assert any(one != other for one in left for other in right)


def officials(claim: Claim, end: ClashSide) -> set[str]:
    """The official speakers of its side whose own words an end of a clash rests on."""
    return {
        name
        for _, c in claim.citations()
        if c.id in end.citations and not c.according_to
        for name in c.all_speakers
        if SPEAKERS[name].is_official and SPEAKERS[name].side == end.side
    }


@FAST
@given(claims(), views, st.sampled_from(["n-min", "n-party", "f-min"]))
def test_one_speakers_own_clash_never_divides(claim: Claim, day: Day | None, speaker: str) -> None:
    body = body_of(claim)
    for entry in body.get("accounts", []):
        for citation in entry["citations"]:
            citation.pop("speakers", None)
            citation["speaker"] = speaker
            if citation.get("according_to") == speaker:
                del citation["according_to"]
    found = compared(Claim.model_validate(body), day)
    assert {d.kind for d in found.dissents} <= {"unordered", "reports-differ"}
    assert "divided" not in {position.position for position in found.positions.values()}
    assert found.state in ("one-sided", "outside-only", "no-account")


@FAST
@given(claims(least=1), st.data())
def test_what_an_opponent_reports_changes_nothing_but_what_is_shown(
    claim: Claim, data: st.DataObject
) -> None:
    account = data.draw(st.sampled_from(claim.accounts))
    cited = data.draw(citations(evasive=account.answer is None))
    kept = {k: v for k, v in cited.items() if k not in ("speakers", "as_of")}
    told = kept | {"id": "told", "speaker": "n-min", "according_to": "s-min"}
    more = with_citations(claim, account.id, [told])
    before, after = compared(claim), compared(more)
    assert (after.state, after.relations, after.positions) == (
        before.state,
        before.relations,
        before.positions,
    )
    assert (after.clashes, after.dissents, after.shifts) == (
        before.clashes,
        before.dissents,
        before.shifts,
    )


@FAST
@given(claims(), st.sampled_from(A_SIDE), st.sampled_from(list(OCCASIONS)))
def test_one_occasion_neither_divides_nor_shifts_nor_unorders_its_speaker(
    claim: Claim, side: str, occasion: str
) -> None:
    speaker = {"north": "n-min", "south": "s-min", "west": "w-min"}[side]
    body = body_of(claim)
    for entry in body.get("accounts", []):
        for citation in entry["citations"]:
            for key in ("speakers", "as_of", "according_to"):
                citation.pop(key, None)
            citation |= {"speaker": speaker, "occasion": occasion, "said": OCCASIONS[occasion]}
    found = compared(Claim.model_validate(body))
    assert {d.kind for d in found.dissents} <= {"reports-differ"}
    assert found.shifts == ()
    assert "unordered" not in found.flags
