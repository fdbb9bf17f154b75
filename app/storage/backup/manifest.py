"""What a backup says of itself, and the bounds of what is in it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.storage.database.table_rows import Kind, Shape

FORMAT = 1
MAX_PART = 4 << 20  # bytes of rows in a part, before they are packed
# No row of a real record comes near it, and a hostile one cannot fill the memory.
MAX_ROW = 64 << 20
PACKED = 31  # zlib's word for “with the header and the sum of gzip”


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HeadOf(_Plain):
    """Where the chain of revisions ends."""

    number: int = Field(ge=0, le=2**31 - 1)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class TableOf(_Plain):
    """A table, its columns with their kinds, and how many rows it has."""

    name: str = Field(pattern=r"^[a-z_]{1,60}$")
    columns: tuple[tuple[str, Kind], ...]
    rows: int = Field(ge=0)

    @property
    def shape(self) -> Shape:
        """The same for `insert_rows`."""
        return Shape(self.name, self.columns)


class Manifest(_Plain):
    """What a backup says of itself.

    `missing` are the hashes of texts, and the names of files of answers, that were not there any
    more when it was made.
    """

    format: Literal[1]
    variorum: str
    migration: str = Field(pattern=r"^\w{1,32}$")
    made_at: datetime
    database: Literal["sqlite", "postgresql"]
    head: HeadOf
    tables: tuple[TableOf, ...]
    missing: tuple[str, ...]
