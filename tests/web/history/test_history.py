"""What stood on record before, as readers see it: history, side by side, and as it was then."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from app.main import create_app
from app.services.record.append_revision import Author, write_entry
from app.services.record.redact import redact_past
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from app.storage.registers.entries import get_entry
from app.storage.revisions.log import history, lock_head
from tests.loaded import NOON
from tests.services.record.test_load_record import change_through_api
from tests.serving import serving
from tests.web.test_pages import ids_of, text_of

CLAIM = "fire-dead"
FIRST = "How many people died in the fire on the north quay?"
BASE_URL = "https://record.example.org"
BY = Author("Clerk", NOON, "By order of a court", "api")


@dataclass(frozen=True)
class Past:
    """A site on which a claim was changed twice, and the numbers of its three revisions."""

    client: httpx.Client
    numbers: tuple[int, ...]


@pytest.fixture(scope="module")
def past(module_example: Database) -> Iterator[Past]:
    change_through_api(module_example, CLAIM, question="How many were killed on the quay?")
    change_through_api(module_example, CLAIM, summary="<b>A summary</b> with marks.")
    rename_mayor(module_example)
    change_through_api(module_example, "fire-date", question="When did it burn, at all?")
    with module_example.writing() as session:
        redact_past(
            session,
            Snapshots(Path("nowhere")),
            "claim",
            "fire-date",
            [history(session, "claim", "fire-date")[-1].number],
            BY,
        )
    with module_example.reading() as session:
        numbers = tuple(revision.number for revision in history(session, "claim", CLAIM))[::-1]
    url = module_example.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, base_url=BASE_URL))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Past(client, numbers)


def rename_mayor(database: Database) -> None:
    with database.writing() as session:
        lock_head(session)
        entry = get_entry(session, "speaker", "oskel-mayor")
        body = {**json.loads(entry.body), "name": "A mayor of another name"}
        write_entry(session, "speaker", body, BY)


def page(past: Past, path: str) -> str:
    answer = past.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_history_lists_every_change_newest_first_with_what_it_changed(past: Past) -> None:
    shown = page(past, f"/claims/{CLAIM}/history")
    found = [int(n) for n in re.findall(rf'"/claims/{CLAIM}/revisions/(\d+)"', shown)]
    assert tuple(found) == past.numbers[::-1]
    assert "Summary changed" in text_of(shown)
    assert "Question changed" in text_of(shown)
    assert "by files" not in shown


def test_two_revisions_are_shown_side_by_side_with_differences_marked(past: Past) -> None:
    first, second, _ = past.numbers
    shown = page(past, f"/claims/{CLAIM}/diff?left={first}&right={second}")
    assert re.search(r"<del>[^<]*died[^<]*</del>", shown)
    assert re.search(r"<ins>[^<]*killed[^<]*</ins>", shown)
    assert "How many people" not in re.findall(r"<ins>(.*?)</ins>", shown)


def test_without_a_choice_the_newest_is_compared_with_the_one_before(past: Past) -> None:
    shown = page(past, f"/claims/{CLAIM}/diff")
    assert "&lt;b&gt;A summary&lt;/b&gt; with marks." in shown
    assert f"Revision {past.numbers[1]}" in text_of(shown)


def test_the_first_revision_is_all_new(past: Past) -> None:
    shown = text_of(page(past, f"/claims/{CLAIM}/diff?right={past.numbers[0]}"))
    assert "the right one is the first" in shown
    assert FIRST in shown


def test_a_revision_shows_the_claim_and_its_comparison_as_they_were_then(past: Past) -> None:
    shown = page(past, f"/claims/{CLAIM}/revisions/{past.numbers[0]}")
    api = past.client.get(f"/api/v1/claims/{CLAIM}/revisions/{past.numbers[0]}").json()
    assert f"<h1>{FIRST}</h1>" in shown
    assert api["comparison"]["explanations"][0] in text_of(shown)
    assert "It has been changed since" in text_of(shown)
    assert "checked" not in text_of(shown).replace("unchecked", "")


def test_a_revision_names_speakers_as_they_were_called_then(past: Past) -> None:
    now = text_of(page(past, f"/claims/{CLAIM}"))
    then = text_of(page(past, f"/claims/{CLAIM}/revisions/{past.numbers[0]}"))
    assert "A mayor of another name" in now
    assert "A mayor of another name" not in then


def test_links_within_a_revision_stay_within_it(past: Past) -> None:
    path = f"/claims/{CLAIM}/revisions/{past.numbers[0]}"
    shown = page(past, path)
    linked = re.findall(r'href="([^"]*)#citation-([^"]+)"', shown)
    assert {where for where, _ in linked} <= {path, ""}
    assert {f"citation-{key}" for _, key in linked} <= set(ids_of(shown))


def test_cite_this_points_to_the_revision_for_ever(past: Past) -> None:
    newest = past.numbers[-1]
    claim = page(past, f"/claims/{CLAIM}")
    assert f'href="/claims/{CLAIM}/revisions/{newest}#cite"' in claim
    shown = page(past, f"/claims/{CLAIM}/revisions/{newest}")
    api = past.client.get(f"/api/v1/claims/{CLAIM}/revisions/{newest}").json()
    assert f"{BASE_URL}/claims/{CLAIM}/revisions/{newest}" in shown
    assert api["hash"] in shown
    assert "This is what is on record today." in text_of(shown)


@pytest.mark.parametrize("view", ["history", "diff"])
@pytest.mark.parametrize(
    "subject",
    [
        "dossiers/harbour",
        "sides/council",
        "bodies/oskel-council",
        "publishers/mainland-post",
        "speakers/oskel-mayor",
        "documents/guild-notice-14",
    ],
)
def test_registers_have_a_history_too(past: Past, subject: str, view: str) -> None:
    kind, _, key = subject.partition("/")
    entries = past.client.get(f"/api/v1/{kind}").json()["items"]
    key = key if any(entry["id"] == key for entry in entries) else entries[0]["id"]
    assert "<h1>" in page(past, f"/{kind}/{key}/{view}")


def test_a_registers_revision_shows_its_fields(past: Past) -> None:
    shown = page(past, "/speakers/oskel-mayor/history")
    newest, oldest = re.findall(r'"(/speakers/oskel-mayor/revisions/\d+)"', shown)
    assert "A mayor of another name" in text_of(page(past, newest))
    assert "A mayor of another name" not in text_of(page(past, oldest))


def title(shown: str) -> str:
    heading = LexborHTMLParser(shown).css_first("h1")
    assert heading
    return heading.text().strip()


def test_a_redacted_revision_says_so_and_shows_no_words(past: Past) -> None:
    shown = page(past, "/claims/fire-date/history")
    assert "Its words have been redacted." in text_of(shown)
    assert "By order of a court" in text_of(shown)
    oldest = re.findall(r'"(/claims/fire-date/revisions/\d+)"', shown)[-1]
    assert "have been redacted" in text_of(page(past, oldest))
    for words in ("On which day did the fire", "It began on the evening", "was set alight"):
        assert words not in text_of(page(past, oldest))
    assert title(page(past, "/claims/fire-date")) in title(page(past, oldest))
    changed = LexborHTMLParser(page(past, "/changes")).css(".list a")
    assert "fire-date" not in {link.text() for link in changed}
    number = oldest.rpartition("/")[2]
    assert "have been redacted" in text_of(page(past, f"/claims/fire-date/diff?left={number}"))


@pytest.mark.parametrize(
    "path",
    [
        "/claims/nowhere/history",
        "/nowhere/fire-dead/history",
        "/claims/fire-dead/revisions/1",
        "/claims/fire-dead/diff?left=1",
        "/claims/fire-dead/revisions/2147483647",
        "/claims/A%20B/history",
    ],
)
def test_an_unknown_revision_is_not_found(past: Past, path: str) -> None:
    answer = past.client.get(path)
    assert answer.status_code == 404
    assert "Nothing is here" in unescape(answer.text)


@pytest.mark.parametrize("path", ["revisions/x", "diff?left=x", "history?before=0"])
def test_an_invalid_revision_number_is_a_readable_error_page(past: Past, path: str) -> None:
    assert past.client.get(f"/claims/{CLAIM}/{path}").status_code == 422
