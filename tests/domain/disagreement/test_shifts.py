"""How a named speaker changed: from what, to what, when, and in which way."""

from tests.domain.factories import account, cite, compared


def test_differing_reports_of_one_occasion_neither_divide_nor_shift_the_speaker() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", occasion="interview", document="wire-doc")),
        account("b", "b", cite("n-min", occasion="interview", document="daily-doc")),
    )
    assert found.positions["north"].position == "holds"
    assert found.positions["north"].accounts == ("a", "b")
    assert found.shifts == ()
    assert "reports-differ" in found.flags
    assert "divided" not in found.flags


def test_in_a_yes_no_claim_a_report_that_denies_the_answer_of_another_differs_from_it() -> None:
    found = compared(
        "yes-no",
        account(
            "yes",
            "yes",
            cite("n-min", occasion="interview"),
            cite("n-min", occasion="interview", document="wire-doc", stance="denies"),
        ),
        account("no", "no", cite("s-min")),
    )
    ends = [(d.kind, d.left.account, d.right.account) for d in found.dissents]
    assert ends == [("reports-differ", "yes", "no")]


def test_a_speaker_who_changed_to_a_clashing_account_clashes_with_itself() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10")),
        account("no", "no", cite("n-min", "2020-10-12")),
    )
    shift = found.shifts[0]
    assert (shift.speaker, shift.kind, shift.from_.account, shift.to.account, shift.on) == (
        "n-min",
        "clash",
        "yes",
        "no",
        "2020-10-12",
    )
    assert "shifted" in found.flags


def test_a_speaker_who_later_denies_its_own_account_retracts_it() -> None:
    found = compared(
        "choice",
        account(
            "a", "a", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-12", stance="denies")
        ),
        account("b", "b", cite("s-min")),
    )
    assert [shift.kind for shift in found.shifts] == ["retraction"]
    assert found.positions["north"].position == "denies"
    assert found.positions["north"].since == "2020-10-12"


def test_a_speaker_who_gives_a_later_count_updates() -> None:
    found = compared(
        "quantity",
        account("few", "3", cite("n-min", "2020-10-10")),
        account("more", "6", cite("n-min", "2020-10-12")),
        counting="cumulative",
    )
    assert [shift.kind for shift in found.shifts] == ["update"]
    assert found.positions["north"].accounts == ("more",)


def test_an_unnamed_speaker_is_never_said_to_have_shifted() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("w-source", "2020-10-10")),
        account("no", "no", cite("w-source", "2020-10-12")),
    )
    assert found.shifts == ()


def test_a_speaker_who_comes_back_to_an_account_holds_it_since_coming_back() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-14")),
        account("no", "no", cite("n-min", "2020-10-12")),
    )
    assert found.positions["north"].since == "2020-10-14"
    assert [shift.kind for shift in found.shifts] == ["clash", "clash"]


def test_a_shift_names_both_ends_with_their_citations_and_what_they_deny() -> None:
    early, late = cite("n-min", "2020-10-10"), cite("n-min", "2020-10-12", stance="denies")
    found = compared("choice", account("a", "a", early, late), account("b", "b", cite("s-min")))
    shift = found.shifts[0]
    assert (shift.from_.side, shift.from_.denies, shift.from_.citations) == (
        "north",
        False,
        (early["id"],),
    )
    assert (shift.to.side, shift.to.denies, shift.to.citations) == ("north", True, (late["id"],))
    assert (shift.from_.account, shift.to.account) == ("a", "a")


def test_shifts_are_told_by_speaker_then_by_day() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("s-min", "2020-10-01"), cite("n-pm", "2020-10-05")),
        account("b", "b", cite("s-min", "2020-10-02"), cite("n-pm", "2020-10-06")),
        account("c", "c", cite("n-pm", "2020-10-03")),
    )
    assert [(s.speaker, s.on, s.from_.account, s.to.account) for s in found.shifts] == [
        ("n-pm", "2020-10-05", "c", "a"),
        ("n-pm", "2020-10-06", "a", "b"),
        ("s-min", "2020-10-02", "a", "b"),
    ]


