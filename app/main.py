"""Where the application is composed: `app.main:app` is what a server runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from app import __version__
from app.fetching.fetcher import Fetcher
from app.services.contributing.api_keys import BAD_KEYS_SECONDS, MAX_BAD_KEYS
from app.services.following.check_quotation import QuotationChecker
from app.services.following.setup import fetcher_of
from app.settings import Settings, load_settings
from app.storage.database.engine import Database
from app.storage.revisions.change_number import ChangeNumber
from app.web import routes
from app.web.html.rendering import STATIC, ImmutableStaticFiles
from app.web.http import problems
from app.web.http.entity_tags import Clock, EntityTags, NotModified, on_not_modified, utc_now
from app.web.http.headers import Compression, HeadAsGet
from app.web.http.languages import Languages
from app.web.http.limits import Limits, Throttle
from app.web.http.openapi import DescribedApi
from app.web.http.page_cache import PageCache
from app.web.http.parameters import refuse_unstorable
from app.web.http.process import set_up_process
from app.web.http.sessions import AnswerInstead, SessionSigner, on_answer_instead
from app.web.observe import Observed, name_route
from app.web.site import health, metrics
from app.web.site.suggestions import links_near
from app.web.wording.locale import Catalogues, catalogue

_DESCRIPTION = (
    "Contested facts with every side's account side by side: who differs from whom, on what, "
    "by how much and since when. The program never says who is right."
)


def create_app(
    settings: Settings,
    catalogues: Catalogues = catalogue,
    now: Clock = utc_now,
    fetcher: Fetcher | None = None,
) -> FastAPI:
    """An application on the database that the settings name; nothing is opened before a request.

    `catalogues` has the words of pages in each language; `now` is the clock that pages go by.
    `fetcher` reaches pages of the web, is made of the settings where none is given, and is closed
    with the application.
    """
    database = Database(settings.database_url, slow_seconds=settings.slow_query_seconds)
    change_number = ChangeNumber(database)
    fetcher = fetcher or fetcher_of(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        set_up_process(app)
        yield
        fetcher.close()
        change_number.close()
        database.close()

    made = DescribedApi(
        title="Variorum",
        version=__version__,
        description=_DESCRIPTION,
        # Ours (`app/web/site/api_docs.py`): FastAPI's pages load scripts from a foreign host.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=True,
        dependencies=[Depends(refuse_unstorable), Depends(name_route)],
    )
    made.state.settings = settings
    made.state.database = database
    made.state.quotation_checker = QuotationChecker(
        database, fetcher, settings.max_quote_checks_per_hour
    )
    made.state.schema_is_current = False
    made.state.base_url = settings.base_url
    made.state.now = now
    made.state.session_signer = SessionSigner(settings)
    _answer_with(made)
    _put_in_front(made, catalogues, change_number)
    return made


def _answer_with(made: FastAPI) -> None:
    """What answers requests: routes, files, and what errors become."""
    made.include_router(routes.api_router)
    made.include_router(routes.pages_router)
    made.include_router(routes.private_pages_router)
    made.include_router(health.router)
    made.include_router(metrics.router)
    made.mount("/static", ImmutableStaticFiles(directory=STATIC), name="static")
    problems.install(made, links_near)
    made.state.bad_keys = Throttle(MAX_BAD_KEYS, BAD_KEYS_SECONDS)
    made.add_exception_handler(NotModified, on_not_modified)
    made.add_exception_handler(AnswerInstead, on_answer_instead)


def _put_in_front(made: FastAPI, catalogues: Catalogues, change_number: ChangeNumber) -> None:
    """What lies between the server and the routes, from the inside out."""
    base_url, now = made.state.base_url, made.state.now
    # Starlette puts each one around those before it.
    made.add_middleware(EntityTags)
    made.add_middleware(Compression, minimum_size=1000, compresslevel=6)
    # Pages are stored compressed, and in front of everything that could ask the database for them;
    # only the language is needed to find one.
    made.add_middleware(PageCache, numbers=change_number.now, base_url=base_url, now=now)
    made.add_middleware(Languages, catalogues=catalogues, site=base_url)
    # In front of all that costs something.
    made.add_middleware(Limits, settings=made.state.settings, catalogues=catalogues)
    made.add_middleware(HeadAsGet)
    made.add_middleware(Observed, proxies=made.state.settings.trusted_proxies)


# On import, as servers expect it; every worker process makes its own.
app = create_app(load_settings())
