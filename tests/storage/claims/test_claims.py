from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.domain.disagreement.comparison import ENGINE
from app.domain.disagreement.engine import compare
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim
from app.domain.records.kinds import PLURALS, REGISTER_KINDS, SubjectKind, entry_of
from app.domain.records.references import Key
from app.domain.records.registers import Registers, Sources
from app.errors import Moved, NotFound
from app.storage.claims.documents import get_claim, get_claims
from app.storage.claims.lists import list_claims, stream_claims
from app.storage.claims.save import save_claim, save_comparison
from app.storage.database.engine import Database
from app.storage.registers.entries import claims_naming, entries_for_claim
from app.storage.revisions import log
from app.storage.revisions.audit import audit
from app.storage.revisions.log import get
from app.storage.tables.columns import Base
from tests.domain.factories import DOSSIER, REGISTERS, account, cite, claim
from tests.storage.factories import (
    ANOTHER,
    append_body,
    outcome,
    put,
    references,
    save,
    save_registers,
)

BRIDGE = claim(
    "quantity",
    account("few", "18", cite("n-min", id="a"), cite("n-min+w-min", "2020-10", id="b")),
    account("many", "almost 600", cite(None, None, id="c", document="wire-doc")),
    happened="2020-10-10/2020-10-12",
    places=["old-bridge"],
    event="crossing",
)


@pytest.fixture
def record(database: Database) -> Database:
    """A database with registers and no claim."""
    with database.writing() as session:
        save_registers(session)
    return database


def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    columns = Base.metadata.tables[table]
    with database.reading() as session:
        statement = select(columns).order_by(*columns.primary_key)
        return [tuple(row) for row in session.execute(statement)]


def test_a_claim_is_read_back_as_it_was_saved(record: Database) -> None:
    with record.writing() as session:
        revision = put(session, BRIDGE, outcome("one-sided", north="holds"))
    with record.reading() as session:
        stored = get_claim(session, "bridge")
    assert Claim.model_validate_json(stored.document) == BRIDGE
    assert json.loads(stored.comparison)["state"] == "one-sided"
    assert (stored.revision, stored.hash) == (revision.number, revision.hash)
    assert (stored.changed_at, stored.compared_at) == (revision.at, revision.number)
    assert (stored.dossier, stored.engine) == ("quarrel", "1")


def test_the_stored_document_is_its_revisions_body_to_the_letter(record: Database) -> None:
    with record.writing() as session:
        revision = put(session, BRIDGE)
    with record.reading() as session:
        assert get_claim(session, "bridge").document == get(session, revision.number).body


def test_accounts_and_citations_are_indexed_with_days_and_publishers(record: Database) -> None:
    with record.writing() as session:
        put(session, BRIDGE)
    assert rows(record, "accounts") == [
        ("bridge", "few", 0, "18", None),
        ("bridge", "many", 1, "almost 600", None),
    ]
    day = 737710  # 12 October 2020
    october = (day - 11, day + 19)
    assert rows(record, "citations") == [
        ("bridge", "a", "few", 0, "daily-doc", "daily", "2020-10-12", day, day, "asserts"),
        ("bridge", "b", "few", 1, "daily-doc", "daily", "2020-10", *october, "asserts"),
        ("bridge", "c", "many", 2, "wire-doc", "wire", None, None, None, "asserts"),
    ]
    assert rows(record, "citation_speakers") == [
        ("bridge", "a", "n-min"),
        ("bridge", "b", "n-min"),
        ("bridge", "b", "w-min"),
    ]
    assert rows(record, "claim_places") == [("bridge", "old-bridge")]


def test_saving_again_leaves_nothing_of_the_claim_as_it_was(record: Database) -> None:
    smaller = claim("quantity", account("many", "600", cite("s-min", id="c")))
    with record.writing() as session:
        put(session, BRIDGE, outcome(flags=["undated", "divided"], north="holds", west="holds"))
        put(session, smaller, outcome("one-sided", flags=["undated"], north="silent"))
    assert rows(record, "accounts") == [("bridge", "many", 0, "600", None)]
    assert [row[1] for row in rows(record, "citations")] == ["c"]
    assert rows(record, "citation_speakers") == [("bridge", "c", "s-min")]
    assert rows(record, "claim_places") == []
    assert rows(record, "claim_flags") == [("bridge", "undated")]
    assert rows(record, "claim_sides") == [("bridge", "north", "silent", False)]
    named = {row[1:] for row in rows(record, "claim_references")}
    assert named == set(references(smaller))
    with record.reading() as session:
        assert audit(session).is_intact


