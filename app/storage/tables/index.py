"""The tables of the record: the chain of revisions, and the index over it."""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, UniqueConstraint, false
from sqlmodel import Field

from app.storage.tables.columns import (
    Base,
    Bits,
    DayOrdinal,
    Key,
    LongText,
    MaybeDayOrdinal,
    MaybeKey,
    MaybeLongText,
    MaybeReal,
    Moment,
    PrimaryKey,
    PrimaryNumber,
    Real,
    Words,
)


class ClaimRow(Base, table=True):
    """A claim with its computed state.

    The sort columns are never NULL: ranks ascend from what comes first, `happened_sort` puts the
    undated last, `gap_sort` is the gap's negative.
    """

    __tablename__ = "claims"
    __table_args__ = (
        ForeignKeyConstraint(["revision"], ["revisions.number"]),
        UniqueConstraint("revision"),
        # One index for each order of lists, with and without a dossier: a page is then read in
        # order, and nothing is sorted.
        Index(None, "dossier", "state_rank", "happened_sort", "id"),
        Index(None, "dossier", "happened_sort", "id"),
        Index(None, "dossier", "gap_rank", "gap_sort", "id"),
        Index(None, "dossier", "question_sort", "id"),
        Index(None, "dossier", "revision"),
        Index(None, "dossier", "event"),
        Index(None, "state_rank", "happened_sort", "id"),
        Index(None, "happened_sort", "id"),
        Index(None, "gap_rank", "gap_sort", "id"),
        Index(None, "question_sort", "id"),
        Index(None, "topic"),
        Index(None, "kind"),
        Index(None, "event"),
        Index(None, "part_of"),
    )

    id: PrimaryKey
    dossier: Key
    question: LongText
    kind: Key
    nature: Key
    topic: Key
    event: MaybeKey
    # No foreign key: a load saves claims in the order of their ids, a part perhaps first.
    part_of: MaybeKey
    happened: MaybeKey
    happened_from: MaybeDayOrdinal
    happened_to: MaybeDayOrdinal
    state: Key
    gap_kind: MaybeKey
    gap_difference: MaybeReal
    state_rank: int
    happened_sort: DayOrdinal
    gap_rank: int
    gap_sort: Real
    question_sort: Key
    revision: int
    changed_at: Moment
    compared_at: int
    engine: Key
    document: LongText
    comparison: LongText
    # Folded, for `word_overlap`; the search index has its own.
    words: LongText


class AccountRow(Base, table=True):
    """One version of a claim."""

    __tablename__ = "accounts"
    __table_args__ = (ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),)

    claim: PrimaryKey
    id: PrimaryKey
    ordinal: int
    answer: MaybeLongText
    wording: MaybeLongText


class CitationRow(Base, table=True):
    """One statement; `ordinal` counts through the claim, `publisher` is its document's."""

    __tablename__ = "citations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["claim", "account"], ["accounts.claim", "accounts.id"], ondelete="CASCADE"
        ),
        Index(None, "document"),
        Index(None, "publisher"),
    )

    claim: PrimaryKey
    id: PrimaryKey
    account: Key
    ordinal: int
    document: Key
    publisher: Key
    said: MaybeKey
    said_from: MaybeDayOrdinal
    said_to: MaybeDayOrdinal
    stance: Key


class CitationSpeakerRow(Base, table=True):
    """A speaker of a citation; several for a joint statement."""

    __tablename__ = "citation_speakers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["claim", "citation"], ["citations.claim", "citations.id"], ondelete="CASCADE"
        ),
        Index(None, "speaker"),
    )

    claim: PrimaryKey
    citation: PrimaryKey
    speaker: PrimaryKey


class ClaimPlaceRow(Base, table=True):
    """A place that a claim is about."""

    __tablename__ = "claim_places"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        Index(None, "place"),
    )

    claim: PrimaryKey
    place: PrimaryKey


class ClaimFlagRow(Base, table=True):
    """A flag that the comparison raised on a claim."""

    __tablename__ = "claim_flags"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        Index(None, "flag"),
    )

    claim: PrimaryKey
    flag: PrimaryKey


class ClaimSideRow(Base, table=True):
    """The position of a compared side on a claim; `searched` where its silence was searched."""

    __tablename__ = "claim_sides"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        Index(None, "side", "position"),
    )

    claim: PrimaryKey
    side: PrimaryKey
    position: Key
    searched: bool = Field(sa_column_kwargs={"server_default": false()})


class ClaimPairRow(Base, table=True):
    """The relation of two compared sides on a claim."""

    __tablename__ = "claim_pairs"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        Index(None, "left", "right", "relation"),
    )

    claim: PrimaryKey
    left: PrimaryKey
    right: PrimaryKey
    relation: Key


class ClaimLossRow(Base, table=True):
    """A side whose losses a claim counts."""

    __tablename__ = "claim_losses"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        Index(None, "side"),
    )

    claim: PrimaryKey
    side: PrimaryKey


class ClaimFacetsRow(Base, table=True):
    """What the filters of a dossier choose among, of a claim, and its slot in the dossier's bits.

    `words` are such as `state:agreed` and `place:old-bridge`, with blanks between.
    """

    __tablename__ = "claim_facets"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        UniqueConstraint("dossier", "slot"),
    )

    claim: PrimaryKey
    dossier: Key
    slot: int
    words: LongText


class FacetBitsRow(Base, table=True):
    """The claims of a dossier that have a facet's word: bit by bit, the lowest slot first.

    A block holds 4,096 slots; the zeros at its end are left out.
    """

    __tablename__ = "facet_bits"

    dossier: PrimaryKey
    word: PrimaryKey
    block: PrimaryNumber
    bits: Bits


class DossierDocumentRow(Base, table=True):
    """A document that claims of a dossier cite, and how often; `publisher` is the document's."""

    __tablename__ = "dossier_documents"
    __table_args__ = (Index(None, "dossier", "publisher", "citations"), Index(None, "document"))

    dossier: PrimaryKey
    document: PrimaryKey
    publisher: Key
    citations: int


class ClaimReferenceRow(Base, table=True):
    """A register entry that the claim's page or its comparison needs.

    Checked when the transaction commits: entries may be saved after the claims that name them.
    """

    __tablename__ = "claim_references"
    __table_args__ = (
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["kind", "id"],
            ["register_entries.kind", "register_entries.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(None, "kind", "id"),
    )

    claim: PrimaryKey
    kind: PrimaryKey
    id: PrimaryKey


class SearchRow(Base, table=True):
    """Something that a search finds: a claim, a citation, or a register entry.

    `number` begins with the kind's rank, so that one kind is one range (`app.storage.search.rows`).
    `claim` is empty for a register entry. `sort` orders what is found equally well. `version` is
    that of the rules by which `words` were made.
    """

    __tablename__ = "search_rows"
    __table_args__ = (UniqueConstraint("claim", "kind", "id"),)

    # SQLite makes a rowid of an INTEGER PRIMARY KEY alone, and FTS5's index refers to rowids.
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
