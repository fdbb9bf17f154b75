"""HTML pages: read the inputs, read the record, render a template."""

from fastapi import APIRouter, Depends

from app.web.pages import (
    across,
    changes,
    claims,
    docs,
    dossiers,
    home,
    links_health,
    method,
    register_lists,
    register_pages,
)
from app.web.validators import revalidate

router = APIRouter(include_in_schema=False, dependencies=[Depends(revalidate)])
for _part in (
    home,
    dossiers,
    claims,
    across,
    register_lists,
    register_pages,
    links_health,
    changes,
    method,
    docs,
):
    router.include_router(_part.router)
