"""What checking pages needs besides a database, from the settings."""

from __future__ import annotations

from datetime import timedelta

from app.fetching.archives import read_archives
from app.fetching.fetcher import Fetcher
from app.fetching.rules import Allowance, FetchRules
from app.services.following.visit import VisitContext
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots


def fetcher_of(settings: Settings, allowance: Allowance | None = None) -> Fetcher:
    """A fetcher with the settings' contact and pause; `allowance` is for tests alone."""
    contact = settings.contact or settings.base_url
    return Fetcher(FetchRules(contact=contact, pause=settings.fetch_pause), allowance)


def visit_context(
    settings: Settings, database: Database, allowance: Allowance | None = None
) -> VisitContext:
    """Everything that visits need; raises `BadInput` where the archives cannot be read."""
    return VisitContext(
        database=database,
        archives=read_archives(settings.archives),
        fetcher=fetcher_of(settings, allowance),
        snapshots=Snapshots(settings.data_dir / "snapshots"),
        recheck=timedelta(days=settings.recheck_days),
        pause=settings.fetch_pause,
    )
