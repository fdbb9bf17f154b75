"""Every router, once: pages, pages with forms, and the JSON API."""

from fastapi import APIRouter, Depends

from app.web.across import api as across_api
from app.web.across import pages as across_pages
from app.web.across import place_map
from app.web.claims import api as claims_api
from app.web.claims import chart
from app.web.claims import page as claims_page
from app.web.contributing import (
    edit,
    form,
    queue,
    restore,
    review,
    review_api,
    sign_in,
    submission,
    submissions_api,
)
from app.web.following import api as following_api
from app.web.following import link_health, quote_checks_api
from app.web.history import api as history_api
from app.web.history import changes, feed, revision, subject
from app.web.http.entity_tags import revalidate
from app.web.http.languages import require_known_language
from app.web.http.shapes import PROBLEMS
from app.web.overview import cards
from app.web.overview import page as overview_page
from app.web.registers import api as registers_api
from app.web.registers import lists, place
from app.web.registers import pages as registers_pages
from app.web.search import api as search_api
from app.web.search import page as search_page
from app.web.site import api_docs, home, method
from app.web.site.patterns import page as patterns_page

_LANGUAGE = Depends(require_known_language)

pages_router = APIRouter(include_in_schema=False, dependencies=[_LANGUAGE, Depends(revalidate)])

private_pages_router = APIRouter(include_in_schema=False, dependencies=[_LANGUAGE])
"""Pages with forms: each is made for one visitor, and never cached."""

for _part in (form, submission, sign_in, queue, review, edit, restore):
    private_pages_router.include_router(_part.router)
for _part in (
    home,
    overview_page,
    claims_page,
    chart,
    cards,
    across_pages,
    place_map,
    place,
    lists,
    registers_pages,
    link_health,
    search_page,
    changes,
    feed,
    subject,
    revision,
    method,
    patterns_page,
    api_docs,
):
    pages_router.include_router(_part.router)


api_router = APIRouter(prefix="/api/v1", responses=PROBLEMS)
_API_PARTS = (
    claims_api,
    history_api,
    submissions_api,
    review_api,
    following_api,
    quote_checks_api,
    across_api,
    search_api,
    registers_api,
)
for _part in _API_PARTS:
    api_router.include_router(_part.router)
