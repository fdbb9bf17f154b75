"""What changes the record reads the entries that it needs: only a load reads all registers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.records.claims import claim_of
from app.domain.records.kinds import REGISTER_KINDS
from app.queries.parts import registers_for
from app.queries.registers import dossier_of
from app.services.following.page_context import wanted_pages
from app.services.record.append_revision import compare_naming, write_claim
from app.services.record.redact import redact_past
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from tests.loaded import BY
from tests.storage.factories import save_unreadable


@pytest.fixture
def record(example: Database) -> Database:
    with example.writing() as session:
        save_unreadable(session, REGISTER_KINDS)
    return example


def test_claims_that_name_an_entry_are_compared_with_what_they_name(record: Database) -> None:
    with record.writing() as session:
        before = get_claim(session, "fire-dead")
        assert "fire-dead" in compare_naming(session, [("speaker", "oskel-mayor")])
        assert get_claim(session, "fire-dead").comparison == before.comparison


def test_a_claim_is_redacted_with_what_it_names(record: Database, tmp_path: Path) -> None:
    with record.writing() as session:
        stored = get_claim(session, "fire-dead")
        claim, dossier = claim_of(stored.document), dossier_of(session, stored.dossier)
        changed = claim.model_copy(update={"note": "Changed since."})
        registers = registers_for(session, [(claim, dossier)])
        write_claim(session, changed, registers, dossier, replace(BY, origin="api"))
        done = redact_past(
            session, Snapshots(tmp_path), "claim", "fire-dead", [stored.revision], BY
        )
    assert done.emptied == (stored.revision,)


def test_the_pages_to_follow_are_read_of_documents_that_have_one(record: Database) -> None:
    with record.reading() as session:
        assert "post.example.org" in wanted_pages(session).values()
