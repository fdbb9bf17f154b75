from __future__ import annotations

import json

import pytest

from app.domain.records.claim_filter import ClaimFilter
from app.errors import BadQuery, Moved, NotFound
from app.storage.claims.lists import list_claims
from app.storage.database.engine import Database
from app.storage.registers.entries import (
    StoredEntry,
    all_entries,
    claims_naming,
    entries_for_claim,
    entries_for_claims,
    get_entry,
    list_entries,
    list_places,
)
from app.storage.registers.save import save_entry, save_order
from app.storage.revisions import log
from app.storage.revisions.audit import audit
from tests.domain.factories import REGISTERS, account, cite, claim
from tests.storage.factories import QUARREL, append_body, put, save, save_registers

BRIDGE = claim("yes-no", account("yes", "yes", cite("n-min"), cite("s-min")), places=["old-bridge"])


@pytest.fixture
def record(database: Database) -> Database:
    with database.writing() as session:
        save_registers(session)
    return database


def ids(entries: list[StoredEntry] | tuple[StoredEntry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def test_an_entry_is_read_back_as_it_was_saved(record: Database) -> None:
    with record.reading() as session:
        speaker = get_entry(session, "speaker", "n-min")
        document = get_entry(session, "document", "wire-doc")
        newest = log.newest(session, "speaker", "n-min")
    assert json.loads(speaker.body) == REGISTERS.speakers["n-min"].to_plain()
    assert newest is not None
    assert (speaker.name, speaker.side, speaker.revision) == (
        "Northland's ministry",
        "north",
        newest.number,
    )
    assert (document.name, document.publisher, document.side) == ("wire-doc", "wire", None)


def test_an_unknown_entry_is_not_found_and_a_renamed_one_is_where_it_went(
    record: Database,
) -> None:
    with record.writing() as session:
        save(session, "side", {"id": "east", "formerly": ["orient"], "name": "Eastern"})
        places = [{"id": "new-bridge", "formerly": ["bypass"], "name": "New Bridge"}]
        save(session, "dossier", QUARREL | {"formerly": ["dispute"], "places": places})
    with record.reading() as session:
        for kind, old, now in (
            ("side", "orient", "east"),
            ("dossier", "dispute", "quarrel"),
            ("place", "bypass", "new-bridge"),
        ):
            with pytest.raises(Moved) as moved:
                get_entry(session, kind, old)
            assert moved.value.now == now
        for unknown in ("nobody", "n-min", "a\0", "", "east\n"):
            with pytest.raises(NotFound):
                get_entry(session, "side", unknown)


def test_a_register_is_listed_in_the_order_of_its_file(record: Database) -> None:
    with record.reading() as session:
        first = list_entries(session, "side", limit=3)
        rest = list_entries(session, "side", limit=3, cursor=first.next_cursor)
        assert ids(first.items) == ["north", "south", "west"]
        assert ids(rest.items) == ["elsewhere"]
        assert (first.total, rest.total, rest.next_cursor) == (4, 4, None)
        assert ids(list(all_entries(session, "side", "dossier"))) == [
            *ids((*first.items, *rest.items)),
            "quarrel",
        ]


def test_a_list_refuses_what_it_does_not_understand(record: Database) -> None:
    with record.reading() as session:
        for limit, cursor in ((0, None), (201, None), (1, "x"), (1, "W10")):
            with pytest.raises(BadQuery):
                list_entries(session, "side", limit=limit, cursor=cursor)


def test_an_entry_keeps_its_place_and_a_new_one_comes_last(record: Database) -> None:
    with record.writing() as session:
        save(session, "side", {"id": "south", "name": "Southern, renamed"})
        save(session, "side", {"id": "east", "name": "Eastern"})
        listed = list_entries(session, "side").items
        assert ids(listed) == ["north", "south", "west", "elsewhere", "east"]
        assert listed[1].name == "Southern, renamed"
        save_order(session, "side", ["east", "elsewhere", "west", "south", "north"])
        save_order(session, "body", [])
        listed = list_entries(session, "side").items
        assert ids(listed) == ["east", "elsewhere", "west", "south", "north"]
        assert audit(session).is_intact


def test_an_entry_cannot_be_saved_under_a_revision_that_says_something_else(
    database: Database,
) -> None:
    with database.writing() as session:
        revision = append_body(session, "side", "east", {"id": "east", "name": "Eastern"})
        with pytest.raises(ValueError, match="something else"):
            save_entry(session, "side", {"id": "east", "name": "Western"}, revision=revision)
        with pytest.raises(ValueError, match="not of the body"):
            save_entry(session, "body", {"id": "east", "name": "Eastern"}, revision=revision)


def test_the_places_of_a_dossier_are_saved_with_it(record: Database) -> None:
    with record.reading() as session:
        assert ids(list_places(session, "quarrel")) == ["old-bridge", "new-bridge"]
        place = get_entry(session, "place", "old-bridge")
        dossier = get_entry(session, "dossier", "quarrel")
    assert json.loads(place.body) == QUARREL["places"][0]
    assert (place.dossier, place.revision) == ("quarrel", dossier.revision)
    moved = [{"id": "ford", "name": "Ford"}, QUARREL["places"][0] | {"name": "Oldest Bridge"}]
    with record.writing() as session:
        save(session, "dossier", QUARREL | {"places": moved})
        save(session, "dossier", QUARREL | {"id": "other", "places": [{"id": "pass", "name": "P"}]})
    with record.reading() as session:
        places = list_places(session, "quarrel")
        assert ids(places) == ["ford", "old-bridge"]
        assert places[1].name == "Oldest Bridge"
        assert ids(list_places(session, "other")) == ["pass"]
        assert list_places(session, "none") == []


def test_the_claims_that_name_an_entry_are_known(record: Database) -> None:
    with record.writing() as session:
        put(session, BRIDGE)
        put(session, claim("yes-no", account("no", "no", cite("s-min")), id="another"))
    with record.reading() as session:
        assert claims_naming(session, "speaker", "s-min") == ["another", "bridge"]
        assert claims_naming(session, "speaker", "n-min") == ["bridge"]
        assert claims_naming(session, "place", "old-bridge") == ["bridge"]
        assert claims_naming(session, "side", "n-min") == []


def test_several_claims_get_all_that_they_name_once(record: Database) -> None:
    with record.writing() as session:
        put(session, BRIDGE)
        put(session, claim("yes-no", account("no", "no", cite("s-min")), id="another"))
    with record.reading() as session:
        both = entries_for_claims(session, ["bridge", "another"])
        assert sorted((entry.kind, entry.id) for entry in both) == [
            ("document", "daily-doc"),
            ("dossier", "quarrel"),
            ("place", "old-bridge"),
            ("publisher", "daily"),
            ("side", "north"),
            ("side", "south"),
            ("speaker", "n-min"),
            ("speaker", "s-min"),
        ]
        alone = entries_for_claim(session, "another")
        assert [entry.id for entry in alone if entry.kind == "speaker"] == ["s-min"]
        assert entries_for_claim(session, "none") == []


def test_a_document_that_gets_another_publisher_takes_its_citations_along(
    record: Database,
) -> None:
    moved = REGISTERS.documents["daily-doc"].to_plain() | {"publisher": "weekly"}
    with record.writing() as session:
        put(session, BRIDGE)
        save(session, "document", moved)
    with record.reading() as session:
        assert list_claims(session, ClaimFilter(publisher="daily")).total == 0
        assert list_claims(session, ClaimFilter(publisher="weekly")).total == 1
