"""What the tables are declared with: types of columns, and names of constraints."""

from datetime import datetime
from typing import Annotated, ClassVar

from sqlalchemy import BigInteger, Float, Integer, LargeBinary, MetaData, Text
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from app.storage.database import KEY_TYPE

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
MaybeMoment = Annotated[datetime | None, Field(sa_type=UTCDateTime)]


class Base(SQLModel):
    """What gives every constraint a name, so that a migration can drop it."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
