from __future__ import annotations

import pytest

from app.storage.claims import citations
from app.storage.claims.citations import IndexedCitation
from app.storage.claims.dossier_figures import Extent, extent
from app.storage.database.engine import Database
from tests.domain.factories import account, cite, claim
from tests.storage.factories import outcome, put, save_registers


@pytest.fixture
def record(database: Database) -> Database:
    """Two claims with five citations in three documents of two publishers."""
    bridge = claim(
        "yes-no",
        account("yes", "yes", cite("n-min+w-min", "2020-10-12", id="a"), wording="it was"),
        account("no", "no", cite("n-min", None, id="b"), cite(None, "2020", id="c")),
        places=["old-bridge", "new-bridge"],
    )
    ford = claim(
        "yes-no",
        account(
            "yes",
            "yes",
            cite("n-min", "2021-01", id="a", document="credited-doc"),
            cite("s-min", "1999", id="b", document="wire-doc", stance="denies"),
        ),
        id="ford",
        places=["old-bridge"],
    )
    with database.writing() as session:
        save_registers(session)
        put(session, bridge)
        put(session, ford, outcome("agreed"))
    return database


def test_a_speakers_citations_come_latest_first_and_undated_last(record: Database) -> None:
    with record.reading() as session:
        found = citations.citations_of(session, "speaker", "n-min")
        assert [(c.claim, c.id) for c in found] == [("ford", "a"), ("bridge", "a"), ("bridge", "b")]
        assert citations.citations_of(session, "speaker", "n-min", limit=1) == found[:1]
        assert citations.citations_of(session, "speaker", "nobody") == []


def test_a_citation_is_listed_with_its_account_and_claim(record: Database) -> None:
    with record.reading() as session:
        [found] = citations.citations_of(session, "speaker", "w-min")
    assert found == IndexedCitation(
        claim="bridge",
        question="What happened at the bridge?",
        dossier="quarrel",
        state="disputed",
        account="yes",
        answer="yes",
        wording="it was",
        id="a",
        document="daily-doc",
        publisher="daily",
        said="2020-10-12",
        stance="asserts",
    )


def test_publishers_and_documents_have_citations_too(record: Database) -> None:
    with record.reading() as session:
        daily = citations.citations_of(session, "publisher", "daily")
        wire = citations.citations_of(session, "document", "wire-doc")
    assert [(c.claim, c.id) for c in daily] == [
        ("ford", "a"),
        ("bridge", "c"),
        ("bridge", "a"),
        ("bridge", "b"),
    ]
    assert [(c.claim, c.id, c.stance) for c in wire] == [("ford", "b", "denies")]


def test_counts_say_zero_where_there_is_nothing(record: Database) -> None:
    with record.reading() as session:
        assert citations.count_citations(session, "publisher", ["daily", "wire", "pedia"]) == {
            "daily": 4,
            "wire": 1,
            "pedia": 0,
        }
        assert citations.count_citations(session, "speaker", ["n-min", "s-min", "none"]) == {
            "n-min": 3,
            "s-min": 1,
            "none": 0,
        }
        assert citations.count_citations(session, "document", ["daily-doc", "weekly-doc"]) == {
            "daily-doc": 3,
            "weekly-doc": 0,
        }
        assert citations.count_documents(session, ["daily", "weekly", "none"]) == {
            "daily": 2,
            "weekly": 1,
            "none": 0,
        }
        assert citations.count_claims_at(session, ["old-bridge", "new-bridge", "none"]) == {
            "old-bridge": 2,
            "new-bridge": 1,
            "none": 0,
        }
        assert citations.count_citations(session, "speaker", []) == {}


def test_a_dossier_says_what_it_rests_on(record: Database) -> None:
    with record.reading() as session:
        assert extent(session, "quarrel") == Extent(2, 5, 3, 2)
        assert extent(session, "none") == Extent(0, 0, 0, 0)
