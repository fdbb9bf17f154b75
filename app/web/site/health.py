"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from app.storage.database.engine import Database
from app.storage.database.schema import require_current

router = APIRouter(tags=["Health"])


@router.get("/healthz", summary="Does the process live?")
def healthz() -> dict[str, str]:
    """Always answers while the process does."""
    return {"status": "alive"}


@router.get("/readyz", summary="Can the process answer?")
def readyz(request: Request) -> JSONResponse:
    """Answers 503 with the reason where the database or its migrations are not as they must be."""
    database: Database = request.app.state.database
    require_current(database)
    return JSONResponse({"status": "ready"})
