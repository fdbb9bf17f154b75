"""The table of what a search finds."""

from sqlalchemy import BigInteger, Integer, UniqueConstraint
from sqlmodel import Field

from app.storage.search.dialects import Words
from app.storage.tables.columns import Base, Key


class SearchRow(Base, table=True):
    """Something that a search finds: a claim, a citation, or a register entry.

    `number` begins with the kind's rank, so that one kind is one range (`app.storage.search.rows`).
    `claim` is empty for a register entry. `sort` orders what is found equally well. `version` is
    that of the rules by which `words` were made.
    """

    __tablename__ = "search_rows"
    __table_args__ = (UniqueConstraint("claim", "kind", "id"),)

    number: int = Field(
        sa_type=BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    kind: Key
    claim: Key
    id: Key
    sort: Key
    version: Key
    words: tuple[str | None, ...] = Field(sa_type=Words)
