"""Claims and registers as plain records: what they look up, and what they are written as."""

import pytest
from pydantic import ValidationError

from app.domain.records.answers import Choice, Described, Quantity, YesNo, parse_answer
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.domain.values.hedges import parse_quantity
from tests.domain.factories import SOURCES, account, cite, claim

OPTIONS = [
    {"id": "one", "label": "One"},
    {"id": "two", "label": "Two", "includes": ["one"]},
    {"id": "all", "label": "All", "includes": ["two", "gone"]},
    {"id": "round", "label": "Round", "includes": ["again"]},
    {"id": "again", "label": "Again", "includes": ["round"]},
]


def test_registers_find_every_entry_by_its_id() -> None:
    registers = Registers(SOURCES)
    kinds = ("sides", "bodies", "publishers", "speakers", "documents")
    for kind in kinds:
        entries = getattr(SOURCES, kind)
        assert getattr(registers, kind) == {entry.id: entry for entry in entries}
    assert registers.publisher_of("wire-doc").id == "wire"


@pytest.mark.parametrize(
    ("standing", "official"),
    [("official", True), ("local-official", True), ("party", False), ("former", False)],
)
def test_two_standings_are_official(standing: str, official: bool) -> None:
    speaker = SOURCES.speakers[0].model_copy(update={"standing": standing})
    assert speaker.is_official is official


def test_a_claim_finds_its_accounts_and_options_and_says_when_there_is_none() -> None:
    subject = claim("choice", account("a", "one", cite()), account("b", "two", cite()))
    assert subject.account("b").answer == "two"
    assert subject.option("two").label == "Two"
    with pytest.raises(KeyError, match=r"^'c'$"):
        subject.account("c")
    with pytest.raises(KeyError, match=r"^'three'$"):
        subject.option("three")


def test_a_claim_lists_its_citations_with_their_accounts_in_file_order() -> None:
    subject = claim("yes-no", account("a", "yes", cite(), cite()), account("b", "no", cite()))
    assert [account.id for account, _ in subject.citations()] == ["a", "a", "b"]


def test_a_record_is_written_without_defaults_and_with_the_names_of_its_keys() -> None:
    subject = claim("text", account("a", "It fell.", {"id": "c", "document": "daily-doc"}))
    plain = {
        "id": "bridge",
        "question": "What happened at the bridge?",
        "kind": "text",
        "topic": "bridge",
        "accounts": [
            {"id": "a", "answer": "It fell.", "citations": [{"id": "c", "document": "daily-doc"}]}
        ],
    }
    assert subject.to_plain() == plain
    assert subject.to_json() == {"schema": 2, **plain}
    assert list(subject.to_json()) == ["schema", *plain]
    assert Claim.model_validate(subject.to_json()) == subject


def test_a_record_that_holds_sequences_is_written_as_json_values_under_its_keys() -> None:
    clash = {"with": "b", "reason": "They exclude each other."}
    subject = claim("text", account("a", "It fell.", cite("n-min+s-min"), clashes=[clash]))
    written = subject.accounts[0].to_plain()
    assert written["clashes"] == [clash]
    assert written["citations"][0]["speakers"] == ["n-min", "s-min"]  # type: ignore[index]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        claim("text", account("a", "It fell.", cite()), colour="red")


def test_an_option_includes_what_its_options_include_and_circles_end() -> None:
    accounts = [account(name, name, cite()) for name in ("all", "round", "one")]
    subject = claim("choice", *accounts).model_copy(update={})
    subject = Claim.model_validate(subject.to_json() | {"options": OPTIONS})
    found = [parse_answer(subject, entry) for entry in subject.accounts]
    assert found == [
        Choice("all", frozenset({"two", "one"})),
        Choice("round", frozenset({"again", "round"})),
        Choice("one", frozenset()),
    ]


def test_an_option_that_nobody_knows_says_so() -> None:
    options = [{"id": "one", "label": "One"}, {"id": "open", "label": "Open", "unknown": True}]
    subject = claim("choice", account("a", "one", cite()), account("b", "open", cite()))
    subject = Claim.model_validate(subject.to_json() | {"options": options})
    assert [parse_answer(subject, entry) for entry in subject.accounts] == [
        Choice("one", frozenset()),
        Choice("open", frozenset(), unknown=True),
    ]


def test_an_account_overrides_what_its_claim_counts() -> None:
    own = {"unit": "tanks", "measure": "lost", "scope": "the south"}
    subject = claim(
        "quantity", account("a", "3", cite()), account("b", "3", cite(), **own), scope="all"
    )
    three = parse_quantity("3")
    assert [parse_answer(subject, entry) for entry in subject.accounts] == [
        Quantity(three, "people", "killed", "all"),
        Quantity(three, "tanks", "lost", "the south"),
    ]


def test_what_a_number_means_depends_on_the_unit_of_its_account() -> None:
    share = account("a", "half", cite(), unit="percent")
    few = account("b", "about 2", cite())
    subject = claim("quantity", share, few)
    assert [parse_answer(subject, entry) for entry in subject.accounts] == [
        Quantity(parse_quantity("half", "percent"), "percent", "killed", None),
        Quantity(parse_quantity("about 2", "people"), "people", "killed", None),
    ]


def test_a_description_knows_the_accounts_that_it_clashes_with() -> None:
    clash = {"with": "b", "reason": "They exclude each other."}
    subject = claim("text", account("a", "It fell.", cite(), clashes=[clash]))
    assert parse_answer(subject, subject.accounts[0]) == Described("a", frozenset({"b"}))


def test_an_account_without_an_answer_has_none() -> None:
    subject = claim("yes-no", account("open", None, cite("n-min", stance="declines")))
    assert parse_answer(subject, subject.accounts[0]) is None


@pytest.mark.parametrize(("text", "is_so"), [("yes", True), ("no", False)])
def test_yes_is_yes_and_no_is_no(text: str, is_so: bool) -> None:
    subject = Claim.model_validate(
        {
            "id": "rain",
            "question": "Did it rain?",
            "kind": "yes-no",
            "topic": "weather",
            "accounts": [
                {"id": "a", "answer": text, "citations": [{"id": "c", "document": "page"}]}
            ],
        }
    )
    assert parse_answer(subject, subject.accounts[0]) == YesNo(is_so)
