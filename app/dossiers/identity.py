"""Which ids a record uses, and which of them are used twice.

Ids are taken from the plain tree of a file, so that a file with a fault elsewhere in it still
counts: what it defines is there, and nothing that refers to it is called dangling.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from app.domain.checking.findings import Where
from app.domain.checking.references import Known
from app.domain.records.kinds import KINDS, PLURALS, REFERENCE_KINDS, REGISTER_KINDS, ReferenceKind
from app.dossiers.notation.tree import Tree

_SOURCE_LISTS: Mapping[str, ReferenceKind] = {PLURALS[kind]: kind for kind in REGISTER_KINDS}
_DOSSIER_LISTS: Mapping[str, ReferenceKind] = {
    PLURALS[kind]: kind for kind in REFERENCE_KINDS if KINDS[kind].filed_in == "dossier"
}


@dataclass(frozen=True, slots=True)
class IdUse:
    """One id where it is defined; a former one leads to `now`."""

    path: Path
    where: Where
    kind: ReferenceKind
    id: str
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Defined:
    """What one file defines: ids in use, a dossier's topics and events, and what is unreadable."""

    uses: tuple[IdUse, ...] = ()
    topics: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    unreadable: tuple[ReferenceKind, ...] = ()


def defined_by_sources(path: Path, tree: Mapping[str, Tree] | None) -> Defined:
    """The ids of the registers."""
    uses = (_ids_of_list(path, tree or {}, key, kind) for key, kind in _SOURCE_LISTS.items())
    return Defined(tuple(chain.from_iterable(uses)), unreadable=_unreadable(tree, _SOURCE_LISTS))


def defined_by_dossier(path: Path, tree: Mapping[str, Tree] | None) -> Defined:
    """The ids of a dossier and its places, its topics and its events."""
    own = _ids_of_entry(path, tree or {}, "dossier", ())
    places = _ids_of_list(path, tree or {}, "places", "place")
    topics = (use.id for use in _ids_of_list(path, tree or {}, "topics", "topic"))
    events = (use.id for use in _ids_of_list(path, tree or {}, "events", "event"))
    uses, unreadable = (*own, *places), _unreadable(tree, _DOSSIER_LISTS)
    return Defined(uses, tuple(topics), tuple(events), unreadable)


def _unreadable(
    tree: Mapping[str, Tree] | None, kinds: Mapping[str, ReferenceKind]
) -> tuple[ReferenceKind, ...]:
    lists = ((kind, (tree or {}).get(key, [])) for key, kind in kinds.items())
    return tuple(kind for kind, found in lists if tree is None or not isinstance(found, list))


def defined_by_claim(path: Path, tree: Mapping[str, Tree] | None) -> Defined:
    """The id of a claim, and those that it had."""
    if tree is None:
        return Defined(unreadable=("claim",))
    return Defined(tuple(_ids_of_entry(path, tree, "claim", ())))


def _ids_of_list(
    path: Path, tree: Mapping[str, Tree], key: str, kind: ReferenceKind
) -> Iterator[IdUse]:
    entries = tree.get(key)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield from _ids_of_entry(path, entry, kind, (key, number))


def _ids_of_entry(
    path: Path, entry: Mapping[str, Tree], kind: ReferenceKind, where: Where
) -> Iterator[IdUse]:
    today = entry.get("id")
    if not today or not isinstance(today, str):
        return
    yield IdUse(path, (*where, "id"), kind, today)
    former = entry.get("formerly")
    for number, name in enumerate(former if isinstance(former, list) else ()):
        if isinstance(name, str):
            yield IdUse(path, (*where, "formerly", number), kind, name, today)


def repeated_ids(uses: Iterable[IdUse]) -> Iterator[tuple[IdUse, IdUse]]:
    """Every use of an id that was used before, with its first use; kinds share one name space."""
    # One for all kinds, so that a redirect from a former id never depends on what it was an id of.
    first: dict[str, IdUse] = {}
    for use in uses:
        earlier = first.setdefault(use.id, use)
        if earlier is not use:
            yield use, earlier


def known_from(
    parts: Sequence[Defined],
    topics: Mapping[str, Collection[str]],
    places: Mapping[str, Collection[str]],
    events: Mapping[str, Collection[str]],
) -> Known:
    """What may be referred to, given what every file of a record defines.

    `topics`, `places` and `events` are those of each dossier.
    """
    ids: dict[ReferenceKind, set[str]] = {kind: set() for kind in REFERENCE_KINDS}
    renamed: dict[str, str] = {}
    for use in chain.from_iterable(part.uses for part in parts):
        if use.now is None:
            ids[use.kind].add(use.id)
        else:
            renamed[use.id] = use.now
    # One broken list would otherwise make every reference to its kind a fault, and hide the real
    # one.
    for kind in chain.from_iterable(part.unreadable for part in parts):
        ids.pop(kind, None)
    return Known(ids, topics, renamed, places, events)
