"""What an operator sees of requests: ids, lines of the log, numbers; and what nobody sees."""

from __future__ import annotations

import io
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text

from app.logs import json_formatter
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from tests.serving import serving

SECRETS = ("vrm_do-not-log-me", "cookie-do-not-log-me", "looked-for-do-not-log-me")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged from “info” on, as `variorum serve` writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(json_formatter())
    ours = logging.getLogger("variorum")
    before = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield written
    ours.removeHandler(handler)
    ours.setLevel(before)
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def address(shipped_url: str) -> Iterator[str]:
    with serving(create_app(Settings(database_url=shipped_url, trusted_proxies=""))) as served:
        yield served


def asked(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers), refused.read().decode()


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_is_one_line_with_the_id_that_its_answer_has(
    address: str, log: io.StringIO
) -> None:
    status, headers, _ = asked(f"{address}/claims/parukh-withdrawal-2022?lang=ru")
    assert status == 200
    (line,) = lines(log)
    assert line["request_id"] == headers["x-request-id"]
    expected = {
        "event": "request",
        "level": "info",
        "method": "GET",
        "path": "/claims/parukh-withdrawal-2022",
        "route": "/claims/{claim_id}",
        "status": 200,
    }
    assert expected.items() <= line.items()
    again, _, _ = asked(f"{address}/claims/parukh-withdrawal-2022?lang=ru")
    assert again == 200
    assert lines(log)[1]["route"] == "(memory)"


def test_no_secret_and_nothing_that_somebody_looked_for_is_logged(
    address: str, log: io.StringIO
) -> None:
    key, cookie, looked_for = SECRETS
    headers = {"Authorization": f"Bearer {key}", "Cookie": f"variorum={cookie}"}
    for path in ("/api/v1/submissions", "/review", f"/search?q={looked_for}", f"/{'x' * 50}"):
        asked(address + path, **headers)
    assert len(lines(log)) == 4
    assert not any(secret in log.getvalue() for secret in SECRETS)


def test_a_line_break_in_an_address_makes_no_second_line(address: str, log: io.StringIO) -> None:
    asked(f"{address}/claims/%0A%7B%22level%22:%22error%22%7D")
    (line,) = lines(log)
    assert line["level"] == "info"


def test_a_stranger_does_not_choose_the_id(address: str) -> None:
    given = "chosen-by-a-stranger"
    assert asked(f"{address}/healthz", **{"X-Request-ID": given})[1]["x-request-id"] != given


def test_a_proxy_of_ours_does(shipped_url: str) -> None:
    settings = Settings(database_url=shipped_url, trusted_proxies="127.0.0.1")
    with serving(create_app(settings)) as address:
        given = "given-by-the-proxy"
        assert asked(f"{address}/healthz", **{"X-Request-ID": given})[1]["x-request-id"] == given


def test_metrics_count_by_route_and_know_the_record(address: str) -> None:
    for n in range(3):
        asked(f"{address}/nowhere/{n}")
    status, headers, body = asked(f"{address}/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain; version=")
    assert headers["cache-control"] == "no-store"
    for name in (
        'variorum_requests_total{method="GET",route="(none)",status="404"}',
        "variorum_request_seconds_bucket",
        'variorum_page_cache_total{found="miss"}',
        "variorum_page_cache_bytes",
        "variorum_database_up 1.0",
        "variorum_chain_head ",
        "variorum_submissions_pending 0.0",
        "variorum_checks_due ",
    ):
        assert name in body, name
    # Addresses are as many as strangers like: none is a label.
    assert "nowhere" not in body


def test_metrics_are_not_for_who_comes_through_a_proxy(address: str) -> None:
    status, _, _ = asked(f"{address}/metrics", **{"X-Forwarded-For": "203.0.113.7"})
    assert status == 404


def test_a_slow_query_is_logged_without_its_values(database_url: str, log: io.StringIO) -> None:
    database = Database(database_url, slow_seconds=0.0)
    try:
        with database.reading() as session:
            session.execute(
                text("SELECT number FROM head WHERE hash <> :given"), {"given": SECRETS[0]}
            )
    finally:
        database.close()
    slow = [line for line in lines(log) if line["event"] == "slow query"]
    assert any("FROM head" in str(line["statement"]) for line in slow)
    assert SECRETS[0] not in log.getvalue()


def test_ready_knows_the_search_index(example: Database) -> None:
    settings = Settings(database_url=example.url.render_as_string(hide_password=False))
    with serving(create_app(settings)) as address:
        assert asked(f"{address}/readyz")[0] == 200
        with example.writing() as session:
            session.execute(text("DELETE FROM search_rows WHERE kind = 'claim'"))
        status, headers, body = asked(f"{address}/readyz")
        assert (status, headers["retry-after"]) == (503, "30")
        assert "search index" in body
