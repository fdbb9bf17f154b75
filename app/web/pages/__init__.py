"""HTML pages: read the inputs, read the record, render a template."""

from fastapi import APIRouter, Depends

from app.web.pages import (
    across,
    cards,
    changes,
    claims,
    contributing,
    docs,
    dossiers,
    editing,
    feed,
    history,
    home,
    links_health,
    method,
    pictures,
    queue,
    register_lists,
    register_pages,
    restoring,
    reviewing,
    revisions,
    signing_in,
    submissions,
)
from app.web.validators import revalidate

router = APIRouter(include_in_schema=False, dependencies=[Depends(revalidate)])
for _part in (
    home,
    dossiers,
    claims,
    pictures,
    cards,
    across,
    register_lists,
    register_pages,
    links_health,
    changes,
    feed,
    history,
    revisions,
    method,
    docs,
):
    router.include_router(_part.router)

private = APIRouter(include_in_schema=False)
"""Pages with forms: each is made for one visitor, and kept nowhere."""

for _part in (contributing, submissions, signing_in, queue, reviewing, editing, restoring):
    private.include_router(_part.router)
