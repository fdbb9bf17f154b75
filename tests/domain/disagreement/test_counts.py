"""Counts of a toll that grows: what a careful reader would say of each case."""

from tests.domain.factories import account, cite, compared


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


def test_a_count_is_as_of_the_first_day_on_which_anybody_affirmed_or_denied_it() -> None:
    found = compared(
        "quantity",
        account(
            "many",
            "600",
            cite("n-min", "2020-10-14"),
            cite("w-min", "2020-10-10", stance="sidesteps"),
            cite("f-min", "2020-10-12/.."),
        ),
        account("few", "500", cite("s-min", "2020-10-12")),
        counting="cumulative",
    )
    assert found.relations[0].reason == "moment"
    denied = account("many", "600", cite("n-min", "2020-10-14"), cite("w-min", stance="denies"))
    few = account("few", "500", cite("s-min", "2020-10-12"))
    found = compared("quantity", denied, few, counting="cumulative")
    assert found.relations[0].rule == "intervals-disjoint"


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


def test_of_several_days_the_one_that_is_over_first_counts_as_first_given() -> None:
    few = account("few", "500", cite("s-min", "2020-10-11"))
    for days in (("2020-10-12", "2020-10"), ("2020-10", "2020-10-12")):
        many = account("many", "600", *(cite("n-min", day) for day in days))
        found = compared("quantity", many, few, counting="cumulative")
        assert found.relations[0].reason == "moment"


def test_a_count_given_again_later_holds_as_of_the_first_day() -> None:
    found = compared(
        "quantity",
        account("many", "600", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-20")),
        account("few", "500", cite("s-min", "2020-10-10")),
        counting="cumulative",
    )
    assert found.relations[0].rule == "intervals-disjoint"


def test_of_two_days_that_are_over_together_the_one_begun_first_counts_as_first_given() -> None:
    few = account("few", "500", cite("s-min", "2020-10-10"))
    for days in (("2020-10-12", "2020-10-10/2020-10-12"), ("2020-10-10/2020-10-12", "2020-10-12")):
        many = account("many", "600", *(cite("n-min", day) for day in days))
        found = compared("quantity", many, few, counting="cumulative")
        assert found.relations[0].rule == "intervals-disjoint"
