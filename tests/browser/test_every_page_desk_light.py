"""Every page in one width and one colour scheme; one of four files, to run side by side."""

from __future__ import annotations

import pytest

from tests.every_page.looking import Tabs
from tests.every_page.ways import Way, require_faultless, ways


@pytest.mark.parametrize("way", ways(1280, "light"))
def test_page_is_accessible_stable_and_self_contained(tabs: Tabs, way: Way) -> None:
    require_faultless(tabs, way)
