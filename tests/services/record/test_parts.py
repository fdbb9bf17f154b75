"""What counts of a part say against their whole is on record with the whole, whichever changes."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, comparison_of
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim
from app.domain.values.dates import Day
from app.dossiers.notation.layout import emit
from app.dossiers.record import read_record
from app.main import create_app
from app.queries.as_known_on import list_as_known_on
from app.queries.claim import read_claim
from app.queries.parts import registers_for
from app.queries.registers import dossier_of
from app.services.record.append_revision import (
    Author,
    compare_naming,
    write_claim,
    write_entry,
)
from app.services.record.load_record import recompare_stale
from app.services.record.redact import redact_subject
from app.settings import Settings
from app.storage.claims.documents import get_claim, parts_of, wholes_of
from app.storage.database.engine import Database
from app.storage.database.schema import config_for, migrate
from app.storage.following.snapshots import Snapshots
from app.storage.revisions.log import bodies, head, lock_head
from tests.domain.factories import REGISTERS, account, cite, claim
from tests.loaded import EXAMPLE, NOON, load
from tests.serving import serving
from tests.storage.factories import save_registers

BY = Author("a moderator", NOON, "It was so.", "api")
FLAG = "part-exceeds-whole"


def count_of(name: str, answer: str, speaker: str, **more: Any) -> Claim:
    said = cite(speaker, "2020-10-12")
    return claim("quantity", account(f"{name}-count", answer, said), id=name, **more)


def all_dead(answer: str = "9") -> Claim:
    return count_of("all-dead", answer, "s-min", counting="cumulative", topic="bridge")


def city_dead(answer: str = "10", **more: Any) -> Claim:
    whole = {"part_of": "all-dead"} | more
    return count_of("city-dead", answer, "n-min", counting="cumulative", topic="bridge", **whole)


def write(session: Session, *claims: Claim) -> None:
    for each in claims:
        lock_head(session)
        write_claim(session, each, REGISTERS, dossier_of(session, "quarrel"), BY)


def stored(session: Session, name: str = "all-dead") -> Comparison:
    return comparison_of(get_claim(session, name).comparison)


@pytest.fixture
def record(database: Database) -> Database:
    with database.writing() as session:
        save_registers(session)
    return database


@pytest.mark.parametrize("order", [(all_dead(), city_dead()), (city_dead(), all_dead())])
def test_a_part_above_its_whole_is_stored_with_the_whole(
    record: Database, order: tuple[Claim, Claim]
) -> None:
    with record.writing() as session:
        write(session, *order)
    with record.reading() as session:
        found = stored(session)
        assert FLAG in found.flags
        assert [one.claim for one in found.parts_above] == ["city-dead"]
        assert FLAG not in stored(session, "city-dead").flags
        listed = session.execute(text("SELECT claim FROM claim_flags WHERE flag = :f"), {"f": FLAG})
        assert [row.claim for row in listed] == ["all-dead"]


def test_it_follows_every_change_of_either(record: Database) -> None:
    elsewhere = count_of("rest", "3", "w-min", counting="cumulative")
    with record.writing() as session:
        write(session, elsewhere, all_dead(), city_dead("8"))
        assert FLAG not in stored(session).flags
        for change, flagged in (
            (city_dead("10"), True),
            (all_dead("11"), False),
            (all_dead("9"), True),
            (city_dead("10", part_of="rest"), False),
        ):
            write(session, change)
            assert (FLAG in stored(session).flags) is flagged
        assert FLAG in stored(session, "rest").flags
        write(session, city_dead("10", part_of=None))
        assert FLAG not in stored(session, "rest").flags


def test_a_whole_keeps_its_revision_and_has_another_tag_only_where_its_comparison_changed(
    record: Database,
) -> None:
    with record.writing() as session:
        write(session, all_dead(), city_dead("8"))
        before = get_claim(session, "all-dead")
        write(session, city_dead("7"))
        assert get_claim(session, "all-dead") == before
        write(session, city_dead("10"))
        after = get_claim(session, "all-dead")
        assert (after.revision, after.compared_at) == (before.revision, head(session).number)


def test_a_revision_holds_nothing_of_the_parts(record: Database) -> None:
    with record.writing() as session:
        write(session, city_dead(), all_dead())
        number = get_claim(session, "all-dead").revision
        kept = session.execute(
            text("SELECT * FROM revision_bodies WHERE number = :n"), {"n": number}
        ).one()
        assert "city-dead" not in json.dumps([str(value) for value in kept])
        assert bodies(session, [number])[number]


def test_a_redacted_part_leaves_nothing_with_its_whole(record: Database, tmp_path: Path) -> None:
    with record.writing() as session:
        write(session, city_dead(), all_dead())
        redact_subject(session, Snapshots(tmp_path), "claim", "city-dead", BY)
        assert FLAG not in stored(session).flags
        assert "city-dead" not in get_claim(session, "all-dead").comparison


def test_a_changed_entry_of_a_part_changes_the_whole(record: Database) -> None:
    with record.writing() as session:
        write(session, city_dead(), all_dead())
        body = REGISTERS.bodies["northland"].to_plain() | {"name": "The Northland"}
        write_entry(session, "body", body, BY)
        compare_naming(session, [("body", "northland")])
        assert "The Northland" in get_claim(session, "all-dead").comparison
        speaker = REGISTERS.speakers["n-min"].to_plain() | {"speaks_for": "highlands"}
        write_entry(session, "speaker", speaker, BY)
        assert compare_naming(session, [("speaker", "n-min")]) == ["city-dead"]
        assert "the Highland authorities" in get_claim(session, "all-dead").comparison
        whole = read_claim(session, "all-dead")
        # So that the page can name it in its reader's language.
        assert "highlands" in whole.registers.bodies


def test_migrating_compares_a_whole_with_its_parts(record: Database) -> None:
    with record.writing() as session:
        write(session, all_dead(), city_dead())
        expected = get_claim(session, "all-dead").comparison
        session.execute(text("UPDATE claims SET engine = '1', comparison = '{}'"))
        assert recompare_stale(session) == 2
        assert get_claim(session, "all-dead").comparison == expected


def test_a_dated_view_has_what_was_known_of_the_parts_then(record: Database) -> None:
    with record.writing() as session:
        write(session, all_dead(), city_dead())
        for day, flagged in ((Day(2020, 10, 11), False), (Day(2020, 10, 12), True)):
            alone = read_claim(session, "all-dead", day).comparison
            assert (FLAG in alone.flags) is flagged
            filtered = list_as_known_on(session, ClaimFilter(flag=FLAG), day).items
            assert [item.claim.id for item in filtered] == ["all-dead"] * flagged


def test_parts_and_wholes_are_found_by_an_index(record: Database) -> None:
    with record.writing() as session:
        write(session, all_dead(), city_dead())
        assert [part.id for part in parts_of(session, ["all-dead", "city-dead"])] == ["city-dead"]
        assert wholes_of(session, ["all-dead", "city-dead"]) == {"all-dead"}
        assert registers_for(session, []).speakers == {}
        if not record.is_sqlite:
            session.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN" if record.is_sqlite else "EXPLAIN"
        plan = session.execute(text(f"{explain} SELECT id FROM claims WHERE part_of IN ('a', 'b')"))
        assert "ix_claims_part_of" in str(plan.all())


def test_the_migration_finds_the_parts_that_were_saved_before_it(record: Database) -> None:
    with record.writing() as session:
        write(session, all_dead(), city_dead())
    with record.changing_schema() as connection:
        command.downgrade(config_for(connection), "0010")
    migrate(record)
    with record.reading() as session:
        assert [part.id for part in parts_of(session, ["all-dead"])] == ["city-dead"]


def with_parts_in_files(folder: Path) -> Path:
    """The example record with a part of the dead of the fire that exceeds them."""
    files = Path(shutil.copytree(EXAMPLE, folder / "files"))
    whole = next(c for _, c in read_record(files).claims if c.id == "fire-dead")
    part: dict[str, Any] = whole.to_plain() | {
        "id": "fire-crew-dead",
        "part_of": "fire-dead",
        "formerly": [],
    }
    for entry in part["accounts"]:
        entry["answer"] = "5000"
    part = {key: value for key, value in part.items() if value != []}
    path = files / "claims" / "harbour" / "fire-crew-dead.yaml"
    path.write_text(emit(Claim.model_validate(part)), encoding="utf-8")
    return files


def test_a_load_compares_wholes_with_the_parts_in_the_files(
    database: Database, tmp_path: Path
) -> None:
    files = with_parts_in_files(tmp_path)
    load(database, files)
    with database.reading() as session:
        assert FLAG in stored(session, "fire-dead").flags
    assert load(database, files).compared == 0
    path = files / "claims" / "harbour" / "fire-crew-dead.yaml"
    path.write_text(path.read_text("utf-8").replace("part_of: fire-dead\n", ""), encoding="utf-8")
    load(database, files)
    with database.reading() as session:
        assert FLAG not in stored(session, "fire-dead").flags


def test_the_interface_and_the_page_show_it(database_url: str, tmp_path: Path) -> None:
    with closing(Database(database_url)) as database:
        load(database, with_parts_in_files(tmp_path))
    app = create_app(Settings(database_url=database_url))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        answer = client.get("/api/v1/claims/fire-dead").json()["comparison"]
        page = client.get("/claims/fire-dead").text
    assert FLAG in answer["flags"]
    assert {one["claim"] for one in answer["parts_above"]} == {"fire-crew-dead"}
    (sentence,) = (s for s in answer["explanations"] if s.startswith("A part is counted above"))
    assert "; of the whole, " in sentence
    assert '<a href="/claims/fire-crew-dead"' in page