def test_a_failed_save_takes_its_revision_back(record: Database) -> None:
    with record.reading() as session:
        before = log.head(session)

    def save_what_cites_nothing() -> None:
        with record.writing() as session:
            put(session, claim("yes-no", account("yes", "yes", cite(document="n-gazette-doc"))))
            other = claim("yes-no", account("yes", "yes", cite(document="lost-doc")), id="other")
            revision = append_body(session, "claim", "other", other.to_json())
            save_claim(
                session,
                "quarrel",
                other,
                outcome(),
                engine="1",
                references=set(),
                revision=revision,
            )

    with pytest.raises(ValueError, match="lost-doc"):
        save_what_cites_nothing()
    with record.reading() as session:
        assert log.head(session) == before
    assert rows(record, "claims") == []
    assert rows(record, "accounts") == []


def test_a_claim_cannot_be_saved_under_a_revision_that_says_something_else(
    record: Database,
) -> None:
    def save_under(kind: SubjectKind, key: str, body: dict[str, object]) -> None:
        with record.writing() as session:
            save_claim(
                session,
                "quarrel",
                BRIDGE,
                outcome(),
                engine="1",
                references=set(),
                revision=append_body(session, kind, key, body),
            )

    with pytest.raises(ValueError, match="something else"):
        save_under("claim", "bridge", {"id": "bridge"})
    with pytest.raises(ValueError, match="not of the claim"):
        save_under("claim", "other", BRIDGE.to_json())
    with pytest.raises(ValueError, match="not of the claim"):
        save_under("side", "bridge", BRIDGE.to_json())


def test_a_claim_that_names_what_is_not_on_record_cannot_be_committed(record: Database) -> None:
    def name(entry: Key, *, later: Callable[[], None] | None = None) -> None:
        with record.writing() as session:
            revision = append_body(session, "claim", "bridge", BRIDGE.to_json())
            save_claim(
                session,
                "quarrel",
                BRIDGE,
                outcome(),
                engine="1",
                references={entry},
                revision=revision,
            )
            if later:
                save(session, "side", {"id": "east", "name": "Eastern"})

    with pytest.raises(IntegrityError):
        name(("side", "east"))
    assert rows(record, "claims") == []
    name(("side", "east"), later=lambda: None)
    assert rows(record, "claim_references") == [("bridge", "side", "east")]


def test_a_comparison_can_be_replaced_without_a_revision(record: Database) -> None:
    with record.writing() as session:
        revision = put(session, BRIDGE, outcome("disputed", flags=["divided"], north="divided"))
    with record.writing() as session:
        save(session, "speaker", REGISTERS.speakers["n-min"].to_plain() | {"name": "The ministry"})
        save_comparison(
            session,
            BRIDGE,
            outcome("agreed", north="holds", gap=("days", 3)),
            engine="2",
            references=references(BRIDGE) - {("side", "west")},
        )
    with record.reading() as session:
        stored = get_claim(session, "bridge")
        [item] = list_claims(session, ClaimFilter(q="the ministry", side="north")).items
        head = log.head(session)
        assert audit(session).is_intact
        assert list_claims(session, ClaimFilter(flag="divided")).items == ()
        assert claims_naming(session, "side", "west") == []
    assert (stored.revision, stored.changed_at) == (revision.number, revision.at)
    assert (stored.compared_at, stored.engine) == (head.number, "2")
    assert (item.state, item.gap_kind, item.gap_difference) == ("agreed", "days", 3.0)


def test_an_unknown_claim_is_not_found_and_a_renamed_one_is_where_it_went(
    record: Database,
) -> None:
    renamed = BRIDGE.model_copy(update={"formerly": ("ford", "ferry")})
    with record.writing() as session:
        put(session, renamed)
    with record.reading() as session:
        with pytest.raises(NotFound):
            get_claim(session, "tunnel")
        with pytest.raises(Moved) as moved:
            get_claim(session, "ferry")
        assert moved.value.now == "bridge"
        for no_id in ("", "a\0b", "Ü", "a" * 65, "bridge\n"):
            with pytest.raises(NotFound):
                get_claim(session, no_id)


