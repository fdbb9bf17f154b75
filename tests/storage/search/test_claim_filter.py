"""The filter `q` of lists of claims."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.errors import BadQuery
from app.storage.claims.lists import count_by, list_claims
from app.storage.database.engine import Database
from tests.domain.factories import account, cite, claim
from tests.storage.factories import put, save_registers


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
        "kill",
        "սպանվել",
        "nagorno–karabakh",
        "karabakh nagorno",
        "northland's ministry",
        "northlands",
        "northern",
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
        "them-of",
        "“kill”",
        "ill",
        "southlands",
        "1_0%",
        "home/returned",
        "' OR 1=1 --",
        "fell OR tunnel",
        "NOT tunnel",
        'fell" OR "tunnel',
    ],
)
def test_a_claim_is_not_found_by_what_does_not_stand_in_it(record: Database, query: str) -> None:
    with record.reading() as session:
        assert "bridge" not in found(session, query)


def test_a_query_without_words_leaves_every_claim(record: Database) -> None:
    with record.reading() as session:
        assert len(found(session, " \t ")) == len(found(session, "")) == 2


def test_a_query_of_punctuation_is_refused(record: Database) -> None:
    with record.reading() as session, pytest.raises(BadQuery, match="a letter or a digit"):
        found(session, "%")


def test_what_is_found_is_counted(record: Database) -> None:
    with record.reading() as session:
        assert count_by(session, ClaimFilter(q="susa"), "kind") == {"quantity": 1}


def found(session: Session, query: str) -> list[str]:
    return [item.id for item in list_claims(session, ClaimFilter(q=query)).items]
