"""Text directives in a real browser: exactly the quoted words are found and highlighted.

What is highlighted is read off the screen: the pages give it a colour of its own, and the pixels
of that colour are held against the rectangles of the words that are meant.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from app.domain.quotations.check import check_quote
from app.domain.quotations.fragments import text_directive, text_fragment_link
from app.domain.quotations.pages import Page, Selector
from tests.browser.fragment_kinds import FILLER, Case, cases

STYLE = """<style>body { font: 16px/1.5 sans-serif; width: 500px }
::target-text { background: rgb(255, 0, 0); color: rgb(255, 0, 0) }</style>"""


CASES = {
    "once": Case("<p>The pier was swept at noon by two.</p>", "pier was swept at noon"),
    "the second of two": Case(
        "<p>In May the pier was shut. It rained.</p><p>In June the pier was shut. It snowed.</p>",
        "the pier was shut",
        meant=1,
    ),
    "the first of two, later in another case": Case(
        "<p>So the pier was shut.</p><p>SO THE PIER WAS SHUT.</p>", "So the pier was shut"
    ),
    "the second of two, earlier in another case": Case(
        "<p>SO THE PIER WAS SHUT!</p><p>So the pier was shut.</p>", "So the pier was shut"
    ),
    "the middle of three with equal words before": Case(
        "<p>Then the pier was shut in May.</p><p>Then the pier was shut in June.</p>"
        "<p>Then the pier was shut in July.</p>",
        "the pier was shut",
        meant=1,
    ),
    "at the beginning of the second of two blocks": Case(
        "<p>It rained.</p><p>The pier was shut.</p><p>It snowed.</p><p>The pier was shut.</p>",
        "The pier was shut",
        meant=1,
    ),
    "inside of a longer word before": Case(
        "<p>The sixtieth boat, then sixty, then six boats.</p>", "then six", meant=1
    ),
    "across inline tags": Case(
        "<p>The <b>old</b> <a href='/x'>pier <i>was</i></a> sw<u>ept</u> at noon.</p>",
        "old pier was swept at",
    ),
    "across a line break": Case(
        "<p>The pier was shut<br>in the month of May.</p>",
        "pier was shut in the month",
        starts="pier was shut",
        ends="in the month",
    ),
    "across blocks": Case(
        "<h2>The pier was shut</h2><div><p>In the month of May.</p></div>",
        "pier was shut In the month",
        starts="pier was shut",
        ends="In the month",
    ),
    "in a list": Case(
        "<ul><li>one pier was shut</li><li>two piers were shut</li></ul>",
        "piers were shut",
    ),
    "in cells of a table": Case(
        "<table><tr><td>pier one</td><td>was shut</td></tr><tr><td>pier two</td>"
        "<td>was shut</td></tr></table>",
        "pier two was shut",
        starts="pier two",
        ends="was shut",
    ),
    "Armenian": Case("<p>Երկուշաբթի «հին կամուրջը» կրկին բաց է։</p>", '"հին կամուրջը" կրկին բաց'),
    "Russian, the second of two": Case(
        "<p>Утром мост был закрыт — на час.</p><p>Вечером мост был закрыт – на два.</p>",
        "мост был закрыт",
        meant=1,
    ),
    "Azerbaijani": Case("<p>Axşam İskələ yaxınlığında iki qayıq qaldı.</p>", "İskələ yaxınlığında"),
    "quotes, dashes, commas and ampersands": Case(
        "<p>They said: “old-time boats, nets &amp; oars — 50% off”, and left.</p>",
        '"old-time boats, nets & oars - 50% off"',
    ),
    "soft hyphens and no-break spaces": Case(
        "<p>The pi&shy;er was&nbsp;swept by&#8239;20 peo&#8203;ple.</p>",
        "pier was swept by 20 people",
        starts="pi\u00ader was",
        ends="peo\u200bple",
    ),
    "next to a quote sign": Case(
        "<p>It is ‘shut’ now.</p><p>It is “shut” now.</p>", "shut", meant=1
    ),
    "near the end of the page": Case(
        "<p>The pier was swept at noon.</p>", "pier was swept at noon", filler_after=""
    ),
    "after an elided article": Case(
        "<p>On a dit que l’accord signé hier vaut.</p>", "accord signé hier"
    ),
    "before a genitive": Case("<p>They met the forces of Armenia’s army.</p>", "forces of Armenia"),
    "from the middle of a Chinese word": Case("<p>据报道国防部宣布部队撤出。</p>", "防部宣布部"),
    "from the middle of a Thai word": Case("<p>รัฐมนตรีกลาโหมแถลงข่าว</p>", "มนตรีกลาโหม"),
    "with kashida, after the same without": Case(
        "<p>قال محمد نعم.</p><p>ثم قال محـــمد لا.</p>", "محـــمد", starts="محـــمد"
    ),
    "in Arabic figures, after the same in others": Case(
        "<p>Im Jahr 2020 war es so.</p><p>Das Jahr ٢٠٢٠ ist um.</p>", "٢٠٢٠"
    ),
    "with a Danish letter, after a plain one": Case(
        "<p>Et mote var der.</p><p>Et møte var her.</p>", "møte var"
    ),
    "a long one": Case(
        "<p>It was said that the pier was swept at noon by two of the younger ferrymen, that the "
        "nets were hung out to dry on the wall of the customs house, and that nobody came. It was "
        "said that the pier was swept at night.</p>",
        "the pier was swept at noon by two of the younger ferrymen, that the nets were hung out to "
        "dry on the wall of the customs house, and that nobody came",
    ),
    "a long one, the second of two that end in the same way": Case(
        "<p>The pier was swept at noon by two of the younger ferrymen, and the nets were hung out "
        "to dry on the wall of the house. The pier was swept at noon by two of the younger women, "
        "and the nets were hung out to dry on the wall of the house.</p>",
        "The pier was swept at noon by two of the younger women, and the nets were hung out "
        "to dry on the wall of the house",
    ),
}


MANY = {**CASES, **dict(cases())}
# Of every kind in some language, and of every language in some kind; the others take minutes.
_IN_SHORT = {*CASES, *[name for n, (name, _) in enumerate(cases()) if n % 15 == 0]}


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of a server that has the page of each case at `/<number>`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        case = list(MANY.values())[int(self.path.strip("/"))] if self.path[1:].isdigit() else None
        words = f"{FILLER}{case.html}{case.filler_after}" if case else ""
        body = f"<!doctype html><meta charset=utf-8><title>x</title>{STYLE}{words}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Tab]:
    context = chromium.new_context(viewport={"width": 600, "height": 800})
    yield context.new_page()
    context.close()


RECTANGLES = """([starts, ends, meant]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const runs = []; let text = "";
  while (walker.nextNode()) {
    runs.push([text.length, walker.currentNode]); text += walker.currentNode.data;
  }
  const place = at => {
    const [from, node] = runs.findLast(([from]) => from <= at); return [node, at - from];
  };
  let first = -1;
  for (let n = 0; n <= meant; n++) first = text.indexOf(starts, first + 1);
  const last = ends ? text.indexOf(ends, first + starts.length) + ends.length
                    : first + starts.length;
  const range = document.createRange();
  range.setStart(...place(first));
  const [node, offset] = place(last - 1);
  range.setEnd(node, offset + 1);
  const all = [...range.getClientRects()].filter(r => r.width > 0);
  return all.map(r => [r.x, r.y, r.right, r.bottom]);
}"""

PIXELS = """async ([png, rectangles]) => {
  const image = await createImageBitmap(await (await fetch(png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext("2d"); drawing.drawImage(image, 0, 0);
  const data = drawing.getImageData(0, 0, image.width, image.height).data;
  const within = (x, y, by) => rectangles.some(([l, t, r, b]) =>
    x >= l - by && x < r + by && y >= t - by && y < b + by);
  let inside = 0, lit = 0, stray = 0;
  for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) {
    const at = 4 * (y * image.width + x);
    const red = data[at] > 230 && data[at + 1] < 60 && data[at + 2] < 60;
    if (within(x + .5, y + .5, -1)) { inside++; if (red) lit++; }
    else if (red && !within(x + .5, y + .5, 4)) stray++;
  }
  return {inside, lit, stray};
}"""


@pytest.mark.parametrize(
    "name",
    [name if name in _IN_SHORT else pytest.param(name, marks=pytest.mark.long) for name in MANY],
)
def test_a_link_leads_to_exactly_the_quoted_words(tab: Tab, served: str, name: str) -> None:
    case = MANY[name]
    url = f"{served}/{list(MANY).index(name)}"
    tab.goto(url)
    page = Page(tab.evaluate("document.body.innerText"))
    selector = _meant(case, page)
    directive = text_directive(case.quotation, page, selector)
    assert bool(directive) == case.lands, directive
    if not case.lands:
        return
    tab.goto("about:blank")
    tab.goto(text_fragment_link(url, case.quotation, directive))
    tab.wait_for_function("scrollY > 1000", timeout=20_000)
    found = tab.evaluate(RECTANGLES, [case.starts or selector.exact, case.ends, case.meant])
    png = "data:image/png;base64," + b64encode(tab.screenshot()).decode()
    pixels = tab.evaluate(PIXELS, [png, found])
    assert pixels["lit"] > 0.97 * pixels["inside"] > 0, (directive, pixels)
    # A vowel mark may stick out of its line; a word that is not meant has hundreds of pixels.
    assert pixels["stray"] <= 12, (directive, pixels)


def _meant(case: Case, page: Page) -> Selector:
    """The selector of the place that is meant: the check's own, or that of a later equal place."""
    check = check_quote(case.quotation, page)
    assert check.verdict == "verbatim"
    assert check.selector is not None
    if case.meant == 0:
        return check.selector
    at, words = -1, case.starts or check.selector.exact
    for _ in range(case.meant + 1):
        at = page.text.index(words, at + 1)
    return page.select(at, at + len(words))
