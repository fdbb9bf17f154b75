"""The record as a reader could have known it on a day."""

from app.domain.disagreement.engine import compare
from app.domain.records.as_known_on import as_known_on, has_no_day, was_known
from app.domain.records.claims import Citation
from app.domain.values.dates import Day
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim

DAY = Day(2022, 3, 26)


def said(text: str | None) -> Citation:
    return Citation.model_validate(cite("n-min", text))


def test_what_was_said_by_that_day_was_known_and_what_came_later_was_not() -> None:
    assert was_known(said("2022-03-26"), DAY)
    assert was_known(said("2022-03-20/2022-03-26"), DAY)
    assert not was_known(said("2022-03-27"), DAY)


def test_an_imprecise_day_counts_from_its_latest_one() -> None:
    assert not was_known(said("2022-03"), DAY)
    assert was_known(said("2022-02"), DAY)


def test_the_undated_and_the_unended_are_never_known_and_have_no_day() -> None:
    for text in (None, "2022-03-01/.."):
        assert not was_known(said(text), DAY)
        assert has_no_day(said(text))
    assert not has_no_day(said("2022"))


def test_a_restricted_claim_keeps_only_known_citations_and_accounts_that_have_any() -> None:
    early, late = cite("n-min", "2022-03-01"), cite("s-min", "2022-03-27")
    whole = claim("yes-no", account("yes", "yes", early, late), account("no", "no", late | {}))
    known = as_known_on(whole, DAY)
    assert [(a.id, [c.id for c in a.citations]) for a in known.accounts] == [("yes", [early["id"]])]
    assert len(whole.accounts) == 2


def test_a_state_that_only_later_accounts_give_days_to_is_no_state_over_time_yet() -> None:
    steps = (
        account("a", "a", cite("n-min", "2022-03-01")),
        account("b", "b", cite("s-min", "2022-03-02")),
        account("later", "c", cite("w-min", "2022-04-01"), as_of="2022-04-01"),
    )
    dated = compare(claim("choice", *steps), REGISTERS, DOSSIER, DAY)
    assert dated.relations[0].relation == "conflict"


def test_a_denial_does_not_yet_affirm_an_answer_that_was_given_later() -> None:
    whole = claim(
        "yes-no",
        account("yes", "yes", cite("n-min", "2022-03-01", stance="denies")),
        account("no", "no", cite("s-min", "2022-04-01")),
    )
    assert compare(whole, REGISTERS, DOSSIER, DAY).positions["north"].position == "denies"
    assert compare(whole, REGISTERS, DOSSIER).positions["north"].accounts == ("no",)
