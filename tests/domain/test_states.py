"""The states of a claim, its clashes, gap, flags and origins."""

from typing import Any

import pytest

from app.domain.dates import Day
from app.domain.disagreement import Comparison, compare
from tests.domain.factories import REGISTERS, SIDES, account, cite, claim


def compared(kind: str, *accounts: dict[str, Any], **more: Any) -> Comparison:
    return compare(claim(kind, *accounts, **more), REGISTERS, SIDES)


def relations(found: Comparison) -> dict[str, str]:
    return {f"{r.left}-{r.right}": r.relation for r in found.relations}


def test_one_conflicting_pair_makes_a_claim_disputed() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min"), cite("s-min")),
        account("no", "no", cite("w-min")),
    )
    assert found.state == "disputed"
    assert relations(found) == {
        "north-south": "same",
        "north-west": "conflict",
        "south-west": "conflict",
    }
    assert [(c.left.side, c.right.side, c.rule) for c in found.clashes] == [
        ("north", "west", "different-answers"),
        ("south", "west", "different-answers"),
    ]


def test_two_sides_without_a_conflict_agree() -> None:
    found = compared(
        "quantity", account("a", "about 2000", cite("n-min")), account("b", "1960", cite("s-min"))
    )
    assert found.state == "agreed"
    assert relations(found)["north-south"] == "compatible"


def test_answers_that_cannot_be_compared_are_incomparable_with_their_reason() -> None:
    found = compared(
        "quantity",
        account("a", "25000", cite("n-min"), scope="the region"),
        account("b", "18000", cite("s-min"), scope="the city"),
    )
    assert found.state == "incomparable"
    assert found.relations[0].reason == "scope"
    assert found.relations[0].rule is None


def test_one_comparable_pair_is_enough_to_agree() -> None:
    found = compared(
        "quantity",
        account("a", "25000", cite("n-min"), cite("w-min"), scope="the region"),
        account("b", "18000", cite("s-min"), scope="the city"),
    )
    assert found.state == "agreed"


def test_one_answering_side_is_one_sided() -> None:
    assert compared("yes-no", account("yes", "yes", cite("n-min"))).state == "one-sided"


def test_only_outsiders_or_own_voices_are_outside_only() -> None:
    assert compared("yes-no", account("yes", "yes", cite("f-min"))).state == "outside-only"
    assert compared("yes-no", account("yes", "yes", cite())).state == "outside-only"


def test_nothing_on_record_is_no_account() -> None:
    assert compared("yes-no").state == "no-account"
    evasive = account("open", None, cite("n-min", stance="sidesteps"))
    assert compared("yes-no", evasive).state == "no-account"


def test_the_worst_relation_between_two_sides_counts() -> None:
    found = compared(
        "quantity",
        account("dead", "18", cite("n-min"), cite("s-min"), scope="soldiers"),
        account("n-civil", "5", cite("n-min"), scope="civilians"),
        account("s-civil", "50", cite("s-min"), scope="civilians"),
    )
    assert relations(found)["north-south"] == "conflict"
    assert [(c.left.account, c.right.account) for c in found.clashes] == [("n-civil", "s-civil")]


def test_the_gap_of_a_claim_is_its_widest() -> None:
    found = compared(
        "quantity",
        account("a", "10", cite("n-min")),
        account("b", "20", cite("s-min")),
        account("c", "50", cite("w-min")),
    )
    assert found.gap is not None
    assert (found.gap.kind, found.gap.difference, found.gap.ratio) == ("quantity", 40, 5.0)
    assert len(found.clashes) == 3


def test_a_gap_of_days_is_whole_and_has_no_ratio() -> None:
    found = compared(
        "date", account("a", "2020-12-11", cite("n-min")), account("b", "2020-12-13", cite("s-min"))
    )
    assert found.gap is not None
    assert found.gap.model_dump() == {"kind": "days", "difference": 2, "ratio": None}


