"""What the files last said of a subject, whatever became of it on record since."""

from __future__ import annotations

from app.domain.values.base import body_hash
from app.storage.database.engine import Database
from app.storage.revisions.merge_base import MergeBase, delete_base, get_base, record_base
from tests.storage.factories import append_body

OLD = {"id": "north", "name": "Old"}
NEW = {"id": "north", "name": "New"}
NOTED = {"name": "Noted", "id": "north"}


def test_what_the_files_last_said_is_known_after_the_api_changed_it(database: Database) -> None:
    with database.writing() as session:
        append_body(session, body=OLD, origin="files")
        append_body(session, body=NEW, origin="files")
        append_body(session, body={"id": "north", "name": "Edited"}, origin="api")
        append_body(session, "side", "south", origin="api")
    with database.reading() as session:
        assert get_base(session, "side", "north") == MergeBase(
            body_hash(NEW), '{"id":"north","name":"New"}'
        )
        assert get_base(session, "side", "south") is None
        assert get_base(session, "body", "north") is None


def test_what_was_noted_goes_before_what_a_revision_says_until_it_is_forgotten(
    database: Database,
) -> None:
    with database.writing() as session:
        append_body(session, body=OLD, origin="files")
        record_base(session, "side", "north", NEW)
        record_base(session, "side", "north", NOTED)
    with database.writing() as session:
        noted = get_base(session, "side", "north")
        assert noted == MergeBase(body_hash(NOTED), '{"id":"north","name":"Noted"}')
        delete_base(session, "side", "north")
        then = get_base(session, "side", "north")
        assert then is not None
        assert then.body_hash == body_hash(OLD)
