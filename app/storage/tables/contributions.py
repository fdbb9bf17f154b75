"""The tables of contributions: keys, submissions and their checks, answers given, and limits."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text

from app.storage.tables.columns import (
    Base,
    Key,
    LongText,
    MaybeKey,
    MaybeLongText,
    MaybeMoment,
    MaybeNumber,
    Moment,
    PrimaryKey,
    PrimaryNumber,
)


class ApiKeyRow(Base, table=True):
    """A key to the API, of which only the hash of its secret is stored.

    A name may be used again where its key was revoked: it remains the same holder's.
    """

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("role IN ('contributor', 'moderator', 'admin')", name="role"),
        UniqueConstraint("secret_hash"),
        Index(
            "uq_api_keys_name_of_live",
            "name",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: PrimaryKey
    name: Key
    role: Key
    secret_hash: Key
    made_at: Moment
    last_used_at: MaybeMoment
    revoked_at: MaybeMoment


class SubmissionRow(Base, table=True):
    """What a contributor sent, and what became of it."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint("kind IN ('citation', 'claim')", name="kind"),
        CheckConstraint("state IN ('pending', 'accepted', 'rejected', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided"),
        ForeignKeyConstraint(["key"], ["api_keys.id"]),
        ForeignKeyConstraint(["revision"], ["revisions.number"]),
        # Of two that send the same at once, the database refuses the second; once decided, it may
        # be sent again.
        Index(
            "uq_submissions_statement_of_pending",
            "statement",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(None, "statement"),
        Index(None, "state", "id"),
        Index(None, "key", "id"),
        Index(None, "author", "id"),
        Index(None, "claim", "id"),
        Index(None, "batch", "id"),
        Index(None, "revision"),
    )

    id: PrimaryKey
    kind: Key
    state: Key
    key: Key
    author: Key
    at: Moment
    claim: MaybeKey
    url: MaybeLongText
    body: LongText
    statement: Key
    batch: MaybeKey
    decided_by: MaybeKey
    decided_at: MaybeMoment
    reason: MaybeLongText
    revision: MaybeNumber


class SubmissionQuoteRow(Base, table=True):
    """Words of a submission that are checked on a page, and the last result."""

    __tablename__ = "submission_quotes"
    __table_args__ = (
        CheckConstraint(
            "finding IN ('verbatim', 'altered', 'struck-out', 'missing', 'not-shown', 'gone',"
            " 'blocked', 'unreachable', 'undecodable', 'unreadable', 'not-text')",
            name="finding",
        ),
        ForeignKeyConstraint(["submission"], ["submissions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["page_check"], ["page_checks.number"]),
        Index(None, "page"),
        Index(None, "page_check"),
    )

    submission: PrimaryKey
    ordinal: PrimaryNumber
    citation: Key
    page: Key
    url: LongText
    quote: LongText
    page_check: MaybeNumber
    finding: MaybeKey
    exact: MaybeLongText
    prefix: MaybeLongText
    suffix: MaybeLongText
    directive: MaybeLongText
    differences: MaybeLongText
    context_before: MaybeLongText
    context_exact: MaybeLongText
    context_after: MaybeLongText


class RememberedAnswerRow(Base, table=True):
    """What a request with an idempotency key was answered."""

    __tablename__ = "remembered_answers"
    __table_args__ = (ForeignKeyConstraint(["key"], ["api_keys.id"]),)

    key: PrimaryKey
    idempotency_key: PrimaryKey
    body_hash: Key
    status: int
    answer: LongText


class RateWindowRow(Base, table=True):
    """How often something was done since its window began; deleted after the window ends."""

    __tablename__ = "rate_windows"
    __table_args__ = (Index(None, "ends_at"),)

    bucket: PrimaryKey
    hits: int
    ends_at: Moment
