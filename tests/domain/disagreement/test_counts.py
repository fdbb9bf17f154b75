"""Counts of a toll that grows: what a careful reader would say of each case."""

from tests.domain.factories import account, cite, compared

GROWS = "cumulative"


def test_a_count_that_fell_is_a_change_with_itself_and_flagged() -> None:
    found = compared(
        "quantity",
        account("first", "600", cite("n-min", "2020-10-12")),
        account("second", "500", cite("n-min", "2020-10-14")),
        counting="cumulative",
    )
    assert [(s.speaker, s.kind) for s in found.shifts] == [("n-min", "clash")]
    assert found.flags == ("shifted", "count-fell", "single-origin", "second-hand-only")
    assert found.positions["north"].accounts == ("second",)
    assert found.state == "one-sided"


def test_a_count_that_fell_is_seen_behind_a_count_of_others_in_between() -> None:
    found = compared(
        "quantity",
        account("all", "600", cite("n-min", "2020-10-12")),
        account("civil", "20", cite("n-min", "2020-10-13"), scope="civilians"),
        account("fewer", "500", cite("n-min", "2020-10-14")),
        counting="cumulative",
    )
    assert "count-fell" in found.account_flags["fewer"]
    assert "count-fell" not in found.account_flags["civil"]
    assert "count-fell" not in found.account_flags["all"]


def test_of_two_counts_the_later_one_fell_wherever_it_stands_in_the_file() -> None:
    found = compared(
        "quantity",
        account("second", "500", cite("n-min", "2020-10-14")),
        account("first", "600", cite("n-min", "2020-10-12")),
        counting="cumulative",
    )
    assert "count-fell" in found.account_flags["second"]
    assert "count-fell" not in found.account_flags["first"]


def test_a_count_below_that_of_another_root_did_not_fall() -> None:
    found = compared(
        "quantity",
        account("first", "600", cite("n-min", "2020-10-12")),
        account("second", "500", cite("n-pm", "2020-10-14")),
        counting="cumulative",
    )
    assert "count-fell" not in found.flags
    assert found.positions["north"].position == "divided"


def test_a_denied_count_did_not_fall() -> None:
    found = compared(
        "quantity",
        account("first", "600", cite("n-min", "2020-10-12")),
        account("second", "500", cite("n-min", "2020-10-14", stance="denies")),
        counting="cumulative",
    )
    assert "count-fell" not in found.flags


def test_another_voice_does_not_move_the_moment_of_a_ministrys_count() -> None:
    few = account("few", "500", cite("s-min", "2020-10-12"))
    ours = cite("n-min", "2020-10-12")
    alone = compared("quantity", account("many", "600", ours), few, counting="cumulative")
    assert (alone.state, alone.relations[0].rule) == ("disputed", "intervals-disjoint")
    earlier = cite("n-party", "2020-10-01"), cite("f-min", "2020-10-01"), cite(said="2020-10-01")
    many = account("many", "600", ours, *earlier)
    found = compared("quantity", many, few, counting="cumulative")
    assert (found.state, found.relations) == (alone.state, alone.relations)


def test_the_moment_that_a_citation_names_outranks_its_accounts_and_the_day_it_was_said() -> None:
    few = account("few", "500", cite("s-min", "2020-10-12"))
    late = cite("n-min", "2020-10-20", as_of="2020-10-12")
    for more in ({}, {"as_of": "2020-10-19"}):
        found = compared("quantity", account("many", "600", late, **more), few, counting=GROWS)
        assert found.relations[0].rule == "intervals-disjoint"
    of_account = account("many", "600", cite("n-min", "2020-10-12"), as_of="2020-10-19")
    assert compared("quantity", of_account, few, counting=GROWS).relations[0].reason == "moment"


def test_a_count_is_superseded_by_its_moment_and_not_by_the_day_it_was_said() -> None:
    found = compared(
        "quantity",
        account("new", "600", cite("n-min", "2020-10-14"), as_of="2020-10-14"),
        account("old", "500", cite("n-min", "2020-10-20"), as_of="2020-10-10"),
        counting=GROWS,
    )
    assert found.positions["north"].accounts == ("new",)
    assert [(s.kind, s.from_.account, s.to.account) for s in found.shifts] == [
        ("update", "old", "new")
    ]


def test_of_two_counts_of_one_moment_the_one_said_later_is_current() -> None:
    found = compared(
        "quantity",
        account("first", "600", cite("n-min", "2020-10-14"), as_of="2020-10-12"),
        account("mended", "500", cite("n-min", "2020-10-20"), as_of="2020-10-12"),
        counting=GROWS,
    )
    assert found.positions["north"].accounts == ("mended",)
    assert [s.kind for s in found.shifts] == ["clash"]


