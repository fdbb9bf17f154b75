"""What pages call the kinds of things on record."""

from __future__ import annotations

from app.web.wording.locale import N_
from app.web.wording.terms import Words

# One of a kind, within a line: what a revision or a new entry is.
name = Words(
    {
        "claim": N_("claim"),
        "dossier": N_("dossier"),
        "side": N_("side"),
        "body": N_("body"),
        "publisher": N_("publisher"),
        "speaker": N_("speaker"),
        "document": N_("document"),
    }
)

# All of a kind, as a heading. Of citations a search finds the words, and so calls them by these.
heading = Words(
    {
        "place": N_("Places"),
        "claim": N_("Claims"),
        "citation": N_("Quotations"),
        "speaker": N_("Speakers"),
        "document": N_("Documents"),
        "publisher": N_("Publishers"),
    }
)
