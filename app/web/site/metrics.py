"""Numbers of an installation, for Prometheus and whatever reads its format."""

from __future__ import annotations

import os
from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.errors import DatabaseNotReady, NotFound
from app.queries.health import VitalSigns, vital_signs
from app.web.http.dependencies import Now, RecordDatabase

router = APIRouter()

# Set by `variorum serve` for several workers, before any of them starts.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, database: RecordDatabase, now: Now) -> Response:
    """Requests and times of all workers, and what the database says of itself."""
    # They are the operator's: a request that came through a proxy is a reader's.
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        raise NotFound("page", "metrics")
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_ThisProcess())
    try:
        with database.reading() as session:
            registry.register(_Database(vital_signs(session, now)))
    except DatabaseNotReady:
        registry.register(_Database(None))
    headers = {"Cache-Control": "no-store"}
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST, headers=headers)


class _ThisProcess(Collector):
    def collect(self) -> Iterator[object]:  # type: ignore[override]
        yield from REGISTRY.collect()


class _Database(Collector):
    """What is in the database, for all processes alike; None where it cannot be asked."""

    def __init__(self, signs: VitalSigns | None) -> None:
        self._signs = signs

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge for each number."""
        yield GaugeMetricFamily(
            "variorum_database_up", "1 where it answers.", value=float(self._signs is not None)
        )
        signs = self._signs
        if signs is None:
            return
        for name, what, value in (
            ("chain_head", "Number of the last revision.", signs.head),
            ("submissions_pending", "Submissions that wait for a moderator.", signs.pending),
            ("checks_due", "Pages that are due to be checked.", signs.due),
            ("checks_made", "Checks of pages since the beginning.", signs.checks),
            ("workers", "Workers that ran in the last ten minutes.", signs.workers),
        ):
            yield GaugeMetricFamily(f"variorum_{name}", what, value=float(value))
        # Absent where none ever ran: an age of zero would look well.
        if signs.worker_age is not None:
            yield GaugeMetricFamily(
                "variorum_worker_last_run_seconds",
                "Seconds since a worker last ran.",
                value=signs.worker_age,
            )
