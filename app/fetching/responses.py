"""What an answer's head says: what state it means, where it redirects, when to try again."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from app.domain.records.page_checks import FetchRule
from app.domain.values.addresses import judge_link
from app.errors import AddressRefused
from app.fetching.failures import NotRead

# 202, 204 and their like carry no page: bot walls answer so, and a quotation is not missing there.
READ_STATUSES = (200, 203)

_GONE = (404, 410)
_BLOCKED = (401, 403, 429, 451)
_REDIRECTS = (301, 302, 303, 307, 308)
_PRIVATE_RULES = ("address", "local-name")
_NOT_TEXT_KINDS = ("image", "audio", "video", "font", "model")
_NOT_TEXT = re.compile(
    r"application/(zip|gzip|x-gzip|x-tar|x-bzip2|x-xz|x-7z-compressed|(vnd\.|x-)rar(-compressed)?"
    r"|java-archive|wasm|vnd\.android\.package-archive|x-msdownload|x-(apple-diskimage|iso9660-image))"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one server; `body` is inflated, and empty where it was not asked to be read."""

    address: str
    status: int
    headers: httpx.Headers
    body: bytes


def require_page(status: int, headers: httpx.Headers) -> None:
    """Raises `NotRead` with the state that a final answer's head means, unless it is a page."""
    if status in _GONE:
        raise NotRead("status", f"The server says that the page is not there ({status}).", "gone")
    if status in _BLOCKED:
        raise NotRead("status", f"The server does not let this program in ({status}).", "blocked")
    if status not in READ_STATUSES:
        raise NotRead("status", f"The server gave no page ({status}).")
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type.partition("/")[0] in _NOT_TEXT_KINDS or _NOT_TEXT.fullmatch(media_type):
        raise NotRead(
            "media-type", f"What the server sends ({media_type}) has no words.", "not-text"
        )


def redirect_of(answer: Answer) -> str | None:
    """The judged address that an answer redirects to, or None where it does not.

    Raises `NotRead` for a redirect to where no request is made.
    """
    link = answer.headers.get("location")
    if answer.status not in _REDIRECTS or link is None:
        return None
    try:
        return judge_link(link, answer.address)
    except AddressRefused as error:
        private = error.rule in _PRIVATE_RULES
        rule: FetchRule = "redirect-to-private" if private else "redirect-refused"
        raise NotRead(rule, f"The page redirects to where no request is made: {error}") from error


def declared_length(headers: httpx.Headers) -> int:
    """The bytes that a body will have on the wire by its head; 0 where that does not say."""
    value = headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() else 0


def retry_after(headers: httpx.Headers, now: datetime) -> float | None:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3), from 0 on; None where none is."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        seconds = float(value)
        return seconds if math.isfinite(seconds) else None
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())
