"""What the form for contributors offers to choose from: entries on record, and fixed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import get_args

from sqlalchemy.orm import Session

from app.domain.records.claims import Stance, Voice
from app.domain.records.kinds import EntryKind
from app.domain.records.registers import PublisherKind, Standing
from app.storage.registers.entries import all_entries
from app.web.wording import terms
from app.web.wording.locale import gettext as _

MOST = 1000
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offers:
    """Values with their words; of a register the first thousand entries."""

    speakers: Options
    publishers: Options
    sides: Options
    bodies: Options
    standings: Options
    stances: Options
    voices: Options
    publisher_kinds: Options


def offers(session: Session) -> Offers:
    """All that the form offers."""
    return Offers(
        speakers=_entries(session, "speaker"),
        publishers=_entries(session, "publisher"),
        sides=[("", _("choose")), *_entries(session, "side")],
        bodies=[("", _("no body")), *_entries(session, "body")],
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


def _entries(session: Session, kind: EntryKind) -> Options:
    return [(entry.id, entry.name) for entry in islice(all_entries(session, kind), MOST)]
