"""What an operator wants to know of an installation: what is in order, and what to do elsewhere."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import __version__
from app.domain.values.base import rfc3339
from app.errors import DatabaseNotReady
from app.queries.health import WORKER_IS_LATE, vital_signs
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.database.full_text import index_fault
from app.storage.database.schema import schema_state
from app.storage.revisions.log import head, latest
from app.storage.search.rows import is_current

Verdict = Literal["ok", "note", "fault"]
_MIN_FREE_BYTES = 2**30
_MIN_FREE_SHARE = 0.05
_SKEW = timedelta(minutes=5)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what was found; a fault and a note say what to do."""

    about: str
    verdict: Verdict
    what: str


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at everything that an installation needs, one finding after the other.

    Changes nothing. What needs the database is left out where that cannot be used.
    """
    yield Finding("versions", "ok", _versions())
    yield _data_dir(settings)
    yield _room(settings)
    yield _secret(settings)
    yield _contact(settings)
    yield _base_url(settings)
    yield _proxies(settings)
    yield from _database(settings, now)


def _versions() -> str:
    return (
        f"Variorum {__version__}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()}"
    )


def _data_dir(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    if not folder.is_dir():
        what = f"{folder} is no folder; run “variorum load”, or mend VARIORUM_DATA_DIR."
        return Finding("data directory", "fault", what)
    for part in (folder, folder / "snapshots"):
        if part.exists() and not os.access(part, os.R_OK | os.W_OK | os.X_OK):
            what = f"{part} cannot be written; let the user that runs Variorum own it."
            return Finding("data directory", "fault", what)
    return Finding("data directory", "ok", str(folder))


def _room(settings: Settings) -> Finding:
    place = next(
        p
        for p in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents)
        if p.exists()
    )
    disk = shutil.disk_usage(place)
    what = f"{disk.free / 2**30:,.1f} of {disk.total / 2**30:,.1f} GiB are free"
    if disk.free < min(_MIN_FREE_BYTES, _MIN_FREE_SHARE * disk.total):
        return Finding("disk", "fault", f"{what}; make room, or nothing can be stored soon.")
    return Finding("disk", "ok", what)


def _secret(settings: Settings) -> Finding:
    if settings.secret_key:
        return Finding("secret", "ok", "VARIORUM_SECRET_KEY is set")
    path = settings.data_dir.absolute() / "cookie-secret"
    if not path.exists():
        return Finding("secret", "ok", "will be made when somebody first signs in")
    if path.stat().st_mode & 0o077:
        return Finding("secret", "fault", f"others may read {path}; run: chmod 600 {path}")
    return Finding("secret", "ok", str(path))


def _contact(settings: Settings) -> Finding:
    if settings.contact:
        return Finding("contact", "ok", settings.contact)
    what = (
        "owners of fetched pages cannot reach you; set VARIORUM_CONTACT to a mail or web address."
    )
    return Finding("contact", "note", what)


def _base_url(settings: Settings) -> Finding:
    address = urlsplit(settings.base_url)
    if address.scheme == "https" or address.hostname in _LOOPBACK:
        return Finding("address", "ok", settings.base_url)
    what = f"{settings.base_url} is not https: keys and cookies are sent for all to read."
    return Finding("address", "fault", f"{what} See docs/operations/tls.md.")


def _proxies(settings: Settings) -> Finding:
    named = ", ".join(map(str, settings.trusted_proxies))
    # The program speaks no TLS itself, so that something in front of it does.
    if named or not settings.base_url.startswith("https:"):
        return Finding("proxies", "ok", named or "none")
    what = (
        "all readers share the limits of one; set VARIORUM_TRUSTED_PROXIES to your proxy's address."
    )
    return Finding("proxies", "note", what)


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    with closing(Database(settings.database_url)) as database:
        try:
            with database.reading() as session:
                state = schema_state(session)
                kind = _kind(session)
                if state.problem:
                    yield Finding("database", "fault", state.problem)
                    return
                yield Finding("database", "ok", f"{kind}, migration {state.found}, guards in place")
                yield from _settings_of_server(session)
                yield _chain(session, now)
                yield _search(session)
                yield from _work(session, now)
        except DatabaseNotReady as fault:
            yield Finding("database", "fault", str(fault))


def _kind(session: Session) -> str:
    if session.get_bind().dialect.name == "sqlite":
        return f"SQLite, {Path(str(session.get_bind().engine.url.database)).absolute()}"
    return f"PostgreSQL {session.scalar(text('SHOW server_version'))}"


def _settings_of_server(session: Session) -> Iterator[Finding]:
    """Settings with which PostgreSQL acknowledges what it may lose when the power fails."""
    if session.get_bind().dialect.name == "sqlite":
        return
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if session.scalar(text(f"SHOW {name}")) == "off":
            what = f"{name} is off: acknowledged changes may be lost; set it to on."
            yield Finding("durability", "note", what)


def _chain(session: Session, now: datetime) -> Finding:
    end, last = head(session), latest(session, limit=1)
    if not last and end.number == 0:
        return Finding("chain", "note", "no revision yet; run “variorum load”.")
    if not last or (last[0].number, last[0].hash) != (end.number, end.hash):
        what = "does not end at its head; run “variorum audit” (docs/operations/audit-fails.md)."
        return Finding("chain", "fault", what)
    if last[0].computed_hash() != last[0].hash:
        what = f"revision {end.number} is not what its hash says; run “variorum audit”."
        return Finding("chain", "fault", what)
    if last[0].at > now + _SKEW:
        what = f"the last revision is of {rfc3339(last[0].at)}, and the clock says {rfc3339(now)}."
        return Finding("chain", "fault", f"{what} Set the clock (NTP).")
    return Finding("chain", "ok", f"head {end.number}:{end.hash}")


def _search(session: Session) -> Finding:
    if not is_current(session):
        return Finding("search index", "fault", "not up to date; run “variorum migrate”.")
    if index_fault(session):
        return Finding("search index", "fault", "damaged; run “variorum repair”.")
    return Finding("search index", "ok", "up to date")


def _work(session: Session, now: datetime) -> Iterator[Finding]:
    signs = vital_signs(session, now)
    waiting = f"{signs.due} pages are due, {signs.checks} checks were made"
    if signs.worker_age is None:
        what = f"no worker ever ran ({waiting}); start one: variorum work."
        yield Finding("worker", "note", what)
    elif signs.worker_age > WORKER_IS_LATE.total_seconds():
        since = rfc3339(now - timedelta(seconds=signs.worker_age))
        what = f"none has run since {since} ({waiting}); start one: variorum work."
        yield Finding("worker", "fault", what)
    else:
        yield Finding("worker", "ok", f"{signs.workers} at work, {waiting}")
    yield Finding("review", "ok", f"{signs.pending} submissions wait")
