"""What the form for contributors offers to choose from: entries on record, and fixed words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from app.domain.records.claims import Stance, Voice
from app.domain.records.registers import PublisherKind, Standing
from app.queries.contributing import Choices, RegisterChoices
from app.web.wording import terms
from app.web.wording.locale import gettext as _


@dataclass(frozen=True, slots=True)
class Offers:
    """Values with their words."""

    speakers: Choices
    publishers: Choices
    sides: Choices
    bodies: Choices
    standings: Choices
    stances: Choices
    voices: Choices
    publisher_kinds: Choices


def offers(choices: RegisterChoices) -> Offers:
    """All that the form offers, beside what it offers of the registers."""
    return Offers(
        speakers=choices.speakers,
        publishers=choices.publishers,
        sides=[("", _("choose")), *choices.sides],
        bodies=[("", _("no body")), *choices.bodies],
        standings=[
            ("", _("choose")),
            *((key, terms.standing(key)) for key in get_args(Standing)),
        ],
        stances=[(key, terms.stance(key)) for key in get_args(Stance)],
        voices=[("", _("the document's own")), *((key, voice(key)) for key in get_args(Voice))],
        publisher_kinds=[
            ("", _("choose")),
            *((key, terms.publisher_kind(key)) for key in get_args(PublisherKind)),
        ],
    )


def voice(key: str) -> str:
    """Whose words a quotation holds."""
    return {
        "quoted": _("the speaker's own words"),
        "paraphrased": _("the document's words about the speaker"),
    }[key]
