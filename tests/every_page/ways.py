"""In which ways each page is looked at: few in every run of the tests, all in a long one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import pytest

from app.web.wording.locale import LANGUAGES
from tests.every_page.covering import pairwise
from tests.every_page.kinds import PAGES, PageKind
from tests.every_page.looking import Scheme, Tabs

WIDTHS = (390, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_FACTORS = (PAGES, WIDTHS, SCHEMES, tuple(LANGUAGES), (True, False))


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
def _few() -> tuple[Way, ...]:
    return tuple(Way(*case) for case in pairwise(_FACTORS))  # type: ignore[arg-type]


@cache
def _by_rules() -> frozenset[Way]:
    """Of the few, one of each page: these are held to the rules of axe too.

    Axe takes most of the time of all. Pages take turns in width and scheme, so that the files take
    equally long; the one that shows every part of a page is looked at in both schemes, and all
    others in a long run.
    """
    looks = [(390, "light"), (1280, "dark"), (1280, "light"), (390, "dark")]
    turns = {(kind, looks[number % len(looks)]) for number, kind in enumerate(PAGES)}
    shown = {(kind, look) for kind in PAGES if kind.name == "patterns" for look in looks[:2]}
    firsts = {(way.kind, (way.width, way.scheme)): way for way in reversed(_few())}
    return frozenset(way for turn, way in firsts.items() if turn in turns | shown)


def ways(width: int, scheme: Scheme) -> list[Any]:
    """Every way of this width and scheme; those that only a long run takes are marked so."""
    mine = (
        Way(kind, width, scheme, language, scripts)
        for kind, language, scripts in product(PAGES, LANGUAGES, (True, False))
    )
    few = frozenset(_few())
    return [
        pytest.param(way, id=str(way), marks=() if way in few else pytest.mark.long) for way in mine
    ]


def require_faultless(tabs: Tabs, way: Way) -> None:
    """Fail with everything that is wrong with a page."""
    tab = tabs.tab(way.kind.who, way.width, way.scheme, scripts=way.scripts)
    status = tab.open(way.kind, tabs.site.names, way.language)
    faults = [f"answers {status}"] if status != way.kind.status else []
    faults += tab.faults(axe=way in _by_rules() or way not in _few())
    if faults:
        pytest.fail("\n".join([tab.page.url, *faults]), pytrace=False)
