"""Where everything is put together: `app.main:app` is what a server runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app import __version__
from app.garbage import collect_seldom
from app.services.following.tools import fetcher_of
from app.settings import Settings, load_settings
from app.storage.change_number import ChangeNumber
from app.storage.database import Database
from app.web import api, health, pages, problems
from app.web.api.describing import DescribedApi
from app.web.catalogues import Catalogues, catalogue
from app.web.headers import HeadAsGet, SecurityHeaders
from app.web.languages import Languages
from app.web.page_cache import PageCache
from app.web.rendering import STATIC
from app.web.static_files import LastingFiles
from app.web.threads import use_few_threads
from app.web.validators import EntityTags, NotModified, on_not_modified
from app.web.visitors import Tickets

_DESCRIPTION = (
    "Contested facts with every side's account side by side: who differs from whom, on what, "
    "by how much and since when. The program never says who is right."
)


def create_app(settings: Settings, catalogues: Catalogues = catalogue) -> FastAPI:
    """An application on the database that the settings name; nothing is opened before a request.

    `catalogues` has the words of pages in each language.
    """
    database = Database(settings.database_url)
    change_number = ChangeNumber(database)
    fetcher = fetcher_of(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        collect_seldom()
        use_few_threads(app)
        yield
        fetcher.close()
        change_number.close()
        database.close()

    made = DescribedApi(
        title="Variorum",
        version=__version__,
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=True,
    )
    made.state.settings = settings
    made.state.database = database
    made.state.fetcher = fetcher
    made.state.schema_is_current = False
    made.state.base_url = settings.base_url
    made.state.tickets = Tickets(settings)
    made.include_router(api.router)
    made.include_router(pages.router)
    made.include_router(pages.private)
    made.include_router(health.router)
    made.mount("/static", LastingFiles(directory=STATIC), name="static")
    problems.install(made)
    made.add_exception_handler(NotModified, on_not_modified)
    made.add_middleware(EntityTags)
    made.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    made.add_middleware(PageCache, change_number=change_number.now)
    made.add_middleware(Languages, catalogues=catalogues, site=settings.base_url)
    made.add_middleware(SecurityHeaders)
    made.add_middleware(HeadAsGet)
    return made


app = create_app(load_settings())
