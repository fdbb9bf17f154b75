"""In which order one speaker's statements were made, and what is said where that is not known."""

from __future__ import annotations

import pytest

from app.domain.disagreement.comparison import Comparison
from tests.domain.factories import account, cite, compared


def both(first: str | None, second: str | None, speaker: str = "n-min") -> Comparison:
    """A speaker who said yes at one time and no at another; the south says no."""
    return compared(
        "yes-no",
        account("yes", "yes", cite(speaker, first)),
        account("no", "no", cite(speaker, second), cite("s-min")),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2020-10-12T09:00:00", "2020-10-12T18:00:00"),
        ("2020-10-12T09:00:00+04:00", "2020-10-12T05:00:01Z"),
        ("2020-10-12T09:00:00", "2020-10-13"),
        ("2020-10-12", "2020-10-13T00:00:00"),
        ("2020-10-12", "2020-10-13"),
        ("2020-10", "2020-11-01"),
        ("2020-10-01/2020-10-12", "2020-10-13/.."),
        # The thirteenth at the place begins at eight in the evening of Greenwich.
        ("2020-10-12", "2020-10-12T20:00:00Z"),
    ],
)
def test_what_was_surely_said_later_is_a_change_and_no_division(first: str, second: str) -> None:
    found = both(first, second)
    north = found.positions["north"]
    assert (north.position, north.accounts, north.since) == ("holds", ("no",), second)
    shift = found.shifts[0]
    assert (shift.kind, shift.on, len(found.shifts)) == ("clash", second, 1)
    assert found.dissents == ()
    assert found.relations[0].relation == "same"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2020-10-12", "2020-10-12"),
        ("2020-10-12T09:00:00", "2020-10-12"),
        ("2020-10", "2020-10-12"),
        ("2020-10-12", "2020-10-12/.."),
        ("2020-10-12", "2020-10-13~"),
        ("2020-10-12T09:00:00+04:00", "2020-10-12T05:00:00Z"),
        ("2020-10-12", "2020-10-12T19:59:59Z"),
        (None, None),
    ],
)
def test_two_clashing_statements_of_unknown_order_are_both_held_and_divide_nobody(
    first: str | None, second: str | None
) -> None:
    for one, other in ((first, second), (second, first)):
        found = both(one, other)
        north = found.positions["north"]
        assert (north.position, north.accounts) == ("holds", ("yes", "no"))
        assert found.shifts == ()
        assert [(d.kind, d.left.side, d.right.side) for d in found.dissents] == [
            ("unordered", "north", "north")
        ]
        assert "unordered" in found.flags
        assert "unordered" in found.account_flags["yes"]
        assert "unordered" in found.account_flags["no"]


def test_a_pair_conflicts_only_where_each_of_two_unordered_statements_does() -> None:
    said = [account(name, name, cite("n-min")) for name in ("a", "b")]
    one = compared("choice", *said[:1], account("b", "b", cite("n-min"), cite("s-min")))
    assert (one.state, one.relations[0].rule, one.clashes) == ("agreed", "unordered", ())
    each = compared("choice", *said, account("c", "c", cite("s-min")))
    assert each.state == "disputed"
    assert [(c.left.account, c.right.account) for c in each.clashes] == [("a", "c"), ("b", "c")]


def test_two_who_both_said_both_do_not_conflict() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min"), cite("s-min")),
        account("b", "b", cite("n-min"), cite("s-min")),
    )
    assert (found.state, found.relations[0].rule) == ("agreed", "unordered")


def test_two_of_unknown_order_that_do_not_clash_are_each_held() -> None:
    found = compared(
        "quantity",
        account("a", "about 100", cite("n-min")),
        account("b", "105", cite("n-min")),
        account("c", "120", cite("s-min")),
    )
    assert found.positions["north"].accounts == ("a", "b")
    assert "unordered" not in found.flags
    assert [(c.left.account, c.right.account) for c in found.clashes] == [("a", "c"), ("b", "c")]


def test_an_undated_statement_stands_only_where_its_speaker_has_no_dated_one() -> None:
    found = both("2020-10-12", None)
    assert found.positions["north"].accounts == ("yes",)
    assert (found.shifts, found.dissents) == ((), ())


