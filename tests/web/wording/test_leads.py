"""The first sentence of a comparison: everything in 240 characters, or else the rest below it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disagreement.comparison import Message
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.dossiers.record import read_record
from app.web.wording.locale import LANGUAGES
from app.web.wording.messages import _LEADS, MAX_LEAD, _sentences, explanations
from app.web.wording.reported_speech import shortened, statements, undated
from tests.domain.factories import DOSSIER, REGISTERS
from tests.domain.strategies import claims
from tests.loaded import ROOT
from tests.web.wording.sentences import in_english, in_language

MAX_WORDING = 90
"""How long `check --strict` lets a wording be."""


def holder(name: str, said: str | None = "2020-10-12") -> dict[str, Any]:
    of_nobody = {"kind": "speaker", "id": name, "plural": False, "side": None}
    return {**of_nobody, "name": name, "said": said, "according_to": None}


def group(wording: str | None, answer: str, *names: str, **more: Any) -> dict[str, Any]:
    counted = {"kind": "yes-no", "unit": None, "measure": None, "scope": None}
    said = {"account": answer, "denies": False, "certainty": "stated"}
    return {**counted, **said, "wording": wording, "answer": answer} | {
        "holders": [holder(name) for name in names],
        **more,
    }


def lead(*groups: dict[str, Any], state: str = "disputed") -> list[str]:
    message = Message(id=state, arguments={"groups": list(groups)})
    return list(_sentences(message, REGISTERS))


def words(length: int) -> str:
    """A wording of this length."""
    return ("they left and " * 20)[: length - 1].rstrip().ljust(length, "x")


DAY = "(12 October 2020)"


def test_a_lead_that_fits_has_wordings_and_days() -> None:
    assert lead(
        group("they left", "yes", "Northland"), group("they stayed", "no", "Southland")
    ) == [f"Northland {DAY} says that they left; Southland {DAY} says that they stayed."]


def test_a_lead_fits_up_to_its_last_character() -> None:
    frame = len(lead(group("x", "yes", "Northland"))[0]) - 1
    for length, says_wording in ((MAX_LEAD, True), (MAX_LEAD + 1, False)):
        (sentence,) = lead(group(words(length - frame), "yes", "Northland"))
        assert (len(sentence) == length) == says_wording
        assert sentence.endswith("says: yes.") != says_wording


def test_answers_take_the_place_of_wordings_that_are_too_long() -> None:
    long = words(MAX_WORDING)
    assert lead(group(long, "yes", "Northland"), group(long, "no", "Southland"),
                group(long, "no", "Westland", denies=True)) == [
        f"Northland {DAY} says: yes; Southland {DAY} says: no; Westland {DAY} denies this: no."
    ]  # fmt: skip


def test_a_wording_that_is_shorter_than_its_answer_stays() -> None:
    label = words(120)
    assert lead(
        group("they left", label, "Northland", kind="choice"),
        group(words(MAX_WORDING), "no", "Southland"),
        group(words(MAX_WORDING), "no", "Westland"),
    ) == [
        f"Northland {DAY} says that they left; Southland {DAY} says: no; Westland {DAY} says: no."
    ]


def test_days_are_left_out_before_anybody_is() -> None:
    names = [f"the Authority of Region {number}" for number in range(1, 6)]
    (sentence,) = lead(*(group(words(90), f"a{n}", name, kind="choice") for n, name in
                         enumerate(names, 1)))  # fmt: skip
    assert sentence == (
        "The Authority of Region 1 says: a1; the Authority of Region 2 says: a2; the Authority of "
        "Region 3 says: a3; the Authority of Region 4 says: a4; the Authority of Region 5 says: a5."
    )


def test_without_days_what_reads_the_same_is_said_once() -> None:
    name = "the Authority of the Northern Highlands and of the Adjacent Districts"
    said = lead(
        *(
            group(None, "its own forces", name, kind="choice", account=day)
            | {"holders": [holder(name, day)]}
            for day in ("2020-10-11", "2020-10-12", "2020-10-13")
        )
    )
    assert said == [f"The{name[3:]} says: its own forces."]


def test_what_does_not_fit_is_said_below_in_full() -> None:
    names = [f"Authority of the Region with the Number {number}" for number in range(1, 7)]
    groups = [group(words(90), f"a{n}", name, kind="choice") for n, name in enumerate(names, 1)]
    first, second = lead(*groups)
    said = [f"{name} {DAY} says: a{n}" for n, name in enumerate(names, 1)]
    assert first == "; ".join(said[:3]) + "."
    said = [f"{name} {DAY} says that {words(90)}" for name in names]
    assert second == "Further answers: " + "; ".join(said[3:]) + "."


def test_of_many_who_say_one_thing_those_who_do_not_fit_are_named_below() -> None:
    names = [f"the Authority of Region {number:02}" for number in range(1, 16)]
    first, second = lead(group("they left", "yes", *names), state="outside-only")
    assert first.startswith("No compared side answers; the Authority of Region 01, the Authority")
    assert first.endswith(" each say: yes.")
    assert len(first) <= MAX_LEAD < len(first) + len(names[0])
    assert second.startswith("Further answers: the Authority of Region 0")
    assert second.endswith(f"the Authority of Region 15 {DAY} each say that they left.")
    assert [name for name in names if (name in first) == (name in second)] == []


def test_one_answer_that_is_too_long_is_said_all_the_same() -> None:
    label = words(300)
    assert lead(group(None, label, "Northland", kind="choice")) == [f"Northland says: {label}."]


NAMES = st.text("abc ", min_size=1, max_size=60).map(lambda name: f"N{name}".rstrip())
GROUPS = st.lists(
    st.builds(
        lambda length, answer, names, denies: group(
            words(length), answer, *names, denies=denies, kind="choice"
        ),
        st.integers(2, MAX_WORDING),
        st.text("xyz", min_size=1, max_size=40),
        st.lists(NAMES, min_size=1, max_size=8, unique=True),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(GROUPS, st.sampled_from(sorted(_LEADS)))
def test_a_lead_is_never_too_long_and_nobody_gets_lost(
    groups: list[dict[str, Any]], state: str
) -> None:
    first, *below = lead(*groups, state=state)
    assert len(first) <= MAX_LEAD
    assert len(below) <= 1
    for each in groups:
        for one in each["holders"]:
            assert any(one["name"] in sentence for sentence in (first, *below))


@settings(max_examples=150, deadline=None)
@given(GROUPS)
def test_no_opponent_is_left_out_where_all_fit(groups: list[dict[str, Any]]) -> None:
    brief = statements([undated(shortened(each)) for each in groups], REGISTERS)
    if len(f"{brief}.") <= MAX_LEAD:
        assert len(lead(*groups)) == 1


@settings(max_examples=100, deadline=None)
@given(claims())
def test_no_lead_of_a_claim_with_short_wordings_is_too_long(claim: Claim) -> None:
    accounts = tuple(
        account.model_copy(update={"wording": account.wording and words(MAX_WORDING)})
        for account in claim.accounts
    )
    long = claim.model_copy(update={"accounts": accounts})
    for subject in (claim, long):
        assert len(in_english(compare(subject, REGISTERS, DOSSIER))[0]) <= MAX_LEAD


RECORD = read_record(ROOT)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_lead_of_the_shipped_record_is_too_long(tag: str) -> None:
    registers, (dossier, *_) = Registers(RECORD.sources), RECORD.dossiers
    found = {claim.id: compare(claim, registers, dossier) for _, claim in RECORD.claims}
    leads = {
        name: in_language(tag, lambda: explanations(comparison, registers)[0])  # noqa: B023
        for name, comparison in found.items()
    }
    assert {name: len(first) for name, first in leads.items() if len(first) > MAX_LEAD} == {}
