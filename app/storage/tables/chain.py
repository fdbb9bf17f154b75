"""The table of what files said."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index

from app.storage.tables.columns import (
    Base,
    Key,
    LongText,
    MaybeKey,
    MaybeLongText,
    Moment,
    PrimaryKey,
    PrimaryNumber,
)


class FiledBodyRow(Base, table=True):
    """What a subject's file said at the last load, where no revision from files says the same.

    `body` is NULL once it was redacted.
    """

    __tablename__ = "filed_bodies"

    kind: PrimaryKey
    id: PrimaryKey
    body_hash: Key
    body: MaybeLongText


class HeadRow(Base, table=True):
    """The one row that says where the chain ends: the record's change number."""

    __tablename__ = "head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: PrimaryNumber
    number: int
    hash: Key


class RevisionRow(Base, table=True):
    """A link of the chain; triggers refuse any change.

    Its body is a row of its own, as that may be redacted.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        CheckConstraint("origin IN ('files', 'api')", name="origin"),
        Index(None, "subject_kind", "subject_id", "number"),
    )

    number: PrimaryNumber
    at: Moment
    author: LongText
    origin: Key
    reason: LongText
    subject_kind: Key
    subject_id: Key
    previous_hash: Key
    hash: Key
    body_hash: Key


class RevisionBodyRow(Base, table=True):
    """What a revision says, verbatim; triggers refuse any change but its redaction to NULL."""

    __tablename__ = "revision_bodies"
    __table_args__ = (ForeignKeyConstraint(["number"], ["revisions.number"]),)

    number: PrimaryNumber
    body: MaybeLongText
    engine: MaybeKey
    comparison: MaybeLongText


class RegisterEntryRow(Base, table=True):
    """A side, body, publisher, speaker, document, dossier or place.

    `publisher` and `page` are a document's, `side` a body's, publisher's or speaker's, `dossier` a
    place's. `page` is the key of the page at the document's address, `site` the host and path of a
    document's or publisher's (both `app.domain.values.addresses`); `canonical` is what all
    spellings of a document's address share (`canonical_addresses.address_key`).
    """

    __tablename__ = "register_entries"
    __table_args__ = (
        ForeignKeyConstraint(["revision"], ["revisions.number"]),
        Index(None, "kind", "ordinal", "id"),
        Index(None, "kind", "publisher"),
        Index(None, "kind", "dossier"),
        Index(None, "page"),
        Index(None, "site"),
        Index(None, "canonical"),
    )

    kind: PrimaryKey
    id: PrimaryKey
    ordinal: int
    name: LongText
    body: LongText
    revision: int
    publisher: MaybeKey
    side: MaybeKey
    dossier: MaybeKey
    page: MaybeKey
    site: MaybeKey
    canonical: MaybeKey


class FormerIdRow(Base, table=True):
    """An id that an entry had before; it redirects and is never used again."""

    __tablename__ = "former_ids"
    __table_args__ = (Index(None, "kind", "id"),)

    kind: PrimaryKey
    former: PrimaryKey
    id: Key
