"""HTML pages: read the inputs, read the record, render a template."""

from fastapi import APIRouter, Depends

from app.web.pages import (
    across,
    claims,
    docs,
    dossiers,
    home,
    method,
    register_lists,
    register_pages,
)
from app.web.validators import revalidate

router = APIRouter(include_in_schema=False, dependencies=[Depends(revalidate)])
for _part in (home, dossiers, claims, across, register_lists, register_pages, method, docs):
    router.include_router(_part.router)
