"""What is flagged on a claim and on its accounts, and from how many origins they come."""

import pytest

from tests.domain.factories import account, cite, compared


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


def test_a_dissent_has_the_gap_of_its_clash() -> None:
    found = compared(
        "quantity", account("a", "3", cite("n-min")), account("b", "9", cite("n-party"))
    )
    gap = found.dissents[0].gap
    assert gap is not None
    assert (gap.difference, gap.ratio, found.gap) == (6, 3.0, None)


def test_an_account_that_only_unofficial_speakers_carry_is_flagged() -> None:
    found = compared(
        "choice",
        account("mixed", "mixed", cite("n-min"), cite("n-party")),
        account("party", "party", cite("n-party"), cite("s-party")),
        account("press", "press", cite()),
    )
    flagged = [name for name, flags in found.account_flags.items() if "unofficial-only" in flags]
    assert flagged == ["party"]


def test_an_account_is_flagged_by_its_own_hands_roots_and_overrules_alone() -> None:
    overrule = {"relation": "compatible", "by": "An editor", "on": "2026-11-01", "reason": "One."}
    found = compared(
        "choice",
        account("a", "a", cite("n-min", document="pedia-doc")),
        account("b", "b", cite("s-min"), cite("n-min", document="n-gazette-doc")),
        account("c", "c", cite("w-min"), cite("f-min")),
        overrules=[overrule | {"accounts": ["a", "b"]}],
    )
    assert found.account_flags == {
        "a": ("single-origin", "third-hand-only", "overruled"),
        "b": ("overruled",),
        "c": ("second-hand-only",),
    }


def test_a_count_that_several_gave_fell_below_the_earlier_one_of_any_of_them() -> None:
    found = compared(
        "quantity",
        account("many", "600", cite("n-min", "2020-10-10")),
        account("few", "500", cite("n-min", "2020-10-12"), cite("s-min", "2020-10-13")),
        counting="cumulative",
    )
    assert "count-fell" in found.account_flags["few"]
