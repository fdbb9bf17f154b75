"""What is wrong with a page, whatever page it is, as a real browser shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.every_page.kinds import PageKind, Who
from tests.every_page.site import WholeSite

Scheme = Literal["light", "dark"]
HEIGHT = 900

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": _TAGS},
    "resultTypes": ["violations"],
    "selectors": False,
}
_OPEN_EVERYTHING = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
# Where scripts are off no timer ever fires, and axe would wait for its own for ever.
_WITHOUT_TIMERS = "window.setTimeout = next => { Promise.resolve().then(next); return 0; }"
# What axe takes grows faster than a list, and a row is made as the one above it: of those that look
# alike, eight are enough for every run. The longest pages take a fourth of the time so.
_SHORTEN = """() => {
  for (const list of document.querySelectorAll("main tbody, main ul, main ol")) {
    const alike = {};
    for (const each of [...list.children]) {
      const inside = new Set([...each.querySelectorAll("*")].map(e => e.tagName + e.className));
      const look = [each.tagName + each.className, ...[...inside].sort()].join();
      alike[look] = (alike[look] ?? 0) + 1;
      if (alike[look] > 8) each.remove();
    }
  }
}"""
_TOO_WIDE = """() => {
  const width = innerWidth, root = document.documentElement;
  if (root.scrollWidth <= width) return null;
  const wide = [...document.body.querySelectorAll("*")]
    .filter(each => each.getBoundingClientRect().right + scrollX > width + 0.5)
    .map(each => each.outerHTML.slice(0, 120));
  return `${root.scrollWidth} pixels wide of ${width}: ${wide.slice(-3).join(" … ")}`;
}"""
# The root is as wide as the window less its scroll bar, if the page has been laid out for it.
_LAID_OUT_FOR = """width => {
  const root = document.documentElement.getBoundingClientRect();
  return innerWidth === width && Math.abs(root.width - width) < 20;
}"""
_SHIFTS = """() => new Promise(resolve => {
  const shifts = [];
  const named = ({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName;
  new PerformanceObserver(list => shifts.push(...list.getEntries().map(
    entry => `moved by ${entry.value}: ${entry.sources.map(named)}`
  ))).observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30, shifts))));
})"""


@dataclass
class Tab:
    """A tab of a browser, and what it complained about since it was last asked."""

    page: Page
    address: str
    scripts: bool
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to everything that a page can do wrong by itself."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._watch)
        self.page.on("requestfailed", self._note_failed)
        self.page.on("response", self._note_answer)
        # What a reader finds who comes for the first time: nothing is kept from other pages.
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that answers with an error is told of in the console too; its status is looked at.
        is_of_itself = message.location.get("url") == self.page.url
        if not (is_of_itself and message.text.startswith("Failed to load resource")):
            self.complaints.append(f"console: {message.type}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.complaints.append(f"another host: {request.url}")

    def _note_failed(self, request: Request) -> None:
        # What the page before still asked for when the next was opened is nobody's fault.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}: {request.failure}")

    def _note_answer(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"failed: {response.url}: {response.status}")

    def open(self, kind: PageKind, names: dict[str, str], language: str) -> int:
        """Go to a page, by its form where it is the answer to one; returns its status."""
        self.complaints.clear()
        answer = self.page.goto(self.address + kind.address(names, language))
        if kind.sent:
            for name, value in kind.sent:
                self.page.locator(f"main [name={name}]").first.fill(value)
            button = f"main button[value={kind.button}]" if kind.button else "main button.main"
            with self.page.expect_navigation() as sent:
                self.page.locator(button).click()
            answer = sent.value
        assert answer is not None
        return answer.status

    def faults(
        self, *, beside: Sequence[int] = (), axe: bool = True, whole: bool = True
    ) -> Iterator[str]:
        """Everything that is wrong with the page that is open, also in what it keeps folded up.

        No page may be wider than windows of the widths `beside` this one, in pixels. The rules of
        axe, which take longer than all else, are asked for with `axe`; of all rows if `whole`.
        """
        if self.scripts:
            yield from self._shifts()
        yield from self._too_wide()
        self.page.evaluate(_OPEN_EVERYTHING)
        yield from self._too_wide()
        here = self.page.viewport_size
        assert here
        for width in beside:
            self.resize(width)
            yield from self._too_wide()
        if axe:
            self.resize(here["width"])
            if not whole:
                self.page.evaluate(_SHORTEN)
            yield from self._unusable()
        yield from self.complaints

    def resize(self, width: int) -> None:
        """Make the window this wide, in pixels, and wait until the page is laid out for it.

        A resize is asked for and not awaited: on a busy machine the page still had one width in
        `innerWidth` and another in its layout, and no page is at fault for the difference.
        """
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        for _ in range(200):
            if self.page.evaluate(_LAID_OUT_FOR, width):
                return
            self.page.wait_for_timeout(25)
        raise TimeoutError(f"The window is not {width} pixels wide after five seconds.")

    def _unusable(self) -> Iterator[str]:
        """What keeps somebody from using the page, by the rules of axe, with a few examples."""
        if not self.scripts:
            self.page.evaluate(_WITHOUT_TIMERS)
        # Stylesheets are fetched ahead for one rule alone, with a timer.
        switched = {"target-size": {"enabled": True}}
        rules = {**_RULES, "rules": switched, "preload": self.scripts}
        found = Axe().run(self.page, options=rules)
        for rule in found.response["violations"]:
            examples = (f"{node['html'][:160]} {node['failureSummary']}" for node in rule["nodes"])
            told = "\n  ".join(islice(examples, 4))
            yield f"{rule['id']}: {rule['help']} ({len(rule['nodes'])} times)\n  {told}"

    def _shifts(self) -> list[str]:
        """What moved after it was drawn, in the stillest of three visits.

        A font that comes in the very moment of the first drawing, on a machine that is busy with
        other tests, is the browser's to settle; what moves three times of three is the page's.
        """
        for _ in range(2):
            if not self.page.evaluate(_SHIFTS):
                return []
            self.page.reload()
        moved: list[str] = self.page.evaluate(_SHIFTS)
        return moved

    def _too_wide(self) -> list[str]:
        """What reaches out of the window to the right."""
        told = self.page.evaluate(_TOO_WIDE)
        return [told] if told else []


class Tabs:
    """A tab for each visitor, with scripts and without, opened when first asked for."""

    def __init__(self, browser: Browser, site: WholeSite) -> None:
        self.site = site
        self._browser = browser
        self._tabs: dict[tuple[Who, bool], Tab] = {}

    def tab(self, who: Who, width: int, scheme: Scheme = "light", *, scripts: bool = True) -> Tab:
        """The visitor's tab, with a window of this width in pixels."""
        tab = self._tabs.get((who, scripts)) or self._open(who, scripts)
        tab.resize(width)
        tab.page.emulate_media(color_scheme=scheme)
        return tab

    def _open(self, who: Who, scripts: bool) -> Tab:
        context = self._browser.new_context(java_script_enabled=scripts)
        context.set_default_timeout(60_000)
        if who in self.site.cookies:
            cookie = {"name": "variorum", "value": self.site.cookies[who], "url": self.site.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        self._tabs[who, scripts] = Tab(context.new_page(), self.site.address, scripts)
        return self._tabs[who, scripts]

    def close(self) -> None:
        """Close every tab."""
        for tab in self._tabs.values():
            tab.page.context.close()
