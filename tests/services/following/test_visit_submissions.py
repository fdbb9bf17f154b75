"""The words of submissions are looked for on their pages while they wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest

from app.domain.contributing.records import Submission, SubmittedQuote
from app.services.following.visit import VisitContext, Visited
from app.services.following.worker import Worker
from app.storage.contributing.submissions import decide, get_submission
from app.storage.database.engine import Database
from app.storage.following.checks import last_snapshots
from app.web.following.page_checks import submitted_check_view
from tests.fetching.servers import Asked, answer
from tests.services.followed import Web, page, record_hosts, record_pages, serving_pages
from tests.storage.contribution_factories import a_key, submit

HOST = "post.example.org"
NEW = "/2019/05/09/a-new-report"
KNOWN = "/2019/05/06/towns-trade-blame"
SAID = "the ferry had left the harbour before dawn"
PAGE = page("Before it.", f"He said {SAID}.", "After it.")


@pytest.fixture
def web() -> Iterator[Web]:
    pages = record_pages() | {NEW: PAGE}
    with serving_pages(pages, record_hosts()) as serving:
        yield serving


def propose(database: Database, *quotes: tuple[str, str], name: str = "Wren") -> Submission:
    """A submission with words on these pages, each given by its path."""
    words = tuple(
        SubmittedQuote(f"c{n}", f"https://{HOST}{path}", quote)
        for n, (path, quote) in enumerate(quotes)
    )
    with database.writing() as session:
        key = a_key(session, name)
        return submit(session, key, at=datetime.now(UTC), url=words[0].url, quotes=words)


def work(follower: VisitContext) -> list[Visited]:
    done: list[Visited] = []
    faults: list[BaseException] = []
    Worker(follower, done.append, lambda _url, fault: faults.append(fault)).run(once=True)
    assert faults == []
    return done


def findings(database: Database, submission: Submission) -> list[str | None]:
    with database.reading() as session:
        quotes = get_submission(session, submission.id).quotes
    return [quote.check.finding if quote.check else None for quote in quotes]


def test_the_page_of_a_submission_is_followed_and_its_words_are_checked(
    database: Database, web: Web, tmp_path: Path
) -> None:
    sent = propose(database, (NEW, SAID))
    (visited,) = work(web.follower(database, tmp_path))
    assert (visited.url, visited.is_stored, len(visited.quotes)) == (sent.url, True, 1)
    with database.reading() as session:
        check = get_submission(session, sent.id).check
        assert check is not None
        assert (check.finding, check.exact) == ("verbatim", SAID)
        assert (check.context_before or "").endswith("He said ")
        assert sent.url in last_snapshots(session, [sent.url or ""])


def test_words_of_a_submission_that_are_not_there_are_missing_and_changed_ones_altered(
    database: Database, web: Web, tmp_path: Path
) -> None:
    changed = SAID.replace("had left", "had not left")
    sent = propose(database, (NEW, "nobody at all was seen near the bridge"), (NEW, changed))
    work(web.follower(database, tmp_path))
    assert findings(database, sent) == ["missing", "altered"]


def test_a_page_that_is_gone_is_told_on_the_submission(
    database: Database, web: Web, tmp_path: Path
) -> None:
    web.pages[NEW] = answer("", status="410 Gone")
    sent = propose(database, (NEW, SAID))
    work(web.follower(database, tmp_path))
    assert findings(database, sent) == ["gone"]


def test_a_page_that_asks_for_a_log_in_is_told_on_the_submission_with_the_reason(
    database: Database, web: Web, tmp_path: Path
) -> None:
    web.pages[NEW] = answer("<title>Log in</title><p>You must log in to continue.<p>Help")
    sent = propose(database, (NEW, SAID))
    work(web.follower(database, tmp_path))
    with database.reading() as session:
        check = get_submission(session, sent.id).check
    assert check is not None
    assert (check.finding, check.rule) == ("not-shown", "log-in")
    assert check.reason == "The page asks its readers to log in."
    assert submitted_check_view(check).reason == check.reason


def test_a_page_of_the_record_is_looked_at_again_for_what_was_submitted_since(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path)
    work(follower)
    sent = propose(example, (KNOWN, "nobody at all was seen near the bridge"))
    (visited,) = work(follower)
    assert visited.url == sent.url
    assert findings(example, sent) == ["missing"]
    assert work(follower) == []


def test_words_submitted_while_their_page_is_looked_at_are_looked_for_next(
    database: Database, web: Web, tmp_path: Path
) -> None:
    late: list[Submission] = []

    def answering(connection: socket, _asked: Asked) -> None:
        if not late:
            late.append(propose(database, (NEW, SAID), name="Crow"))
        connection.sendall(PAGE)

    web.pages[NEW] = answering
    first = propose(database, (NEW, SAID))
    visited = work(web.follower(database, tmp_path))
    assert [len(each.quotes) for each in visited] == [1, 2]
    assert (findings(database, first), findings(database, late[0])) == (["verbatim"], ["verbatim"])


def test_a_page_is_left_alone_once_its_submission_was_rejected(
    database: Database, web: Web, tmp_path: Path
) -> None:
    sent = propose(database, (NEW, SAID))
    with database.writing() as session:
        decide(session, sent.id, state="rejected", by="Owl", at=datetime.now(UTC), reason="No.")
    assert work(web.follower(database, tmp_path)) == []
