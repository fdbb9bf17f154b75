"""What the first page and overviews cost, cold, of 90, 500 and 50,000 claims.

Run with `.venv/bin/python -m bench.overview`. Processor time in milliseconds of an answer that no
cache of pages holds: the first of a process, which also reads its claims for the first time, and
the least of a few more; then the size of the page. Below, what the counts of all filters alone
take. Target: home and overview within 200 ms at 50,000 claims.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from fastapi.testclient import TestClient

from app.domain.records.claim_filter import ClaimFilter
from app.main import create_app
from app.settings import Settings
from app.storage.claims.facets import facet_sheet
from app.storage.database.engine import Database
from bench.many import DOSSIER, file_of_many

SIZES = (90, 500, 50_000)
TIMES = 3
OVERVIEW = f"/dossiers/{DOSSIER}"
PAGES = (
    "/",
    OVERVIEW,
    f"{OVERVIEW}?density=compact&sort=question",
    f"{OVERVIEW}?state=disputed&topic=control",
    f"{OVERVIEW}?flag=single-origin&sort=gap",
    f"{OVERVIEW}?place=parukh",
    f"{OVERVIEW}?q=parukh",
    "/map",
    "/places/parukh",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        urls = {size: file_of_many(Path(folder), size) for size in SIZES}
        print("| page | " + " | ".join(f"{size:,}: first, then; KB" for size in SIZES) + " |")
        print("|---" * (len(SIZES) + 1) + "|")
        costs = {size: _costs(url) for size, url in urls.items()}
        for name in costs[SIZES[0]]:
            print(f"| `{name}` | " + " | ".join(costs[size][name] for size in SIZES) + " |")


def _costs(url: str) -> dict[str, str]:
    app = create_app(Settings(database_url=url))
    found = {}
    with TestClient(app, headers={"Cookie": "no=cache"}) as client:
        client.get(PAGES[0])  # whatever is made once for a process
        for page in PAGES:
            first, then, size = _times(lambda page=page: len(client.get(page).content))
            found[page] = f"{first:.0f}, {then:.0f}; {size / 1000:.0f}"
    with closing(Database(url)) as database, database.reading() as session:
        where = ClaimFilter(dossier=DOSSIER)
        first, then, _claims = _times(lambda: facet_sheet(session, where).count().total)
        found["counts of all filters"] = f"{first:.1f}, {then:.1f}"
    return found


def _times(answer: Callable[[], int]) -> tuple[float, float, int]:
    """Milliseconds of the first answer, the least of some more, and what the last one gave."""
    took = []
    given = 0
    for _ in range(TIMES + 1):
        begun = time.process_time()
        given = answer()
        took.append((time.process_time() - begun) * 1000)
    return took[0], min(took[1:]), given


if __name__ == "__main__":
    main()
