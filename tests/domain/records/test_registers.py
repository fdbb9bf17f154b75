"""Measures and scopes of a dossier: how they are named, and which lies within which."""

from __future__ import annotations

import pytest

from app.domain.records.registers import Counted, Dossier, folded_label, lies_within


def counted(name: str, label: str, *within: str) -> Counted:
    return Counted(id=name, label=label, within=within)


def dossier(**lists: tuple[Counted, ...]) -> Dossier:
    basis = {"id": "d", "title": "D", "summary": "S", "language": "en", "zone": "+04:00"}
    return Dossier.model_validate(basis | {"sides": ["a", "b"]} | lists)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Killed", "killed"),
        ("the ministry's own", "the ministry’s own"),
        ("the ministry's own", "the ministryʼs own"),
        ("the ministry's own", "the ministry´s own"),
        ("killed and  wounded", "killed and\u00a0wounded "),
        ("Stepanakert / Khankendi", "Stepanakert/Khankendi"),
        ("Straße", "STRASSE"),
        ("ﬁghters", "Fighters"),
        ("Şuşa", "S\u0327us\u0327a"),
    ],
)
def test_labels_are_one_whatever_their_case_apostrophe_and_spacing(one: str, other: str) -> None:
    assert folded_label(one) == folded_label(other)


def test_other_words_remain_other_words() -> None:
    assert folded_label("killed and wounded") != folded_label("killed or wounded")
    assert folded_label("Sotk") != folded_label("Sótk")


def test_an_entry_is_named_by_its_id_or_its_label() -> None:
    dead, hurt = counted("dead", "Killed"), counted("hurt", "dead")
    subject = dossier(measures=(dead, hurt), scopes=(counted("all", "The whole region"),))
    assert subject.measure_named("killed") == dead
    # An id before a label, which another entry may have.
    assert subject.measure_named("dead") == dead
    assert subject.measure_named("Dead") == hurt
    assert subject.scope_named("the  whole region") == subject.scopes[0]
    assert subject.scope_named("killed") is None
    assert subject.measure_named(None) is None


def test_lying_within_goes_through_others_and_one_way() -> None:
    entries = (
        counted("city", "the city", "region"),
        counted("region", "the region", "country", "south"),
        counted("country", "the country"),
        counted("south", "the south"),
    )
    assert lies_within("city", "region", entries)
    assert lies_within("city", "south", entries)
    assert not lies_within("country", "city", entries)
    assert not lies_within("south", "country", entries)
    assert not lies_within("city", "city", entries)
    assert not lies_within("elsewhere", "country", entries)


def test_a_circle_of_parts_ends() -> None:
    entries = (counted("a", "A", "b"), counted("b", "B", "a"), counted("c", "C", "a"))
    assert lies_within("a", "b", entries)
    assert not lies_within("a", "a", entries)
    assert not lies_within("a", "c", entries)
