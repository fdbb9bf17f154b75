"""The table of what files said."""

from app.storage.tables.columns import Base, Key, MaybeLongText, PrimaryKey


class FiledBodyRow(Base, table=True):
    """What a subject's file said at the last load, where no revision from files says the same.

    `body` is NULL once it was redacted.
    """

    __tablename__ = "filed_bodies"

    kind: PrimaryKey
    id: PrimaryKey
    body_hash: Key
    body: MaybeLongText
