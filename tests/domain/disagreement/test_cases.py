"""Invented cases, whole: what a careful reader would say of each."""

from app.domain.disagreement.comparison import Comparison
from tests.domain.factories import SIDES, account, cite, compared

OPTIONS = [{"id": name, "label": name.title()} for name in ("a", "b", "c")]


def shifts(found: Comparison) -> list[tuple[str, str]]:
    return [(shift.speaker, shift.kind) for shift in found.shifts]


def test_a_village_over_four_days_is_no_dispute() -> None:
    found = compared(
        "choice",
        account("n-still", "north", cite("n-min", "2020-12-12"), as_of="2020-12-11"),
        account("s-took", "south", cite("s-min", "2020-12-12"), as_of="2020-12-12"),
        account("n-lost", "south", cite("n-min", "2020-12-14"), as_of="2020-12-13"),
        account("w-zone", "nobody", cite("w-min", "2020-12-14"), as_of="2020-12-14"),
    )
    assert found.state == "incomparable"
    assert {r.reason for r in found.relations} == {"moment"}
    assert found.positions["north"].accounts == ("n-still", "n-lost")


def test_one_interview_reported_twice_neither_divides_nor_shifts_nor_disputes() -> None:
    found = compared(
        "quantity",
        account("a", "3", cite("n-min", "2020-10-12", occasion="interview")),
        account("b", "4", cite("n-min", "2020-10-12", occasion="interview", document="wire-doc")),
    )
    assert (found.state, found.positions["north"].position, shifts(found)) == (
        "one-sided",
        "holds",
        [],
    )
    assert [d.kind for d in found.dissents] == ["reports-differ"]
    assert found.account_flags["a"] == found.account_flags["b"]
    assert "reports-differ" in found.account_flags["a"]


def test_one_utterance_reported_as_affirming_and_as_denying_is_differing_reports() -> None:
    found = compared(
        "choice",
        account(
            "a",
            "a",
            cite("n-min", occasion="interview"),
            cite("n-min", occasion="interview", stance="denies"),
        ),
        account("b", "b", cite("s-min")),
    )
    assert [(d.kind, d.rule) for d in found.dissents] == [("reports-differ", "denial")]
    assert found.positions["north"].position == "holds"


def test_affirming_one_thing_and_denying_another_are_no_differing_reports() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", occasion="interview")),
        account("b", "b", cite("n-min", occasion="interview", stance="denies")),
    )
    assert found.dissents == ()


def test_reports_of_one_joint_statement_do_not_set_its_speakers_against_each_other() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min+s-min", occasion="summit")),
        account("b", "b", cite("n-min+s-min", occasion="summit", document="wire-doc")),
    )
    assert (found.state, found.relations[0].rule) == ("agreed", "reports-differ")
    assert "reports-differ" in found.flags


def test_differing_reports_divide_a_side_only_where_each_clashes_with_another_official() -> None:
    reports = [
        account(name, name, cite("n-min", occasion="talk", document=f"{outlet}-doc"))
        for name, outlet in (("a", "daily"), ("b", "wire"))
    ]
    mild = compared("choice", *reports, account("a2", "a", cite("h-min")), options=OPTIONS)
    assert mild.positions["north"].position == "holds"
    assert {d.kind for d in mild.dissents} == {"reports-differ"}
    each = compared("choice", *reports, account("c", "c", cite("h-min")), options=OPTIONS)
    assert each.positions["north"].position == "divided"
    divided = [(d.left.account, d.right.account) for d in each.dissents if d.kind == "divided"]
    assert sorted(map(sorted, divided)) == [["a", "c"], ["b", "c"]]


def test_a_party_against_its_ministry_is_inner_dissent_and_leaves_the_dispute_to_officials() -> (
    None
):
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min"), cite("s-min")),
        account("no", "no", cite("n-party")),
    )
    assert found.state == "agreed"
    assert [(d.kind, d.left.account, d.right.account) for d in found.dissents] == [
        ("inner-dissent", "yes", "no")
    ]
    assert (found.dissents[0].left.side, found.dissents[0].right.side) == ("north", "north")


def test_killed_and_killed_and_wounded_are_never_set_against_each_other() -> None:
    found = compared(
        "quantity",
        account("a", "18", cite("n-min")),
        account("b", "more than 100", cite("s-min"), measure="killed and wounded"),
    )
    assert (found.state, found.relations[0].reason, found.gap) == ("incomparable", "measure", None)


