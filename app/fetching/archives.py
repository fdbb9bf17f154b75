"""Copies of a page in web archives.

Two ways of asking are spoken: TimeGates (RFC 7089, Memento), which lead to the copy nearest to a
moment, and the Wayback Machine's availability API (archive.org/help/wayback_api.php), which names
it. What an archive says is a stranger's word: a copy is recorded only where its address may be
requested and its time is written as the protocol has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Literal, Protocol, get_args
from urllib.parse import urlencode

from app.domain.values.addresses import host_of, judge_url
from app.errors import BadInput

ArchiveKind = Literal["memento", "wayback"]

_STAMP = "%Y%m%d%H%M%S"
# A clock of theirs may be ahead of ours; a copy of next week is no copy.
_SKEW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """One copy of a page: its address, and when it was made (UTC)."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Archive:
    """A web archive that can be asked.

    `name` is its host. `base` is the address of a TimeGate, to which that of the page is appended,
    or of an availability API, to which a query is.
    """

    name: str
    kind: ArchiveKind
    base: str


class Answer(Protocol):
    """What is read of an answer; `Fetched` is one."""

    @property
    def state(self) -> str: ...
    @property
    def final_url(self) -> str: ...
    @property
    def headers(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def body(self) -> bytes: ...
    @property
    def at(self) -> datetime: ...


class Ask(Protocol):
    """How an archive is asked; `Fetcher.fetch` is one way."""

    def __call__(self, url: str, headers: Mapping[str, str] = ...) -> Answer: ...


def find_copy(ask: Ask, archive: Archive, url: str, near: datetime | None) -> ArchivedCopy | None:
    """The copy of a page made nearest to `near` (an aware time), or the latest where it is None.

    None where the archive has none, does not answer, or answers with what cannot be used; never an
    error. The copy may be on a host of its own: TimeGates lead to those of many archives.
    """
    page = url.partition("#")[0]
    moment = near.astimezone(UTC) if near else None
    try:
        if archive.kind == "memento":
            return _by_timegate(ask, archive.base + page, moment)
        return _by_availability(ask, archive.base, page, moment)
    except BadInput:  # the archive's address or the copy's is none that is asked
        return None


def read_archives(text: str) -> tuple[Archive, ...]:
    """Archives as the setting names them: `kind=address`, with white space between two.

    Raises `BadInput` for another kind, an address that is not asked, and a repeated one.
    """
    archives = tuple(map(_read_archive, text.split()))
    if len({archive.base for archive in archives}) < len(archives):
        raise BadInput("An archive is named twice; name each once.")
    return archives


def _read_archive(entry: str) -> Archive:
    kind, _, base = entry.partition("=")
    for known in get_args(ArchiveKind):
        if kind == known:
            return Archive(host_of(_judged(entry, base)), known, base)
    raise BadInput(
        f"“{entry}” names no archive; write wayback=https://archive.org/wayback/available"
        " or memento=https://timegate.example/."
    )


def _judged(entry: str, base: str) -> str:
    try:
        return judge_url(base)
    except BadInput as fault:
        raise BadInput(f"“{entry}” names no archive: {fault}") from fault


def _by_timegate(ask: Ask, address: str, moment: datetime | None) -> ArchivedCopy | None:
    """Ask a TimeGate (RFC 7089, 4): it redirects to the copy, which says when it was made."""
    wanted = {"accept-datetime": format_datetime(moment, usegmt=True)} if moment else {}
    answer = ask(address, wanted)
    dates = [value for name, value in answer.headers if name.lower() == "memento-datetime"]
    if len(dates) != 1:
        return None
    return _copy(answer, answer.final_url, _http_date(dates[0]))


def _by_availability(
    ask: Ask, base: str, page: str, moment: datetime | None
) -> ArchivedCopy | None:
    """Ask the availability API, which answers in JSON."""
    query = {"url": page} | ({"timestamp": moment.strftime(_STAMP)} if moment else {})
    answer = ask(f"{base}?{urlencode(query)}")
    match _parsed(answer.body):
        case {
            "archived_snapshots": {
                "closest": {"available": True, "url": str(copy), "timestamp": str(stamp), **more}
            }
        } if str(more.get("status", "200")).startswith("2"):
            return _copy(answer, copy, _stamped(stamp))
    return None


def _copy(answer: Answer, address: str, at: datetime | None) -> ArchivedCopy | None:
    if answer.state != "read" or at is None or at > answer.at + _SKEW:
        return None
    return ArchivedCopy(judge_url(address), at)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _http_date(text: str) -> datetime | None:
    """An IMF-fixdate (RFC 9110, 5.6.7), the weekday included; None for anything else."""
    try:
        at = parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if format_datetime(at, usegmt=True) == text else None


def _stamped(text: str) -> datetime | None:
    """Fourteen digits, YYYYMMDDhhmmss in UTC; None for anything else."""
    if not re.fullmatch(r"[0-9]{14}", text):
        return None
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
