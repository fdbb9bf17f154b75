"""What a page's JSON-LD says of the article on it (schema.org).

Only what outlets write is read: an object, an array of objects, an `@graph` of them. Contexts are
not resolved, and what cannot be read is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_MOST_OBJECTS = 1_000
_MOST_AUTHORS = 10


@dataclass(frozen=True, slots=True)
class Article:
    """The article's facts as they are written; None for what is not there."""

    headline: str | None = None
    published: str | None = None
    language: str | None = None
    author: str | None = None
    publisher: str | None = None


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
            )
    return Article()


def _things(scripts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The objects at the top of the scripts, those of arrays and graphs included."""
    for script in scripts:
        waiting = [_parsed(script)]
        for _ in range(_MOST_OBJECTS):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value[:_MOST_OBJECTS])
            elif isinstance(value, dict):
                yield value
                waiting.append(value.get("@graph"))


def _parsed(script: str) -> object:
    try:
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


def _names(value: object) -> str | None:
    """One name, or several with commas: of a text, an object with a `name`, or a list of these."""
    several = value[:_MOST_AUTHORS] if isinstance(value, list) else [value]
    names = (_text(one.get("name") if isinstance(one, dict) else one) for one in several)
    return ", ".join(name.strip() for name in names if name) or None
