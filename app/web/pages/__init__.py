"""HTML pages: read the inputs, read the record, render a template."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from app.web.languages import require_known
from app.web.pages import (
    across,
    cards,
    changes,
    claims,
    contributing,
    docs,
    editing,
    feed,
    history,
    home,
    links_health,
    method,
    overview,
    patterns,
    pictures,
    place_map,
    places,
    queue,
    register_lists,
    register_pages,
    restoring,
    reviewing,
    revisions,
    searching,
    signing_in,
    submissions,
)
from app.web.validators import revalidate


async def _in_a_known_language(lang: Annotated[str | None, Query()] = None) -> None:
    require_known(lang)


_LANGUAGE = Depends(_in_a_known_language)

router = APIRouter(include_in_schema=False, dependencies=[_LANGUAGE, Depends(revalidate)])
for _part in (
    home,
    overview,
    claims,
    pictures,
    cards,
    across,
    place_map,
    places,
    register_lists,
    register_pages,
    links_health,
    searching,
    changes,
    feed,
    history,
    revisions,
    method,
    patterns,
    docs,
):
    router.include_router(_part.router)

private = APIRouter(include_in_schema=False, dependencies=[_LANGUAGE])
"""Pages with forms: each is made for one visitor, and kept nowhere."""

for _part in (contributing, submissions, signing_in, queue, reviewing, editing, restoring):
    private.include_router(_part.router)
