"""The states of a claim, its clashes and gap, overrules and dated views."""

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.engine import compare
from app.domain.values.dates import Day
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim, compared


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


def test_an_outsider_who_does_not_answer_gives_no_account() -> None:
    assert compared("yes-no", account("none", None, cite("f-min", stance="sidesteps"))).state == (
        "no-account"
    )


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


def test_what_two_sides_say_alike_outweighs_what_cannot_be_compared() -> None:
    found = compared(
        "quantity",
        account("civil", "5", cite("n-min"), scope="civilians"),
        account("dead", "18", cite("n-min"), cite("s-min"), scope="soldiers"),
    )
    pair = found.relations[0]
    assert (pair.relation, pair.rule, pair.reason) == ("same", "equal-intervals", None)


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
    assert (found.gap.kind, found.gap.difference, found.gap.ratio) == ("days", 2, None)


def test_denying_an_account_conflicts_with_who_holds_it_and_leaves_another_open() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", stance="denies"), cite("s-min")),
        account("b", "b", cite("w-min")),
    )
    assert relations(found) == {
        "north-south": "conflict",
        "north-west": "not-comparable",
        "south-west": "conflict",
    }
    assert found.clashes[0].left.denies


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
    assert found.relations[0].reason == "denial"
    assert found.state == "incomparable"


def test_every_clash_carries_all_citations_of_both_ends() -> None:
    one, two, three = cite("n-min"), cite("n-min", document="wire-doc"), cite("s-min")
    found = compared("yes-no", account("yes", "yes", one, two), account("no", "no", three))
    assert set(found.clashes[0].left.citations) == {one["id"], two["id"]}
    assert found.clashes[0].right.citations == (three["id"],)


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


def test_what_an_overrule_replaced_depends_on_no_citations_id() -> None:
    # Two counts of one day would conflict; the second account was last given as of another.
    first = account("a", "3", cite("n-min", as_of="2020-10-10", id="c-x"))
    for other in ("c-a", "c-z"):
        earlier = cite("s-min", as_of="2020-10-11", id=other)
        second = account("b", "5", earlier, cite("w-min", as_of="2020-10-10", id="c-m"))
        found = compared("quantity", first, second, overrules=[OVERRULE | {"relation": "same"}])
        assert (found.overruled[0].instead_of, found.overruled[0].rule) == (
            "not-comparable",
            "moment",
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
    before = compare(subject, REGISTERS, DOSSIER, Day(2022, 3, 26))
    assert (before.state, before.undated_left_out) == ("no-account", 1)
    then = compare(subject, REGISTERS, DOSSIER, Day(2022, 3, 27))
    assert (then.state, then.as_known_on) == ("one-sided", "2022-03-27")
    assert compare(subject, REGISTERS, DOSSIER, Day(2022, 3, 30)).state == "disputed"
    whole = compare(subject, REGISTERS, DOSSIER)
    assert whole.undated_left_out == 0
    assert whole.positions["north"].position == "divided"


def test_an_overrule_that_upholds_a_conflict_keeps_its_gap() -> None:
    found = compared(
        "quantity",
        account("a", "3", cite("n-min")),
        account("b", "5", cite("s-min")),
        overrules=[OVERRULE | {"relation": "conflict"}],
    )
    assert found.gap is not None
    assert (found.clashes[0].rule, found.gap.difference) == ("overruled", 2)


def test_an_overrule_may_name_an_account_that_answers_nothing() -> None:
    found = compared(
        "yes-no",
        account("a", None, cite("n-min", stance="declines")),
        account("b", "yes", cite("s-min")),
        overrules=[OVERRULE | {"relation": "compatible"}],
    )
    assert (found.overruled[0].instead_of, found.overruled[0].rule) == (
        "not-comparable",
        "no-answer",
    )


def test_denying_one_account_says_nothing_of_another_that_it_does_not_exclude() -> None:
    overrule = OVERRULE | {"relation": "compatible"}
    found = compared(
        "choice",
        account("a", "a", cite("n-min", stance="denies")),
        account("b", "b", cite("s-min")),
        overrules=[overrule],
    )
    assert (found.relations[0].relation, found.relations[0].reason) == (
        "not-comparable",
        "denial",
    )


def test_a_denial_clashes_beside_what_else_the_two_sides_disagree_on() -> None:
    found = compared(
        "choice",
        account(
            "a", "a", cite("n-min", "2020-10-12"), cite("s-min", "2020-10-10", stance="denies")
        ),
        account(
            "b", "b", cite("s-min", "2020-10-12"), cite("n-min", "2020-10-10", stance="denies")
        ),
    )
    ends = [(c.rule, c.left.account, c.left.denies, c.right.denies) for c in found.clashes]
    assert ends == [
        ("different-options", "a", False, False),
        ("denial", "a", False, True),
        ("denial", "b", True, False),
    ]


def test_pairs_are_found_whichever_side_is_named_first() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min")),
        account("no", "no", cite("s-min"), cite("w-min")),
    )
    for pair in (("north", "south"), ("south", "north")):
        between = found.relation_between(*pair)
        assert between is not None
        assert (between.left, between.right) == ("north", "south")
        assert [(c.left.side, c.right.side) for c in found.clashes_between(*pair)] == [
            ("north", "south")
        ]
    assert found.clashes_between("south", "west") == []
