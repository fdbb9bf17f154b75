from __future__ import annotations

import pytest

from app.domain.records.registers import Dossier
from app.errors import BadQuery, NotFound
from app.queries.across import (
    list_between,
    list_blind_spots,
    list_days,
    list_losses,
    losses_by_side,
    pair_of,
    silences_by_side,
    subject_of,
)
from app.storage.database.engine import Database
from tests.storage.factories import QUARREL

DOSSIER = Dossier.model_validate(QUARREL)
PAIR = ("guild", "oskel")


@pytest.mark.parametrize(
    ("left", "right", "pair"),
    [
        (None, None, ("north", "south")),
        ("south", None, ("south", "north")),
        (None, "north", ("south", "north")),
        ("west", "south", ("west", "south")),
    ],
)
def test_a_side_that_is_not_asked_for_is_the_first_other_one(
    left: str | None, right: str | None, pair: tuple[str, str]
) -> None:
    assert pair_of(DOSSIER, left, right) == pair


@pytest.mark.parametrize(
    ("left", "right", "parameter"),
    [("nobody", "south", "left"), ("north", "nobody", "right"), ("north", "north", "right")],
)
def test_two_different_sides_of_the_dossier_can_be_compared(
    left: str, right: str, parameter: str
) -> None:
    with pytest.raises(BadQuery) as refused:
        pair_of(DOSSIER, left, right)
    assert refused.value.parameter == parameter


def test_without_a_dossier_there_is_nothing_to_look_across(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        subject_of(session, None)


def test_claims_between_two_sides_are_paged_through_conflicts_first(
    module_example: Database,
) -> None:
    with module_example.reading() as session:
        whole = list_between(session, "harbour", PAIR, limit=200, cursor=None)
        ids, cursor = [], None
        while True:
            page = list_between(session, "harbour", PAIR, limit=1, cursor=cursor)
            ids += [item.id for item in page.items]
            assert page.total == whole.total
            cursor = page.next_cursor
            if cursor is None:
                break
    assert ids == [item.id for item in whole.items]
    relations = [item.comparison.relation_between(*PAIR).relation for item in whole.items]
    conflicts = relations.count("conflict")
    assert conflicts
    assert set(relations[:conflicts]) == {"conflict"}


def test_lists_and_groups_across_hold_the_same_claims(module_example: Database) -> None:
    with module_example.reading() as session:
        dossier, _sides = subject_of(session, None)
        losses = list_losses(session, dossier.id, limit=200, cursor=None)
        by_side = losses_by_side(session, dossier.id)
        for side, found in by_side.items():
            listed = [loss.listed.id for loss in losses.items if side in loss.losses_of]
            assert [claim.id for claim, _ in found.claims] == listed
        assert set(by_side) == {side for loss in losses.items for side in loss.losses_of}
        for side, found in silences_by_side(session, dossier).items():
            page = list_blind_spots(session, dossier.id, side, limit=200, cursor=None)
            assert [claim.id for claim, _ in found.claims] == [s.listed.id for s in page.items]
            assert all(side in spot.silent for spot in page.items)


def test_every_event_of_a_day_has_its_claim_and_what_was_said_its_citation(
    module_example: Database,
) -> None:
    with module_example.reading() as session:
        events = list_days(session, "harbour", limit=200).items
    assert {event.cited is None for event in events} == {True, False}
    for event in events:
        if event.cited is None:
            assert event.date == event.claim.happened
        else:
            assert event.date == event.cited.citation.said
            assert event.cited.account in event.claim.accounts
