"""Citations that count as of two origins and have the same words."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.domain.checking.shared_words import may_be_one_origin, shared_words
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from tests.domain.factories import REGISTERS, SOURCES, account, cite, claim, compared

TWELVE = "the council said on Monday that nineteen people had been killed in shelling"
SEVEN = "nineteen people were killed near the bridge"


def said(*citations: dict[str, Any], registers: Registers = REGISTERS, **pages: str) -> list[str]:
    texts = {name.replace("_", "-"): text for name, text in pages.items()}
    return [hit.words for hit in shared_words(of(*citations), registers, texts)]


def of(*citations: dict[str, Any]) -> Claim:
    return claim("yes-no", account("yes", "yes", *citations))


def owned(**owners: str) -> Registers:
    """The tests' registers, where these publishers have these owners."""
    publishers = tuple(
        entry.model_copy(update={"owner": owners.get(entry.id)}) for entry in SOURCES.publishers
    )
    return Registers(SOURCES.model_copy(update={"publishers": publishers}))


def test_twelve_equal_words_of_two_outlets_may_be_one_origin() -> None:
    daily = cite(quote=f"Yesterday {TWELVE}")
    weekly = cite(document="weekly-doc", quote=f"{TWELVE} overnight")
    (hit,) = shared_words(of(daily, weekly), REGISTERS)
    assert (hit.left.citation.id, hit.right.citation.id) == (daily["id"], weekly["id"])
    assert (hit.words, hit.why, hit.account) == (TWELVE.lower(), "equal-words", "yes")


@pytest.mark.parametrize(
    "other",
    [
        "The council said, on Monday, that “nineteen” people had been killed in shelling!",
        "THE COUNCIL SAID ON MONDAY THAT NINETEEN PEOPLE HAD BEEN KILLED IN SHELLING",
        "the council said on Monday that nineteen\u00a0people had been killed in shell\u00ading",
    ],
)
def test_case_marks_and_spacing_hide_no_equal_words(other: str) -> None:
    assert said(cite(quote=TWELVE), cite(document="weekly-doc", quote=other)) == [TWELVE.lower()]


def test_eleven_equal_words_within_other_words_are_chance() -> None:
    eleven = TWELVE.removeprefix("the ").removesuffix(" shelling")
    daily, weekly = (
        cite(quote=f"our {eleven} fire"),
        cite(document="weekly-doc", quote=f"a {eleven} June"),
    )
    assert said(daily, weekly) == []


def test_a_whole_quotation_within_another_is_enough_from_six_words_on() -> None:
    weekly = cite(document="weekly-doc", quote=f"Reports say that {SEVEN} at noon")
    assert said(cite(quote=SEVEN), weekly) == [SEVEN]
    assert said(cite(quote="killed near the old bridge"), weekly) == []
    assert said(cite(quote="people were killed near the"), weekly) == []


def test_six_equal_words_of_two_outlets_of_one_owner_are_enough() -> None:
    daily = cite(quote="of whom nineteen people were killed near a mill")
    weekly = cite(document="weekly-doc", quote="nineteen people were killed near a farm")
    assert said(daily, weekly) == []
    house = owned(daily="Press House", weekly="press  house", wire="Wire Ltd")
    assert said(daily, weekly, registers=house) == ["nineteen people were killed near a"]
    (hit,) = shared_words(of(daily, weekly), house)
    assert hit.why == "one-owner"
    wire = cite(document="wire-doc", quote="nineteen people were killed near a farm")
    assert said(daily, wire, registers=house) == []


def test_what_is_one_origin_already_is_no_hint() -> None:
    one = cite(quote=TWELVE)
    assert said(one, cite(quote=TWELVE)) == []
    assert (
        said(cite("n-min", quote=TWELVE), cite("n-min", document="weekly-doc", quote=TWELVE)) == []
    )
    credited = cite(document="credited-doc", quote=TWELVE)
    assert said(credited, cite(document="wire-doc", quote=TWELVE)) == []
    # The speaker's words by a wire's report, and an own voice that credits the wire.
    carried = cite("n-min", document="weekly-doc", relayed_by=["wire"], quote=TWELVE)
    assert said(credited, carried) == []


def test_a_speakers_words_in_anothers_own_voice_are_a_hint() -> None:
    spoken = cite("n-min", document="weekly-doc", quote=TWELVE)
    assert said(spoken, cite(quote=TWELVE)) == [TWELVE.lower()]


def test_pages_are_compared_around_the_quotation() -> None:
    daily, weekly = cite(quote="nineteen people"), cite(document="weekly-doc", quote="killed")
    page = f"Menu. News. Today {TWELVE}, its clerk wrote in a note to all."
    shared = f"today {TWELVE.lower()} its clerk wrote in a note to all"
    assert said(daily, weekly, daily_doc=page, weekly_doc=page.replace("News", "Mail")) == [shared]
    # Without the quotation on it, a page is not the one that was cited.
    assert said(daily, weekly, daily_doc=page, weekly_doc=page.replace("killed", "slain")) == []
    assert said(daily, weekly, daily_doc=page) == []


def test_what_is_far_from_the_quotation_or_spoken_by_others_is_not_compared() -> None:
    daily, weekly = (
        cite(quote="nineteen people"),
        cite(document="weekly-doc", quote="nineteen people"),
    )
    many = TWELVE.replace("nineteen", "many")
    footer = f"Nineteen people died. {' '.join(map(str, range(80)))} {many}"
    other = f"Nineteen people fell. {' '.join(map(str, range(900, 980)))} {many}"
    assert said(daily, weekly, daily_doc=footer, weekly_doc=other) == []
    spoken = f"Nineteen people died. “{many}”, he said."
    told = f"Nineteen people fell. «{many}», he added."
    assert said(daily, weekly, daily_doc=spoken, weekly_doc=told) == []


def test_a_finding_names_the_words_the_other_and_why() -> None:
    daily, weekly = cite(id="a", quote=TWELVE), cite(id="b", document="weekly-doc", quote=TWELVE)
    (finding,) = may_be_one_origin(of(daily, weekly), REGISTERS)
    assert finding.where == ("accounts", 0, "citations", 1, "quote")
    assert finding.message == (
        f"has the words “{TWELVE.lower()}” of “a” (The Daily); neither credits the other, "
        "and the two may be one origin"
    )
    house = owned(daily="Press House", weekly="Press House")
    (finding,) = may_be_one_origin(of(daily, weekly), house)
    assert "; both publishers are of Press House, and the two" in finding.message


def test_a_hint_changes_no_count() -> None:
    daily, weekly = cite(quote=TWELVE), cite(document="weekly-doc", quote=TWELVE)
    assert compared("yes-no", account("yes", "yes", daily, weekly)).origins["yes"].origins == 2


def test_one_pair_stands_for_many_of_the_same_two_sources() -> None:
    many = [
        cite(document=("daily-doc", "weekly-doc")[n % 2], quote=f"{TWELVE} {n}") for n in range(600)
    ]
    began = time.perf_counter()
    assert said(*many) == [TWELVE.lower()]
    unlike = [
        cite(
            document=("daily-doc", "weekly-doc")[n % 2],
            quote=" ".join(f"w{n}x{m}" for m in range(15)),
        )
        for n in range(400)
    ]
    text = " ".join(f"page{m}" for m in range(60_000))
    assert said(*unlike, daily_doc=text, weekly_doc=text) == []
    # Measured: 1.6 s where others work beside it.
    assert time.perf_counter() - began < 10
