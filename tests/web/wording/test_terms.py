"""Every key of the program has its word, in its order."""

from typing import get_args

import pytest

from app.domain.disagreement.comparison import Flag, State
from app.domain.disagreement.histories import ShiftKind
from app.domain.disagreement.relations import RelationKind
from app.domain.records.claims import Kind, Nature
from app.domain.records.page_checks import Finding
from app.web.wording import terms
from tests.web.wording.sentences import in_language


@pytest.mark.parametrize(
    ("terms_of", "keys"),
    [(terms.states, State), (terms.flags, Flag), (terms.findings, Finding)],
    ids=["states", "flags", "findings"],
)
def test_lists_of_terms_are_whole_and_in_their_order(terms_of, keys) -> None:
    assert [term.key for term in terms_of()] == list(get_args(keys))


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (terms.kind, get_args(Kind)),
        (terms.nature, get_args(Nature)),
        (terms.relation, (*get_args(RelationKind), "silent")),
        (terms.shift, get_args(ShiftKind)),
    ],
    ids=["kind", "nature", "relation", "shift"],
)
def test_every_key_has_its_words(words: terms.Words, keys: tuple[str, ...]) -> None:
    assert set(words.messages) == set(keys)


def test_a_word_is_in_the_language_of_the_page_when_it_is_asked_for() -> None:
    assert terms.state("disputed").name == "Disputed"
    assert in_language("ru", lambda: terms.state("disputed").name) == "Спорно"
    assert in_language("ru", lambda: terms.measure("killed")) == "погибшие"


def test_a_unit_without_a_word_is_its_own_and_a_state_without_one_is_a_fault() -> None:
    assert in_language("ru", lambda: terms.unit("bells")) == "bells"
    assert in_language("ru", lambda: terms.unit("")) == ""
    with pytest.raises(KeyError):
        terms.kind("song")
