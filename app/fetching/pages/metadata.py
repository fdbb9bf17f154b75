"""What a page says of itself, from the notes that were taken of its markup.

For each fact, the first of these that can be read:

| fact | from |
|---|---|
| title | JSON-LD `headline`, `og:title`, `<title>` |
| published | JSON-LD `datePublished`, `article:published_time` and its like, the first `<time>` |
| language | `<html lang>`, JSON-LD `inLanguage`, `og:locale`, meta `content-language` |
| author | JSON-LD `author`, `<meta name=author>` and its like |
| site | JSON-LD `publisher`, `og:site_name`, `application-name` |
| canonical | `<link rel=canonical>`, `og:url` |

JSON-LD is what search engines read, so outlets keep it in order; its `inLanguage` is often that of
the software. Everything here is a stranger's word: it is cut, cleaned, and never trusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.values.addresses import judge_url
from app.domain.values.dates import parse_date
from app.errors import AddressRefused, BadDate
from app.fetching.pages.values import SaidOfItself

_MAX_TITLE_LENGTH = 300
_MAX_NAME_LENGTH = 200
_MAX_ADDRESS_LENGTH = 2_000

_PUBLISHED = (
    *(
        "article:published_time",
        "datepublished",
        "og:published_time",
        "article:published",
        "pubdate",
    ),
    *("publishdate", "publish-date", "dc.date.issued", "dcterms.issued", "dc.date", "date"),
)
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author")

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# What would make one line read as another on the page of a form: controls, directions, nothing at
# all.
_HIDDEN = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)


def of_html(notes: Mapping[str, Any]) -> SaidOfItself:
    """What an HTML page says; `notes` as `child/html.py` takes them."""
    metas: dict[str, str] = {}
    for name, content in notes["metas"]:
        metas.setdefault(name, content)
    article = read_article(notes["json_ld"])
    return SaidOfItself(
        title=_line(_MAX_TITLE_LENGTH, article.headline, metas.get("og:title"), notes.get("title")),
        published=_moment(article.published, *map(metas.get, _PUBLISHED), *notes["times"][:1]),
        language=_language(notes.get("language"), article, metas),
        author=_line(_MAX_NAME_LENGTH, article.author, *filter(_is_name, map(metas.get, _AUTHOR))),
        site=_line(
            _MAX_NAME_LENGTH,
            article.publisher,
            metas.get("og:site_name"),
            metas.get("application-name"),
        ),
        canonical=_address(notes.get("canonical"), metas.get("og:url")),
    )


def titles_of(notes: Mapping[str, Any]) -> tuple[str, ...]:
    """Every title that an HTML page gives itself."""
    named = [content for name, content in notes["metas"] if name == "og:title"]
    given = (notes.get("title"), *named[:1], read_article(notes["json_ld"]).headline)
    lines = (_line(_MAX_TITLE_LENGTH, title) for title in given)
    return tuple(dict.fromkeys(line for line in lines if line))


def is_for_subscribers(notes: Mapping[str, Any]) -> bool:
    """Whether an HTML page says that its text is not accessible for free (schema.org)."""
    return read_article(notes["json_ld"]).is_free is False


def of_pdf(notes: Mapping[str, Any]) -> SaidOfItself:
    """What a PDF says; `notes` as `child/pdf.py` takes them."""
    return SaidOfItself(
        title=_line(_MAX_TITLE_LENGTH, notes.get("title")),
        author=_line(_MAX_NAME_LENGTH, notes.get("author")),
    )


def _line(most: int, *texts: str | None) -> str | None:
    """The first text with something in it, as one clean line of at most so many characters."""
    for text in filter(None, texts):
        clean = " ".join(_HIDDEN.sub(" ", _TAG.sub("", text)).split())
        if clean:
            return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"
    return None


def _moment(*texts: str | None) -> str | None:
    return next(filter(None, map(_edtf, filter(None, texts))), None)


def _edtf(text: str) -> str | None:
    """A day or time in ISO 8601, as loosely as pages write it, as EDTF; None for anything else."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    day, minutes, seconds, zone = found.groups()
    if zone and zone != "Z" and len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    edtf = day if minutes is None else f"{day}T{minutes}:{seconds or '00'}{zone or ''}"
    try:
        parse_date(edtf)
    except BadDate:
        return None
    return edtf


def _language(declared: str | None, article: Article, metas: Mapping[str, str]) -> str | None:
    for text in (declared, article.language, metas.get("og:locale"), metas.get("content-language")):
        tag = (text or "").strip().lower().replace("_", "-")
        if _LANGUAGE.fullmatch(tag):
            return tag
    return None


# `article:author` is often the address of a profile.
def _is_name(text: str | None) -> bool:
    return text is not None and "://" not in text


def _address(*texts: str | None) -> str | None:
    return next((text for text in map(_stripped, texts) if _is_address(text)), None)


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _is_address(text: str) -> bool:
    if len(text) > _MAX_ADDRESS_LENGTH or _HIDDEN.search(text) or re.search(r"\s", text):
        return False
    try:
        judge_url(text)
    except AddressRefused:
        return False
    return True


_MAX_OBJECTS = 1_000
_MAX_AUTHORS = 10


@dataclass(frozen=True, slots=True)
class Article:
    """The article's facts as they are written; None for what is not there."""

    headline: str | None = None
    published: str | None = None
    language: str | None = None
    author: str | None = None
    publisher: str | None = None
    is_free: bool | None = None


def read_article(scripts: Iterable[str]) -> Article:
    """The first article that the scripts describe; an empty one where they describe none."""
    for thing in _things(scripts):
        if _is_article(thing):
            return Article(
                headline=_text(thing.get("headline")) or _text(thing.get("name")),
                published=_text(thing.get("datePublished")),
                language=_text(thing.get("inLanguage")) or _names(thing.get("inLanguage")),
                author=_names(thing.get("author")),
                publisher=_names(thing.get("publisher")),
                is_free=_truth(thing.get("isAccessibleForFree")),
            )
    return Article()


def _things(scripts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The objects at the top of the scripts, those of arrays and graphs included."""
    for script in scripts:
        # A queue with a bound: objects may be nested in each other as deep as their author likes.
        waiting = [_parsed(script)]
        for _ in range(_MAX_OBJECTS):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value[:_MAX_OBJECTS])
            elif isinstance(value, dict):
                yield value
                waiting.append(value.get("@graph"))


def _parsed(script: str) -> object:
    try:
        # Not strict, as many sites leave line breaks in their texts.
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(
        isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report")) for kind in named
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _truth(value: object) -> bool | None:
    # Many sites write it as a text.
    return {"true": True, "false": False}.get(str(value).lower())


def _names(value: object) -> str | None:
    """One name, or several with commas: of a text, an object with a `name`, or a list of these."""
    several = value[:_MAX_AUTHORS] if isinstance(value, list) else [value]
    names = (_text(one.get("name") if isinstance(one, dict) else one) for one in several)
    return ", ".join(name.strip() for name in names if name) or None
