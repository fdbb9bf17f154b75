"""The pictures of the shipped record: well-formed, complete, and usable in a real browser."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree as ET

import httpx
import pytest
from playwright.sync_api import Browser, Route

from app.dossiers.record import read_record
from app.drawing.text_widths import Face, width_of
from tests.browser.test_pages import open_page
from tests.loaded import ROOT

CLAIMS = [claim.id for _, claim in read_record(ROOT).claims]
ONE_OF_EACH_KIND = [
    "offensive-2023-armenian-dead",
    "displaced-returned-2020",
    "ceasefire-statement-date",
    "parukh-control-2022",
    "hadrut-attack-2020",
    "hakari-escort-2023",
]


def test_every_shipped_claim_has_a_picture_whose_links_all_land(shipped_site: str) -> None:
    with httpx.Client(base_url=shipped_site, timeout=30) as reader:
        for claim_id in CLAIMS:
            page = reader.get(f"/claims/{claim_id}").text
            anchors = set(re.findall(r'\bid="([^"]+)"', page))
            marks = set(re.findall(r'<a class="mark[^"]*" href="#([^"]+)"', page))
            assert marks, claim_id
            assert marks <= anchors, claim_id
            drawing = ET.fromstring(reader.get(f"/claims/{claim_id}/chart.svg").content)
            links = [node.get("href", "") for node in drawing.iter("{http://www.w3.org/2000/svg}a")]
            assert {link.partition("#")[2] for link in links} == marks, claim_id


@pytest.mark.parametrize("width", [360, 390, 1600])
@pytest.mark.parametrize("claim_id", ONE_OF_EACH_KIND)
def test_a_picture_fits_and_none_of_its_words_run_into_others(
    chromium: Browser, shipped_site: str, claim_id: str, width: int
) -> None:
    page = open_page(chromium, width)
    page.goto(f"{shipped_site}/claims/{claim_id}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.picture svg.drawing')].map(
             svg => [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => {
               const b = t.getBoundingClientRect(), size = parseFloat(getComputedStyle(t).fontSize);
               return [b.left, b.right, b.top, b.bottom, size];}))"""
    )
    for drawing in boxes:
        for number, (left, right, top, bottom, size) in enumerate(drawing):
            assert size >= 11
            assert left >= 0
            assert right <= width
            for other in drawing[number + 1 :]:
                beside = right <= other[0] + 1 or other[1] <= left + 1
                # Boxes of lines hold room above and below the letters.
                apart = bottom - 5 <= other[2] or other[3] - 5 <= top
                assert beside or apart
    page.context.close()


def test_a_mark_is_reached_by_keyboard_and_leads_to_its_citation(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 1280, java_script_enabled=False)
    page.goto(f"{shipped_site}/claims/parukh-withdrawal-2022")
    mark = page.locator(".picture a.mark").first
    anchor = mark.get_attribute("href") or ""
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(anchor))
    assert page.locator(anchor).evaluate("node => node.matches(':target')")
    page.context.close()


def test_pictures_move_nothing_on_the_page(chromium: Browser, shipped_site: str) -> None:
    page = open_page(chromium, 390)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { window.moved += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"{shipped_site}/claims/hadrut-attack-2020")
    page.wait_for_timeout(200)
    assert page.evaluate("window.moved") == 0
    page.context.close()


def test_the_chart_is_drawn_where_another_site_shows_it(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 900)
    page.set_content(f'<img src="{shipped_site}/claims/parukh-control-2022/chart.svg">')
    page.wait_for_load_state("networkidle")
    image = page.locator("img")
    assert image.evaluate("node => node.naturalWidth") == 848
    assert image.evaluate("node => node.complete")
    page.context.close()


# A page asks for the letters of its own language.
LINES = {
    "en": "Farrukh/Parukh, 27 March 2022: about 2,000",
    "hy": "Փառուխ, 27 մարտի 2022 թ., մոտ 2 000",
    "az": "Fərrux, 27 mart 2022, təxminən 2 000",
    "ru": "Фаррух, 27 марта 2022 г.: около 2 000",
}


def test_a_browser_sets_a_line_no_wider_than_it_was_measured(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 1280)
    # A browser takes a font of its own where ours is late, as on a busy machine.
    page.route("**/site*.css", _with_fonts_that_block)
    faces: tuple[Face, ...] = ("sans", "serif")
    for (language, line), face, weight in product(LINES.items(), faces, (400, 600)):
        if page.evaluate("document.documentElement.lang") != language:
            page.goto(f"{shipped_site}/?lang={language}")
        wide = page.evaluate(
            """async ([line, face, weight]) => {
              const span = document.createElement('span');
              span.style.cssText = `position: absolute; white-space: pre;
                font: ${weight} 100px var(--${face})`;
              span.textContent = line;
              document.body.append(span);
              await document.fonts.load(getComputedStyle(span).font, line);
              await document.fonts.ready;
              return span.getBoundingClientRect().width;
            }""",
            [line, face, weight],
        )
        measured = width_of(line, 100, face)
        # Of a face's weights the wider one is measured; the other may be a tenth narrower.
        assert 0.88 * measured <= wide <= 1.01 * measured, (line, face, weight)
    page.context.close()


def _with_fonts_that_block(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(
        response=answer, body=answer.text().replace("display: optional", "display: block")
    )
