"""The JSON API, version 1."""

from fastapi import APIRouter

from app.web.api import (
    across,
    changes,
    claims,
    following,
    quote_checks,
    registers,
    restoring,
    reviewing,
    revisions,
    searching,
    statements,
    submissions,
)
from app.web.api.shapes import PROBLEMS

router = APIRouter(prefix="/api/v1", responses=PROBLEMS)
_PARTS = (
    claims,
    revisions,
    submissions,
    reviewing,
    restoring,
    following,
    quote_checks,
    across,
    searching,
    statements,
    registers,
    changes,
)
for _part in _PARTS:
    router.include_router(_part.router)
