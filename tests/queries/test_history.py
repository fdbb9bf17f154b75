"""How the record came to be as it is, as pages, feed and API ask it."""

from __future__ import annotations

from app.queries.history import (
    Change,
    changes_since,
    compared_revisions,
    latest_changes,
    read_history,
    subject_of,
)
from app.services.record.append_revision import Author, write_entry
from app.storage.database.engine import Database
from app.storage.revisions.log import empty_bodies, lock_head
from tests.loaded import NOON


def test_a_mirror_that_reads_on_from_a_number_misses_nothing(example: Database) -> None:
    read: list[Change] = []
    since = 0
    with example.reading() as session:
        while True:
            page = changes_since(session, since, limit=7)
            read += page.items
            assert page.total == len(latest_changes(session, limit=200).items) - since
            if page.next_cursor is None:
                break
            since = int(page.next_cursor)
        newest = latest_changes(session, limit=200)
    assert [c.revision.number for c in read] == list(range(1, len(read) + 1))
    assert list(newest.items) == read[::-1]
    assert newest.next_cursor is None


def test_a_redacted_change_has_the_name_that_its_subject_has_today(example: Database) -> None:
    by = Author("a moderator", NOON, "Named anew", "api")
    with example.writing() as session:
        lock_head(session)
        side = {"id": "oskel", "name": "Oskel, the town"}
        last = write_entry(session, "side", side, by).number
        first = read_history(session, subject_of(session, "side", "oskel"), limit=9).revisions[-1]
        empty_bodies(session, [first.revision.number])
    with example.reading() as session:
        changes = {c.revision.number: c for c in changes_since(session, 0, limit=200).items}
    redacted = changes[first.revision.number]
    assert (redacted.body, redacted.name) == (None, "Oskel, the town")
    assert changes[last].name == "Oskel, the town"


def test_two_revisions_come_with_the_names_that_their_sentences_need(example: Database) -> None:
    with example.reading() as session:
        subject = subject_of(session, "claim", "fire-dead")
        found = compared_revisions(session, subject, None, None)
    _before, after = found.comparisons
    assert after is not None
    said = [group for message in after.messages for group in message.arguments.get("groups", ())]
    holders = [holder for group in said for holder in group["holders"]]
    assert found.left is None
    assert found.names.bodies.keys() == {h["id"] for h in holders if h["kind"] == "body"} != set()
    assert found.names.sides
    assert not found.names.speakers
    assert not found.names.documents
