"""The table of positions, row by row, as `compare` gives them."""

import pytest

from tests.domain.factories import account, cite, compared


def test_a_side_holds_what_its_officials_affirm_with_body_standing_and_first_day() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-12"), cite("n-pm", "2020-10-10")),
    ).positions["north"]
    assert (found.position, found.accounts) == ("holds", ("yes",))
    assert (found.bodies, found.speakers) == (("northland",), ("n-min", "n-pm"))
    assert (found.standing, found.since) == ("official", "2020-10-10")


def test_two_bodies_of_one_side_are_both_named() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min"), cite("h-min")))
    assert found.positions["north"].bodies == ("highlands", "northland")


def test_only_the_latest_statement_of_a_speaker_counts() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10")),
        account("no", "no", cite("n-min", "2020-10-12")),
    ).positions["north"]
    assert (found.position, found.accounts, found.since) == ("holds", ("no",), "2020-10-12")


@pytest.mark.parametrize(
    ("first", "second"),
    [("2020-10", "2020-11-01"), ("2020-10-11", "2020-10-12/2020-10-14")],
)
def test_an_imprecise_day_supersedes_only_where_all_of_it_lies_later(
    first: str, second: str
) -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", first)),
        account("no", "no", cite("n-min", second)),
    )
    assert (found.positions["north"].accounts, found.positions["north"].since) == (("no",), second)


def test_an_undated_statement_never_supersedes_a_dated_one() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10")),
        account("no", "no", cite("n-min", None)),
    )
    assert found.positions["north"].accounts == ("yes",)
    assert found.positions["north"].since == "2020-10-10"


def test_officials_whose_latest_statements_clash_divide_their_side() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", cite("h-min")),
    )
    assert found.positions["north"].position == "divided"
    assert found.positions["north"].bodies == ("highlands", "northland")
    assert found.flags[0] == "divided"
    assert [(d.kind, d.left.account, d.right.account) for d in found.dissents] == [
        ("divided", "yes", "no")
    ]


def test_a_later_count_of_another_official_does_not_divide_a_side() -> None:
    found = compared(
        "quantity",
        account("few", "3", cite("n-min", "2020-10-10")),
        account("more", "6", cite("n-pm", "2020-10-12")),
        counting="cumulative",
    )
    assert found.positions["north"].position == "holds"


def test_a_side_that_only_denies_denies_that_account() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", stance="denies")),
        account("b", "b", cite("s-min")),
    )
    north = found.positions["north"]
    assert (north.position, north.accounts, north.denies) == ("denies", (), ("a",))


def test_in_a_yes_no_claim_denying_one_answer_affirms_the_other() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", stance="denies")),
        account("no", "no", cite("s-min")),
    )
    assert (found.positions["north"].position, found.positions["north"].accounts) == (
        "holds",
        ("no",),
    )
    assert found.state == "agreed"


def test_without_an_account_of_the_other_answer_a_denial_stays_a_denial() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min", stance="denies"), cite("s-min")))
    assert found.positions["north"].position == "denies"
    assert (found.state, found.clashes[0].rule) == ("disputed", "denial")
    assert found.clashes[0].left.denies


def test_speaking_without_an_answer_sidesteps_and_refusing_declines() -> None:
    found = compared(
        "yes-no",
        account("open", None, cite("n-min", stance="sidesteps"), cite("s-min", stance="declines")),
        account("yes", "yes", cite("w-min")),
    )
    assert found.positions["north"].position == "sidesteps"
    assert found.positions["south"].position == "declined"
    assert {r.relation for r in found.relations} == {"silent"}
    assert found.state == "one-sided"


def test_an_answer_outweighs_an_evasion_of_the_same_side() -> None:
    found = compared(
        "yes-no",
        account("open", None, cite("n-min", "2020-10-14", stance="sidesteps")),
        account("yes", "yes", cite("n-pm", "2020-10-12")),
    )
    assert found.positions["north"].position == "holds"


def test_silence_is_told_apart_by_whether_it_was_searched_for() -> None:
    search = {
        "side": "south",
        "where": "its ministry",
        "words": "bridge",
        "on": "2026-11-01",
        "by": "A",
    }
    found = compared("yes-no", account("yes", "yes", cite("n-min")), searched=[search])
    south, west = found.positions["south"], found.positions["west"]
    assert (south.position, south.searched) == ("silent", True)
    assert (west.position, west.searched) == ("silent", False)


def test_where_only_others_spoke_the_position_is_unofficial() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-party")))
    north = found.positions["north"]
    assert (north.position, north.standing, north.bodies) == ("holds", "unofficial", ())
    assert "unofficial-only" in found.flags


def test_unofficial_speakers_do_not_divide_a_side_but_are_shown_as_dissent() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", cite("n-party")),
    )
    assert found.positions["north"].position == "holds"
    assert found.positions["north"].accounts == ("yes",)
    assert "inner-dissent" in found.flags


def test_an_own_voice_never_makes_a_position_of_its_publishers_side() -> None:
    found = compared("yes-no", account("yes", "yes", cite(document="n-gazette-doc")))
    assert found.positions["north"].position == "silent"
    assert found.state == "outside-only"


def test_a_joint_statement_is_a_statement_of_each_of_its_speakers() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-pm+s-min")))
    assert found.positions["north"].accounts == found.positions["south"].accounts == ("yes",)
    assert found.origins["yes"].origins == 1
    assert found.state == "agreed"


def test_repeating_an_account_keeps_its_first_day() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-14")),
    )
    assert found.positions["north"].since == "2020-10-10"


def test_repeating_a_denial_keeps_its_first_day() -> None:
    days = [cite("n-min", day, stance="denies") for day in ("2020-10-10", "2020-10-12")]
    found = compared("choice", account("a", "a", *days))
    assert found.positions["north"].since == "2020-10-10"


def test_undated_denials_of_one_speaker_all_stand() -> None:
    denied = [account(name, name, cite("n-min", None, stance="denies")) for name in ("a", "b")]
    assert compared("choice", *denied).positions["north"].denies == ("a", "b")


@pytest.mark.parametrize("counted", ["unit", "measure", "scope"])
def test_what_one_speaker_counts_apart_stands_apart(counted: str) -> None:
    found = compared(
        "quantity",
        account("region", "25000", cite("n-min", "2020-11-22"), **{counted: "one thing"}),
        account("city", "18000", cite("n-min", "2020-12-10"), **{counted: "another"}),
    )
    assert found.positions["north"].accounts == ("region", "city")
    assert found.shifts == ()


def test_steps_of_a_state_stand_side_by_side_and_do_not_divide() -> None:
    found = compared(
        "choice",
        account("first", "a", cite("n-min", "2020-12-12"), as_of="2020-12-12"),
        account("then", "b", cite("n-min", "2020-12-13"), as_of="2020-12-13"),
    )
    assert found.positions["north"].position == "holds"
    assert found.positions["north"].accounts == ("first", "then")
    assert found.shifts == ()


def test_of_one_speaker_and_one_moment_of_a_state_the_latest_statement_stands() -> None:
    found = compared(
        "choice",
        account("first", "a", cite("n-min", "2020-12-12"), as_of="2020-12-12"),
        account("then", "b", cite("n-min", "2020-12-14"), as_of="2020-12-12"),
    )
    assert found.positions["north"].accounts == ("then",)
    assert [shift.kind for shift in found.shifts] == ["clash"]