def test_denying_an_account_that_another_side_holds_is_a_conflict() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", stance="denies"), cite("s-min")),
        account("b", "b", cite("w-min")),
    )
    assert relations(found) == {
        "north-south": "conflict",
        "north-west": "compatible",
        "south-west": "conflict",
    }
    assert found.clashes[0].model_dump()["left"]["denies"] is True


def test_two_sides_that_deny_the_same_account_say_the_same() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", stance="denies"), cite("s-min", stance="denies")),
        account("b", "b", cite("f-min")),
    )
    assert relations(found)["north-south"] == "same"
    assert found.state == "agreed"


def test_denials_of_two_accounts_are_not_comparable() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", stance="denies")),
        account("b", "b", cite("s-min", stance="denies")),
    )
    assert found.relations[0].reason == "denials"
    assert found.state == "incomparable"


def test_every_clash_carries_all_citations_of_both_ends() -> None:
    one, two, three = cite("n-min"), cite("n-min", document="wire-doc"), cite("s-min")
    found = compared("yes-no", account("yes", "yes", one, two), account("no", "no", three))
    assert set(found.clashes[0].left.citations) == {one["id"], two["id"]}
    assert found.clashes[0].right.citations == (three["id"],)


def test_seven_citations_of_two_roots_are_two_origins() -> None:
    carried = [cite("n-min", document=d) for d in ("daily-doc", "weekly-doc", "wire-doc")]
    tallies = [cite(document="credited-doc"), cite(relayed_by=["wire"]), cite(document="wire-doc")]
    relayed = [cite(relayed_by=["wire", "n-gazette"], document="weekly-doc")]
    found = compared("yes-no", account("yes", "yes", *carried, *tallies, *relayed))
    assert found.origins["yes"].model_dump() == {"citations": 7, "origins": 2}


def test_a_claim_with_one_root_has_a_single_origin() -> None:
    one = compared("yes-no", account("yes", "yes", cite(), cite(document="daily-doc")))
    assert "single-origin" in one.flags
    two = compared("yes-no", account("yes", "yes", cite(), cite(document="weekly-doc")))
    assert "single-origin" not in two.flags


@pytest.mark.parametrize(
    ("documents", "flag"),
    [
        (("pedia-doc", "pedia-doc"), "third-hand-only"),
        (("pedia-doc", "daily-doc"), "second-hand-only"),
        (("pedia-doc", "n-gazette-doc"), None),
    ],
)
def test_the_nearest_hand_decides_how_far_the_record_stands_off(
    documents: tuple[str, ...], flag: str | None
) -> None:
    cited = [cite("n-min", document=name) for name in documents]
    flags = set(compared("yes-no", account("yes", "yes", *cited)).flags)
    assert flags & {"third-hand-only", "second-hand-only"} == ({flag} if flag else set())


def test_a_speakers_words_told_by_another_speaker_are_not_first_hand() -> None:
    told = cite("n-min", document="n-gazette-doc", according_to="n-pm")
    assert "second-hand-only" in compared("yes-no", account("yes", "yes", told)).flags


def test_an_undated_citation_raises_undated_on_claim_and_account() -> None:
    found = compared(
        "yes-no", account("yes", "yes", cite("n-min")), account("no", "no", cite("s-min", None))
    )
    assert "undated" in found.flags
    assert "undated" in found.account_flags["no"]
    assert "undated" not in found.account_flags.get("yes", ())


def test_conceding_own_losses_or_what_harms_ones_side_is_against_interest() -> None:
    losses = compared("quantity", account("a", "3", cite("n-min")), losses_of=["north"])
    assert "against-interest" in losses.flags
    harms = compared("yes-no", account("yes", "yes", cite("n-min"), harms=["north"]))
    assert "against-interest" in harms.account_flags["yes"]
    others = compared("yes-no", account("yes", "yes", cite("s-min"), harms=["north"]))
    assert "against-interest" not in others.flags


