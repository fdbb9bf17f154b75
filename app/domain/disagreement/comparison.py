"""The answer of the engine: where the accounts of one claim agree, conflict, or cannot be compared.

These are the shapes that pages and API show. `ENGINE` is stored with every comparison, so that a
later program knows which ones to compute again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from app.domain.disagreement.histories import ShiftKind
from app.domain.disagreement.positions import PositionKind
from app.domain.disagreement.relations import GapKind, RelationKind, Rule
from app.domain.records.claims import as_clause

# Raise it with every change of a rule: comparisons are stored with their claims, and `variorum
# migrate` computes only those of another engine again.
ENGINE = "7"
OTHERS = "others"
"""Beside the compared sides: who speaks for none of them."""

State = Literal["disputed", "agreed", "incomparable", "one-sided", "outside-only", "no-account"]
# The order in which flags are stored and shown; a new one goes where a reader should meet it.
Flag = Literal[
    "divided",
    "inner-dissent",
    "outside-dissent",
    "shifted",
    "unordered",
    "reports-differ",
    "reported",
    "count-fell",
    "part-exceeds-whole",
    "against-interest",
    "single-origin",
    "second-hand-only",
    "third-hand-only",
    "undated",
    "unofficial-only",
    "overruled",
    "own-voice-drift",
]
StoredRule = Rule | Literal["denials", "different-days"]
"""A rule, or one that engines before the fourth had: revisions hold their comparisons for ever."""
DissentKind = Literal["divided", "inner-dissent", "outside-dissent", "unordered", "reports-differ"]


class Part(BaseModel):
    """A frozen part of a comparison."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )


