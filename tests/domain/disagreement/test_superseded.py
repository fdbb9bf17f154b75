"""Which citations their speakers have since replaced."""

from __future__ import annotations

from tests.domain.factories import account, cite, compared


def test_what_a_speaker_said_before_is_superseded_whoever_it_is() -> None:
    found = compared(
        "yes-no",
        account(
            "yes",
            "yes",
            cite("n-min", "2020-10-10", id="official"),
            cite("f-min", "2020-10-10", id="outside"),
            cite("s-party", "2020-10-10", id="party"),
            cite("s-min", "2020-10-10", id="other"),
        ),
        account(
            "no",
            "no",
            cite("n-min", "2020-10-12", id="official-later"),
            cite("f-min", "2020-10-12", id="outside-later"),
            cite("s-party", "2020-10-12", id="party-later"),
        ),
    )
    assert found.superseded == ("official", "outside", "party")


def test_own_voices_and_evasions_are_never_superseded() -> None:
    found = compared(
        "yes-no",
        account(
            "yes",
            "yes",
            cite(None, "2020-10-10", id="own"),
            cite("n-min", "2020-10-10", stance="declines", id="evasion"),
        ),
        account("no", "no", cite(None, "2020-10-12", id="own-later"), cite("n-min", "2020-10-12")),
    )
    assert found.superseded == ()


def test_who_says_the_same_again_later_holds_it_still() -> None:
    found = compared(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-10"), cite("n-min", "2020-10-12")),
    )
    assert found.superseded == ()


def test_hours_are_compared_where_a_date_claim_asks_for_the_hour() -> None:
    morning, evening = "2020-10-12T09:00:00", "2020-10-12T18:00:00"

    def state(**more: str) -> str:
        first, second = account("a", morning, cite("n-min")), account("b", evening, cite("s-min"))
        return compared("date", first, second, **more).state

    assert (state(unit="hour"), state(), state(unit="day")) == ("disputed", "agreed", "agreed")
