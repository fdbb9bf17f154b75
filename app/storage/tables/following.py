"""The tables of followed sources: checks of pages and quotations, snapshots, and what is due."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index

from app.storage.tables.columns import (
    Base,
    Key,
    Large,
    LongText,
    MaybeKey,
    MaybeLongText,
    MaybeMoment,
    MaybeNumber,
    Moment,
    PrimaryKey,
    PrimaryNumber,
    Real,
)


class ChecksHeadRow(Base, table=True):
    """The one row that says how many page checks there are; locked while one is added.

    `copies` is how often an archived copy was noted.
    """

    __tablename__ = "checks_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: PrimaryNumber
    number: int
    copies: int


class SnapshotRow(Base, table=True):
    """What a page said at one check, and where its record is in the files of snapshots."""

    __tablename__ = "snapshots"
    __table_args__ = (Index(None, "page", "number"),)

    number: PrimaryNumber
    page: Key
    url: LongText
    final_url: LongText
    at: Moment
    status: int
    media_type: MaybeLongText
    encoding: MaybeLongText
    text_hash: Key
    warc: Key
    warc_offset: Large
    warc_length: Large


class PageCheckRow(Base, table=True):
    """One check of a page; `snapshot` is what it said, perhaps the same as at an earlier one."""

    __tablename__ = "page_checks"
    __table_args__ = (
        CheckConstraint(
            "state IN ('read', 'not-shown', 'gone', 'blocked', 'unreachable',"
            " 'undecodable', 'unreadable', 'not-text')",
            name="state",
        ),
        ForeignKeyConstraint(["snapshot"], ["snapshots.number"]),
        Index(None, "page", "number"),
        Index(None, "snapshot"),
    )

    number: PrimaryNumber
    page: Key
    url: LongText
    at: Moment
    state: Key
    rule: MaybeKey
    reason: LongText
    status: MaybeNumber
    final_url: LongText
    snapshot: MaybeNumber
    took: Real


class LastPageCheckRow(Base, table=True):
    """The newest check of each page, so that lists of many pages need not search for it."""

    __tablename__ = "last_page_checks"
    __table_args__ = (
        ForeignKeyConstraint(["number"], ["page_checks.number"]),
        Index(None, "number"),
    )

    page: PrimaryKey
    number: int


class QuoteCheckRow(Base, table=True):
    """Whether a citation's words were on its page at one check.

    There is no key to `citations`: its rows are replaced whenever a claim changes.
    """

    __tablename__ = "quote_checks"
    __table_args__ = (
        CheckConstraint(
            "finding IN ('verbatim', 'altered', 'struck-out', 'missing', 'not-shown', 'gone',"
            " 'blocked', 'unreachable', 'undecodable', 'unreadable', 'not-text')",
            name="finding",
        ),
        ForeignKeyConstraint(["page_check"], ["page_checks.number"]),
        Index(None, "page_check"),
    )

    claim: PrimaryKey
    citation: PrimaryKey
    page_check: PrimaryNumber
    quote: LongText
    finding: Key
    exact: MaybeLongText
    prefix: MaybeLongText
    suffix: MaybeLongText
    directive: MaybeLongText
    differences: MaybeLongText
    context_before: MaybeLongText
    context_exact: MaybeLongText
    context_after: MaybeLongText


class WordingChangeRow(Base, table=True):
    """A page that words a passage otherwise than at the check before."""

    __tablename__ = "wording_changes"
    __table_args__ = (
        ForeignKeyConstraint(["page_check"], ["page_checks.number"]),
        Index(None, "page_check"),
        Index(None, "claim", "number"),
    )

    number: PrimaryNumber
    page_check: int
    document: Key
    claim: Key
    citation: Key
    at: Moment
    before: LongText
    after: LongText
    finding_before: Key
    finding_after: Key


class ArchivedCopyRow(Base, table=True):
    """A copy of a page that a web archive has."""

    __tablename__ = "archived_copies"

    page: PrimaryKey
    archive: PrimaryKey
    url: LongText
    copy_url: LongText
    copied_at: Moment
    found_at: Moment


class DeclaredAddressRow(Base, table=True):
    """The address that a page declares as its own: `url` in its canonical form."""

    __tablename__ = "declared_addresses"
    __table_args__ = (Index(None, "canonical"),)

    page: PrimaryKey
    url: LongText
    canonical: Key


class HostRow(Base, table=True):
    """A host of cited pages, and its lease.

    No page of it may be leased before `not_before`. While one is, that is when the lease ends, and
    the lease's token, page and holder are in the row; after, it is what the host asked for.
    """

    __tablename__ = "hosts"

    # The lease is on the host's row and not on the page's: so no host is asked by two workers at
    # once, on either database and in any order of events.
    host: PrimaryKey
    not_before: Moment
    failures: int
    lease: MaybeKey
    leased_page: MaybeKey
    leased_by: MaybeKey


class DueCheckRow(Base, table=True):
    """A cited page, and when it is to be checked next."""

    __tablename__ = "due_checks"
    __table_args__ = (
        ForeignKeyConstraint(["host"], ["hosts.host"]),
        Index(None, "due_at", "page"),
        Index(None, "host", "due_at", "page"),
    )

    page: PrimaryKey
    url: LongText
    host: Key
    due_at: Moment
    failures: int
    asked_at: MaybeMoment


class WorkerRow(Base, table=True):
    """A worker, and when it last ran."""

    __tablename__ = "workers"

    name: PrimaryKey
    seen_at: Moment
