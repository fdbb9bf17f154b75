"""What names what: a new field that names something is one line of the table, or fails here."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from app.domain.checking.references import (
    Known,
    claim_references,
    dossier_references,
    source_references,
)
from app.domain.records.kinds import ENTRY_KINDS, PLURALS, REFERENCE_KINDS, REGISTER_KINDS
from app.domain.records.references import (
    REFERENCES,
    Named,
    ReferenceField,
    entry_keys,
    name_lenders,
    named_by_claim,
    named_in,
    named_in_body,
    needed_by_claim,
)
from app.domain.records.registers import Dossier, Registers
from tests.domain.records.naming import (
    NAMES_NOTHING,
    OWN,
    hints,
    holds_ids,
    models,
    naming,
    sources,
)

NAMING = naming()
SOURCES = sources(NAMING)
NOTHING = Known(
    dict.fromkeys(REFERENCE_KINDS, ()),
    topics={"dossier": ()},
    places={"dossier": ()},
    # A dossier that lists no events leaves them to its claims.
    events={"dossier": ("another-event",)},
)


def test_every_field_that_holds_ids_of_others_is_in_the_table() -> None:
    holding = {
        (model, name)
        for model in models()
        for name, hint in hints(model).items()
        if holds_ids(hint) and name not in OWN
    }
    assert holding - NAMES_NOTHING == {(field.record, field.field) for field in REFERENCES}
    assert len(REFERENCES) == len({(field.record, field.field) for field in REFERENCES})


def test_the_records_of_these_tests_name_something_by_every_field() -> None:
    named = {field for one in NAMING.values() for field in one.named}
    assert named == set(REFERENCES)


@pytest.mark.parametrize("one", NAMING.values(), ids=NAMING)
def test_a_walk_over_a_record_or_its_body_finds_all_that_it_names(one: Any) -> None:
    assert by_field(named_in(one.record)) == one.named
    assert named_in_body(one.kind, one.body) == named_in(one.record)
    assert set(entry_keys(named_in(one.record))) == {
        (field.kind, key)
        for field, ids in one.named.items()
        if field.kind in ENTRY_KINDS
        for key in ids
    }


@pytest.mark.parametrize("one", NAMING.values(), ids=NAMING)
def test_a_walk_tells_where_each_id_is(one: Any) -> None:
    for named in named_in(one.record):
        for key, where in named.each():
            assert follow(one.body, where) == key


def test_whatever_is_named_and_not_on_record_is_a_fault_at_its_place() -> None:
    claim, dossier = NAMING["claim"].record, NAMING["dossier"].record
    for record, faults in (
        (claim, claim_references(claim, NOTHING, "dossier")),
        (dossier, dossier_references(dossier, NOTHING)),
        (SOURCES, source_references(SOURCES, NOTHING)),
    ):
        places = [where for named in named_in(record) for _, where in named.each()]
        assert [fault.where for fault in faults] == places


def test_a_claim_needs_all_that_it_names_and_what_that_names() -> None:
    claim, dossier = NAMING["claim"].record, dossier_with_its_places()
    assert needed_by_claim(claim, AnyRegisters(), dossier) == {
        (field.kind, key)
        for one in NAMING.values()
        for field, ids in one.named.items()
        if field.is_compared and field.kind in ENTRY_KINDS
        for key in ids
    } | {("dossier", dossier.id)}


def test_a_claim_is_checked_against_all_that_it_and_its_dossier_name() -> None:
    claim, dossier = NAMING["claim"].record, dossier_with_its_places()
    both = {*entry_keys(named_in(claim)), *entry_keys(named_in(dossier))}
    assert named_by_claim(claim, dossier) == both
    [place, *_] = dossier.places
    other = place.model_copy(update={"id": "of-another-claim"})
    more = dossier.model_copy(update={"places": (*dossier.places, other)})
    assert named_by_claim(claim, more) == both


@pytest.mark.parametrize("one", NAMING.values(), ids=NAMING)
def test_names_are_lent_by_what_the_table_says(one: Any) -> None:
    lending = [key for f, ids in one.named.items() if f.lends_names for key in ids]
    assert sorted(key for _, key in name_lenders(named_in(one.record))) == sorted(lending)


def dossier_with_its_places() -> Dossier:
    """The dossier, with a place of each id that the claim names."""
    dossier = NAMING["dossier"].record
    ids = next(ids for field, ids in NAMING["claim"].named.items() if field.kind == "place")
    places = tuple(place.model_copy(update={"id": key}) for place in dossier.places for key in ids)
    copy: Dossier = dossier.model_copy(update={"places": places})
    return copy


class AnyRegisters(Registers):
    """Registers that have every id: of each kind the entry that names all that it can."""

    def __init__(self) -> None:
        super().__init__(SOURCES)
        for kind in REGISTER_KINDS:
            setattr(self, PLURALS[kind], defaultdict(lambda kind=kind: NAMING[kind].record))


def by_field(named: list[Named]) -> dict[ReferenceField, list[str]]:
    found: dict[ReferenceField, list[str]] = defaultdict(list)
    for one in named:
        found[one.field] += one.ids
    return found


def follow(body: Any, where: tuple[str | int, ...]) -> Any:
    for step in where:
        body = body[step]
    return body
