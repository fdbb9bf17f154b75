"""Hand-made claims drawn: the quarrel of the engine's tests as pictures."""

from __future__ import annotations

from typing import Any

from app.domain.disagreement.engine import compare
from app.domain.records.as_known_on import as_known_on
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier
from app.domain.values.dates import Day
from app.drawing.charts.picture import Picture
from app.drawing.charts.plots import Placed, Strip
from app.queries.claim import ComparedClaim
from app.web.pictures.claim_picture import claim_picture
from tests.domain.factories import REGISTERS, claim
from tests.storage.factories import QUARREL

DOSSIER = Dossier.model_validate(QUARREL)


def draw(found: Claim, day: Day | None = None) -> Picture:
    """The picture of a claim, as known on a day."""
    comparison = compare(found, REGISTERS, DOSSIER, day)
    shown = as_known_on(found, day) if day else found
    drawn = claim_picture(ComparedClaim(shown, comparison, REGISTERS, DOSSIER))
    assert drawn is not None
    return drawn


def drawn(kind: str, *accounts: dict[str, Any], **more: Any) -> Picture:
    """The picture of such a claim."""
    return draw(claim(kind, *accounts, **more))


def strips(picture: Picture, plot: int = 0) -> dict[str, Strip]:
    """The strips of a plot by side."""
    return {strip.column.side: strip for strip in picture.plots[plot].strips}


def only(strip: Strip) -> Placed:
    """The one account of a strip."""
    (placed,) = strip.placed
    return placed
