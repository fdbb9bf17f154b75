"""A contribution as a form has it: what fields offer, what is submitted of them, and problems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import quote

from app.domain.records.claims import Certainty, Stance, Voice
from app.domain.records.registers import PublisherKind, Standing
from app.errors import LazyMessage
from app.queries.contributing import Choices, RegisterChoices
from app.web.html.forms import Form
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import translate

NEW = "+"
"""The account that the form describes, beside those that the claim has."""

_NAMED = {  # what the API calls it, and the form's field
    "/claim": "claim",
    "/account": "account",
    "/new_account/answer": "answer",
    "/new_account/wording": "wording",
    "/new_account/as_of": "as_of",
    "/new_account": "account",
    "/speaker": "speaker",
    "/new_speaker/name": "speaker_name",
    "/new_speaker/side": "speaker_side",
    "/new_speaker/speaks_for": "speaker_body",
    "/new_speaker/standing": "speaker_standing",
    "/said": "said",
    "/stance": "stance",
    "/voice": "voice",
    "/certainty": "certainty",
    "/as_of": "own_as_of",
    "/wording": "own_wording",
    "/reading": "reading",
    "/document": "url",
    "/new_document/url": "url",
    "/new_document/title": "title",
    "/new_document/published": "published",
    "/new_document/language": "language",
    "/new_document/publisher": "publisher",
    "/new_document/new_publisher/name": "publisher_name",
    "/new_document/new_publisher/kind": "publisher_kind",
    "/new_document/new_publisher/country": "publisher_country",
    "/quote": "quote",
    "/translation": "translation",
    "/note": "note",
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field of the form; `field` is empty where the form has none for it."""

    field: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FlashMessage:
    """What a page says of what was just sent: what came of it, and what is wrong with which field.

    `existing` is the address of what is on record already; `status` the answer's.
    """

    message: str = ""
    problems: Sequence[FieldProblem] = ()
    existing: str = ""
    status: int = 200


def citation_body(form: Form, document: str | None) -> dict[str, Any]:
    """The citation that a form describes, as the API takes it; `document` is one on record."""
    body: dict[str, Any] = _filled(
        {
            "claim": form["claim"],
            "speaker": form["speaker"] if not form["speaker_name"] else "",
            "said": form["said"],
            "stance": form["stance"],
            "certainty": form["certainty"],
            "as_of": form["own_as_of"],
            "wording": form["own_wording"],
            "reading": form["reading"],
            "voice": form["voice"],
            "quote": form["quote"],
            "translation": form["translation"],
            "note": form["note"],
        }
    )
    if form["account"] == NEW:
        fields = {name: form[name] for name in ("answer", "wording", "as_of")}
        body["new_account"] = _filled(fields)
    elif form["account"]:
        body["account"] = form["account"]
    if form["speaker_name"]:
        body["new_speaker"] = _new_speaker(form)
    if document:
        body["document"] = document
    else:
        body["new_document"] = _new_document(form)
    return body


def _in_the_form() -> Mapping[str, str]:
    """What the form says where the API names its own fields."""
    return {
        "/account": LazyMessage("Choose one, or describe another."),
        "/new_document/publisher": LazyMessage("Say who published the page."),
    }


def field_problems(problems: Iterable[tuple[str, str]]) -> list[FieldProblem]:
    """Problems with a submission, each at the field of the form where it can be mended."""
    ours = _in_the_form()
    return [
        _problem(pointer, ours.get(pointer, why) if "new_" in why else why)
        for pointer, why in problems
    ]


def problems_by_pointer(problems: Iterable[tuple[str, str]]) -> list[FieldProblem]:
    """Problems with a text of one's own, each with its place."""
    return [FieldProblem("", pointer, translate(sentence)) for pointer, sentence in problems]