def test_of_two_growing_counts_of_one_day_the_higher_is_current() -> None:
    for more in ({}, {"as_of": "2020-10-12"}):
        found = compared(
            "quantity",
            account("few", "500", cite("n-min"), **more),
            account("many", "600", cite("n-min"), **more),
            account("about", "about 600", cite("n-min"), **more),
            counting=GROWS,
        )
        north = found.positions["north"]
        assert (north.position, north.accounts) == ("holds", ("many", "about"))
        assert (found.shifts, found.dissents) == ((), ())
        assert "unordered" not in found.flags


def test_a_count_given_some_time_in_a_month_is_of_no_day_in_it() -> None:
    few = account("few", "500", cite("s-min", "2020-10"))
    for said in ("2020-10-12", "2020-10"):
        found = compared(
            "quantity", account("many", "600", cite("n-min", said)), few, counting=GROWS
        )
        assert (found.state, found.relations[0].reason) == ("incomparable", "moment")


def test_a_count_given_again_later_holds_as_of_the_later_day() -> None:
    found = compared(
        "quantity",
        account("many", "600", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-20")),
        account("few", "500", cite("s-min", "2020-10-10")),
        counting=GROWS,
    )
    assert found.relations[0].reason == "moment"
    assert found.positions["north"].since == "2020-10-10"
    assert found.shifts == ()


def test_a_count_of_some_is_no_longer_denied_once_its_speaker_gives_one() -> None:
    found = compared(
        "quantity",
        account("some", "at least 1", cite("n-min", "2020-10-10", stance="denies")),
        account("three", "3", cite("n-min", "2020-10-12"), cite("s-min", "2020-10-12")),
        counting=GROWS,
    )
    north = found.positions["north"]
    assert (north.position, north.accounts, north.denies) == ("holds", ("three",), ())
    assert [(s.kind, s.to.account) for s in found.shifts] == [("update", "three")]
    assert found.state == "agreed"


def test_a_part_that_exceeds_its_whole_is_a_conflict_and_flagged_on_both() -> None:
    found = compared(
        "quantity",
        account("dead", "50", cite("n-min")),
        account("all", "30", cite("s-min"), measure="killed and wounded"),
    )
    assert (found.state, found.clashes[0].rule) == ("disputed", "part-exceeds-whole")
    assert found.gap is not None
    assert found.gap.difference == 20
    for name in ("dead", "all"):
        assert "part-exceeds-whole" in found.account_flags[name]
    assert "part-exceeds-whole" in found.flags


def test_ones_own_part_that_exceeds_ones_own_whole_is_flagged_and_divides_nobody() -> None:
    found = compared(
        "quantity",
        account("dead", "50", cite("n-min")),
        account("all", "30", cite("n-min"), measure="Killed and  wounded"),
    )
    assert "part-exceeds-whole" in found.flags
    assert found.positions["north"].position == "holds"
    assert found.positions["north"].accounts == ("dead", "all")
    assert found.dissents == ()


def test_units_measures_and_scopes_are_the_same_in_whatever_case_and_apostrophe() -> None:
    found = compared(
        "quantity",
        account("a", "3", cite("n-min"), unit="People", scope="the enemy’s losses"),
        account("b", "4", cite("s-min"), measure="KILLED", scope="The enemy's  losses"),
    )
    assert found.relations[0].rule == "intervals-disjoint"
    listed = compared(
        "quantity",
        account("a", "3", cite("n-min"), scope="city"),
        account("b", "4", cite("s-min"), scope="The City"),
    )
    assert listed.relations[0].rule == "intervals-disjoint"


def test_what_is_known_through_others_is_no_count_that_fell() -> None:
    found = compared(
        "quantity",
        account("many", "600", cite("n-min", "2020-10-10")),
        account("few", "500", cite("n-min", "2020-10-14", according_to="f-min")),
        counting=GROWS,
    )
    assert "count-fell" not in found.flags
    assert found.positions["north"].accounts == ("many",)


def test_a_hundred_on_day_one_and_five_thousand_on_day_thirty_are_no_conflict() -> None:
    found = compared(
        "quantity",
        account("early", "100", cite("n-min", "2020-10-01")),
        account("late", "5000", cite("s-min", "2020-10-30")),
        counting="cumulative",
    )
    assert (found.state, found.relations[0].reason, found.gap) == ("incomparable", "moment", None)


def test_five_thousand_on_day_one_and_a_hundred_on_day_thirty_conflict() -> None:
    found = compared(
        "quantity",
        account("early", "5000", cite("n-min", "2020-10-01")),
        account("late", "100", cite("s-min", "2020-10-30")),
        counting="cumulative",
    )
    assert (found.state, found.clashes[0].rule) == ("disputed", "later-count-lower")
    assert "count-fell" not in found.flags
