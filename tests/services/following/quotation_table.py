"""The table of small pages and quotations, row by row, and what the check finds of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.services.following.check_quotation import check_saved_page

FINDINGS = ("verbatim", "altered", "struck-out", "missing")
_TABLE = Path(__file__).with_name("quotations_on_pages.yaml")


@dataclass(frozen=True, slots=True)
class Row:
    """A page, a quotation and what is to be found of it."""

    kind: str
    language: str
    page: str
    content_type: str
    quote: str
    finding: str

    def found(self) -> str:
        """What the check finds, from the bytes of the page on."""
        _, seen = check_saved_page("page", self.page.encode(), self.content_type, self.quote)
        return seen.finding


def rows() -> Iterator[Row]:
    """Every row of the table."""
    entries: list[dict[str, Any]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    for entry in entries:
        media_type = "text/html" if "page" in entry else "text/plain"
        page = entry.get("page") or entry["plain"]
        for finding in FINDINGS:
            for quote in entry.get(finding, ()):
                content_type = f"{media_type}; charset=utf-8"
                yield Row(entry["kind"], entry["in"], page, content_type, quote, finding)