def labels() -> Mapping[str, str]:
    """What each field of the form is called."""
    return {
        "url": _("Address of the page"),
        "quote": _("Quotation"),
        "before": _("Words before it"),
        "after": _("Words after it"),
        "title": _("Title of the page"),
        "published": _("Published on"),
        "language": _("Language"),
        "claim": _("Claim"),
        "account": _("Account"),
        "answer": _("Its answer"),
        "wording": _("Its wording"),
        "as_of": _("As of"),
        "speaker": _("Speaker on record"),
        "speaker_name": _("Name of a new speaker"),
        "speaker_side": _("Side"),
        "speaker_body": _("Speaks for"),
        "speaker_standing": _("Standing"),
        "said": _("Said on"),
        "stance": _("What the statement does"),
        "voice": _("Whose words are quoted"),
        "certainty": _("How certain it is by its own words"),
        "own_as_of": _("As of, for this statement"),
        "own_wording": _("Wording of this statement"),
        "reading": _("Where the answer is from"),
        "publisher": _("Publisher on record"),
        "publisher_name": _("Name of a new publisher"),
        "publisher_kind": _("Kind"),
        "publisher_country": _("Country"),
        "translation": _("Translation into English"),
        "note": _("Note"),
    }


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
    certainties: Choices
    readings: Choices
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
        certainties=[(key, terms.certainty(key)) for key in get_args(Certainty)],
        readings=[
            ("", _("the words say it")),
            ("editors", _("inferred by the editors; the note says why")),
        ],
        publisher_kinds=[
            ("", _("choose")),
            *((key, terms.publisher_kind(key)) for key in get_args(PublisherKind)),
        ],
    )


def voice(key: str) -> str:
    """Whose words a quotation has."""
    return {
        "quoted": _("the speaker's own words"),
        "translated": _("the document's translation of the speaker's words"),
        "paraphrased": _("the document's words about the speaker"),
    }[key]


def _problem(pointer: str, sentence: str) -> FieldProblem:
    steps: Sequence[str] = pointer.split("/")
    for length in range(len(steps), 1, -1):
        field = _NAMED.get("/".join(steps[:length]))
        if field:
            return FieldProblem(field, labels()[field], translate(sentence))
    return FieldProblem("", pointer, translate(sentence))


def _new_speaker(form: Form) -> dict[str, Any]:
    return _filled(
        {
            "name": form["speaker_name"],
            "side": form["speaker_side"],
            "speaks_for": form["speaker_body"],
            "standing": form["speaker_standing"],
        }
    )


def _new_document(form: Form) -> dict[str, Any]:
    document: dict[str, Any] = _filled(
        {
            "url": form["url"],
            "title": form["title"],
            "published": form["published"],
            "language": form["language"],
        }
    )
    if form["publisher_name"]:
        document["new_publisher"] = _filled(
            {
                "name": form["publisher_name"],
                "kind": form["publisher_kind"],
                "country": form["publisher_country"],
            }
        )
    elif form["publisher"]:
        document["publisher"] = form["publisher"]
    return document


def _filled(fields: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


_AROUND = 64  # letters on each side
_MAX_LENGTH = 2000  # letters of a selection that go into an address

# Plain ES5 in one expression: a bookmark's script runs on any page, in the browser that is there.
# It sends nothing; it opens our form with what it read, and who pressed it sees all of that.
_SCRIPT = """(function(){
var d=document,s=window.getSelection(),q=String(s).trim().slice(0,MAX_LENGTH),b='',a='',r,p;
if(s.rangeCount&&q){r=s.getRangeAt(0);p=d.createRange();p.selectNodeContents(d.body);
p.setEnd(r.startContainer,r.startOffset);b=p.toString().slice(-AROUND);
p.selectNodeContents(d.body);p.setStart(r.endContainer,r.endOffset);
a=p.toString().slice(0,AROUND);}
function m(n){var e=d.querySelector('meta[property="'+n+'"],meta[name="'+n+'"]');
return e?e.content:'';}
var t=d.querySelector('time[datetime]'),
on=m('article:published_time')||m('date')||(t?t.getAttribute('datetime'):'')||'';
window.open(TARGET+'?'+new URLSearchParams({url:location.href.split('#')[0],quote:q,
before:b,after:a,title:(m('og:title')||d.title).slice(0,300),
published:/^\\d{4}-\\d\\d-\\d\\d/.test(on)?on.slice(0,10):'',
language:d.documentElement.lang||''}));
})()"""


def bookmarklet(base_url: str) -> str:
    """The address of the bookmark: a `javascript:` link to this site's form."""
    script = (
        _SCRIPT.replace("\n", "")
        .replace("MAX_LENGTH", str(_MAX_LENGTH))
        .replace("AROUND", str(_AROUND))
        .replace("TARGET", json.dumps(f"{base_url}/contribute"))
    )
    return "javascript:" + quote(script, safe="!~*'();:@&=+$,/?#[]{}|")
