"""The coverage strip: of each side, which claims it answers and where it is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.drawing.charts.coverage import Coverage, Covered, Spoken, Ticks
from app.storage.claims.dossier_figures import SideOnClaim
from app.web.wording.locale import ngettext

MOST_CLAIMS = 400
"""Above this many claims a tick each would be no wider than a third of a pixel on a phone."""
_KINDS: tuple[Spoken, ...] = ("answers", "evades", "searched", "unsearched")
_ANSWERING = ("holds", "divided", "denies")
# Where a tick begins and ends, of ten: the less is said, the lower it stands.
_HEIGHTS: Mapping[Spoken, tuple[float, float]] = {
    "answers": (0, 10),
    "evades": (5, 10),
    "searched": (8, 10),
    "unsearched": (9.5, 10),
}


def coverage(
    found: Iterable[SideOnClaim],
    names: Mapping[str, str],
    links: Mapping[str, Mapping[Spoken, str]],
) -> Coverage:
    """A tick for each claim and side; `names` are by side in the dossier's order.

    `links` are by side and kind the lists of those claims, where there is one.
    """
    said: dict[str, dict[str, Spoken]] = {side: {} for side in names}
    claims: dict[str, int] = {}
    for item in found:
        claims.setdefault(item.claim, len(claims))
        if item.side in said:
            said[item.side][item.claim] = spoken(item)
    sides = tuple(
        Covered(name, rank, _ticks(said[side], claims, links.get(side, {})))
        for rank, (side, name) in enumerate(names.items(), start=1)
    )
    return Coverage(len(claims), sides)


def spoken(item: SideOnClaim) -> Spoken:
    """Whether a side answers, speaks without answering, or is silent, searched or not."""
    if item.position in _ANSWERING:
        return "answers"
    if item.position != "silent":
        return "evades"
    return "searched" if item.searched else "unsearched"


def _ticks(
    said: Mapping[str, Spoken], claims: Mapping[str, int], links: Mapping[Spoken, str]
) -> tuple[Ticks, ...]:
    counts = Counter(said.values())
    return tuple(
        Ticks(kind, _path(kind, said, claims), _words(kind, counts[kind]), links.get(kind, ""))
        for kind in _KINDS
        if counts[kind]
    )


def _path(kind: Spoken, said: Mapping[str, Spoken], claims: Mapping[str, int]) -> str:
    """A rectangle for each claim, one wide and ten high in all, with room between two."""
    top, bottom = _HEIGHTS[kind]
    return "".join(
        f"M{claims[claim]} {top:g}h.75V{bottom:g}h-.75z"
        for claim, found in said.items()
        if found == kind
    )


def _words(kind: Spoken, number: int) -> str:
    words = {
        "answers": ngettext("%d answered", "%d answered", number),
        "evades": ngettext("%d without an answer", "%d without an answer", number),
        "searched": ngettext("%d searched, nothing found", "%d searched, nothing found", number),
        "unsearched": ngettext("%d not searched", "%d not searched", number),
    }
    return words[kind] % number