def test_what_a_month_may_hold_stays_beside_a_change_within_it() -> None:
    found = compared(
        "choice",
        account("month", "month", cite("n-min", "2020-10")),
        account("first", "first", cite("n-min", "2020-10-10")),
        account("then", "then", cite("n-min", "2020-10-20")),
    )
    north = found.positions["north"]
    assert (north.position, north.accounts) == ("holds", ("month", "then"))
    assert [(s.from_.account, s.to.account) for s in found.shifts] == [("first", "then")]
    assert [(d.kind, d.left.account, d.right.account) for d in found.dissents] == [
        ("unordered", "month", "then")
    ]


def test_what_was_perhaps_repeated_in_the_month_is_no_change_from_it() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", "2020-10-10"), cite("n-min", "2020-10")),
        account("b", "b", cite("n-min", "2020-10-20")),
    )
    assert found.positions["north"].accounts == ("a", "b")
    assert found.shifts == ()


def test_a_later_refusal_takes_nothing_back() -> None:
    for stance in ("declines", "sidesteps"):
        found = compared(
            "yes-no",
            account("yes", "yes", cite("n-min", "2020-10-10")),
            account("open", None, cite("n-min", "2020-10-12", stance=stance)),
        )
        assert found.positions["north"].accounts == ("yes",)


def test_an_unofficial_speaker_who_said_both_is_unordered_beside_the_officials() -> None:
    found = both("2020-10-12", "2020-10-12", speaker="s-party")
    assert [d.kind for d in found.dissents] == ["unordered"]
    assert found.positions["south"].accounts == ("no",)


def test_an_outsider_who_said_both_contradicts_nobody() -> None:
    found = both("2020-10-12", "2020-10-12", speaker="f-min")
    assert [(d.kind, d.left.side) for d in found.dissents] == [("unordered", "others")]


# Who divides a side


def test_clashing_unofficial_voices_alone_hold_both_and_dissent() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-party", "2020-10-10")),
        account("no", "no", cite("n-exile", "2020-10-12")),
    )
    north = found.positions["north"]
    assert (north.position, north.accounts, north.standing) == (
        "holds",
        ("yes", "no"),
        "unofficial",
    )
    assert [(d.kind, d.left.side, d.right.side) for d in found.dissents] == [
        ("inner-dissent", "north", "north")
    ]


def test_one_official_who_changed_and_another_divide_by_their_latest_words() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10"), cite("h-min", "2020-10-11")),
        account("no", "no", cite("n-min", "2020-10-12")),
    )
    assert found.positions["north"].position == "divided"
    agreed = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10")),
        account("no", "no", cite("n-min", "2020-10-12"), cite("h-min", "2020-10-11")),
    )
    assert agreed.positions["north"].position == "holds"


# Reports of one occasion


def test_a_report_that_would_clash_beside_one_that_does_not_is_no_dispute() -> None:
    reports = [
        account(name, text, cite("n-min", occasion="talk", document=document))
        for name, text, document in (("few", "3", "daily-doc"), ("some", "5", "wire-doc"))
    ]
    one = compared("quantity", *reports, account("south", "5", cite("s-min")))
    assert (one.state, one.relations[0].rule) == ("agreed", "reports-differ")
    assert "reports-differ" in one.flags
    told = next(m for m in one.messages if m.id == "rule-compatible")
    assert told.arguments["rule"] == "reports-differ"
    every = compared("quantity", *reports, account("south", "9", cite("s-min")))
    assert every.state == "disputed"
    assert [(c.left.account, c.right.account) for c in every.clashes] == [
        ("few", "south"),
        ("some", "south"),
    ]


def test_the_wider_of_two_reports_is_the_mildest_where_they_do_not_clash_with_each_other() -> None:
    found = compared(
        "quantity",
        account("exact", "3", cite("n-min", occasion="talk")),
        account("wide", "at least 3", cite("n-min", occasion="talk", document="wire-doc")),
        account("south", "9", cite("s-min")),
    )
    assert (found.state, found.relations[0].rule) == ("agreed", "reports-differ")
    assert "unordered" not in found.flags


def test_reports_of_a_growing_count_are_not_settled_by_the_higher() -> None:
    reports = [
        account(name, name, cite("n-min", occasion="talk", document=document))
        for name, document in (("3", "daily-doc"), ("5", "wire-doc"))
    ]
    found = compared("quantity", *reports, counting="cumulative")
    assert found.positions["north"].accounts == ("3", "5")
    assert [d.kind for d in found.dissents] == ["reports-differ"]