def test_a_denial_is_never_against_interest() -> None:
    denied = account("yes", "yes", cite("n-min", stance="denies"), harms=["north"])
    assert "against-interest" not in compared("yes-no", denied).flags


def test_an_outsider_who_contradicts_a_compared_side_is_outside_dissent() -> None:
    speaker = compared(
        "yes-no", account("yes", "yes", cite("n-min")), account("no", "no", cite("f-min"))
    )
    assert "outside-dissent" in speaker.flags
    assert speaker.state == "one-sided"
    agreeing = compared("yes-no", account("yes", "yes", cite("n-min"), cite("f-min")))
    assert "outside-dissent" not in agreeing.flags


def test_an_outsider_who_denies_what_a_side_holds_is_outside_dissent() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min"), cite("f-min", stance="denies")),
        account("b", "b", cite("s-min", stance="denies")),
    )
    assert [d.kind for d in found.dissents] == ["outside-dissent"]


def test_a_count_that_fell_within_one_root_is_flagged_on_its_account() -> None:
    found = compared(
        "quantity",
        account("first", "600", cite("n-min", "2020-10-12"), as_of="2020-10-12"),
        account("second", "500", cite("n-min", "2020-10-14"), as_of="2020-10-14"),
        counting="cumulative",
    )
    assert "count-fell" in found.flags
    assert "count-fell" in found.account_flags["second"]
    assert "count-fell" not in found.account_flags.get("first", ())


def test_a_growing_tally_of_one_agency_is_no_flag() -> None:
    found = compared(
        "quantity",
        account("first", "nearly 500", cite(relayed_by=["wire"], said="2020-10-12")),
        account("second", "almost 600", cite(document="credited-doc", said="2020-10-14")),
        counting="cumulative",
    )
    assert "count-fell" not in found.flags
    assert found.state == "outside-only"


def test_a_marked_own_voice_is_flagged() -> None:
    found = compared("yes-no", account("yes", "yes", cite(own_voice_drift="true")))
    assert "own-voice-drift" in found.flags


OVERRULE = {"accounts": ["a", "b"], "by": "An editor", "on": "2026-11-01", "reason": "One event."}


def test_an_overrule_replaces_the_relation_and_keeps_what_the_rule_said() -> None:
    found = compared(
        "quantity",
        account("a", "3", cite("n-min")),
        account("b", "4", cite("s-min")),
        overrules=[OVERRULE | {"relation": "compatible"}],
    )
    assert (found.state, found.clashes) == ("agreed", ())
    assert "overruled" in found.flags
    shown = found.overruled[0]
    assert (shown.relation, shown.instead_of, shown.rule) == (
        "compatible",
        "conflict",
        "intervals-disjoint",
    )


def test_an_overrule_can_make_a_conflict_and_keeps_no_invented_gap() -> None:
    found = compared(
        "quantity",
        account("a", "3", cite("n-min")),
        account("b", "3", cite("s-min")),
        overrules=[OVERRULE | {"relation": "conflict"}],
    )
    assert (found.state, found.clashes[0].rule, found.gap) == ("disputed", "overruled", None)


def test_a_dated_view_sees_only_what_was_said_by_then_and_counts_the_undated() -> None:
    subject = claim(
        "yes-no",
        account("yes", "yes", cite("n-min", "2022-03-27")),
        account(
            "no", "no", cite("s-min", "2022-03-30"), cite("w-min", None), cite("h-min", "2022")
        ),
    )
    before = compare(subject, REGISTERS, SIDES, Day(2022, 3, 26))
    assert (before.state, before.undated_left_out) == ("no-account", 1)
    then = compare(subject, REGISTERS, SIDES, Day(2022, 3, 27))
    assert (then.state, then.as_known_on) == ("one-sided", "2022-03-27")
    assert compare(subject, REGISTERS, SIDES, Day(2022, 3, 30)).state == "disputed"
    whole = compare(subject, REGISTERS, SIDES)
    assert whole.undated_left_out == 0
    assert whole.positions["north"].position == "divided"
