"""The names of a body's fields and parts, as pages that show changes call them."""

from __future__ import annotations

from app.web.wording.locale import N_, translated
from app.web.wording.terms import Words

# In the order of a file.
_FIELDS = {
    "question": N_("Question"),
    "summary": N_("Summary"),
    "title": N_("Title"),
    "name": N_("Name"),
    "titles": N_("Title in other languages"),
    "names": N_("Names"),
    "also": N_("Also called"),
    "formerly": N_("Former ids"),
    "kind": N_("Kind"),
    "nature": N_("Nature"),
    "unit": N_("Unit"),
    "measure": N_("Measure"),
    "scope": N_("Scope"),
    "counting": N_("Counting"),
    "topic": N_("Topic"),
    "happened": N_("Happened"),
    "places": N_("Places"),
    "event": N_("Event"),
    "part_of": N_("Part of"),
    "losses_of": N_("Losses of"),
    "accounts": N_("Accounts, in order"),
    "citations": N_("Citations, in order"),
    "options": N_("Options, in order"),
    "topics": N_("Topics, in order"),
    "events": N_("Events, in order"),
    "measures": N_("Measures, in order"),
    "scopes": N_("Scopes, in order"),
    "answer": N_("Answer"),
    "wording": N_("Wording"),
    "as_of": N_("As of"),
    "harms": N_("Speaks against"),
    "clashes": N_("Named clashes"),
    "searched": N_("What was searched"),
    "overrules": N_("Decided by an editor"),
    "exemptions": N_("Filings read again by an editor"),
    "assessment.by": N_("Assessment, signed by"),
    "assessment.on": N_("Assessment, on"),
    "assessment.conclusion": N_("Assessment"),
    "assessment.reasons": N_("Assessment, reasons"),
    "note": N_("Note"),
    "speaker": N_("Speaker"),
    "speakers": N_("Speakers"),
    "according_to": N_("According to"),
    "relayed_by": N_("Relayed by"),
    "stance": N_("Stance"),
    "certainty": N_("Certainty"),
    "reading": N_("Inferred by"),
    "said": N_("Said on"),
    "occasion": N_("Occasion"),
    "form": N_("Form"),
    "document": N_("Document"),
    "voice": N_("Voice"),
    "quote": N_("Quotation"),
    "translation": N_("Translation"),
    "own_voice_drift": N_("A party's version as plain fact"),
    "label": N_("Label"),
    "includes": N_("Includes"),
    "unknown": N_("Not known which"),
    "within": N_("Lies within"),
    "side": N_("Side"),
    "sides": N_("Sides"),
    "speaks_for": N_("Speaks for"),
    "standing": N_("Standing"),
    "channels": N_("Own channels"),
    "plural": N_("Plural"),
    "publisher": N_("Publisher"),
    "url": N_("Address"),
    "published": N_("Published"),
    "language": N_("Language"),
    "read_on": N_("Read for this record"),
    "archived.url": N_("Archived copy"),
    "archived.on": N_("Archived on"),
    "credits": N_("Credits"),
    "country": N_("Country"),
    "owner": N_("Owner"),
    "gloss": N_("Explanation"),
    "zone": N_("Time zone"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "precision": N_("Precision"),
    "gazetteer": N_("Gazetteer"),
    "schema": N_("Schema"),
}
_PLACES = {name: place for place, name in enumerate(_FIELDS)}

# What an entry of a list of parts is.
part = Words(
    {
        "accounts": N_("Account"),
        "citations": N_("Citation"),
        "options": N_("Option"),
        "places": N_("Place"),
        "topics": N_("Topic"),
        "events": N_("Event"),
        "measures": N_("Measure"),
        "scopes": N_("Scope"),
    },
    is_open=True,
)


def field(name: str) -> str:
    """What a field is called; one that is not known here has its own name."""
    if name not in _FIELDS:
        return name.replace("_", " ").replace(".", ", ")
    return translated(_FIELDS[name])


def place(name: str) -> int:
    """The place of a field among the others, as in a file; an unknown one comes last."""
    return _PLACES.get(name, len(_PLACES))
