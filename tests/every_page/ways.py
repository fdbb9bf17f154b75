"""In which ways each page is looked at: few in every run of the tests, all in a long one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import pytest

from app.web.wording.locale import LANGUAGES
from tests.every_page.kinds import PAGES, PageKind
from tests.every_page.looking import Scheme, Tabs

WIDTHS = (390, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LONG_WORDS = ("hy", "ru", "az")
# Between the narrowest phone and the widest desk that pages are made for. No page need be loaded
# anew in these: its stylesheet alone asks for the width.
_BESIDE = {390: (360, 480, 768), 1280: (1024, 1600)}


@dataclass(frozen=True)
class Way:
    """A page in a window of some width, in a colour scheme, in a language, with scripts or not."""

    kind: PageKind
    width: int
    scheme: Scheme
    language: str
    scripts: bool

    def __str__(self) -> str:
        return f"{self.kind.name}-{self.language}{'' if self.scripts else '-without-scripts'}"


@cache
def _few() -> Mapping[Way, bool]:
    """Two ways of each page, and whether it is held to the rules of axe, which take longest.

    One is on a phone, in a language of long words, and one on a desk, in another language; one in
    each scheme; one with scripts and one without. Pages take turns in what goes with what, so that
    every two values meet on many pages, and the files take equally long. What a page says in each
    language is looked at without a browser; in a long run, all of it with one.
    """
    few: dict[Way, bool] = {}
    for number, kind in enumerate(PAGES):
        dark, scripts, axe = number % 2, number % 4 < 2, number % 8 < 4
        language = LONG_WORDS[number % 3]
        others = [each for each in LANGUAGES if each != language]
        # Shows every part of a page, and is held to the rules in both schemes.
        all_parts = kind.name == "patterns"
        phone = Way(kind, WIDTHS[0], SCHEMES[dark], language, scripts)
        desk = Way(kind, WIDTHS[1], SCHEMES[1 - dark], others[number // 3 % 3], not scripts)
        few |= {phone: axe or all_parts, desk: not axe or all_parts}
    return few


def ways(width: int, scheme: Scheme) -> list[Any]:
    """Every way of this width and scheme; those that only a long run takes are marked so."""
    mine = (
        Way(kind, width, scheme, language, scripts)
        for kind, language, scripts in product(PAGES, LANGUAGES, (True, False))
    )
    few = _few()
    return [
        pytest.param(way, id=str(way), marks=() if way in few else pytest.mark.long) for way in mine
    ]


def require_faultless(tabs: Tabs, way: Way) -> None:
    """Fail with everything that is wrong with a page."""
    tab = tabs.tab(way.kind.who, way.width, way.scheme, scripts=way.scripts)
    status = tab.open(way.kind, tabs.site.names, way.language)
    faults = [f"answers {status}"] if status != way.kind.status else []
    is_few = way in _few()
    axe = not is_few or _few()[way]
    faults += tab.faults(beside=_BESIDE[way.width], axe=axe, whole=not is_few)
    if faults:
        pytest.fail("\n".join([tab.page.url, *faults]), pytrace=False)
