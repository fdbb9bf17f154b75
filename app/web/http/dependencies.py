"""What routes are given: transactions on the record, the time, and the address's query.

`main` puts the database on the application, and what checks quotations; this module alone takes
them from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.queries.health import require_current_schema
from app.queries.transactions import Transactions
from app.services.following.check_quotation import QuotationChecker
from app.web.html.urls import Link

Reading = Callable[[], AbstractContextManager[Session]]
Suggest = Callable[[str, Reading], Sequence[Link]]
"""Pages near a path that leads nowhere; the record is opened only where it has to be read."""


def database_of(request: Request) -> Transactions:
    """The database of the application, for what no dependency reaches."""
    database: Transactions = request.app.state.database
    return database


@contextmanager
def reading(request: Request) -> Iterator[Session]:
    """A transaction that reads and ends with its block, which may be sooner than the request does.

    Raises `DatabaseNotReady` until the schema was this program's once.
    """
    database = database_of(request)
    if not request.app.state.schema_is_current:
        # In a transaction of its own: the one handed out sees the record from its first read on.
        with database.reading() as session:
            require_current_schema(session)
        request.app.state.schema_is_current = True
    with database.reading() as session:
        yield session


# Asynchronous, as all that neither waits nor takes long: a thread would cost more than it does.
async def _database(request: Request) -> Transactions:
    return database_of(request)


RecordDatabase = Annotated[Transactions, Depends(_database)]
"""The database itself, for routes that choose when their transactions begin and end."""


async def _quotation_checker(request: Request) -> QuotationChecker:
    checker: QuotationChecker = request.app.state.quotation_checker
    return checker


Checker = Annotated[QuotationChecker, Depends(_quotation_checker)]
"""What checks quotations on pages of the web; it has its own transactions."""


def _read_session(request: Request) -> Iterator[Session]:
    with reading(request) as session:
        try:
            yield session
        except NotFound:
            # What is near is read here, where the transaction is still open: the handler of the
            # error would have to begin another one.
            suggest: Suggest = request.app.state.suggest
            request.state.near = suggest(request.url.path, lambda: nullcontext(session))
            raise


ReadSession = Annotated[Session, Depends(_read_session, scope="function")]


def _write_session(request: Request) -> Iterator[Session]:
    with database_of(request).writing() as session:
        yield session


async def _now(request: Request) -> datetime:
    moment: datetime = request.app.state.now()
    return moment


# It ends before the answer is sent, so that a commit that fails is an error the client sees.
WriteSession = Annotated[Session, Depends(_write_session, scope="function")]
"""A transaction that is committed when the route has returned, and undone where it raises.

It begins with the first statement: whatever takes time comes before.
"""

Now = Annotated[datetime, Depends(_now)]
"""When the request came in, in UTC."""
