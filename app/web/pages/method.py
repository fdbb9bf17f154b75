"""How the record is made and read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.domain.hedges import HEDGES, WORDS
from app.domain.wording import join
from app.errors import NotFound
from app.web import urls
from app.web.i18n import gettext as _
from app.web.pages.links import Link
from app.web.rendering import render
from app.web.views import terms

router = APIRouter()

_TEXTS = Path(__file__).resolve().parents[3] / "docs" / "method"
# In the order in which a reader needs them; the other texts there are for editors.
_NAMES = ("claims", "speakers", "hedges", "silence", "corrections", "limits")


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
        "texts": [Link(urls.method_text(name), _text(name)[0]) for name in _names()],
    }
    return render("method.html", context)


@router.get("/method/{name}")
def method_text(name: str) -> Response:
    """One of the editors' own rules, whole."""
    if name not in _names():
        raise NotFound("page of the method", name)
    title, body = _text(name)
    context = {
        "title": title,
        "description": "",
        "steps": [Link(urls.method(), _("How it works"))],
        "body": body,
    }
    return render("method_text.html", context)


@cache
def _names() -> tuple[str, ...]:
    """The texts that are here; an installation without docs/ has none."""
    return tuple(name for name in _NAMES if (_TEXTS / f"{name}.md").is_file())


@cache
def _text(name: str) -> tuple[str, Markup]:
    """The heading of a text, and what stands below it as HTML; HTML in it is shown as it stands."""
    heading, _gap, rest = (_TEXTS / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    linked = rest.replace(".md)", ")").replace("](", "](/method/")
    return heading.removeprefix("# ").strip(), Markup(reader.render(linked))  # noqa: S704


def _hedges() -> list[HedgeRow]:
    numbered = [
        HedgeRow(join([f"{word} x" for word in hedge.words], _("or")), hedge.meaning)
        for hedge in HEDGES
    ]
    bare = [HedgeRow(word, f"{i.low} {_('to')} {i.high}") for word, i in WORDS.items()]
    return [*numbered, *bare]
