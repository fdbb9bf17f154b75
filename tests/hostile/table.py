"""The table: which field is shown in which place, found by looking at everything there is.

`python -m tools.hostile_table` prints it, and writes it to `table.txt` beside this file, which the
tests compare with what they find.
"""

from __future__ import annotations

import io
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page

from app.logs import json_formatter
from app.queries.claim import read_claim
from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from app.web.overview.cards import svg_of_claim
from tests.cli.running import run
from tests.hostile.fields import FIELDS, NUMBER_OF, WILD, wild
from tests.hostile.places import (
    PLACES,
    Place,
    Shown,
    in_answer,
    in_json_lines,
    in_page,
    in_xml,
    numbers_in,
)
from tests.hostile.record import hostile_record
from tests.hostile.site import HostileSite, hostile_site

COMMITTED = Path(__file__).with_name("table.txt")
_NAMES = list(FIELDS)
_IN_HEADERS = {
    name: wild(NUMBER_OF["a header"])
    .encode("ascii", "ignore")
    .replace(b"\x1b", b"")
    .replace(b"\x07", b"")
    for name in (
        "Accept-Language",
        "User-Agent",
        "Referer",
        "X-Request-ID",
        "If-None-Match",
        "Cookie",
    )
}


@dataclass
class Findings:
    """Each field's places, with how often it is there, and everything that must not be."""

    cells: dict[str, dict[Place, int]] = field(default_factory=lambda: defaultdict(dict))
    faults: list[str] = field(default_factory=list)
    looked_at: int = 0

    def note(self, where: str, shown: Iterable[Shown]) -> None:
        """Count what is shown somewhere."""
        self.looked_at += 1
        try:
            for place, text in shown:
                for number in numbers_in((place, text)):
                    row = self.cells[_NAMES[number]]
                    row[place] = row.get(place, 0) + 1
        except AssertionError as fault:
            self.faults.append(f"{where}: {fault}")

    def counts(self) -> str:
        """How much was looked at, in a sentence."""
        rows = [row for row in self.cells.values() if row]
        texts = sum(sum(row.values()) for row in rows)
        return (
            f"{len(FIELDS)} fields, {len(PLACES)} places: {len(rows)} fields shown in "
            f"{sum(map(len, rows))} cells, {texts} texts in {self.looked_at} answers; "
            f"{len(self.faults)} faults"
        )

    def lines(self) -> Iterator[str]:
        """The table, a line for each field that takes harmful text."""
        yield f"{'':<50}{''.join(f'{place:>13}' for place in PLACES)}".rstrip()
        for name, what in FIELDS.items():
            if what != "bounded":
                row = self.cells.get(name, {})
                marks = ("shown" if place in row else "." for place in PLACES)
                yield f"{name:<50}{''.join(f'{mark:>13}' for mark in marks)}".rstrip()


def find(browser: Browser, folder: Path) -> Findings:
    """Look at everything that shows something of the hostile record."""
    found = Findings()
    url = f"sqlite:///{folder}/hostile.sqlite3"
    with closing(Database(url)) as database:
        migrate(database)
        with hostile_site(url, folder) as site, _log() as log:
            _look_at_pages(site, browser, found)
            _look_at_answers(site, found)
            found.note("the log", in_json_lines(log.getvalue()))
        with database.reading() as session:
            for _, claim in hostile_record().claims:
                card = svg_of_claim(read_claim(session, claim.id))
                found.note(f"the card of {claim.id}", in_xml("card", card))
    _look_at_commands(url, folder, found)
    return found


@contextmanager
def _log() -> Iterator[io.StringIO]:
    log, handler = logging.getLogger("variorum"), logging.StreamHandler(written := io.StringIO())
    handler.setFormatter(json_formatter())
    log.addHandler(handler)
    before, _ = log.level, log.setLevel(logging.INFO)
    yield written
    log.setLevel(before)
    log.removeHandler(handler)


