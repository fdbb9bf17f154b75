"""What one speaker says never hides what another speaker of the same side says."""

from __future__ import annotations

from tests.domain.factories import account, cite, compared


def test_each_speaker_has_shifts_of_its_own() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10"), cite("n-pm", "2020-10-10")),
        account("no", "no", cite("n-min", "2020-10-12"), cite("n-pm", "2020-10-13")),
    )
    assert {(s.speaker, s.on) for s in found.shifts} == {
        ("n-min", "2020-10-12"),
        ("n-pm", "2020-10-13"),
    }


def test_each_speaker_may_have_said_two_things_in_an_unknown_order() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", None, id="a"), cite("n-pm", None, id="c")),
        account("no", "no", cite("n-min", None, id="b"), cite("n-pm", None, id="d")),
    )
    unordered = [d for d in found.dissents if d.kind == "unordered"]
    assert {(d.left.citations, d.right.citations) for d in unordered} == {
        (("a",), ("b",)),
        (("c",), ("d",)),
    }


def test_the_higher_of_two_counts_of_one_day_takes_no_other_speakers_place() -> None:
    found = compared(
        "quantity",
        account("three", "3", cite("h-min")),
        account("four", "4", cite("n-min", "2020-10-12")),
        account("five", "5", cite("n-min", "2020-10-12")),
        counting="cumulative",
    )
    assert set(found.positions["north"].accounts) == {"three", "five"}
