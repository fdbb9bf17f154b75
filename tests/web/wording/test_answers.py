"""An account's answer in the few words of a cell or heading, and how its hedge is read."""

import pytest

from app.web.wording.answers import interval_in_words
from tests.domain.factories import account, cite, claim


@pytest.mark.parametrize(
    ("answer", "unit", "words"),
    [
        ("about 2000", "people", "read as 1,800 to 2,200"),
        ("almost 5", "people", "read as 4 up to, not including, 5"),
        ("over 60", "people", "read as more than 60"),
        ("at least 60", "people", "read as 60 or more"),
        ("fewer than 60", "people", "read as 0 up to, not including, 60"),
        ("at most 60", "people", "read as 0 to 60"),
        ("up to 60", "people", "read as 1 to 60"),
        ("up to 60", "hectares", "read as above 0, up to 60"),
        ("tens of thousands", "people", "read as 20,000 to 99,999"),
        ("half", "percent", "read as 45 to 55"),
        ("60", "people", ""),
        ("2 783", "people", ""),
        ("2.5", "hectares", ""),
        ("24..99", "people", ""),
        ("20..40 best 30", "people", ""),
    ],
)
def test_only_a_hedge_says_how_it_is_read(answer: str, unit: str, words: str) -> None:
    subject = claim("quantity", account("a", answer, cite("n-min")), unit=unit)
    assert interval_in_words(subject, subject.accounts[0]) == words


def test_an_option_that_says_it_is_not_known_is_read_so() -> None:
    options = [
        {"id": "north", "label": "the north"},
        {"id": "open", "label": "open", "unknown": "true"},
    ]
    subject = claim(
        "choice",
        account("a", "open", cite("n-min")),
        account("b", "north", cite("s-min")),
        options=options,
    )
    words = [interval_in_words(subject, each) for each in subject.accounts]
    assert words == ["read as: it is not known which", ""]


def test_only_a_quantity_is_read_as_an_interval() -> None:
    subject = claim("date", account("a", "2020~", cite("n-min")))
    assert interval_in_words(subject, subject.accounts[0]) == ""