def _look_at_pages(site: HostileSite, browser: Browser, found: Findings) -> None:
    context = browser.new_context()
    context.add_cookies([{"name": "variorum", "value": site.cookie, "url": site.address}])
    page = context.new_page()
    _listen(page, site.address, found)
    for path in site.pages:
        page.goto(site.address + path)
        _note_page(page, path, found)
    page.goto(f"{site.address}/contribute?claim=strait-declaration")
    _fill_in(page)
    with page.expect_navigation():
        page.locator("main button[value=send]").click()
    _note_page(page, "what was typed into the form", found)
    context.close()


def _listen(page: Page, address: str, found: Findings) -> None:
    """Note scripts that run, dialogs, what the policy stops, and what is asked of others."""
    page.add_init_script("window.pwn = () => console.error('a script ran')")

    def complain(what: str) -> None:
        if not what.startswith("Failed to load resource: the server responded with a status"):
            found.faults.append(f"{page.url[:80]}: {what[:200]}")

    page.on("console", lambda message: complain(message.text))
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("dialog", lambda dialog: complain(f"dialog: {dialog.message}"))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(address) else complain(f"asks {asked.url}"),
    )


def _note_page(page: Page, path: str, found: Findings) -> None:
    shown, faults = in_page(page)
    found.note(path, shown)
    found.faults += (f"{path[:80]}: {fault}" for fault in faults)


_FILL_IN = """text => {
  for (const form of document.forms) form.noValidate = true;
  for (const each of document.querySelectorAll("main input, main textarea"))
    if (!["hidden", "radio", "checkbox"].includes(each.type)) each.value = text;
}"""


def _fill_in(page: Page) -> None:
    page.evaluate(_FILL_IN, wild(NUMBER_OF["a field of a form"]))


def _look_at_answers(site: HostileSite, found: Findings) -> None:
    with httpx.Client(
        base_url=site.address, cookies={"variorum": site.cookie}, timeout=60
    ) as client:
        for path in site.paths:
            found.note(path, in_answer(client.get(path)))
    with httpx.Client(base_url=site.address, timeout=60) as client:
        for path in ("/", "/claims/fire-dead", "/review", "/nowhere", "/api/v1/claims?limit=x"):
            answer = client.get(path, headers=_IN_HEADERS)
            found.note(path, in_answer(answer))
            if f"zq{NUMBER_OF['a header']:03}q" in answer.text:
                found.faults.append(f"{path}: shows a header of the request")


def _look_at_commands(url: str, folder: Path, found: Findings) -> None:
    page = folder / "page.html"
    page.write_text(f"<p>They said {WILD} that five had died</p>", encoding="utf-8")
    files = folder / "files"
    (files / "claims" / "harbour").mkdir(parents=True)
    (files / "sources.yaml").write_text(
        f'sides:\n  - id: "{_in_yaml("a file")}"\n', encoding="utf-8"
    )
    commands = (
        ("keys", "list"),
        ("check", str(files)),
        ("address", _typed("an argument")),
        ("verify", "--page", str(page), "--quote", _typed("an argument")),
        ("verify", "--page", str(page), "--quote", "They said that six had died"),
        ("keys", "revoke", _typed("an argument")),
        ("export", _typed("an argument").replace("/", "-")),
        ("audit",),
        ("doctor",),
    )
    for command in commands:
        ended = run(folder, *command, VARIORUM_DATABASE_URL=url, VARIORUM_DATA_DIR=str(folder))
        said = ended.stdout + ended.stderr
        found.note(" ".join(command)[:60], [("terminal", said)])
        steering = sorted(
            {letter for letter in said if letter in WILD and letter not in " 01;]pwn[31m\u2028"}
        )
        if steering or "Traceback" in said:
            found.faults.append(f"{command[0]}: prints {steering} or a traceback: {said[-300:]}")


def _typed(field_name: str) -> str:
    return wild(NUMBER_OF[field_name])


def _in_yaml(field_name: str) -> str:
    text = wild(NUMBER_OF[field_name])
    return "".join(c if c.isalnum() or c == " " else f"\\U{ord(c):08x}" for c in text)
