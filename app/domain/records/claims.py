"""One claim with its accounts and citations: the one shape of file, revision and API.

The order of the fields is the order of the keys in a claim's file.

Claims of older schemas are lifted when they are read, and never in a store: what a revision says is
hashed, so that an older body stays as it was written for good. Schema 2 has wordings as clauses: in
small letters, without a stop (“the troops had pulled back”). Schema 1 had sentences. Everything
else that schema 2 adds may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.values.base import Edtf, EdtfDay, Id, Prose, Record

Body = Mapping[str, Any]

# Words that opened a wording of schema 1 and are no names. By a list, as no rule tells “Fire broke
# out” from “Shushi fell”: a word that is missing here stays as it was written.
_OPENERS = frozenset((
    "A", "About", "After", "All", "Almost", "An", "Another", "Asked", "At", "Before",
    "Between", "Both", "By", "Captured", "Civilian", "Civilians", "Dozens", "During",
    "Each", "Eight", "Eighteen", "Eighty", "Eleven", "Every", "Fewer", "Fifteen", "Fifty",
    "Fighters", "Fighting", "Fire", "Five", "Formations", "Forty", "Four", "Fourteen",
    "From", "He", "Her", "His", "Hundreds", "In", "It", "Its", "Less", "Mainly", "Many",
    "Military", "More", "Nearly", "Nine", "Nineteen", "Ninety", "No", "Nobody", "None",
    "Nothing", "Officials", "On", "One", "Only", "Over", "People", "Representatives",
    "Servicemen", "Seven", "Seventeen", "Seventy", "Several", "She", "Six", "Sixteen",
    "Sixty", "Soldiers", "Some", "Such", "Ten", "That", "The", "Their", "There", "These",
    "They", "Thirteen", "Thirty", "This", "Those", "Thousands", "Three", "Troops", "Twelve",
    "Twenty", "Two", "Under", "Up", "Vehicles", "What", "Whatever", "When", "Where",
    "Whether", "Who", "With",
))  # fmt: skip


def lifted(body: Body) -> Body:
    """A claim's body in today's schema; the same where it is of that already, or of none.

    `body` is one that its schema allows.
    """
    while (step := _STEPS.get(body.get("schema"))) is not None:
        body = step(body)
    return body


def as_clause(wording: str) -> str:
    """A wording of schema 1 as one of schema 2: no final stop, no capital but a name's."""
    text = wording.strip().removesuffix(".")
    return f"{text[:1].lower()}{text[1:]}" if _opens_with_no_name(text) else text


def _opens_with_no_name(wording: str) -> bool:
    """Whether a wording begins with a capital that belongs to no name, as far as is known."""
    first, _space, _rest = wording.partition(" ")
    return re.split("[-,]", first)[0] in _OPENERS  # “Captured, …”, “Sixty-eight …”


def _from_sentences(body: Body) -> Body:
    accounts = [_with_clause(account) for account in body.get("accounts", ())]
    return {**body, "schema": 2, **({"accounts": accounts} if accounts else {})}


def _with_clause(account: Body) -> Body:
    if not account.get("wording"):
        return account
    return {**account, "wording": as_clause(account["wording"])}


_STEPS: Mapping[Any, Callable[[Body], Body]] = {1: _from_sentences}


SCHEMA = 2

Kind = Literal["yes-no", "quantity", "date", "choice", "text"]
Nature = Literal["fact", "judgement", "intention"]
Stance = Literal["asserts", "denies", "declines", "sidesteps"]
Certainty = Literal["stated", "likely", "possible"]
Reading = Literal["editors"]
Voice = Literal["quoted", "translated", "paraphrased"]
Form = Literal["statement", "document", "map", "footage", "leaked", "resolution"]


class Citation(Record):
    """One statement on record about one account: who said it, when, where, in which words.

    Without a speaker it is the document's own voice; `own_voice_drift` is a curator's mark that it
    states a party's version as plain fact. `voice` says whether the quotation is the speaker's own
    words, the document's translation of them, or the document's words about them.

    `as_of` is the moment that this statement speaks of, and `wording` what it says, where they are
    not its account's. A `reading` of the editors is an answer that they inferred: its `note` says
    why, and no position rests on it alone.
    """

    id: Id
    speaker: Id | None = None
    speakers: tuple[Id, ...] = ()
    according_to: Id | None = None
    relayed_by: tuple[Id, ...] = ()
    stance: Stance = "asserts"
    # As the words have it, never as we judge it.
    certainty: Certainty = "stated"
    as_of: Edtf | None = None
    wording: Prose | None = None
    reading: Reading | None = None
    # Text, as every date: an EDTF date is stored as it was written, so that what was loaded is
    # exported byte for byte. Its days are derived where they are needed.
    said: Edtf | None = None
    occasion: Id | None = None
    form: Form = "statement"
    document: Id
    # No default: a paraphrase must never be shown as the speaker's own words by an omission.
    voice: Voice | None = None
    quote: Prose | None = None
    translation: Prose | None = None
    own_voice_drift: bool = False
    note: Prose | None = None

    @property
    def all_speakers(self) -> tuple[str, ...]:
        """Whose statement it is; several for a joint one, none for the document's own voice."""
        return (self.speaker,) if self.speaker else self.speakers