def test_shifts_of_one_day_are_told_by_account() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", "2020-10-01")),
        account("b", "b", cite("n-min", "2020-10-02", occasion="talk")),
        account("c", "c", cite("n-min", "2020-10-02", occasion="speech")),
    )
    assert [(s.from_.account, s.to.account) for s in found.shifts] == [("a", "b"), ("a", "c")]


def test_in_a_yes_no_claim_denying_ones_own_answer_takes_it_back() -> None:
    found = compared(
        "yes-no",
        account(
            "yes", "yes", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-12", stance="denies")
        ),
        account("no", "no", cite("s-min")),
    )
    assert [(s.kind, s.from_.account, s.to.account) for s in found.shifts] == [
        ("retraction", "yes", "no")
    ]


def test_affirming_what_one_denied_is_one_retraction_and_no_further_shift() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", "2020-10-10", stance="denies"), cite("n-min")),
        account("b", "b", cite("n-min", "2020-10-10")),
    )
    assert [(s.kind, s.from_.account, s.to.account) for s in found.shifts] == [
        ("retraction", "a", "a")
    ]


def test_adding_a_compatible_account_gives_up_the_one_before_as_an_update() -> None:
    found = compared(
        "quantity",
        account("a", "about 100", cite("n-min", "2020-10-10")),
        account("b", "105", cite("n-min", "2020-10-12")),
    )
    assert [(s.kind, s.to.account) for s in found.shifts] == [("update", "b")]
    assert found.positions["north"].accounts == ("b",)


def test_going_on_to_what_cannot_be_compared_is_no_shift() -> None:
    found = compared(
        "text",
        account("a", "It fell.", cite("n-min", "2020-10-10")),
        account("b", "It was old.", cite("n-min", "2020-10-12")),
    )
    assert found.shifts == ()
    assert found.positions["north"].accounts == ("b",)


def test_of_differing_reports_of_one_occasion_the_mildest_change_is_told() -> None:
    before = account("few", "3", cite("n-min", "2020-10-10"))
    reports = [
        account(name, text, cite("n-min", "2020-10-12", occasion="talk"))
        for name, text in (("more", "9"), ("about", "about 3"))
    ]
    found = compared("quantity", before, *reports)
    assert [(s.kind, s.to.account) for s in found.shifts] == [("update", "about")]
    repeated = account("again", "3", cite("n-min", "2020-10-12", occasion="talk"))
    assert compared("quantity", before, repeated, *reports).shifts == ()


def test_a_shift_is_told_where_several_outlets_report_the_occasion() -> None:
    reports = [
        cite("n-min", "2020-10-12", occasion="interview", document=document)
        for document in ("daily-doc", "wire-doc")
    ]
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10")),
        account("no", "no", *reports),
    )
    assert [(s.kind, s.to.account) for s in found.shifts] == [("clash", "no")]
    assert "shift-clash" in [message.id for message in found.messages]


def test_a_denial_stands_beside_what_is_denied_and_affirmed_later() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min", "2020-10-10", stance="denies")),
        account("b", "b", cite("n-min", "2020-10-11", stance="denies")),
        account("c", "c", cite("n-min", "2020-10-12")),
    )
    north = found.positions["north"]
    assert (north.accounts, north.denies, north.since) == (("c",), ("a", "b"), "2020-10-10")
    assert found.shifts == ()


def test_an_unofficial_speaker_shifts_beside_the_officials_of_its_side() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min"), cite("n-party", "2020-10-10")),
        account("no", "no", cite("n-party", "2020-10-12")),
    )
    assert [(s.speaker, s.kind) for s in found.shifts] == [("n-party", "clash")]


def test_steps_of_a_state_are_no_shift_of_whoever_tells_them() -> None:
    speakers = ("n-party", "f-min")
    found = compared(
        "choice",
        account("held", "held", cite("n-min"), as_of="2020-10-10"),
        account("left", "left", *(cite(s, "2020-10-11") for s in speakers), as_of="2020-10-11"),
        account("back", "back", *(cite(s, "2020-10-12") for s in speakers), as_of="2020-10-12"),
    )
    assert found.shifts == ()
    assert found.state == "one-sided"