def test_a_midnight_can_be_both_days_where_a_time_or_a_curator_says_so() -> None:
    tenth = account("b", "2020-11-10", cite("s-min"))
    near = compared("date", account("a", "2020-11-09T23:00:00", cite("n-min")), tenth)
    assert (near.state, near.relations[0].rule) == ("agreed", "clock")
    ninth = account("a", "2020-11-09", cite("n-min"))
    assert compared("date", ninth, tenth).state == "disputed"
    decided = {"by": "An editor", "on": "2026-11-01", "reason": "Both mean one midnight."}
    decided |= {"accounts": ["a", "b"], "relation": "compatible"}
    found = compared("date", ninth, tenth, overrules=[decided])
    assert (found.state, found.relations[0].rule) == ("agreed", "overruled")


def test_an_official_who_denies_what_another_affirms_divides_their_side() -> None:
    one, other = cite("n-min"), cite("h-min", stance="denies")
    found = compared("choice", account("a", "a", one, other), account("b", "b", cite("s-min")))
    north = found.positions["north"]
    assert (north.position, north.accounts, north.denies) == ("divided", ("a",), ("a",))
    clash = found.dissents[0]
    assert (clash.kind, clash.rule, clash.gap) == ("divided", "denial", None)
    assert (clash.left.denies, clash.left.citations) == (False, (one["id"],))
    assert (clash.right.denies, clash.right.citations) == (True, (other["id"],))


def test_an_outsider_who_changed_its_mind_no_longer_contradicts() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min"), cite("f-min", "2020-10-14")),
        account("no", "no", cite("f-min", "2020-10-12")),
    )
    assert "outside-dissent" not in found.flags
    assert shifts(found) == [("f-min", "clash")]
    assert (found.shifts[0].from_.side, found.shifts[0].to.side) == ("others", "others")


def test_denying_one_days_answer_affirms_nothing_about_another_day() -> None:
    found = compared(
        "yes-no",
        account("was", "yes", cite("n-min", stance="denies"), cite("s-min"), as_of="2020-10-01"),
        account("is-not", "no", cite("w-min"), as_of="2020-10-09"),
    )
    assert found.positions["north"].position == "denies"
    assert found.relations[0].relation == "conflict"


def test_a_denial_affirms_the_other_answer_of_its_day_before_one_of_no_day() -> None:
    found = compared(
        "yes-no",
        account("never", "no", cite("w-min")),
        account("not-then", "no", cite("s-min"), as_of="2020-10-01"),
        account("was", "yes", cite("n-min", stance="denies"), as_of="2020-10-01"),
    )
    assert found.positions["north"].accounts == ("not-then",)


def test_a_denial_affirms_the_other_answer_where_its_day_is_open_or_covers_it() -> None:
    for as_of in (None, "2020-09/2020-11"):
        more = {"as_of": as_of} if as_of else {}
        found = compared(
            "yes-no",
            account("was", "yes", cite("n-min", stance="denies"), as_of="2020-10-01"),
            account("not", "no", cite("w-min"), **more),
        )
        assert found.positions["north"].accounts == ("not",)


def test_a_time_and_its_day_are_one_statement() -> None:
    found = compared(
        "yes-no",
        account(
            "yes",
            "yes",
            cite("n-min", "2020-10-12"),
            cite("n-min", "2020-10-12T09:00:00", document="wire-doc"),
        ),
        account("no", "no", cite("s-min")),
    )
    assert len(found.clashes[0].left.citations) == 2


def test_a_position_rests_on_every_citation_of_its_latest_day() -> None:
    report, bulletin = cite("n-min", occasion="talk"), cite("n-min")
    found = compared("yes-no", account("yes", "yes", report, bulletin))
    assert set(found.positions["north"].citations) == {report["id"], bulletin["id"]}


def test_the_own_voice_of_a_sides_publisher_is_on_record_also_where_it_only_denies() -> None:
    denial = cite(document="n-gazette-doc", stance="denies")
    assert compared("text", account("a", "It fell.", denial)).state == "outside-only"


def test_a_side_known_from_an_encyclopedia_alone_is_third_hand() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", document="pedia-doc"), cite("s-min")),
        account("no", "no", cite("w-min", document="pedia-doc"), cite("w-min")),
    )
    assert [found.positions[side].third_hand for side in SIDES] == [True, False, False]
