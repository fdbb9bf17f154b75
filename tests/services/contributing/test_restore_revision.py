"""Bringing back what stood before: a new revision, and nothing undone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.contributing.records import ApiKey, Role
from app.domain.records.kinds import SubjectKind
from app.domain.values.base import canonical
from app.errors import BadFields, BadInput, EditConflict, NotAllowed, NotFound
from app.services.contributing.api_keys import make_key
from app.services.contributing.restore_revision import restore
from app.services.record.append_revision import Author, write_entry
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from app.storage.registers.entries import get_entry
from app.storage.revisions.audit import audit
from app.storage.revisions.log import empty_bodies, get, history, lock_head
from tests.loaded import NOON
from tests.services.record.test_load_record import change_through_api, question

CLAIM = "fire-dead"
FIRST = "How many people died in the fire on the north quay?"
BY = Author("Moderator", NOON, "A new name", "api")


@pytest.fixture
def record(example: Database) -> Database:
    """The example record, in which a claim's question was changed."""
    change_through_api(example, CLAIM, question="Another question?")
    return example


def a_holder(database: Database, role: Role = "moderator") -> ApiKey:
    with database.writing() as session:
        return make_key(session, f"A {role}", role, NOON)[0]


def numbers(database: Database, kind: SubjectKind, key: str) -> list[int]:
    """The revisions of a subject, oldest first."""
    with database.reading() as session:
        return [revision.number for revision in history(session, kind, key)][::-1]


def bring_back(database: Database, kind: SubjectKind, key: str, by: ApiKey, **other: Any) -> int:
    """Restore the first revision of a subject over its newest."""
    found = numbers(database, kind, key)
    asked = {"number": found[0], "of_revision": found[-1]} | other
    with database.writing() as session:
        return restore(session, kind, key, **asked, by=by, reason="It was right.", now=NOON)


def change_mayor(database: Database, **changes: object) -> None:
    with database.writing() as session:
        lock_head(session)
        body = json.loads(get_entry(session, "speaker", "oskel-mayor").body) | changes
        write_entry(session, "speaker", body, BY)


def test_a_claim_says_again_what_it_said_in_a_new_revision(record: Database) -> None:
    new = bring_back(record, "claim", CLAIM, a_holder(record))
    assert question(record, CLAIM) == FIRST
    first, second, third = numbers(record, "claim", CLAIM)
    assert third == new
    with record.reading() as session:
        assert get(session, second).body is not None
        assert get(session, first).body == get(session, third).body
        signed = get(session, third).revision
        assert audit(session).is_intact
    assert signed.author == "A moderator"
    assert signed.reason == f"Restored revision {first}: It was right."


def test_a_register_entry_is_restored_too_and_its_claims_are_compared_anew(
    record: Database,
) -> None:
    change_mayor(record, name="Somebody", standing="witness", speaks_for=None)
    with record.reading() as session:
        before = get_claim(session, CLAIM).compared_at
    bring_back(record, "speaker", "oskel-mayor", a_holder(record))
    with record.reading() as session:
        assert json.loads(get_entry(session, "speaker", "oskel-mayor").body)["name"] != "Somebody"
        assert get_claim(session, CLAIM).compared_at > before
        assert audit(session).is_intact


def test_two_at_once_do_not_overwrite_each_other(record: Database) -> None:
    by, stale = a_holder(record), numbers(record, "claim", CLAIM)[0]
    with pytest.raises(EditConflict):
        bring_back(record, "claim", CLAIM, by, of_revision=stale)
    with pytest.raises(EditConflict):
        bring_back(record, "speaker", "oskel-mayor", by, of_revision=stale)


def test_what_stands_already_is_no_new_revision(record: Database) -> None:
    by = a_holder(record)
    for kind, key in (("claim", CLAIM), ("dossier", "harbour")):
        newest = numbers(record, kind, key)[-1]  # type: ignore[arg-type]
        assert bring_back(record, kind, key, by, number=newest) == newest  # type: ignore[arg-type]


def test_contributors_do_not_restore(record: Database) -> None:
    with pytest.raises(NotAllowed):
        bring_back(record, "claim", CLAIM, a_holder(record, "contributor"))


def test_what_was_taken_down_is_not_brought_back(record: Database) -> None:
    by = a_holder(record)
    with record.writing() as session:
        empty_bodies(session, [history(session, "claim", CLAIM)[-1].number])
    with pytest.raises(BadInput, match="were redacted"):
        bring_back(record, "claim", CLAIM, by)


def test_a_revision_of_something_else_is_not_found(record: Database) -> None:
    with pytest.raises(NotFound):
        bring_back(record, "claim", CLAIM, a_holder(record), number=1)


def test_what_does_not_fit_the_record_any_more_is_refused(record: Database) -> None:
    by = a_holder(record)
    change_through_api(record, CLAIM, topic="fire")
    with record.writing() as session:
        lock_head(session)
        dossier = json.loads(get_entry(session, "dossier", "harbour").body)
        dossier["topics"] = [topic for topic in dossier["topics"] if topic["id"] != "toll"]
        assert canonical(dossier)
        write_entry(session, "dossier", dossier, BY)
    with pytest.raises(BadFields) as refused:
        bring_back(record, "claim", CLAIM, by)
    assert refused.value.problems[0][0] == "/topic"


def test_a_dossier_whose_places_have_names_by_a_side_not_compared_is_restored(
    record: Database,
) -> None:
    by = a_holder(record)
    with record.writing() as session:
        lock_head(session)
        write_entry(session, "side", {"id": "strangers", "name": "Strangers"}, BY)
        dossier = json.loads(get_entry(session, "dossier", "harbour").body)
        foreign = {"side": "strangers", "language": "en", "name": "That Quay"}
        dossier["places"][0]["names"] = [foreign]
        write_entry(session, "dossier", dossier, BY)
        write_entry(session, "dossier", dossier | {"summary": "Another summary."}, BY)
    named = numbers(record, "dossier", "harbour")[1]
    bring_back(record, "dossier", "harbour", by, number=named)
    with record.reading() as session:
        restored = json.loads(get_entry(session, "dossier", "harbour").body)
    assert restored["places"][0]["names"] == [foreign]
    assert restored["summary"] != "Another summary."
