"""Whose word a statement is: a speaker's own, another's report, an editor's reading; how sure."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.findings import find
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim, compared


def dissents(found: Comparison) -> list[tuple[str, str, str]]:
    return [(d.kind, d.left.account, d.right.account) for d in found.dissents]


# Reported statements


@pytest.mark.parametrize(
    ("own", "reported"),
    [("2020-10-12", "2020-10-14"), ("2020-10-14", "2020-10-12"), (None, "2020-10-14")],
)
def test_own_words_outrank_what_others_report_whatever_the_days(
    own: str | None, reported: str
) -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", own)),
        account("no", "no", cite("n-min", reported, according_to="f-min"), cite("s-min")),
    )
    north = found.positions["north"]
    assert (north.position, north.accounts, north.reported) == ("holds", ("yes",), False)
    assert (found.shifts, found.dissents) == ((), ())
    assert "reported" not in found.flags


def test_where_a_report_is_all_there_is_the_position_rests_on_it_and_says_so() -> None:
    report = cite("n-min", "2020-10-14", according_to="f-min")
    found = compared("yes-no", account("yes", "yes", report), account("no", "no", cite("s-min")))
    north = found.positions["north"]
    assert (north.position, north.reported, north.since) == ("holds", True, "2020-10-14")
    assert found.state == "disputed"
    assert "reported" in found.flags
    assert "reported" in found.account_flags["yes"]
    assert "reported" not in found.account_flags["no"]
    groups = found.messages[0].arguments["groups"]
    told = {holder["according_to"] for group in groups for holder in group["holders"]}
    assert told == {"Farland's ministry", None}


def test_own_words_on_another_measure_do_not_outrank_a_report() -> None:
    found = compared(
        "quantity",
        account("dead", "3", cite("n-min", according_to="f-min")),
        account("hurt", "5", cite("n-min"), measure="wounded"),
    )
    assert found.positions["north"].accounts == ("dead", "hurt")


@pytest.mark.parametrize("days", [("2020-10-12", "2020-10-14"), ("2020-10-14", None)])
def test_reports_never_shift_nor_supersede_each_other(days: tuple[str | None, ...]) -> None:
    first, second = (cite("n-min", day, according_to="f-min") for day in days)
    found = compared("yes-no", account("yes", "yes", first), account("no", "no", second))
    north = found.positions["north"]
    expected = ("yes",) if days[1] is None else ("yes", "no")
    assert (north.position, north.accounts) == ("holds", expected)
    assert (found.shifts, found.dissents) == ((), ())
    assert "unordered" not in found.flags


def test_of_two_reports_that_differ_the_mildest_counts_against_another_side() -> None:
    reports = [cite("n-min", day, according_to="f-min") for day in ("2020-10-12", "2020-10-14")]
    accounts = account("yes", "yes", reports[0]), account("no", "no", reports[1], cite("s-min"))
    found = compared("yes-no", *accounts)
    assert (found.state, found.relations[0].rule) == ("agreed", "reports-differ")


def test_a_report_divides_no_side() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", cite("h-min", according_to="f-min")),
    )
    north = found.positions["north"]
    assert (north.position, north.accounts, north.reported) == ("holds", ("yes", "no"), True)
    assert dissents(found) == [("inner-dissent", "yes", "no")]
    assert "divided" not in found.flags


def test_a_side_stays_divided_where_one_of_its_clashes_is_reported() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min")),
        account("b", "b", cite("n-pm")),
        account("c", "c", cite("h-min", according_to="f-min")),
    )
    assert found.positions["north"].position == "divided"
    assert dissents(found) == [
        ("divided", "a", "b"),
        ("inner-dissent", "a", "c"),
        ("inner-dissent", "b", "c"),
    ]


def test_a_report_by_a_speaker_of_another_compared_side_leaves_the_side_silent() -> None:
    subject = claim(
        "yes-no",
        account("yes", "yes", cite("n-min", according_to="s-min")),
        account("no", "no", cite("s-min")),
    )
    findings = find(subject, REGISTERS, DOSSIER, None)
    assert [s.speaker.id for s in findings.set_aside if s.speaker] == ["n-min"]
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", according_to="s-min")),
        account("no", "no", cite("s-min")),
    )
    assert (found.state, found.positions["north"].position) == ("one-sided", "silent")
    assert (found.clashes, found.dissents, found.shifts) == ((), (), ())
    assert "reported" in found.account_flags["yes"]
    assert "yes" in found.origins


def test_an_opponents_report_alone_is_no_account() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min", according_to="s-min")))
    assert found.state == "no-account"
    assert found.messages[0].arguments["reported"]


def test_a_report_by_ones_own_side_is_a_report_and_makes_its_position() -> None:
    found = compared("yes-no", account("yes", "yes", cite("n-min", according_to="n-party")))
    north = found.positions["north"]
    assert (north.position, north.standing, north.reported) == ("holds", "official", True)


def test_an_opponents_report_of_an_official_leaves_the_word_to_the_unofficial() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", according_to="s-party")),
        account("no", "no", cite("n-party")),
    )
    north = found.positions["north"]
    assert (north.accounts, north.standing) == (("no",), "unofficial")
    assert "inner-dissent" not in found.flags


# Editors' readings


def test_no_position_rests_on_a_reading_of_the_editors() -> None:
    reading = account("yes", "yes", cite("n-min", reading="editors"))
    found = compared("yes-no", reading, account("no", "no", cite("s-min")))
    assert (found.positions["north"].position, found.state) == ("silent", "one-sided")
    assert (found.clashes, found.dissents) == ((), ())
    alone = compared("yes-no", reading)
    assert alone.state == "no-account"
    assert alone.messages[0].arguments["readings"]


def test_a_reading_changes_nothing_that_its_speaker_said() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10")),
        account("no", "no", cite("n-min", "2020-10-12", reading="editors")),
    )
    assert found.positions["north"].accounts == ("yes",)
    assert (found.shifts, found.dissents) == ((), ())


def test_a_reading_of_an_outlet_contradicts_nobody() -> None:
    found = compared(
        "yes-no", account("yes", "yes", cite("n-min")), account("no", "no", cite(reading="editors"))
    )
    assert "outside-dissent" not in found.flags
    assert compared("yes-no", account("no", "no", cite(reading="editors"))).state == "no-account"


# How sure


def test_what_is_only_possible_disputes_divides_and_dissents_from_nothing() -> None:
    perhaps = {"certainty": "possible"}
    sides = compared(
        "yes-no",
        account("yes", "yes", cite("n-min"), cite("w-min")),
        account("no", "no", cite("s-min", **perhaps)),
    )
    reasons = {f"{r.left}-{r.right}": r.reason for r in sides.relations}
    assert reasons == {
        "north-south": "only-possible",
        "north-west": None,
        "south-west": "only-possible",
    }
    assert sides.state == "agreed"
    speakers = ("h-min", "n-party", "f-min", None)
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", *(cite(name, **perhaps) for name in speakers)),
    )
    assert found.positions["north"].position == "holds"
    assert found.dissents == ()


def test_a_denial_that_is_only_possible_says_nothing_against_anybody_nor_with_them() -> None:
    perhaps = {"stance": "denies", "certainty": "possible"}
    found = compared(
        "choice",
        account("a", "a", cite("n-min"), cite("s-min", **perhaps), cite("w-min", stance="denies")),
        account("b", "b", cite("f-min")),
    )
    relations = {f"{r.left}-{r.right}": r.reason or r.relation for r in found.relations}
    assert relations == {
        "north-south": "only-possible",
        "north-west": "conflict",
        "south-west": "only-possible",
    }


def test_the_last_word_counts_also_where_it_is_only_possible() -> None:
    later = {"said": "2020-10-14", "certainty": "possible"}
    for kind, answers in (("yes-no", ("yes", "no")), ("choice", ("a", "b"))):
        found = compared(
            kind,
            account("first", answers[0], cite("n-min", "2020-10-12")),
            account("second", answers[1], cite("n-min", **later), cite("s-min")),
        )
        assert found.positions["north"].accounts == ("second",)
        assert (found.shifts, found.dissents) == ((), ())
    denied = cite("n-min", stance="denies", **later)
    found = compared("choice", account("a", "a", cite("n-min", "2020-10-12"), denied))
    assert found.positions["north"].position == "denies"


def test_what_is_likely_is_compared_as_stated() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", cite("s-min", certainty="likely")),
    )
    assert found.state == "disputed"


def test_two_certainties_of_one_account_are_two_statements() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", certainty="possible"), cite("n-min", id="sure")),
        account("no", "no", cite("s-min")),
    )
    assert [clash.left.citations for clash in found.clashes] == [("sure",)]


def test_no_curator_makes_a_conflict_of_what_is_only_possible() -> None:
    overrule = {"accounts": ["yes", "no"], "by": "A", "on": "2026-11-01", "reason": "They differ."}
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", cite("s-min", certainty="possible")),
        overrules=[overrule | {"relation": "conflict"}],
    )
    assert (found.state, found.relations[0].reason) == ("incomparable", "only-possible")


# Against interest


@pytest.mark.parametrize(
    ("answer", "more", "concedes"),
    [
        ("3", {}, True),
        ("up to 40", {}, True),
        ("over 0", {}, True),
        ("dozens", {}, True),
        ("3", {"certainty": "likely"}, True),
        ("0", {}, False),
        ("at most 3", {}, False),
        ("fewer than 3", {}, False),
        ("3", {"certainty": "possible"}, False),
        ("3", {"according_to": "f-min"}, False),
        ("3", {"according_to": "s-min"}, False),
        ("3", {"reading": "editors"}, False),
        ("3", {"stance": "denies"}, False),
    ],
)
def test_only_affirming_losses_of_ones_own_surely_above_none_is_against_interest(
    answer: str, more: dict[str, Any], *, concedes: bool
) -> None:
    found = compared("quantity", account("a", answer, cite("n-min", **more)), losses_of=["north"])
    assert ("against-interest" in found.flags) == concedes
    assert ("against-interest" in found.account_flags["a"]) == concedes
    others = compared("quantity", account("a", answer, cite("s-min", **more)), losses_of=["north"])
    assert "against-interest" not in others.flags


def test_affirming_that_there_were_no_losses_is_not_against_interest() -> None:
    for answer, concedes in (("yes", True), ("no", False)):
        found = compared("yes-no", account("a", answer, cite("n-min")), losses_of=["north"])
        assert ("against-interest" in found.flags) == concedes
