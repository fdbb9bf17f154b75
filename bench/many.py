"""A record of many claims, made of the shipped one: each claim over and over under other ids.

Days, topics and places are dealt again, so that filters mix; ten copies share their documents.
"""

from __future__ import annotations

import random
from contextlib import closing
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.database.engine import Database
from app.storage.database.schema import MIGRATIONS, migrate
from app.storage.tables.columns import Base
from tests.loaded import ROOT, load

DOSSIER = "karabakh"
_SHARED = 10  # copies that cite the same documents
_ROWS = 100_000  # more than the shipped record has of search rows of a kind
_COPIED = (  # tables of claims, with the columns that are other than in what is copied
    ("accounts", {"claim": "claim || :mark"}),
    ("citations", {"claim": "claim || :mark", "document": "document || :shared"}),
    ("citation_speakers", {"claim": "claim || :mark"}),
    ("claim_places", {"claim": "claim || :mark"}),
    ("claim_flags", {"claim": "claim || :mark"}),
    ("claim_sides", {"claim": "claim || :mark"}),
    ("claim_pairs", {"claim": "claim || :mark"}),
    ("claim_losses", {"claim": "claim || :mark"}),
    (
        "search_rows",
        {
            "number": "number + :rows",
            "claim": "claim || :mark",
            "id": "CASE kind WHEN 'claim' THEN id || :mark ELSE id END",
        },
    ),
    (
        "claim_references",
        {
            "claim": "claim || :mark",
            "id": "CASE kind WHEN 'document' THEN id || :shared ELSE id END",
        },
    ),
)


def make_many(url: str, claims: int) -> None:
    """Fill a database that is not there yet with at least so many claims, in SQL."""
    with closing(Database(url)) as database:
        migrate(database)
        load(database, ROOT)
        with database.writing() as session:
            _copy_all(session, claims)
            _deal_anew(session)
            _count_anew(session)


def _copy_all(session: Session, claims: int) -> None:
    shipped, last = session.execute(text("SELECT count(*), max(revision) FROM claims")).one()
    originals = [row[0] for row in session.execute(text("SELECT id FROM claims"))]
    session.execute(text("CREATE TEMPORARY TABLE shipped AS SELECT id FROM claims"))
    session.execute(
        text(
            "CREATE TEMPORARY TABLE shipped_documents AS"
            " SELECT id FROM register_entries WHERE kind = 'document'"
        )
    )
    assert len(originals) == shipped
    for number in range(1, -(-claims // shipped)):
        mark = {
            "mark": f"-{number}",
            "shared": f"-{number // _SHARED}",
            "step": number * (last + 1),
            "rows": number * _ROWS,
        }
        if number % _SHARED == 0 or number == 1:
            _copy(
                session,
                "register_entries",
                {"id": "id || :shared"},
                "kind = 'document' AND id IN (SELECT id FROM shipped_documents)",
                mark,
            )
        step = {"number": "number + :step"}
        _copy(
            session,
            "revisions",
            step,
            "number IN (SELECT revision FROM claims JOIN shipped USING (id))",
            mark,
        )
        changed = {"id": "id || :mark", "event": "event || :mark", "revision": "revision + :step"}
        _copy(session, "claims", changed, "id IN (SELECT id FROM shipped)", mark)
        for table, columns in _COPIED:
            _copy(session, table, columns, "claim IN (SELECT id FROM shipped)", mark)


def _copy(
    session: Session, table: str, changed: dict[str, str], which: str, mark: dict[str, object]
) -> None:
    columns = [column.name for column in Base.metadata.tables[table].columns]
    named = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    used = {name: value for name, value in mark.items() if f":{name}" in values}
    statement = f"INSERT INTO {table} ({named}) SELECT {values} FROM {table} WHERE {which}"
    session.execute(text(statement), used)


def _deal_anew(session: Session) -> None:
    """Give each claim another topic, day and place."""
    dealt = random.Random(1)
    topics = [row[0] for row in session.execute(text("SELECT DISTINCT topic FROM claims"))]
    places = [row[0] for row in session.execute(text("SELECT DISTINCT place FROM claim_places"))]
    claims = [row[0] for row in session.execute(text("SELECT id FROM claims ORDER BY id"))]
    session.execute(
        text("UPDATE claims SET topic = :topic, happened_sort = :day WHERE id = :id"),
        [
            {"id": key, "topic": dealt.choice(topics), "day": dealt.randrange(737_000, 739_000)}
            for key in claims
        ],
    )
    session.execute(text("DELETE FROM claim_places"))
    session.execute(
        text("INSERT INTO claim_places (claim, place) VALUES (:claim, :place)"),
        [
            {"claim": key, "place": place}
            for key in claims
            for place in dealt.sample(places, dealt.choice((0, 1, 1, 1, 2)))
        ],
    )


def _count_anew(session: Session) -> None:
    """What saving maintains, for claims that were copied past it: as migrating counts it."""
    for table in ("claim_facets", "facet_bits", "dossier_documents"):
        session.execute(text(f"DELETE FROM {table}"))
    path = MIGRATIONS / "versions" / "0008_overview_counts.py"
    spec = spec_from_file_location("overview_counts", path)
    assert spec is not None
    assert spec.loader is not None
    migration = module_from_spec(spec)
    spec.loader.exec_module(migration)
    migration._count_documents(session.connection())
    migration._count_facets(session.connection(), tables.claim_facets, tables.facet_bits)


def file_of_many(folder: Path, claims: int) -> str:
    """The address of a database of at least so many claims in a folder, made where it is not."""
    path = folder / f"many-{claims}.sqlite3"
    url = f"sqlite:///{path}"
    if not path.exists():
        make_many(url, claims)
    return url
