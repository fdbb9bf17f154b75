"""States that hold on days: what stays on record for its day, and until when."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.domain.factories import account, cite, compared

Kind = Literal["yes-no", "choice"]
KINDS: list[tuple[Kind, str, str]] = [("yes-no", "yes", "no"), ("choice", "there", "gone")]
every_kind = pytest.mark.parametrize(("kind", "there", "gone"), KINDS)


@every_kind
def test_a_clash_about_a_day_stays_on_record_when_both_go_on_to_the_next(
    kind: Kind, there: str, gone: str
) -> None:
    found = compared(
        kind,
        account("n-first", there, cite("n-min", "2020-12-12"), as_of="2020-12-12"),
        account("s-first", gone, cite("s-min", "2020-12-12"), as_of="2020-12-12"),
        account("then", gone, cite("n-min", "2020-12-14"), cite("s-min"), as_of="2020-12-13"),
    )
    assert found.state == "disputed"
    assert [(c.left.account, c.right.account) for c in found.clashes] == [("n-first", "s-first")]
    assert found.shifts == ()


@every_kind
def test_the_clash_ends_when_one_of_the_two_corrects_itself_for_that_day(
    kind: Kind, there: str, gone: str
) -> None:
    found = compared(
        kind,
        account("n-first", there, cite("n-min", "2020-12-12"), as_of="2020-12-12"),
        account("s-first", gone, cite("s-min", "2020-12-12"), as_of="2020-12-12"),
        account("mended", gone, cite("n-min", "2020-12-14"), as_of="2020-12-12/2020-12-12"),
    )
    assert (found.state, found.relations[0].relation) == ("agreed", "same")
    assert [(s.kind, s.from_.account, s.to.account) for s in found.shifts] == [
        ("clash", "n-first", "mended")
    ]


@every_kind
def test_answers_for_two_days_are_not_compared(kind: Kind, there: str, gone: str) -> None:
    for as_of in ("2020-12-13", "2020-12"):
        found = compared(
            kind,
            account("a", there, cite("n-min"), as_of="2020-12-12"),
            account("b", gone, cite("s-min"), as_of=as_of),
        )
        assert (found.state, found.relations[0].reason) == ("incomparable", "moment")


@every_kind
def test_an_answer_for_no_day_is_not_compared_with_one_for_a_day(
    kind: Kind, there: str, gone: str
) -> None:
    found = compared(
        kind,
        account("a", there, cite("n-min"), as_of="2020-12-12"),
        account("b", gone, cite("s-min")),
    )
    assert (found.state, found.relations[0].reason) == ("incomparable", "moment")


@every_kind
def test_the_day_that_a_citation_names_makes_the_claim_one_about_a_state(
    kind: Kind, there: str, gone: str
) -> None:
    found = compared(
        kind,
        account("a", there, cite("n-min", as_of="2020-12-12"), as_of="2020-12-13"),
        account("b", gone, cite("s-min", as_of="2020-12-12"), cite("w-min", as_of="2020-12-14")),
    )
    relations = {f"{r.left}-{r.right}": r.relation for r in found.relations}
    assert relations == {
        "north-south": "conflict",
        "north-west": "not-comparable",
        "south-west": "not-comparable",
    }


def test_an_open_interval_speaks_of_no_day_after_it_was_said() -> None:
    since = account("since", "there", cite("n-min", "2020-12-12"), as_of="2020-12-09/..")
    for day, state in (("2020-12-12", "disputed"), ("2020-12-13", "incomparable")):
        gone = account("gone", "gone", cite("s-min", "2020-12-20"), as_of=day)
        assert compared("choice", since, gone).state == state


def test_an_open_interval_said_again_with_another_answer_is_a_change() -> None:
    found = compared(
        "choice",
        account("there", "there", cite("n-min", "2020-12-12"), as_of="2020-12-09/.."),
        account("gone", "gone", cite("n-min", "2020-12-20"), as_of="2020-12-09/.."),
    )
    assert found.positions["north"].accounts == ("gone",)
    assert [s.kind for s in found.shifts] == ["clash"]


def test_two_answers_for_one_day_of_unknown_order_are_both_held() -> None:
    found = compared(
        "choice",
        account("there", "there", cite("n-min"), as_of="2020-12-12"),
        account("gone", "gone", cite("n-min"), cite("s-min"), as_of="2020-12-12"),
    )
    assert (found.state, found.relations[0].rule) == ("agreed", "unordered")
    assert [d.kind for d in found.dissents] == ["unordered"]


def test_a_morning_and_an_evening_of_one_day_are_two_steps() -> None:
    found = compared(
        "choice",
        account("there", "there", cite("n-min"), as_of="2020-12-12T09:00:00"),
        account("gone", "gone", cite("n-min"), as_of="2020-12-12T18:00:00"),
    )
    assert found.positions["north"].accounts == ("there", "gone")
    assert (found.shifts, found.dissents) == ((), ())


def test_a_denial_for_one_day_contradicts_who_states_it_for_that_day_alone() -> None:
    denied = cite("n-min", stance="denies", as_of="2020-12-12")
    for day, relation in (("2020-12-12", "conflict"), ("2020-12-13", "not-comparable")):
        held = account("there", "there", cite("s-min", as_of=day), denied)
        assert compared("choice", held).relations[0].relation == relation
