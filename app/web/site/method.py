"""How the record is made and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response
from markdown_it import MarkdownIt
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.values.hedges import HEDGES, SHARES, WORDS, Interval
from app.errors import NotFound
from app.queries.citations import answer_hedged
from app.queries.claim_lists import first_headings
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.wording import terms
from app.web.wording.locale import DEFAULT, current_locale
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import figure, hedged, listed, number_in_words
from app.web.wording.record_text import RecordText

router = APIRouter()


@router.get("/method")
def method(session: ReadSession) -> Response:
    """Every state, flag and hedge explained by an example; who edits, how corrections work."""
    context = {
        "title": _("How it works"),
        "description": _("How contested facts are recorded, compared and corrected."),
        "steps": trail(),
        "states": terms.states(),
        "flags": terms.flags(),
        "findings": terms.findings(),
        "hedges": _hedges(session),
        "examples": {
            **{term.key: _example(session, ClaimFilter(state=term.key)) for term in terms.states()},
            **{term.key: _example(session, ClaimFilter(flag=term.key)) for term in terms.flags()},
        },
        "texts": list(texts().values()),
    }
    return render("method.html", context)


_TEXTS = Path(__file__).resolve().parents[3] / "docs" / "method"
# In the order in which a reader needs them; the other texts there are for editors.
_NAMES = ("claims", "speakers", "hedges", "silence", "corrections", "audit", "limits")


@dataclass(frozen=True, slots=True)
class Example:
    """A claim on record that shows what a word means; `answer` is the account's, for a hedge."""

    url: str
    question: RecordText
    answer: str = ""


@dataclass(frozen=True, slots=True)
class HedgeRow:
    """A hedge's words, and how they are read."""

    words: str
    meaning: str
    example: Example | None


@router.get("/audit")
def audit() -> Response:
    """What of the record was read twice, when, by which rule, and what was found and mended."""
    return _rendered("audit")


@router.get("/method/{name}")
def method_text(name: str) -> Response:
    """One of the editors' own rules, whole."""
    return _rendered(name)


def _rendered(name: str) -> Response:
    # By a list and not by what exists: no address may name another file.
    if name not in _names():
        raise NotFound("page of the method", name)
    _heading, body = _text(name, current_locale().tag if current_locale().is_chosen else "")
    context = {
        "title": _title(name),
        "description": "",
        "steps": trail(Link(urls.method(), _("How it works"))),
        "body": body,
    }
    return render("method_text.html", context)


def texts() -> dict[str, Link]:
    """The editors' rules, by the name of each."""
    return {name: Link(urls.method_text(name), _title(name)) for name in _names()}


@cache
def _names() -> tuple[str, ...]:
    """The texts that are here; an installation without docs/ has none."""
    return tuple(name for name in _NAMES if (_TEXTS / f"{name}.md").is_file())


@cache
def _text(name: str, chosen: str) -> tuple[str, Markup]:
    """The heading of a text, and what follows it as HTML; HTML in it is shown as text.

    Its links keep the `chosen` language, and name none where that is empty.
    """
    heading, _gap, rest = (_TEXTS / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    # The texts link to each other as files, so that they can be read in the repository too.
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    named = f"?lang={chosen}" if chosen else ""
    linked = rest.replace(".md)", f"{named})").replace("](", "](/method/")
    # Not escaped again: the texts are our own, and HTML in them is switched off.
    return heading.removeprefix("# ").strip(), Markup(reader.render(linked))  # noqa: S704


def _title(name: str) -> RecordText:
    return RecordText(_text(name, "")[0], DEFAULT)


def _example(session: Session, where: ClaimFilter) -> Example | None:
    """The first claim of which this holds."""
    for heading in first_headings(session, where, limit=1):
        return Example(urls.claim(heading.id), RecordText(heading.question))
    return None


def _hedges(session: Session) -> list[HedgeRow]:
    numbered = [
        HedgeRow(_hedge(each.words), terms.hedge(each.words[0]), _hedged(session, each.words))
        for each in HEDGES
    ]
    bare = [
        _bare(session, word, interval, _("%(low)s to %(high)s")) for word, interval in WORDS.items()
    ]
    shares = [
        _bare(session, word, interval, _("%(low)s to %(high)s percent"))
        for word, interval in SHARES.items()
    ]
    return [*numbered, *bare, *shares]


def _bare(session: Session, word: str, interval: Interval, meaning: str) -> HedgeRow:
    """A word that stands for a number."""
    low, high = figure(interval.low), figure(interval.high or interval.low)
    row = meaning % {"low": low, "high": high}
    return HedgeRow(number_in_words(word), row, _hedged(session, [word]))


def _hedged(session: Session, words: Sequence[str]) -> Example | None:
    found = answer_hedged(session, words)
    if found is None:
        return None
    url = urls.account(found.claim, found.account)
    return Example(url, RecordText(found.question), number_in_words(found.answer))


def _hedge(words: Iterable[str]) -> str:
    """“almost x or nearly x”: the hedge before a number that may be any."""
    # Words of a hedge alone would not do: in other languages they may stand after the number.
    # A language may have one word for two.
    ways = dict.fromkeys(hedged(word) % "x" for word in words)
    return listed(list(ways), either=True)
