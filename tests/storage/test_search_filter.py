from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.errors import BadQuery
from app.storage.claims import ClaimFilter, list_claims
from app.storage.database import Database
from app.storage.search import MOST_LETTERS, normalise, normalise_all, words_of
from tests.domain.factories import account, cite, claim
from tests.storage.factories import put, save_registers


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("  Stepanakert \n\t was  ", "stepanakert was"),
        ("Şuşa’dakı Əliyev", "susadaki eliyev"),
        ("İSTANBUL Iğdır", "istanbul igdir"),
        ("Степанаке́рт, Ёлка", "степанакерт, елка"),
        ("Երևան", "երեւան"),
        ("ԵՐԵՎԱՆ", "երեվան"),
        ("Ինչո՞ւ", "ինչու"),
        ("Hak'ari Hakʼari Hak‘ari", "hakari hakari hakari"),
        ("Nagorno–Karabakh, Nagorno\u2011Karabakh", "nagorno-karabakh, nagorno-karabakh"),
        ("ﬁre straße", "fire strasse"),
        ("soft\u00adhyphen zero\u200bwidth no\u00a0break", "softhyphen zerowidth no break"),
        ("nul\0 and \ud800half", "nul and half"),
        ("", ""),
    ],
)
def test_texts_are_compared_without_case_marks_and_apostrophes(text: str, normalised: str) -> None:
    assert normalise(text) == normalised
    assert normalise(normalised) == normalised


def test_words_of_two_texts_never_run_into_one() -> None:
    assert normalise_all(["Bridge ", None, "", "Head"]) == "bridge\nhead"


def test_a_query_is_taken_apart_into_words_without_punctuation_around_them() -> None:
    assert words_of("“Left, the Bridge?”  (2,000)") == ["left", "the", "bridge", "2,000"]
    assert words_of("100% _ T-72") == ["100", "_", "t-72"]
    assert words_of(" \n ") == []


@pytest.mark.parametrize("query", ["x" * (MOST_LETTERS + 1), "a " * 21])
def test_a_query_that_is_too_long_is_refused(query: str) -> None:
    with pytest.raises(BadQuery) as refused:
        words_of(query)
    assert refused.value.parameter == "q"


@pytest.fixture(scope="module")
def record(module_database: Database) -> Database:
    with module_database.writing() as session:
        save_registers(session)
        put(
            session,
            claim(
                "quantity",
                account(
                    "few",
                    "18",
                    cite("n-min", quote="Սպանվել է 18 մարդ", translation="Eighteen were killed"),
                    wording="100% of_them returned\\home",
                ),
                question="How many fell at Şuşa?",
                summary="Nagorno-Karabakh, 2020.",
                places=["old-bridge"],
            ),
        )
        put(session, claim("yes-no", account("yes", "yes", cite("s-min")), id="other"))
    return module_database


@pytest.mark.parametrize(
    "query",
    [
        "susa",
        "ŞUŞA",
        "how fell many",
        "killed susa",
        "սպանվել",
        "nagorno–karabakh",
        "karabakh nagorno",
        "northland's ministry",
        "northlands",
        "the daily",
        "old bridge",
        "köhnə",
        "kohne korpu",
        "вышнии",
        "“killed”",
        "100%",
        "of_them",
        "returned\\home",
        "fell\0",
    ],
)
def test_a_claim_is_found_by_every_word_that_stands_in_it(record: Database, query: str) -> None:
    with record.reading() as session:
        assert "bridge" in found(session, query)


@pytest.mark.parametrize(
    "query",
    [
        "susa tunnel",
        "of%them",
        "o__them",
        "of-them",
        "southlands",
        "northern",
        "1_0%",
        "returned/home",
        "' OR 1=1 --",
    ],
)
def test_a_claim_is_not_found_by_what_does_not_stand_in_it(record: Database, query: str) -> None:
    with record.reading() as session:
        assert "bridge" not in found(session, query)


def test_a_query_without_words_leaves_every_claim(record: Database) -> None:
    with record.reading() as session:
        assert len(found(session, " \t ")) == len(found(session, "")) == 2


def found(session: Session, query: str) -> list[str]:
    return [item.id for item in list_claims(session, ClaimFilter(q=query)).items]
