"""What a change of a claim would do, as messages: who relates to whom, and who would hold what."""

from __future__ import annotations

from typing import Any

from app.domain.disagreement.comparison import Message
from app.domain.disagreement.effects import effects
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim

YES, NO = "they left", "they stayed"
NORTHLAND = {"kind": "body", "id": "northland", "name": "Northland"}
SOUTHLAND = {"kind": "body", "id": "southland", "name": "Southland"}
THE_SOUTH = {"kind": "side", "id": "south", "name": "Southern"}
NOTHING: dict[str, Any] = {"position": "silent", "accounts": []}


def yes_no(yes: list[dict[str, Any]], no: list[dict[str, Any]], **more: Any) -> Claim:
    left = account("y", "yes", *yes, wording=YES)
    stayed = account("n", "no", *no, wording=NO)
    return claim("yes-no", left, stayed, **more)


def would(before: Claim | None, after: Claim, kind: str) -> list[dict[str, Any]]:
    """The arguments of all messages of this kind."""
    earlier = compare(before, REGISTERS, DOSSIER) if before else None
    found = effects(earlier, compare(after, REGISTERS, DOSSIER), after, REGISTERS)
    assert all(isinstance(message, Message) for message in found)
    return [message.arguments for message in found if message.id == kind]


NORTH_YES, SOUTH_NO, SOUTH_YES = cite("n-min"), cite("s-min"), cite("s-min")


def test_a_new_conflict_names_both_ends() -> None:
    found = would(yes_no([NORTH_YES], []), yes_no([NORTH_YES], [SOUTH_NO]), "would-relate")
    assert found == [{"relation": "conflict", "left": [NORTHLAND], "right": [SOUTHLAND]}]


def test_an_end_names_only_who_clashes_with_the_other_end() -> None:
    party_agrees, highlands_deny = cite("s-party"), cite("h-min")
    before = yes_no([NORTH_YES], [highlands_deny])
    after = yes_no([NORTH_YES], [highlands_deny, SOUTH_NO, party_agrees])
    assert would(before, after, "would-relate") == [
        {"relation": "conflict", "left": [NORTHLAND], "right": [SOUTHLAND]}
    ]


def test_without_a_clash_all_who_hold_it_are_named_each_once() -> None:
    also = cite("n-pm"), cite("h-min"), cite("n-min", "2020-10-13")
    before = yes_no([NORTH_YES, *also], [])
    found = would(before, yes_no([NORTH_YES, *also, SOUTH_YES], []), "would-relate")
    highlands = {"kind": "body", "id": "highlands", "name": "the Highland authorities"}
    assert [each["relation"] for each in found] == ["same"]
    assert sorted(named["id"] for named in found[0]["left"]) == ["highlands", "northland"]
    assert highlands in found[0]["left"]
    assert found[0]["right"] == [SOUTHLAND]


def test_of_a_joint_statement_each_end_has_its_own_speakers() -> None:
    joint, other = cite("n-min+s-min"), cite("w-min")
    found = would(yes_no([joint], []), yes_no([joint], [other]), "would-relate")
    westland = {"kind": "body", "id": "westland", "name": "Westland"}
    assert found == [
        {"relation": "conflict", "left": [NORTHLAND], "right": [westland]},
        {"relation": "conflict", "left": [SOUTHLAND], "right": [westland]},
    ]


def test_who_is_no_official_is_named_and_a_side_that_falls_silent_by_its_name() -> None:
    party = cite("s-party")
    before, after = yes_no([NORTH_YES], [party]), yes_no([NORTH_YES], [])
    named = {"kind": "speaker", "id": "s-party", "name": "a southern party"}
    assert would(yes_no([NORTH_YES], []), before, "would-relate") == [
        {"relation": "conflict", "left": [NORTHLAND], "right": [named]}
    ]
    # Nobody is left to name; and the end of the conflict is said by itself.
    assert would(before, after, "would-relate") == [
        {"relation": "no-conflict", "left": [NORTHLAND], "right": [THE_SOUTH]},
        {"relation": "silent", "left": [NORTHLAND], "right": [THE_SOUTH]},
    ]


def test_what_a_side_would_hold_is_told_with_what_it_holds_now() -> None:
    found = would(yes_no([NORTH_YES], []), yes_no([NORTH_YES], [SOUTH_NO]), "would-hold")
    (only,) = found
    assert (only["side"], only["now"]) == (THE_SOUTH, NOTHING)
    assert only["then"]["position"] == "holds"
    assert [each["wording"] for each in only["then"]["accounts"]] == [NO]


def test_of_a_new_claim_the_state_is_told_and_not_each_side() -> None:
    assert would(None, yes_no([NORTH_YES], [SOUTH_NO]), "would-hold") == []
    (pair,) = would(None, yes_no([NORTH_YES], [SOUTH_NO]), "would-relate")
    assert pair["relation"] == "conflict"


def test_a_divided_side_holds_both_and_a_denying_one_what_it_denies() -> None:
    divided = yes_no([NORTH_YES], [cite("n-pm")])
    (only,) = would(yes_no([NORTH_YES], []), divided, "would-hold")
    assert only["then"]["position"] == "divided"
    assert {each["wording"] for each in only["then"]["accounts"]} == {YES, NO}
    evasive, denial = cite("n-min", stance="declines"), cite("n-min", stance="denies")
    before, after = (
        claim("quantity", account("three", "3", said, wording="3")) for said in (evasive, denial)
    )
    (denied,) = would(before, after, "would-hold")
    assert denied["now"] == {"position": "declined", "accounts": []}
    assert denied["then"]["position"] == "denies"
    assert [each["wording"] for each in denied["then"]["accounts"]] == ["3"]


def test_an_account_that_the_change_takes_out_is_named_by_its_id() -> None:
    (only,) = would(yes_no([NORTH_YES], []), yes_no([], [NORTH_YES]), "would-hold")
    assert only["now"]["accounts"] == [{"kind": "text", "answer": None, "wording": "y"}]
    assert [each["wording"] for each in only["then"]["accounts"]] == [NO]


def test_an_evasive_side_holds_nothing() -> None:
    declined = yes_no([NORTH_YES, cite("s-min", stance="declines")], [])
    (only,) = would(yes_no([NORTH_YES], []), declined, "would-hold")
    assert only["then"] == {"position": "declined", "accounts": []}


def test_gaps_and_origins_are_told_as_they_are_and_as_they_would_be() -> None:
    def counts(*more: dict[str, Any]) -> Claim:
        return claim("quantity", account("a", "3", NORTH_YES), account("b", "5", *more))

    before, after = counts(SOUTH_NO), counts(SOUTH_NO, cite("w-min"))
    (apart,) = would(counts(), before, "would-lie-apart")
    assert (apart["then"]["difference"], apart["now"], apart["unit"]) == (2, None, "people")
    assert would(before, after, "would-lie-apart") == []
    (rest,) = would(before, after, "would-rest")
    assert (rest["then"], rest["now"]) == (
        {"citations": 2, "origins": 2},
        {"citations": 1, "origins": 1},
    )
    (new,) = would(counts(), before, "would-rest")
    assert (new["then"]["citations"], new["now"]) == (1, None)
