from __future__ import annotations

from tests.fetching.measured_pages import costs

# Outcome by page; one that only the clock ends is in test_pages_processes.
OUTCOMES = {
    "long-cyrillic": "html",
    "one-emoji": "html",
    "nested-b": "too-many-elements",
    "fewer-nested-b": "too-costly",
    "long-attribute": "html",
    "unclosed-comments": "too-many-elements",
    "nuls": "empty",
    "blank-lines": "html",
    "noise": "undecodable",
    "noise-as-pdf": "pdf-unreadable",
    "inflating-pdf": "pdf-unreadable",
    "pages-pdf": "pdf-unreadable",
}


def test_no_page_of_5_mb_takes_more_than_50_mb_or_a_few_seconds() -> None:
    measured = costs(*OUTCOMES)
    assert {cost.name: cost.outcome for cost in measured} == OUTCOMES
    assert [cost for cost in measured if cost.megabytes > 50] == []
    assert [cost for cost in measured if cost.seconds > 12] == []
