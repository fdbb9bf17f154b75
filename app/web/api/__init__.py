"""The JSON API, version 1."""

from fastapi import APIRouter

from app.web.api import across, changes, claims, following, registers, statements
from app.web.api.shapes import PROBLEMS

router = APIRouter(prefix="/api/v1", responses=PROBLEMS)
for _part in (claims, following, across, statements, registers, changes):
    router.include_router(_part.router)
