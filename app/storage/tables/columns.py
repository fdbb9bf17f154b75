"""What the tables are declared with: types of columns, and names of constraints."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from app.storage.database.full_text import MARK, Tokens

# Short text that is compared and sorted by code point on both databases, whatever the locale.
KEY_TYPE = String().with_variant(String(collation="C"), "postgresql")


class Words(TypeDecorator[Tokens]):
    """The words of one row, as each database indexes them; written, and never read back."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`tsvector` on PostgreSQL, text for FTS5 on SQLite."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Tokens | None, dialect: Dialect) -> str:
        """The words as this database stores them."""
        tokens = value or ()
        return _vector(tokens) if dialect.name == "postgresql" else _line(tokens)

    def process_result_value(self, value: Any, dialect: Dialect) -> Tokens:  # noqa: ARG002
        """What was written, for people who read a table by hand."""
        return tuple(str(value).split())


def _line(tokens: Tokens) -> str:
    return " ".join(word or MARK for word in tokens)


def _vector(tokens: Tokens) -> str:
    # With positions, or PostgreSQL finds no phrases; `to_tsvector` would split words by its own
    # rules.
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(tokens, start=1):
        if word:
            places[word].append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


# A second Field() on an annotated column would drop its type: indexes are named in __table_args__.
PrimaryKey = Annotated[str, Field(sa_type=KEY_TYPE, primary_key=True)]
PrimaryNumber = Annotated[
    int, Field(sa_type=Integer, primary_key=True, sa_column_kwargs={"autoincrement": False})
]
Key = Annotated[str, Field(sa_type=KEY_TYPE)]
MaybeKey = Annotated[str | None, Field(sa_type=KEY_TYPE)]
LongText = Annotated[str, Field(sa_type=Text)]
MaybeLongText = Annotated[str | None, Field(sa_type=Text)]
Bits = Annotated[bytes, Field(sa_type=LargeBinary)]
DayOrdinal = Annotated[int, Field(sa_type=BigInteger)]
MaybeDayOrdinal = Annotated[int | None, Field(sa_type=BigInteger)]
Real = Annotated[float, Field(sa_type=Float)]
MaybeReal = Annotated[float | None, Field(sa_type=Float)]
Large = Annotated[int, Field(sa_type=BigInteger)]
MaybeNumber = Annotated[int | None, Field(sa_type=Integer)]
Moment = Annotated[datetime, Field(sa_type=UTCDateTime)]
# One type with a zone for all times: SQLite has none for them, and would drop the zone.
MaybeMoment = Annotated[datetime | None, Field(sa_type=UTCDateTime)]


class Base(SQLModel):
    """The base of all tables; names every constraint."""

    # Without names of its own, Alembic does not notice that a UNIQUE was dropped, and cannot drop
    # one on SQLite.
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
