"""The coverage strip: of each side, which claims it answers and where it is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.drawing.charts.coverage import Coverage, Covered, SideAnswer, Ticks
from app.queries import dossiers
from app.web.wording.locale import ngettext

# Above this, a tick is little more than half a pixel wide in the narrowest plot (296 pixels).
MAX_CLAIMS = 400
_KINDS: tuple[SideAnswer, ...] = ("answers", "evades", "searched", "unsearched")
# Where a tick begins and ends, of ten: the less is said, the lower it is.
_HEIGHTS: Mapping[SideAnswer, tuple[float, float]] = {
    "answers": (0, 10),
    "evades": (5, 10),
    "searched": (8, 10),
    "unsearched": (9.5, 10),
}


def coverage(
    found: dossiers.Coverage,
    names: Mapping[str, str],
    links: Mapping[str, Mapping[SideAnswer, str]],
) -> Coverage:
    """A tick for each claim and side; `names` are by side in the dossier's order.

    `links` are by side and kind the lists of those claims, where there is one.
    """
    sides = tuple(
        Covered(name, rank, _ticks(found.sides.get(side, {}), links.get(side, {})))
        for rank, (side, name) in enumerate(names.items(), start=1)
    )
    return Coverage(found.claims, sides)


def _ticks(answers: Mapping[int, SideAnswer], links: Mapping[SideAnswer, str]) -> tuple[Ticks, ...]:
    counts = Counter(answers.values())
    return tuple(
        Ticks(kind, _path(kind, answers), _words(kind, counts[kind]), links.get(kind, ""))
        for kind in _KINDS
        if counts[kind]
    )


def _path(kind: SideAnswer, answers: Mapping[int, SideAnswer]) -> str:
    """A rectangle for each claim, one wide and ten high in all, with room between two."""
    top, bottom = _HEIGHTS[kind]
    return "".join(
        f"M{claim} {top:g}h.75V{bottom:g}h-.75z"
        for claim, found in answers.items()
        if found == kind
    )


def _words(kind: SideAnswer, number: int) -> str:
    # The English forms are alike; a language may need forms that are not.
    words = {
        "answers": ngettext("%d answered", "%d answered", number),
        "evades": ngettext("%d without an answer", "%d without an answer", number),
        "searched": ngettext("%d searched, nothing found", "%d searched, nothing found", number),
        "unsearched": ngettext("%d not searched", "%d not searched", number),
    }
    return words[kind] % number