def test_an_id_that_is_no_longer_listed_as_a_former_one_stops_redirecting(
    record: Database,
) -> None:
    with record.writing() as session:
        put(session, BRIDGE.model_copy(update={"formerly": ("ford", "ferry")}))
        put(session, BRIDGE.model_copy(update={"formerly": ("ford",)}))
    assert rows(record, "former_ids") == [("claim", "ford", "bridge")]


def test_one_former_id_cannot_lead_to_two_claims(record: Database) -> None:
    with record.writing() as session:
        put(session, BRIDGE.model_copy(update={"formerly": ("ford",)}))
    other = BRIDGE.model_copy(update={"id": "other", "formerly": ("ford",)})
    with pytest.raises(IntegrityError), record.writing() as session:
        put(session, other)


def test_several_claims_come_in_the_order_asked_for(record: Database) -> None:
    with record.writing() as session:
        for name in ("one", "two", "three"):
            put(session, BRIDGE.model_copy(update={"id": name}))
    with record.reading() as session:
        found = get_claims(session, ["three", "none", "one"])
        assert list(found) == ["three", "one"]
        assert found["one"] == get_claim(session, "one")
        assert get_claims(session, []) == {}


def test_every_claim_can_be_streamed_whole(record: Database) -> None:
    with record.writing() as session:
        for name in ("b", "a", "c"):
            put(session, BRIDGE.model_copy(update={"id": name}))
        save(session, "dossier", ANOTHER)
        put(session, BRIDGE.model_copy(update={"id": "d"}), dossier="another")
    with record.reading() as session:
        everything = list(stream_claims(session, ClaimFilter()))
        assert [claim.id for claim in everything] == ["d", "a", "b", "c"]
        first = next(stream_claims(session, ClaimFilter(dossier="quarrel")))
        assert first == get_claim(session, "a")


def test_what_the_engine_finds_is_what_lists_say(record: Database) -> None:
    found = compare(
        claim(
            "quantity",
            account("few", "18", cite("n-min"), cite("n-min", "2020-10-13")),
            account("many", "almost 600", cite("s-min")),
        ),
        REGISTERS,
        DOSSIER,
    )
    dumped = found.model_dump(mode="json")
    with record.writing() as session:
        revision = append_body(session, "claim", BRIDGE.id, BRIDGE.to_json())
        save_claim(
            session,
            "quarrel",
            BRIDGE,
            dumped,
            engine=ENGINE,
            references=references(BRIDGE),
            revision=revision,
        )
    with record.reading() as session:
        assert json.loads(get_claim(session, "bridge").comparison) == dumped
        [item] = list_claims(session, ClaimFilter(state="disputed", side="south")).items
    assert found.gap is not None
    assert (item.gap_kind, item.gap_difference) == ("quantity", found.gap.difference)


def test_one_query_gives_the_engine_all_that_a_claims_comparison_needs(record: Database) -> None:
    with record.writing() as session:
        put(session, BRIDGE)
    with record.reading() as session:
        entries = entries_for_claim(session, "bridge")
    sources = Sources(
        **{
            PLURALS[kind]: tuple(entry_of(kind, e.body) for e in entries if e.kind == kind)
            for kind in REGISTER_KINDS
        }
    )
    needed = Registers(sources)
    assert {(entry.kind, entry.id) for entry in entries} == references(BRIDGE)
    assert needed.publisher_of("wire-doc") == REGISTERS.publishers["wire"]
    assert set(needed.speakers) == {"n-min", "w-min"}


def test_deleting_a_claim_by_hand_deletes_its_index(record: Database) -> None:
    with record.writing() as session:
        put(session, BRIDGE, outcome(flags=["undated"], north="holds"))
        session.execute(text("DELETE FROM claims"))
    for table in (
        "accounts",
        "citations",
        "citation_speakers",
        "claim_places",
        "claim_flags",
        "claim_sides",
        "claim_references",
    ):
        assert rows(record, table) == []
