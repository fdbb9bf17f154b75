"""What a file changed and what was accepted meanwhile, put together."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.revisions.merge import merge

BASE: dict[str, Any] = {
    "id": "bridge",
    "question": "Who held the bridge?",
    "places": ["old-bridge"],
    "accounts": [
        {"id": "yes", "wording": "They did.", "citations": [{"id": "one"}, {"id": "two"}]},
        {"id": "no", "citations": [{"id": "three"}]},
    ],
}


def changed(**changes: Any) -> dict[str, Any]:
    return BASE | changes


def yes(**changes: Any) -> list[dict[str, Any]]:
    """The accounts with a change of the first."""
    return [BASE["accounts"][0] | changes, BASE["accounts"][1]]


def ids(parts: list[dict[str, Any]]) -> list[str]:
    return [part["id"] for part in parts]


@pytest.mark.parametrize(
    ("ours", "theirs"), [(changed(summary="S"), BASE), (BASE, changed(summary="S")), (BASE, BASE)]
)
def test_what_only_one_changed_is_taken_over(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(BASE, ours, theirs)
    assert merged.body == (ours if ours != BASE else theirs)
    assert merged.conflicts == ()


def test_changes_of_different_fields_are_both_there() -> None:
    ours, theirs = changed(summary="S"), changed(question="Who had it?")
    assert merge(BASE, ours, theirs).body == changed(summary="S", question="Who had it?")


def test_citations_that_both_added_are_both_there_each_after_its_neighbour() -> None:
    ours = changed(accounts=yes(citations=[{"id": "one"}, {"id": "ours"}, {"id": "two"}]))
    theirs = changed(accounts=yes(citations=[{"id": "one"}, {"id": "two"}, {"id": "theirs"}]))
    merged = merge(BASE, ours, theirs)
    assert merged.conflicts == ()
    assert ids(merged.body["accounts"][0]["citations"]) == ["one", "ours", "two", "theirs"]


def test_the_same_change_made_twice_is_made_once() -> None:
    same = changed(accounts=yes(wording="They held it."))
    assert merge(BASE, same, same).body == same


def test_what_one_took_out_and_the_other_left_alone_is_gone() -> None:
    fewer = changed(accounts=BASE["accounts"][:1])
    reworded = changed(accounts=yes(wording="They held it."))
    assert merge(BASE, fewer, reworded).body == changed(accounts=reworded["accounts"][:1])
    assert merge(BASE, reworded, fewer).body == changed(accounts=reworded["accounts"][:1])


@pytest.mark.parametrize(
    ("ours", "theirs", "places"),
    [
        (changed(question="A?"), changed(question="B?"), ("question",)),
        (changed(places=["a"]), changed(places=["b"]), ("places",)),
        (
            changed(accounts=yes(wording="A.")),
            changed(accounts=yes(wording="B.")),
            ("accounts/yes/wording",),
        ),
        (
            changed(accounts=BASE["accounts"][1:]),
            changed(accounts=yes(wording="B.")),
            ("accounts/yes",),
        ),
        (changed(summary="A"), changed(summary="B"), ("summary",)),
    ],
)
def test_what_both_changed_otherwise_is_named_and_not_decided(
    ours: dict[str, Any], theirs: dict[str, Any], places: tuple[str, ...]
) -> None:
    assert merge(BASE, ours, theirs).conflicts == places
    assert merge(BASE, theirs, ours).conflicts == places


def test_the_order_that_one_changed_is_kept_with_what_the_other_added() -> None:
    turned = changed(accounts=BASE["accounts"][::-1])
    added = changed(accounts=[*BASE["accounts"], {"id": "perhaps", "citations": []}])
    assert ids(merge(BASE, turned, added).body["accounts"]) == ["no", "perhaps", "yes"]
    assert ids(merge(BASE, added, turned).body["accounts"]) == ["no", "perhaps", "yes"]
