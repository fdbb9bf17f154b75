"""What is named is gathered with what names it."""

from __future__ import annotations

from app.domain.records.references import entry_keys, named_in
from app.queries.gather import gather, known_for
from app.storage.database.engine import Database
from tests.domain.factories import claim
from tests.domain.records.naming import naming
from tests.storage.factories import save, save_registers


def test_everything_that_entries_name_is_looked_for(database: Database) -> None:
    entries = {kind: one for kind, one in naming().items() if kind != "claim"}
    with database.writing() as session:
        for kind, one in entries.items():
            save(session, kind, one.body)
    stored = {(kind, one.record.id) for kind, one in entries.items()}
    with database.reading() as session:
        gathered = gather(session, stored)
    named = (entry_keys(named_in(one.record)) for one in entries.values())
    assert set(gathered.entries) == stored
    assert gathered.absent == {key for keys in named for key in keys}


def test_what_is_gathered_is_known_down_to_what_it_names(database: Database) -> None:
    dossier = naming()["dossier"].record
    with database.writing() as session:
        save_registers(session)
    with database.reading() as session:
        gathered = gather(session, {("speaker", "n-min"), ("document", "credited-doc")})
        known = known_for(session, gathered, (), claim("yes-no"), dossier)
    assert known.ids["speaker"] == {"n-min"}
    assert known.ids["document"] == {"credited-doc"}
    assert known.ids["publisher"] == {"daily", "n-gazette", "wire"}
    assert (known.ids["body"], known.ids["side"]) == ({"northland"}, {"north"})
