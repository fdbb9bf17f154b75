"""Templates to pages: one environment, strict about what a template may use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.web import i18n, urls
from app.web.catalogues import LANGUAGES
from app.web.fonts import fonts_of
from app.web.views import terms
from app.web.views.written import Written, at_start, foreign_language

_HERE = Path(__file__).parent
_PROGRAM = _HERE.parent
STATIC = _HERE / "static"
_PARTS = {".html", ".po", ".xml", ".css", ".json", ".js", ".svg", ".py", ".ttf", ".woff2"}


def render(template: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page from a template; every name that the template uses must be in the context."""
    page = _environment().get_template(template).render(**_common(), **context)
    return HTMLResponse(page, status, {"Content-Language": i18n.language()})


def fill(template: str, context: Mapping[str, object]) -> str:
    """The text of a template that is no page; every name that it uses must be in the context."""
    return _environment().get_template(template).render(**context)


@cache
def build_id() -> str:
    """A short hash of everything that pages are made of besides the record: the whole program."""
    digest = hashlib.sha256()
    for path in sorted(_PROGRAM.rglob("*")):
        if path.is_file() and path.suffix in _PARTS:
            digest.update(path.relative_to(_PROGRAM).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _common() -> dict[str, object]:
    return {
        "stylesheet": urls.static("site.css", build_id()),
        "search_script": urls.static("search.js", build_id()),
        "favicon": urls.static("favicon.svg", build_id()),
        "script": _script,
    }


def _lang_of(text: object) -> str:
    """The attribute that an element needs which holds nothing but this text."""
    language = foreign_language(text)
    return Markup(' lang="{}"').format(language) if language else ""


def _lang_of_record() -> str:
    """The attribute that an element needs which holds a text of the record and nothing else."""
    return _lang_of(Written(""))


def _current(url: str) -> str:
    """The attribute of a link that leads to the page on which it stands."""
    return Markup(' aria-current="page"') if urls.is_here(url) else ""


def _script(name: str) -> str:
    return urls.static(name, build_id())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext,
        i18n.ngettext,
        newstyle=True,
        pgettext=i18n.pgettext,
        npgettext=i18n.npgettext,
    )
    environment.globals |= {
        "languages": LANGUAGES,
        "spoken": i18n.spoken,
        "in_language": urls.in_language,
        "link": urls.page,
        "current": _current,
        "lang_of": _lang_of,
        "at_start": at_start,
        "role": terms.role,
        "lang_of_record": _lang_of_record,
        "fonts_of": fonts_of,
    }
    return environment
