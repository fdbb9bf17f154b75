"""Small looks at pages, for tests of what is kept of them."""

from __future__ import annotations

from typing import Any

from app.domain.records.page_checks import (
    ChangedWording,
    CheckedPage,
    CheckedQuote,
    SavedSnapshot,
    TakenSnapshot,
)
from tests.storage.factories import NOON

URL = "https://daily.example/bridge"


def a_document(key: str, url: str | None = URL, *, publisher: str = "daily") -> dict[str, str]:
    """A document as its revision holds it; without an address it has no page."""
    said = {"id": key, "publisher": publisher, "title": "The bridge", "language": "en"}
    return said | {"read_on": "2026-11-03"} | ({"url": url} if url else {})


def a_look(url: str = URL, **changed: Any) -> CheckedPage:
    said: dict[str, Any] = {
        "url": url,
        "at": NOON,
        "state": "read",
        "rule": None,
        "reason": "The page was read.",
        "status": 200,
        "final_url": url,
        "took": 0.25,
    }
    return CheckedPage(**said | changed)


def a_failed_look(url: str = URL, **changed: Any) -> CheckedPage:
    failed: dict[str, Any] = {
        "state": "unreachable",
        "rule": "timeout",
        "reason": "The server did not answer in time.",
        "status": None,
    }
    return a_look(url, **failed | changed)


def a_quote(claim: str = "bridge", citation: str = "first", **changed: Any) -> CheckedQuote:
    said: dict[str, Any] = {"quote": "the bridge was closed", "finding": "verbatim"}
    said["exact"] = None if changed.get("finding", "verbatim") != "verbatim" else said["quote"]
    return CheckedQuote(claim, citation, **said | changed)


def a_change(claim: str = "bridge", citation: str = "first", **changed: Any) -> ChangedWording:
    said: dict[str, Any] = {
        "document": "daily-1",
        "before": "They said the bridge was closed at dawn.",
        "after": "They said the bridge was open at dawn.",
        "finding_before": "verbatim",
        "finding_after": "altered",
    }
    return ChangedWording(claim=claim, citation=citation, **said | changed)


def a_snapshot(text_hash: str = "a" * 64) -> TakenSnapshot:
    saved = SavedSnapshot(f"2026-11-03-{'0' * 16}.warc.gz", 7_000_000_000, 812, text_hash)
    return TakenSnapshot(saved, "text/html", "utf-8")
