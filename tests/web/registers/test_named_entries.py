"""Pages read the register entries that they name, not the registers, which may be long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
import pytest

from app.domain.records.kinds import REGISTER_KINDS, EntryKind
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from tests.serving import serving
from tests.storage.factories import save_unreadable


def others(kind: EntryKind) -> tuple[EntryKind, ...]:
    return tuple(each for each in REGISTER_KINDS if each != kind)


@contextmanager
def site_with_unreadable(database: Database, kinds: Sequence[EntryKind]) -> Iterator[httpx.Client]:
    """A site on which an entry of each of these kinds cannot be read, whoever reads it."""
    with database.writing() as session:
        save_unreadable(session, kinds)
    url = database.url.render_as_string(hide_password=False)
    with (
        serving(create_app(Settings(database_url=url))) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def test_no_page_of_an_entry_reads_those_that_it_does_not_name(example: Database) -> None:
    with site_with_unreadable(example, REGISTER_KINDS) as site:
        for path in (
            "/publishers/tarn-wire",
            "/documents/guild-notice-14",
            "/speakers/oskel-mayor",
            "/api/v1/speakers/oskel-mayor/statements",
            "/search?q=fire",
        ):
            assert site.get(path).status_code == 200, path


def test_no_other_page_reads_a_register_but_the_few_sides(example: Database) -> None:
    with site_with_unreadable(example, others("side")) as site:
        for path in ("/claims/fire-dead/diff", "/changes", "/links", "/dossiers/harbour", "/"):
            assert site.get(path).status_code == 200, path


@pytest.mark.parametrize("kind", ["publisher", "speaker", "document"])
def test_a_page_of_a_register_reads_what_is_listed_on_it_and_what_that_names(
    example: Database, kind: EntryKind
) -> None:
    with site_with_unreadable(example, others(kind)) as site:
        listed = site.get(f"/{kind}s")
        assert listed.status_code == 200
        assert "<table" in listed.text
