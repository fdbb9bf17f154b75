"""`variorum verify` for one quotation: on a page of the web, or on one that was saved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.output import say
from app.domain.quotations.differences import Difference
from app.domain.records.registers import Registers, Sources
from app.dossiers.record import read_record
from app.errors import BadInput
from app.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.services.following.check_page import QuoteSeen
    from app.services.following.check_quotation import PageReport

_MAX_PAGE = 50_000_000  # bytes
_USAGE = (
    "Name one page and the words: variorum verify --page FILE --quote WORDS,"
    " or variorum verify --url URL --quote WORDS."
)


def verify_one(
    page: Path | None,
    url: str | None,
    quote: str | None,
    content_type: str | None,
    *,
    as_json: bool,
) -> None:
    """Check one quotation and print what was found; exit 1 where it is not verbatim."""
    if quote is None or (page is None) == (url is None):
        raise BadInput(_USAGE)
    if page is not None:
        finding = _on_file(page, quote, content_type, as_json=as_json)
    elif content_type is not None:
        raise BadInput("--content-type is for a saved page; a page on the web says its own.")
    else:
        finding = _on_web(url or "", quote, as_json=as_json)
    if finding != "verbatim":
        raise typer.Exit(1)


def marked(differences: Sequence[Difference]) -> str:
    """Two wordings in one line: [-only in the quotation-] {+only on the page+}."""
    # As `git diff --word-diff` marks words, which many a reader of a terminal knows.
    marks = {"same": "{}", "quoted": "[-{}-]", "page": "{{+{}+}}"}
    words = (marks[part.kind].format(part.text.strip()) for part in differences)
    gaps = (" " if part.text[:1].isspace() else "" for part in differences)
    return "".join(gap + word for gap, word in zip(gaps, words, strict=True))


def _on_file(page: Path, quote: str, content_type: str | None, *, as_json: bool) -> str:
    from app.services.following.check_quotation import check_saved_page

    body = _bytes_of(page)
    read, seen = check_saved_page(page.name, body, content_type or guess_type(page.name)[0], quote)
    reason = "" if read.state == "read" else read.reason
    if as_json:
        _print_json(seen, reason)
    else:
        _print_lines({"Finding": _finding(seen), **_lines(seen, reason)})
    return _finding(seen)


def _bytes_of(page: Path) -> bytes:
    try:
        if page.stat().st_size > _MAX_PAGE:
            raise BadInput(f"{page}: the file has more than {_MAX_PAGE // 1_000_000} MB.")
        return page.read_bytes()
    except OSError as error:
        raise BadInput(f"{page}: the file cannot be read: {error.strerror}.") from None


def _on_web(url: str, quote: str, *, as_json: bool) -> str:
    from app.services.following.check_quotation import check_quotation, match_page_among
    from app.services.following.setup import fetcher_of

    settings = load_settings()
    registers = _registers(settings)
    with fetcher_of(settings) as fetcher:
        report = check_quotation(fetcher, partial(match_page_among, registers), url, quote)
    reason = "" if report.state == "read" else report.reason
    if as_json:
        _print_json(report.seen, reason)
    else:
        _print_lines(_report_lines(report, reason))
    return _finding(report.seen)


def _registers(settings: Settings) -> Registers:
    """The registers of the files at hand; none where there are no files."""
    # One quotation can be checked anywhere: without a record only its publisher stays unknown.
    if not (settings.record_dir / "sources.yaml").exists():
        return Registers(Sources())
    return Registers(read_record(settings.record_dir).sources)


def _finding(seen: QuoteSeen) -> str:
    """The finding; a picture or a film, too, is a page that cannot be read."""
    return "unreadable" if seen.finding == "not-text" else seen.finding


def _print_json(seen: QuoteSeen, reason: str) -> None:
    check = seen.check
    found = {
        "finding": _finding(seen),
        "words": check.selector.exact if check and check.selector else None,
        "fragment": seen.directive or None,
        "passed_over": list(check.passed_over) if check else [],
        "differences": [[run.kind, run.text] for run in check.differences] if check else [],
        "reason": reason,
    }
    say(json.dumps(found, ensure_ascii=False))


def _report_lines(report: PageReport, reason: str) -> dict[str, str]:
    about = report.about
    return {
        "Finding": _finding(report.seen),
        "Page": report.final_url,
        "Status": "" if report.status is None else str(report.status),
        **_lines(report.seen, reason),
        "Link": report.source,
        "Title": (about.title if about else "") or "",
        "Published": (about.published if about else "") or "",
        "Language": (about.language if about else "") or "",
        "Author": (about.author if about else "") or "",
        "Publisher": report.publisher or (about.site if about else "") or "",
        "On record as": ", ".join(report.documents),
    }


def _lines(seen: QuoteSeen, reason: str) -> dict[str, str]:
    """What is printed of the check wherever the page is."""
    check, context = seen.check, seen.context
    return {
        "Reason": reason,
        "Words": check.selector.exact if check and check.selector else "",
        "Differences": marked(check.differences) if check else "",
        "Passed over": " ".join(check.passed_over) if check else "",
        "Around it": f"{context.before}[{context.exact}]{context.after}" if context else "",
        "Fragment": seen.directive or "",
    }


def _print_lines(lines: dict[str, str]) -> None:
    for name, text in lines.items():
        if text:
            say(f"{name + ':':<14}{text}")
