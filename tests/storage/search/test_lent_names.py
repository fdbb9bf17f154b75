"""What names something by a field that lends names is found by the name of what it names."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.domain.records.references import REFERENCES, ReferenceField
from app.domain.search.query import query_of
from app.storage.database.engine import Database
from app.storage.search.ranking import find
from tests.domain.records.naming import Naming, naming
from tests.storage.factories import save

LENDING = [(one, field) for one in naming().values() for field in one.named if field.lends_names]
OF_ENTRIES = [(one, field) for one, field in LENDING if one.kind != "claim"]


@pytest.mark.parametrize(
    ("one", "field"), OF_ENTRIES, ids=[f"{one.kind}-{field.field}" for one, field in OF_ENTRIES]
)
def test_an_entry_is_found_by_the_newest_name_that_it_is_lent(
    database: Database, one: Naming, field: ReferenceField
) -> None:
    assert one.kind != "claim"
    side = {"side": one.body["side"]} if field.kind == "body" else {}
    named = {"id": one.named[field][0], "name": "Zyxwell", **side}
    with database.writing() as session:
        save(session, field.kind, named)  # type: ignore[arg-type]
        save(session, one.kind, one.body)  # type: ignore[arg-type]
        assert one.record.id in found(session, "Zyxwell")
        save(session, field.kind, {**named, "name": "Quonby"})  # type: ignore[arg-type]
        assert one.record.id in found(session, "Quonby")
        assert one.record.id not in found(session, "Zyxwell")


def test_every_field_that_lends_names_is_of_a_claim_or_an_entry() -> None:
    assert {field for _, field in LENDING} == {f for f in REFERENCES if f.lends_names}


def found(session: Session, typed: str) -> set[str]:
    query = query_of(typed)
    assert query
    return {item.id for item in find(session, query, limit=200).items}
