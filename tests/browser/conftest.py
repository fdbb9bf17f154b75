from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from app.main import create_app
from app.settings import Settings
from tests.every_page.looking import Tabs
from tests.every_page.site import WholeSite
from tests.serving import serving

# The same engine without windows is a third faster.
_COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser")
_MISSING = "No Chromium: apt-get install chromium-headless-shell, or playwright install chromium."
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium: the system's, or playwright's own where it has been installed."""
    path = next(filter(None, map(shutil.which, _COMMANDS)), None)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        if path is None and not own.exists():
            pytest.fail(_MISSING) if os.environ.get("CI") == "true" else pytest.skip(_MISSING)
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shipped_site(shipped_url: str) -> Iterator[str]:
    """The shipped record on a real server; gives its address."""
    with serving(create_app(Settings(database_url=shipped_url))) as address:
        yield address


@pytest.fixture(scope="session")
def tabs(chromium: Browser, whole_site: WholeSite) -> Iterator[Tabs]:
    """Tabs of one browser, open at a site that has every kind of page."""
    with closing(Tabs(chromium, whole_site)) as opened:
        yield opened