class AccountClash(Record):
    """A clash between two descriptions that a curator named, with the reason."""

    # `with` is a keyword of Python, and the name of the key in files.
    with_: Annotated[Id, Field(alias="with")]
    reason: Prose


class Account(Record):
    """One version: one typed answer to the claim.

    An empty `answer` holds statements that were made without answering.
    """

    id: Id
    answer: Prose | None = None
    wording: Prose | None = None
    as_of: Edtf | None = None
    unit: Prose | None = None
    measure: Prose | None = None
    scope: Prose | None = None
    harms: tuple[Id, ...] = ()
    clashes: tuple[AccountClash, ...] = ()
    note: Prose | None = None
    # An account that nobody gave would be ours.
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]


class Option(Record):
    """One answer of a `choice`; it may include others, as “both sides” includes each.

    An `unknown` one says that it is not known which: it contradicts no other.
    """

    id: Id
    label: Prose
    includes: tuple[Id, ...] = ()
    unknown: bool = False


class Search(Record):
    """What was searched for a side's account without finding it: what makes a silence a finding."""

    side: Id
    where: Prose
    words: Prose
    on: EdtfDay
    by: Prose


class Overrule(Record):
    """A curator's reasoned decision against a computed relation of two accounts."""

    accounts: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)]
    relation: Literal["same", "compatible", "conflict", "not-comparable"]
    by: Prose
    on: EdtfDay
    reason: Prose


Rule = Literal[
    "confessing-note",
    "undated-state",
    "said-before",
    "losses-as-killed",
    "dropped-hedge",
    "no-number",
    "translated-original",
    "two-stances",
]
"""A rule of `app/domain/checking/filings.py`, which asks whether words carry their filing."""


class Exemption(Record):
    """An editor's word that a filing is right although a rule asks about it."""

    citation: Id
    rule: Rule
    by: Prose
    on: EdtfDay
    reason: Prose


class Assessment(Record):
    """An editor's signed conclusion with its reasons; never computed."""

    by: Prose
    on: EdtfDay
    conclusion: Prose
    reasons: Prose


class Claim(Record):
    """One contested question, worded without presupposition, and every account of it on record.

    Whatever it is read from, it is of today's schema: one of an older schema is lifted to it.
    """

    # Underscored, as `schema` is a method of pydantic's models.
    schema_: Annotated[int, Field(alias="schema", ge=1, le=SCHEMA)] = SCHEMA
    id: Id
    formerly: tuple[Id, ...] = ()
    question: Prose
    summary: Prose | None = None
    kind: Kind
    nature: Nature = "fact"
    unit: Prose | None = None
    measure: Prose | None = None
    scope: Prose | None = None
    counting: Literal["cumulative", "once"] | None = None
    options: tuple[Option, ...] = ()
    topic: Id
    happened: Edtf | None = None
    places: tuple[Id, ...] = ()
    # Where the dossier lists no events, claims that name the same one are the event.
    event: Id | None = None
    part_of: Id | None = None
    losses_of: tuple[Id, ...] = ()
    accounts: tuple[Account, ...] = ()
    searched: tuple[Search, ...] = ()
    overrules: tuple[Overrule, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    assessment: Assessment | None = None
    note: Prose | None = None

    # In the model itself, so that no way of reading a claim passes it by: files, revisions, what is
    # sent, and what waits for a moderator. After its fields: a validator before them would be given
    # Python values of a JSON text, and strict mode takes no list of these for a tuple.
    @model_validator(mode="after")
    def _of_today(self) -> Self:
        if self.schema_ == SCHEMA:
            return self
        return type(self).model_validate(lifted(self.to_json()))

    def to_json(self) -> dict[str, object]:
        """The claim as plain JSON values with its schema number: what revisions and API hold."""
        # Always with its number, which a file leaves out: a body on record must say by itself which
        # shape it has.
        return {"schema": self.schema_, **self.to_plain()}

    def citations(self) -> Iterator[tuple[Account, Citation]]:
        """Every citation with its account, in file order."""
        for account in self.accounts:
            for citation in account.citations:
                yield account, citation

    def account(self, account_id: str) -> Account:
        """The account with this id; raises KeyError where there is none."""
        for account in self.accounts:
            if account.id == account_id:
                return account
        raise KeyError(account_id)

    def option(self, option_id: str) -> Option:
        """The option with this id; raises KeyError where there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class ClaimHeading:
    """Enough of a claim to link to it."""

    id: str
    question: str
    state: str


# Keyed by the whole text, so that nothing needs to be invalidated: another body is another key.
@lru_cache(maxsize=256)
def claim_of(document: str) -> Claim:
    """A claim from its stored JSON text; those read last are cached, as they cannot change."""
    return Claim.model_validate_json(document)
