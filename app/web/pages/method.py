"""How the record is made and read."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from app.domain.hedges import HEDGES, WORDS
from app.domain.wording import join
from app.web.i18n import gettext as _
from app.web.rendering import render
from app.web.views import terms

router = APIRouter()


@dataclass(frozen=True, slots=True)
class HedgeRow:
    """A hedge's words, and how they are read."""

    words: str
    meaning: str


@router.get("/method")
def method() -> Response:
    """Every state, flag and hedge explained; who edits, and how corrections work."""
    context = {
        "title": _("How it works"),
        "description": _("How contested facts are recorded, compared and corrected."),
        "states": terms.states(),
        "flags": terms.flags(),
        "findings": terms.findings(),
        "hedges": _hedges(),
    }
    return render("method.html", context)


def _hedges() -> list[HedgeRow]:
    numbered = [
        HedgeRow(join([f"{word} x" for word in hedge.words], _("or")), hedge.meaning)
        for hedge in HEDGES
    ]
    bare = [HedgeRow(word, f"{i.low} {_('to')} {i.high}") for word, i in WORDS.items()]
    return [*numbered, *bare]
