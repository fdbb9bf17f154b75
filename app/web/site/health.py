"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.queries.health import require_current_schema
from app.web.http.dependencies import RecordDatabase

router = APIRouter(tags=["Health"])


@router.get("/healthz", summary="Does the process live?")
def healthz() -> dict[str, str]:
    """Always answers while the process does."""
    return {"status": "alive"}


@router.get("/readyz", summary="Can the process answer?")
def readyz(database: RecordDatabase) -> JSONResponse:
    """Answers 503 with the reason where the database or its migrations are not as they must be."""
    # Checked at every call: a schema that was current may have lost its triggers since.
    with database.reading() as session:
        require_current_schema(session)
    return JSONResponse({"status": "ready"})
