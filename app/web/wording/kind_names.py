"""What pages call the kinds of things on record."""

from __future__ import annotations

from app.domain.records.kinds import FoundKind, SubjectKind
from app.web.wording.locale import gettext as _


def name(kind: SubjectKind) -> str:
    """What a revision is of, within a sentence or a line."""
    return {
        "claim": _("claim"),
        "dossier": _("dossier"),
        "side": _("side"),
        "body": _("body"),
        "publisher": _("publisher"),
        "speaker": _("speaker"),
        "document": _("document"),
    }[kind]


def heading(kind: FoundKind) -> str:
    """Several of a kind, as the heading of a list.

    Of a citation a search finds the words, and so calls it by these.
    """
    return {
        "place": _("Places"),
        "claim": _("Claims"),
        "citation": _("Quotations"),
        "speaker": _("Speakers"),
        "document": _("Documents"),
        "publisher": _("Publishers"),
    }[kind]