# Every comparison has many of these parts, and a large one thousands: records of the standard
# library, not even frozen, are made in a tenth of the time of pydantic's, and are read and written
# as JSON all the same. Nothing may change them.
@dataclass(slots=True, kw_only=True)
class SidePosition:
    """What a compared side holds, on whose authority, and since when.

    `since` is a date as its citation gives it (EDTF), null where that is undated; `reported` says
    that some of it is known only through another speaker.
    """

    position: PositionKind
    accounts: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    standing: Literal["official", "unofficial"] | None = None
    since: str | None = None
    searched: bool = False
    third_hand: bool = False
    reported: bool = False
    citations: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class PairRelation:
    """How two compared sides relate to each other.

    `rule` is the one that gave the relation; `reason` says why two cannot be compared.
    """

    left: str
    right: str
    relation: RelationKind | Literal["silent"]
    rule: StoredRule | None = None
    reason: StoredRule | None = None

    @model_serializer(mode="wrap")
    def _without_empty(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # A pair has a rule or a reason, and a silent one neither: the API shows no empty keys for
        # them.
        return {key: value for key, value in serialize(self).items() if value is not None}


@dataclass(slots=True, kw_only=True)
class ClashSide:
    """One end of a clash: a side (or `others`), an account, and the citations it rests on."""

    side: str
    account: str
    denies: bool = False
    citations: tuple[str, ...]

    @model_serializer(mode="wrap")
    def _without_default(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in serialize(self).items() if value is not False}


@dataclass(slots=True, kw_only=True)
class GapSize:
    """How far apart two answers lie, between the nearer ends as they were said; so is `ratio`.

    `by_table` says that an end is the bound that a word (“dozens”) is given, and no number said.
    """

    kind: GapKind
    difference: int | float
    ratio: float | None = None
    by_table: bool = False


@dataclass(slots=True, kw_only=True)
class ClashFound:
    """Two accounts that conflict, by which rule, and by how much."""

    left: ClashSide
    right: ClashSide
    rule: StoredRule
    gap: GapSize | None = None


@dataclass(slots=True, kw_only=True)
class Dissent(ClashFound):
    """A clash that makes no relation between compared sides: within one, or with an outsider."""

    kind: DissentKind


@dataclass(slots=True, kw_only=True)
class ShiftFound:
    """A named speaker's change from one account to another."""

    speaker: str
    kind: ShiftKind
    from_: Annotated[ClashSide, Field(alias="from")]
    to: ClashSide
    on: str | None


@dataclass(slots=True, kw_only=True)
class Message:
    """An explanation as a message id with its arguments, for any language."""

    id: str
    arguments: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class CountEnd:
    """A count that somebody gives: its account, and the citations it rests on."""

    account: str
    citations: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class PartAboveWhole:
    """A count in the claim named by `claim`, a part of this one, that lies above a count of this.

    `part` is in that claim, `whole` in this one.
    """

    claim: str
    part: CountEnd
    whole: CountEnd
    gap: GapSize


class Overruled(Part):
    """A curator's decision beside what the rule had said."""

    accounts: tuple[str, ...]
    relation: RelationKind
    instead_of: RelationKind
    rule: StoredRule
    by: str
    on: str
    reason: str


class Lane(Part):
    """What one side (or the others) says of some days: stated for them, or carried into them.

    What a compared side's publishers say in their own voice is apart, as it is not the side's.
    """

    stated: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    own_voice_stated: tuple[str, ...] = ()
    own_voice_carried: tuple[str, ...] = ()


class Segment(Part):
    """Days of a state over which nobody's account changes; null bounds are open.

    Only what is stated for these days makes a relation.
    """

    first: str | None
    last: str | None
    lanes: dict[str, Lane]
    relations: tuple[PairRelation, ...] = ()
    clashes: tuple[ClashFound, ...] = ()


class Origins(Part):
    """How many citations an account has, and from how many origins they come."""

    citations: int
    origins: int


class Comparison(Part):
    """How the accounts of a claim relate to each other.

    `superseded` are the citations that count no longer: a later, a dated or the very words of the
    same speaker outrank them.

    The engine gives `messages`. `explanations` are sentences: those that engines before the third
    stored, or what answers are given them in; they are not stored.
    """

    engine: str = ENGINE
    state: State
    flags: tuple[Flag, ...] = ()
    account_flags: dict[str, tuple[Flag, ...]] = {}
    as_known_on: str | None = None
    undated_left_out: int = 0
    positions: dict[str, SidePosition]
    relations: tuple[PairRelation, ...] = ()
    clashes: tuple[ClashFound, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    shifts: tuple[ShiftFound, ...] = ()
    overruled: tuple[Overruled, ...] = ()
    parts_above: tuple[PartAboveWhole, ...] = ()
    gap: GapSize | None = None
    origins: dict[str, Origins] = {}
    superseded: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    # Still read, since revisions are never rewritten: comparisons that engines 1 and 2 stored are
    # shown with the English of their day.
    explanations: tuple[str, ...] = ()

    def relation_between(self, left: str, right: str) -> PairRelation:
        """How two compared sides relate to each other, whichever is named first."""
        # A pair is stored once, in the dossier's order; callers ask in the order of their page.
        pair = {left, right}
        return next(found for found in self.relations if {found.left, found.right} == pair)

    def clashes_between(self, left: str, right: str) -> list[ClashFound]:
        """The clashes behind a conflict of two compared sides."""
        pair = {left, right}
        return [found for found in self.clashes if {found.left.side, found.right.side} == pair]


def comparison_of(text: str) -> Comparison:
    """A comparison from its stored JSON text."""
    found = Comparison.model_validate_json(text)
    if found.engine not in _OF_SENTENCES:
        return found
    messages = tuple([lifted_message(message, found.engine) for message in found.messages])
    return found.model_copy(update={"messages": messages})


def lifted_message(message: Message, engine: str) -> Message:
    """A message as today's engine has it; `engine` is the one that stored it."""
    if engine not in _OF_SENTENCES:
        return message
    return Message(id=message.id, arguments=_with_clauses(message.arguments))


# These compared claims of schema 1, whose wordings were sentences.
_OF_SENTENCES = frozenset(("1", "2", "3"))


def _with_clauses(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_clauses(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: as_clause(each) if key == "wording" and each else _with_clauses(each)
        for key, each in value.items()
    }
