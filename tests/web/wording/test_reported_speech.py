"""Sentences about invented claims: days as given, and one holder's sentences joined."""

from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from tests.domain.factories import DOSSIER, REGISTERS, SOURCES, account, cite, claim
from tests.web.wording.sentences import in_english


def _told(subject: Claim) -> list[str]:
    return in_english(compare(subject, REGISTERS, DOSSIER))


def test_an_imprecise_day_is_told_as_it_was_given() -> None:
    found = _told(
        claim("yes-no", account("yes", "yes", cite("n-min", "2021-01"), wording="they had left"))
    )
    assert found[0].startswith("One compared side answers: Northland (January 2021) says that ")


def test_what_the_same_holder_says_next_is_added_to_its_sentence() -> None:
    found = _told(
        claim(
            "quantity",
            account("dead", "3", cite("n-min"), wording="three soldiers were killed"),
            account("hurt", "2", cite("n-min"), measure="wounded", wording="two were wounded"),
        )
    )
    assert found[0] == (
        "One compared side answers: Northland (12 October 2020) says that three soldiers were "
        "killed, and that two were wounded."
    )


def test_a_day_goes_into_the_brackets_of_a_name_that_has_some() -> None:
    sources = REGISTERS.speakers["w-source"].model_copy(update={"name": "an official (not named)"})
    registers = Registers(SOURCES)
    registers.speakers["w-source"] = sources
    subject = claim("yes-no", account("yes", "yes", cite("w-source", None), wording="it fell"))
    sentence = in_english(compare(subject, registers, DOSSIER), registers)[0]
    assert "an official (not named, undated) says that it fell." in sentence
