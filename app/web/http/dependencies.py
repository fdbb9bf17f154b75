"""What pages and API read: storage's rows as domain records, in two or three queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, model_validator
from sqlalchemy.orm import Session

from app.storage.database.engine import Database
from app.storage.database.schema import require_current


def _read_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    if not request.app.state.schema_is_current:
        require_current(database)
        request.app.state.schema_is_current = True
    with database.reading() as session:
        yield session


ReadSession = Annotated[Session, Depends(_read_session, scope="function")]


def _write_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    with database.writing() as session:
        yield session


# Asynchronous, as all that neither waits nor takes long: a thread would cost more than it does.
async def _now() -> datetime:
    return datetime.now(UTC)


# It ends before the answer is sent, so that a commit that fails is an error the client sees.
WriteSession = Annotated[Session, Depends(_write_session, scope="function")]
"""A transaction that is committed when the route has returned, and undone where it raises.

It begins with the first statement: whatever takes time comes before.
"""

Now = Annotated[datetime, Depends(_now)]
"""When the request came in, in UTC."""


class PageQuery(BaseModel):
    """What the address of a page can ask for; what no page knows is passed over.

    An empty value asks for nothing.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    # Forms send every field, also those that their reader left empty.
    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        return (
            {name: v for name, v in given.items() if v != ""} if isinstance(given, dict) else given
        )
