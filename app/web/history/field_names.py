"""The names of a body's fields and parts, as pages that show changes call them."""

from __future__ import annotations

from app.web.wording.locale import gettext as _


def field(name: str) -> str:
    """What a field holds; one that is not known here by its own name."""
    return _fields().get(name, name.replace("_", " ").replace(".", ", "))


def place(name: str) -> int:
    """Where a field stands among the others, as in a file; an unknown one comes last."""
    names = list(_fields())
    return names.index(name) if name in names else len(names)


def part(name: str) -> str:
    """What an entry of a list of parts is."""
    parts = {
        "accounts": _("Account"),
        "citations": _("Citation"),
        "options": _("Option"),
        "places": _("Place"),
        "topics": _("Topic"),
    }
    return parts.get(name, name)


def _fields() -> dict[str, str]:
    return {
        "question": _("Question"),
        "summary": _("Summary"),
        "title": _("Title"),
        "name": _("Name"),
        "titles": _("Title in other languages"),
        "names": _("Names"),
        "also": _("Also called"),
        "formerly": _("Former ids"),
        "kind": _("Kind"),
        "nature": _("Nature"),
        "unit": _("Unit"),
        "measure": _("Measure"),
        "scope": _("Scope"),
        "counting": _("Counting"),
        "topic": _("Topic"),
        "happened": _("Happened"),
        "places": _("Places"),
        "event": _("Event"),
        "part_of": _("Part of"),
        "losses_of": _("Losses of"),
        "accounts": _("Accounts, in order"),
        "citations": _("Citations, in order"),
        "options": _("Options, in order"),
        "topics": _("Topics, in order"),
        "answer": _("Answer"),
        "wording": _("Wording"),
        "as_of": _("As of"),
        "harms": _("Speaks against"),
        "clashes": _("Named clashes"),
        "searched": _("What was searched"),
        "overrules": _("Decided by an editor"),
        "assessment.by": _("Assessment, signed by"),
        "assessment.on": _("Assessment, on"),
        "assessment.conclusion": _("Assessment"),
        "assessment.reasons": _("Assessment, reasons"),
        "note": _("Note"),
        "speaker": _("Speaker"),
        "speakers": _("Speakers"),
        "according_to": _("According to"),
        "relayed_by": _("Relayed by"),
        "stance": _("Stance"),
        "said": _("Said on"),
        "occasion": _("Occasion"),
        "form": _("Form"),
        "document": _("Document"),
        "voice": _("Voice"),
        "quote": _("Quotation"),
        "translation": _("Translation"),
        "own_voice_drift": _("A party's version as plain fact"),
        "label": _("Label"),
        "includes": _("Includes"),
        "side": _("Side"),
        "sides": _("Sides"),
        "speaks_for": _("Speaks for"),
        "standing": _("Standing"),
        "channels": _("Own channels"),
        "plural": _("Plural"),
        "publisher": _("Publisher"),
        "url": _("Address"),
        "published": _("Published"),
        "language": _("Language"),
        "read_on": _("Read for this record"),
        "archived.url": _("Archived copy"),
        "archived.on": _("Archived on"),
        "credits": _("Credits"),
        "country": _("Country"),
        "owner": _("Owner"),
        "gloss": _("Explanation"),
        "zone": _("Time zone"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "precision": _("Precision"),
        "gazetteer": _("Gazetteer"),
        "schema": _("Schema"),
    }
