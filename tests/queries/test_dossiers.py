from __future__ import annotations

from app.queries.dossiers import Basis, Coverage, basis_of, count_states, coverage_of, summaries
from app.storage.database.engine import Database
from tests.domain.factories import account, cite, claim
from tests.storage.factories import outcome, put, save_registers

POSITIONS = {
    "a-first": ("holds", "denies"),
    "b-second": ("divided", "silent"),
    "c-third": ("declined", "sidesteps"),
}


def filled(database: Database) -> Database:
    """Three claims of one dossier, the second of which counts a search for the south's account."""
    with database.writing() as session:
        save_registers(session)
        for number, (key, (north, south)) in enumerate(POSITIONS.items(), start=1):
            found = outcome("agreed" if number == 3 else "disputed", north=north, south=south)
            if number == 2:
                found["positions"]["south"]["searched"] = True
            made = claim(
                "yes-no",
                account("yes", "yes", cite("n-min", id="a")),
                id=key,
                happened=f"2020-10-0{number}",
            )
            put(session, made, found)
    return database


def test_coverage_says_of_each_side_whether_it_answers_evades_or_is_silent(
    database: Database,
) -> None:
    with filled(database).reading() as session:
        assert coverage_of(session, "quarrel") == Coverage(
            3,
            {
                "north": {0: "answers", 1: "answers", 2: "evades"},
                "south": {0: "answers", 1: "searched", 2: "evades"},
            },
        )
        assert coverage_of(session, "nowhere") == Coverage(0, {})


def test_a_dossier_is_summed_up_by_state_with_its_first_claims(database: Database) -> None:
    with filled(database).reading() as session:
        assert count_states(session, "quarrel") == {"disputed": 2, "agreed": 1}
        basis = basis_of(session, "quarrel")
    assert (basis.citations, basis.documents, basis.publishers) == (3, 1, 1)


def test_summaries_have_the_disputed_first(example: Database) -> None:
    with example.reading() as session:
        (summary,) = summaries(session, claims=2)
        basis = basis_of(session, summary.dossier.id)
    assert summary.dossier.id == "harbour"
    assert [comparison.state for _, comparison in summary.first.claims] == ["disputed"] * 2
    assert isinstance(basis, Basis)
    assert set(basis.documents_by_side) <= set(summary.dossier.sides)
