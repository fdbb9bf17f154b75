"""Which fonts a page needs, so that browsers fetch them along with the stylesheet.

A font that comes while a page is being drawn would move its lines; one that is asked for in the
page's head is waited for, briefly, or else used from the next page on (`font-display: optional`).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from app.web import i18n, urls

_FOLDER = Path(__file__).parent / "static" / "fonts"
_IN_LATIN = ("sans-latin", "serif-latin")
_OF_A_LANGUAGE = {
    "ru": ("sans-latin", "serif-latin-regular", "sans-cyrillic"),
    "hy": ("sans-latin", "serif-latin-regular", "sans-armenian"),
}
_OF_A_SCRIPT = {
    "serif-cyrillic": re.compile(r">[^<]*[\u0400-\u045f]"),
    "serif-armenian": re.compile(r">[^<]*[\u0531-\u058a]"),
}


def fonts_of(content: str) -> list[str]:
    """The addresses of the fonts that a page with this content needs, in the language in force."""
    quoted = [name for name, letters in _OF_A_SCRIPT.items() if letters.search(content)]
    names = [*_OF_A_LANGUAGE.get(i18n.language(), _IN_LATIN), *quoted]
    return [urls.font(_file(name)) for name in names]


@cache
def _file(name: str) -> str:
    """The file of a font, whose name holds a hash of what is in it."""
    return next(_FOLDER.glob(f"{name}.*.woff2")).name
