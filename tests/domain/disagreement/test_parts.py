"""Counts of a part against counts of the whole, along `part_of`."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.parts import ComparedPart, bodies_of_parts, compare_with_parts
from app.domain.records.claims import Claim
from app.domain.values.dates import Day
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim

GROWING = {"counting": "cumulative", "scope": "the region"}


def count_of(name: str, *accounts: dict[str, Any], **more: Any) -> Claim:
    return claim("quantity", *accounts, **{"id": name, **GROWING, **more})


def part_of(*accounts: dict[str, Any], **more: Any) -> Claim:
    return count_of("city-dead", *accounts, **{"scope": "the city", "part_of": "dead", **more})


def against(whole: Claim, *parts: Claim, day: Day | None = None) -> Comparison:
    compared = [ComparedPart(part, REGISTERS, DOSSIER) for part in parts]
    return compare_with_parts(whole, REGISTERS, DOSSIER, compared, day)


def flagged(whole: Claim, *parts: Claim, day: Day | None = None) -> bool:
    found = against(whole, *parts, day=day)
    raised = "part-exceeds-whole" in found.flags
    assert raised == bool(found.parts_above)
    assert raised == any(message.id == "part-exceeds-whole" for message in found.messages)
    return raised


WHOLE = count_of("dead", account("all-9", "9", cite("s-min", "2020-10-12")))


def test_a_part_counted_by_one_side_above_the_whole_counted_by_another_is_flagged() -> None:
    part = part_of(account("city-10", "10", cite("n-min", "2020-10-11", id="said-10")))
    whole = count_of("dead", account("all-9", "9", cite("s-min", "2020-10-12", id="said-9")))
    found = against(whole, part)
    assert "part-exceeds-whole" in found.flags
    assert "part-exceeds-whole" in found.account_flags["all-9"]
    (one,) = found.parts_above
    assert (one.claim, one.part.account, one.whole.account) == ("city-dead", "city-10", "all-9")
    assert (one.part.citations, one.whole.citations) == (("said-10",), ("said-9",))
    assert (one.gap.difference, one.gap.ratio) == (1, 1.11)
    assert bodies_of_parts(found) == {("body", "northland")}


def test_the_message_names_both_and_stands_behind_the_lead() -> None:
    found = against(WHOLE, part_of(account("city-10", "10", cite("n-min", "2020-10-11"))))
    assert [m.id for m in found.messages][:2] == ["one-sided", "part-exceeds-whole"]
    said = found.messages[1].arguments
    assert (said["claim"], said["question"]) == ("city-dead", "What happened at the bridge?")
    assert [h["id"] for h in said["part"]["holders"]] == ["northland"]
    assert [h["id"] for h in said["whole"]["holders"]] == ["southland"]


def test_a_part_within_its_whole_changes_nothing() -> None:
    part = part_of(account("city-9", "9", cite("n-min", "2020-10-11")))
    assert against(WHOLE, part) == against(WHOLE)


@pytest.mark.parametrize(
    ("answer", "in_all", "exceeds"),
    [
        ("10", "9", True),
        ("9", "9", False),
        ("at least 10", "9", True),
        ("up to 10", "9", False),
        # As elsewhere: rounded figures that meet at one bound do not lie apart.
        ("over 9", "9", False),
        ("over 10", "9", True),
        ("10", "at least 5", False),
        ("10", "up to 9", True),
        ("about 10", "9", False),
        ("dozens", "20", True),
    ],
)
def test_only_a_lower_bound_above_the_upper_bound_exceeds(
    answer: str, in_all: str, exceeds: bool
) -> None:
    whole = count_of("dead", account("all", in_all, cite("s-min", "2020-10-12")))
    part = part_of(account("city", answer, cite("n-min", "2020-10-11")))
    assert flagged(whole, part) is exceeds


@pytest.mark.parametrize(
    ("of_part", "of_whole", "said_part", "said_whole", "exceeds"),
    [
        ("cumulative", "cumulative", "2020-10-12", "2020-10-12", True),
        ("cumulative", "cumulative", "2020-10-13", "2020-10-12", False),
        ("cumulative", "cumulative", None, "2020-10-12", False),
        ("once", "once", "2020-10-13", "2020-10-12", True),
        ("once", "cumulative", "2020-10-11", "2020-10-12", True),
        ("once", "cumulative", "2020-10-13", "2020-10-12", False),
        ("cumulative", "once", "2020-10-13", "2020-10-12", False),
        (None, "cumulative", "2020-10-11", "2020-10-12", True),
        ("cumulative", None, "2020-10-11", "2020-10-12", True),
    ],
)
def test_a_part_counted_later_may_be_more(
    of_part: str | None,
    of_whole: str | None,
    said_part: str | None,
    said_whole: str,
    exceeds: bool,
) -> None:
    whole = count_of("dead", account("all", "9", cite("s-min", said_whole)), counting=of_whole)
    part = part_of(account("city", "10", cite("n-min", said_part)), counting=of_part)
    assert flagged(whole, part) is exceeds


@pytest.mark.parametrize(
    ("as_of_part", "as_of_whole", "exceeds"),
    [
        (None, None, True),
        ("2020-10-12", "2020-10-12", True),
        ("2020-10-11", "2020-10-12", False),
        (None, "2020-10-12", False),
    ],
)
def test_what_varies_from_day_to_day_is_compared_at_one_moment(
    as_of_part: str | None, as_of_whole: str | None, exceeds: bool
) -> None:
    more = [{"as_of": day} if day else {} for day in (as_of_part, as_of_whole)]
    part = part_of(account("city", "10", cite("n-min"), **more[0]), counting=None)
    whole = count_of("dead", account("all", "9", cite("s-min"), **more[1]), counting=None)
    assert flagged(whole, part) is exceeds


@pytest.mark.parametrize(
    "more",
    [
        {"stance": "denies"},
        {"stance": "declines"},
        {"certainty": "possible"},
        {"reading": "editors", "note": "Inferred."},
        {"according_to": "s-min"},
    ],
)
def test_what_nobody_surely_affirms_exceeds_nothing(more: dict[str, Any]) -> None:
    part = part_of(account("city", "10", cite("n-min", "2020-10-11", **more)))
    assert not flagged(WHOLE, part)


@pytest.mark.parametrize("speaker", ["n-party", "f-min", None, "n-min+s-min"])
def test_it_counts_whoever_says_it(speaker: str | None) -> None:
    part = part_of(account("city", "10", cite(speaker, "2020-10-11")))
    found = against(WHOLE, part)
    assert [one.part.account for one in found.parts_above] == ["city"]


def test_a_compared_sides_outlet_in_its_own_voice_counts() -> None:
    own = cite(None, "2020-10-11", document="n-gazette-doc")
    assert flagged(WHOLE, part_of(account("city", "10", own)))


def test_a_count_that_its_speaker_replaced_counts_no_more() -> None:
    part = part_of(
        account("city-10", "10", cite("n-min", "2020-10-10")),
        account("city-8", "8", cite("n-min", "2020-10-11")),
    )
    assert not flagged(WHOLE, part)
    whole = count_of(
        "dead",
        account("all-9", "9", cite("s-min", "2020-10-12")),
        account("all-20", "20", cite("s-min", "2020-10-13")),
    )
    assert not flagged(whole, part_of(account("city-10", "10", cite("n-min", "2020-10-10"))))


def test_of_differing_reports_of_one_occasion_each_must_exceed() -> None:
    def reports(*answers: str) -> Claim:
        cited = (cite("n-min", "2020-10-11", occasion="briefing") for _ in answers)
        return part_of(
            *(account(f"city-{a}", a, c) for a, c in zip(answers, cited, strict=True)),
        )

    assert not flagged(WHOLE, reports("10", "8"))
    assert flagged(WHOLE, reports("10", "12"))


def test_of_answers_in_an_unknown_order_each_must_be_affirmed_and_exceed() -> None:
    denied = part_of(
        account("city-10", "10", cite("n-min", "2020-10-11")),
        account("city-at-least-10", "at least 10", cite("n-min", "2020-10-11", stance="denies")),
    )
    assert "unordered" in compare_with_parts(denied, REGISTERS, DOSSIER, []).flags
    assert not flagged(WHOLE, denied)


def test_an_unofficial_voice_beside_its_officials_counts() -> None:
    part = part_of(
        account("city-8", "8", cite("n-min", "2020-10-11")),
        account("city-10", "10", cite("n-party", "2020-10-11")),
    )
    found = against(WHOLE, part)
    assert [one.part.account for one in found.parts_above] == ["city-10"]


@pytest.mark.parametrize(
    ("of_part", "of_whole", "exceeds"),
    [
        ({"measure": "killed"}, {"measure": "killed and wounded"}, True),
        ({"measure": "Killed"}, {"measure": "killed"}, True),
        ({"measure": "killed and wounded"}, {"measure": "killed"}, False),
        ({"measure": "wounded"}, {"measure": "killed"}, False),
        ({"unit": "vehicles"}, {}, False),
    ],
)
def test_only_what_counts_within_the_measure_of_the_whole_is_compared(
    of_part: dict[str, Any], of_whole: dict[str, Any], exceeds: bool
) -> None:
    part = part_of(account("city", "10", cite("n-min", "2020-10-11"), **of_part))
    whole = count_of("dead", account("all", "9", cite("s-min", "2020-10-12"), **of_whole))
    assert flagged(whole, part) is exceeds


@pytest.mark.parametrize(
    ("of_part", "of_whole", "exceeds"),
    [
        # The claims' own scopes are not compared: `part_of` says that one is a part of the other.
        (("the harbour", None), ("somewhere", None), True),
        (("the city", "The  City"), ("the region", None), True),
        # An account that counts more than its claim asks for is no count of the part,
        (("the city", "the region"), ("the region", None), False),
        # and one that counts less is none of the whole.
        (("the city", None), ("the region", "the city"), False),
        (("the region", "the city"), ("the region", None), True),
        (("the city", None), ("the city", "the region"), True),
        (("the city", "a street"), ("the region", None), False),
        ((None, "the city"), ("the region", None), False),
    ],
)
def test_an_account_of_another_scope_than_its_claim_counts_where_it_is_surely_safe(
    of_part: tuple[str | None, str | None], of_whole: tuple[str | None, str | None], exceeds: bool
) -> None:
    def scoped(scope: str | None) -> dict[str, Any]:
        return {"scope": scope} if scope else {}

    part = part_of(
        account("city", "10", cite("n-min", "2020-10-11"), **scoped(of_part[1])), scope=of_part[0]
    )
    whole = count_of(
        "dead",
        account("all", "9", cite("s-min", "2020-10-12"), **scoped(of_whole[1])),
        scope=of_whole[0],
    )
    assert flagged(whole, part) is exceeds


def test_each_part_is_compared_alone() -> None:
    parts = [
        part_of(account("city", "6", cite("n-min", "2020-10-11")), id=f"part-{n}") for n in "ab"
    ]
    assert not flagged(WHOLE, *parts)


def test_of_many_parts_the_first_are_named_by_their_widest_and_the_rest_counted() -> None:
    parts = [
        part_of(
            account("city-10", "10", cite("n-min", "2020-10-11")),
            account("city-12", "12", cite("f-min", "2020-10-11")),
            id=f"part-{number}",
        )
        for number in range(5)
    ]
    found = against(WHOLE, *parts[::-1])
    named = [m for m in found.messages if m.id == "part-exceeds-whole"]
    assert [m.arguments["claim"] for m in named] == ["part-0", "part-1", "part-2"]
    assert {m.arguments["part"]["account"] for m in named} == {"city-12"}
    more = {"kind": "part-exceeds-whole", "count": 2, "side": None}
    assert more in [m.arguments for m in found.messages if m.id == "more"]
    assert len(found.parts_above) == 10


def test_a_dated_view_sees_what_both_had_said_by_then() -> None:
    part = part_of(account("city-10", "10", cite("n-min", "2020-10-11")))
    assert not flagged(WHOLE, part, day=Day(2020, 10, 11))
    assert flagged(WHOLE, part, day=Day(2020, 10, 12))


def test_what_counts_nothing_is_no_part() -> None:
    asked = claim("yes-no", account("yes", "yes", cite("n-min")), id="asked", part_of="dead")
    assert not flagged(WHOLE, asked)
    part = part_of(account("city-10", "10", cite("n-min", "2020-10-11")))
    assert not flagged(claim("yes-no", account("yes", "yes", cite("s-min")), id="dead"), part)
    assert not flagged(count_of("dead"), part)
