"""How long a search takes over 50,000 claims with 950,000 citations, on both databases.

Run with `.venv/bin/python -m bench.searching [TEXTS]`. Words are drawn as in a natural language: a
few in nearly every text, most in a few. `bare` is the database's own full-text query for the same
words, unranked and the first 10 only: the least that any search costs; the ratio is what to
compare. Targets: half of the searches for two words within 20 ms, and none above 1 s, a common
word included. Times are wall clock, the median and the worst of the searches of one kind.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.records.kinds import FoundKind
from app.domain.search.query import Query, query_of
from app.storage import tables
from app.storage.database.engine import Database
from app.storage.database.full_text import numbers_matching, parameters
from app.storage.database.schema import migrate
from app.storage.search.ranking import find
from app.storage.search.rows import VERSION, range_of, tokens
from tests.databases import running_postgresql

TEXTS = 1_000_000
CITATIONS = 19  # of one claim
VOCABULARY = 60_000
AT_ONCE = 5_000
ROUNDS = 25


def main() -> None:
    """Print one table for each database."""
    texts = int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'search.sqlite3'}", texts)
    with running_postgresql() as server, server.database("nothing") as url:
        measure("PostgreSQL", url, texts)


def measure(name: str, url: str, texts: int) -> None:
    with closing(Database(url)) as database:
        migrate(database)
        begun = time.perf_counter()
        fill(database, texts)
        rate = texts / (time.perf_counter() - begun)
        print(f"\n{name}: {texts:,} texts, {rate:,.0f} rows a second")
        settle(database)
        print(f"{'asked':34} {'median ms':>10} {'worst ms':>9} {'bare ms':>8} {'ratio':>6}")
        with database.reading() as session:
            for label, queries in kinds_of_queries().items():
                print_line(session, label, queries)


def print_line(session: Session, label: str, queries: list[str]) -> None:
    asked = [query for typed in queries if (query := query_of(typed))]
    took = [milliseconds(lambda query=query: find(session, query, limit=50)) for query in asked]
    bare = [milliseconds(lambda query=query: first_ten(session, query)) for query in asked]
    half, least = statistics.median(took), statistics.median(bare)
    print(f"{label:34} {half:10.1f} {max(took):9.1f} {least:8.2f} {half / least:6.1f}")


def first_ten(session: Session, query: Query) -> list[object]:
    """The least that a database does: ten citations that contain the words."""
    dialect = session.get_bind().dialect.name
    asked = parameters(dialect, query, range_of("citation"), 10)
    return list(session.scalars(numbers_matching(dialect), asked))


def milliseconds(search: Callable[[], object]) -> float:
    begun = time.perf_counter()
    search()
    return (time.perf_counter() - begun) * 1000


def kinds_of_queries() -> dict[str, list[str]]:
    rng = random.Random(7)
    middle = [word(rng.randrange(200, 3_000)) for _ in range(2 * ROUNDS)]
    return {
        "two words": [f"{a} {b}" for a, b in zip(middle[::2], middle[1::2], strict=True)],
        "a rare word": [f'"{word(rng.randrange(20_000, VOCABULARY))}"' for _ in range(ROUNDS)],
        "a rare beginning": [word(rng.randrange(20_000, VOCABULARY))[:5] for _ in range(ROUNDS)],
        "three letters": [word(rng.randrange(VOCABULARY))[:3] for _ in range(ROUNDS)],
        "a phrase": [f'"{word(n)} {word(n + 1)}"' for n in range(ROUNDS)],
        "a common word": [word(number) for number in range(ROUNDS)],
        "a common and a rare word": [f"{word(n)} {word(n + 9_000)}" for n in range(ROUNDS)],
        "what nothing holds": [f"zz{number}zz" for number in range(ROUNDS)],
    }


def word(number: int) -> str:
    """A word of its own for each number, frequent ones short."""
    letters = "aeiouktrnsmlpdb"
    spelt = ""
    while True:
        number, digit = divmod(number, len(letters))
        spelt += letters[digit]
        if not number:
            return f"{spelt}{letters[len(spelt) * 7 % 15]}w"


def fill(database: Database, texts: int) -> None:
    """Rows as saving claims writes them, in a few large statements."""
    rng = random.Random(1)
    weights = [1 / (number + 5) for number in range(VOCABULARY)]
    drawn = iter_words(rng, weights)
    some: list[dict[str, object]] = []
    with database.writing() as session:
        for number in range(texts):
            some.append(row(number, drawn))
            if len(some) == AT_ONCE or number == texts - 1:
                session.execute(insert(tables.search_rows), some)
                some = []


def iter_words(rng: random.Random, weights: list[float]) -> Iterator[str]:
    names = [word(number) for number in range(VOCABULARY)]
    while True:
        yield from rng.choices(names, weights, k=100_000)


def row(number: int, drawn: Iterator[str]) -> dict[str, object]:
    claim, place = divmod(number, CITATIONS + 1)
    kind: FoundKind = "citation" if place else "claim"
    text = " ".join(next(drawn) for _ in range(14 if place else 60))
    first, _last = range_of(kind)
    return {
        "number": first + number,
        "kind": kind,
        "claim": f"claim-{claim}",
        "id": f"c{place}" if place else f"claim-{claim}",
        "sort": f"{number * 7919 % 1_000_003:07d}",
        "version": VERSION,
        "words": tokens([text] if place else [text[:60]], [] if place else [text]),
    }


def settle(database: Database) -> None:
    """What a database does by itself after a while: statistics, and its index put in order."""
    database.rewrite()
    if not database.is_sqlite:
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as alone:
            alone.exec_driver_sql("ANALYZE search_rows")


if __name__ == "__main__":
    main()
