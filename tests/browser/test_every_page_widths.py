"""Every page in windows between the narrowest phone and the widest desk that it is made for."""

from __future__ import annotations

import pytest

from tests.every_page.kinds import PAGES, PageKind
from tests.every_page.looking import Tabs

WIDTHS = (360, 480, 768, 1024, 1600)
LONG_WORDS = ("hy", "ru", "az")


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_no_page_is_wider_than_its_window(tabs: Tabs, kind: PageKind) -> None:
    tab = tabs.tab(kind.who, WIDTHS[0])
    tab.open(kind, tabs.site.names, LONG_WORDS[PAGES.index(kind) % len(LONG_WORDS)])
    for width in WIDTHS:
        tabs.tab(kind.who, width)
        assert tab.too_wide() == []
