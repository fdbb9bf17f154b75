"""What a change of a claim would do, told in sentences."""

from __future__ import annotations

from typing import Any

from app.domain.disagreement.effects import effects
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.web.wording.messages import sentence_of
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim
from tests.web.wording.sentences import in_language


def would(before: Claim | None, after: Claim) -> tuple[str, ...]:
    earlier = compare(before, REGISTERS, DOSSIER) if before else None
    found = effects(earlier, compare(after, REGISTERS, DOSSIER), after, REGISTERS)
    return in_language("en", lambda: tuple(sentence_of(message, REGISTERS) for message in found))


def yes_no(yes: list[dict[str, Any]], no: list[dict[str, Any]]) -> Claim:
    left = account("y", "yes", *yes, wording="they left")
    stayed = account("n", "no", *no, wording="they stayed")
    return claim("yes-no", left, stayed)


NORTH_YES = cite("n-min")
HIGHLANDS_YES = cite("h-min")
SOUTH_NO = cite("s-min")


def test_a_new_clash_names_the_bodies_that_would_conflict() -> None:
    found = would(yes_no([NORTH_YES], []), yes_no([NORTH_YES], [SOUTH_NO]))
    assert found == (
        "The claim would be disputed.",
        "Northland and Southland would conflict.",
        "Southern: that they stayed; until now nothing on record.",
        "This account would rest on 1 citation of 1 origin: they stayed.",
    )


def test_only_bodies_whose_words_clash_are_named() -> None:
    silent = cite("h-min", stance="sidesteps")
    found = would(yes_no([NORTH_YES, silent], []), yes_no([NORTH_YES, silent], [SOUTH_NO]))
    assert "Northland and Southland would conflict." in found


def test_of_several_bodies_it_stays_clear_who_would_conflict_with_whom() -> None:
    north = [NORTH_YES, HIGHLANDS_YES]
    found = would(yes_no(north, []), yes_no(north, [SOUTH_NO]))
    assert "Northland and the Highland authorities would conflict with Southland." in found


def test_a_side_without_officials_is_named_by_its_speakers() -> None:
    party = cite("s-party")
    found = would(yes_no([NORTH_YES], []), yes_no([NORTH_YES], [party]))
    assert "Northland and a southern party would conflict." in found


def test_a_clash_that_ends_is_told_with_what_takes_its_place() -> None:
    later = cite("s-min", "2020-11-01")
    found = would(yes_no([NORTH_YES], [SOUTH_NO]), yes_no([NORTH_YES, later], [SOUTH_NO]))
    assert "Northland and Southland would no longer conflict." in found
    assert "Northland and Southland would say the same." in found
    assert "Southern: that they left; until now that they stayed." in found


def test_a_wider_gap_is_told_with_its_unit() -> None:
    three, five = account("three", "3", cite("n-min")), account("five", "5", cite("s-min"))
    nine = account("nine", "9", cite("w-min"))
    found = would(claim("quantity", three, five), claim("quantity", three, five, nine))
    assert "The sides would lie 6 people apart; until now 2 people." in found


def test_another_report_of_the_same_words_changes_only_what_an_account_rests_on() -> None:
    again = cite("n-min", document="weekly-doc")
    found = would(yes_no([NORTH_YES], [SOUTH_NO]), yes_no([NORTH_YES, again], [SOUTH_NO]))
    assert found == (
        "This account would rest on 2 citations of 1 origin (until now on 1, of 1): they left.",
    )


def test_the_same_claim_has_no_effect() -> None:
    same = yes_no([NORTH_YES], [SOUTH_NO])
    assert would(same, same) == ()


def test_of_a_new_claim_its_state_and_pairs_are_told() -> None:
    found = would(None, yes_no([NORTH_YES], [SOUTH_NO]))
    assert found == ("The claim would be disputed.", "Northland and Southland would conflict.")
