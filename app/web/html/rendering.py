"""Templates to pages: one environment, strict about what a template may use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import parse_qs

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.html import urls
from app.web.wording import locale, terms
from app.web.wording.locale import LANGUAGES
from app.web.wording.record_text import RecordText, at_start, foreign_language, text_direction

# As far as it matters here: nothing but letters, digits and hyphens (RFC 5646, section 2.1).
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_HERE = Path(__file__).parents[1]
_PROGRAM = _HERE.parent
STATIC = _HERE / "static"
# By ending, so that what Python compiles beside its modules does not count as a change.
_PARTS = {".html", ".po", ".xml", ".css", ".json", ".js", ".svg", ".py", ".ttf", ".woff2"}


def render(template: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page from a template; every name that the template uses must be in the context."""
    page = _environment().get_template(template).render(**_common(), **context)
    return HTMLResponse(page, status, {"Content-Language": locale.language()})


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
    """The attributes that an element needs which holds nothing but this text."""
    return _lang_is(foreign_language(text))


def _lang_is(language: str | None) -> str:
    """The attributes of an element whose words are in this language; none where it is not known."""
    if not language:
        return ""
    # A form shows again what somebody typed for one.
    if not _LANGUAGE_TAG.fullmatch(language):
        return Markup(' dir="auto"')
    # The language alone does not turn a text round: without a direction, the full stop of an Arabic
    # quotation and the names in it stand on the wrong side.
    direction = text_direction(language)
    turned = Markup(' dir="{}"').format(direction) if direction != "ltr" else ""
    return Markup(' lang="{}"').format(language) + turned


def _lang_of_record() -> str:
    """The attribute that an element needs which holds a text of the record and nothing else."""
    return _lang_of(RecordText(""))


def _current(url: str) -> str:
    """The attribute of a link that leads to the page that has it."""
    return Markup(' aria-current="page"') if urls.is_here(url) else ""


def _script(name: str) -> str:
    return urls.static(name, build_id())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        # Everywhere: `select_autoescape` goes by endings and leaves `.svg` as it is by default.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        locale.gettext,
        locale.ngettext,
        newstyle=True,
        pgettext=locale.pgettext,
        npgettext=locale.npgettext,
    )
    environment.globals |= {
        "languages": LANGUAGES,
        "locale": locale.current_locale,
        "in_language": urls.in_language,
        "link": urls.page,
        "current": _current,
        "lang_is": _lang_is,
        "lang_of": _lang_of,
        "at_start": at_start,
        "role": terms.role,
        "lang_of_record": _lang_of_record,
        "fonts_of": fonts_of,
    }
    return environment


_FOLDER = _HERE / "static" / "fonts"
_IN_LATIN = ("sans-latin", "serif-latin")
# One weight of the serif for these, so that the largest claim page stays under 100 KB in all four
# languages (docs/decisions/2026-11-22-fonts.md).
_OF_A_LANGUAGE = {
    "ru": ("sans-latin", "serif-latin-regular", "sans-cyrillic"),
    "hy": ("sans-latin", "serif-latin-regular", "sans-armenian"),
}
# In text, not in attributes: a letter in a `title` or an address loads no font.
_OF_A_SCRIPT = {
    "serif-cyrillic": re.compile(r">[^<]*[\u0400-\u045f]"),
    "serif-armenian": re.compile(r">[^<]*[\u0531-\u058a]"),
}


def fonts_of(content: str) -> list[str]:
    """The addresses of the fonts that a page with this content needs, in the language in force."""
    quoted = [name for name, letters in _OF_A_SCRIPT.items() if letters.search(content)]
    names = [*_OF_A_LANGUAGE.get(locale.language(), _IN_LATIN), *quoted]
    return [urls.font(_file(name)) for name in names]


@cache
def _file(name: str) -> str:
    """The file of a font, whose name holds a hash of what is in it."""
    return next(_FOLDER.glob(f"{name}.*.woff2")).name


_FOR_A_YEAR = "public, max-age=31536000, immutable"


class ImmutableStaticFiles(StaticFiles):
    """Files that a browser may keep for a year (RFC 8246) under an address with their version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, 304 or 404."""
        answer = await super().get_response(path, scope)
        asked_for = parse_qs(scope["query_string"].decode("latin-1")).get("v", [])
        # Another version's address is answered with today's file: kept for a year, it would be
        # wrong under that address for as long.
        if path.endswith(".woff2") or asked_for == [build_id()]:
            answer.headers["Cache-Control"] = _FOR_A_YEAR
        if path.endswith(".css") and answer.status_code == 200:
            # Sent whole or not at all: a part of the file is none of what is sent.
            of_file = ("content-length", "accept-ranges")
            lasting = {n: v for n, v in answer.headers.items() if n not in of_file}
            return Response(_style_of(path), headers=lasting)
        return answer


# A comment, or the white space that sets a line in; no text of ours in a style has either.
_FOR_PEOPLE = re.compile(r"/\*.*?\*/|(?<=\n)\s+", re.DOTALL)


@lru_cache(maxsize=8)
def _style_of(name: str) -> str:
    """A stylesheet without what is in it for who reads its source: a twentieth of its bytes."""
    return _FOR_PEOPLE.sub("", (STATIC / name).read_text("utf-8"))


# Extensible Markup Language (XML) 1.0, section 2.2: the characters that a document may hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """The text with every character that XML does not allow replaced by U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)
