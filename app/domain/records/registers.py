"""Who speaks, who publishes, which documents and places: what claims refer to by id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from app.domain.records.claims import Claim
from app.domain.values.base import Edtf, EdtfDay, Id, Prose, Record

# A party, a former official or an unnamed source may speak like an authority and binds none.
OFFICIAL_STANDINGS = frozenset({"official", "local-official"})

Standing = Literal[
    "official",
    "local-official",
    "party",
    "media",
    "civic",
    "expert",
    "witness",
    "former",
    "unnamed",
]
PublisherKind = Literal[
    "agency",
    "newspaper",
    "broadcaster",
    "government",
    "organisation",
    "encyclopedia",
    "blog",
    "social",
]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


def _is_web_address(url: str) -> str:
    # First, because `urlsplit` drops tabs and line feeds in silence: what is stored would not be
    # what was checked.
    if any(c.isspace() or ord(c) < 0x20 for c in url):
        raise ValueError("contains white space; write it as %20.")
    try:
        parts = urlsplit(url)
        # Reading them raises what splitting alone lets pass, a port above 65535 among it.
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is not a web address that can be read.") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError("must begin with http:// or https://.")
    if not host or port == 0:
        raise ValueError("names no host.")
    # Links are shown to everybody, and `http://known.example@other.example` leads elsewhere than it
    # seems to. Files, API and form ask for more (`app/domain/values/addresses.py`): this is what
    # holds of every stored body, and what was taken before a rule was made must still be read.
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not contain a user name or password.")
    return url


WebAddress = Annotated[str, AfterValidator(_is_web_address)]


class NameIn(Record):
    """What an entry is called in one language of the interface."""

    language: LanguageTag
    name: Prose


class Side(Record):
    """A party whose account is compared, or a further one that also speaks.

    `names` are what it is called in other languages than its register's, here and in what follows.
    """

    id: Id
    formerly: tuple[Id, ...] = ()
    name: Prose
    names: tuple[NameIn, ...] = ()
    note: Prose | None = None


class Body(Record):
    """An authority within a side; sentences name it, never more than it.

    `plural` says how a verb follows its name; `gloss` explains the name once a page.
    """

    id: Id
    formerly: tuple[Id, ...] = ()
    name: Prose
    names: tuple[NameIn, ...] = ()
    side: Id
    plural: bool = False
    gloss: Prose | None = None
    note: Prose | None = None


class Publisher(Record):
    """The outlet that carried a document; it may have a side."""

    id: Id
    formerly: tuple[Id, ...] = ()
    name: Prose
    kind: PublisherKind
    country: CountryCode | None = None
    owner: Prose | None = None
    side: Id | None = None
    url: WebAddress | None = None
    note: Prose | None = None


class Speaker(Record):
    """The person or institution whose statement it is; `plural` is for verbs after its name."""

    id: Id
    formerly: tuple[Id, ...] = ()
    name: Prose
    plural: bool = False
    side: Id
    speaks_for: Id | None = None
    standing: Standing
    channels: tuple[Id, ...] = ()
    note: Prose | None = None

    @property
    def is_official(self) -> bool:
        """Whether the speaker's statements make its side's position."""
        return self.standing in OFFICIAL_STANDINGS


class Archived(Record):
    """A copy of a document's page in a web archive: its address, and when it was made."""

    url: WebAddress
    on: EdtfDay


class Document(Record):
    """One published item; `read_on` is the day on which it was read for this record."""

    id: Id
    formerly: tuple[Id, ...] = ()
    publisher: Id
    title: Prose
    url: WebAddress | None = None
    published: Edtf | None = None
    language: LanguageTag
    read_on: EdtfDay
    archived: Archived | None = None
    credits: tuple[Id, ...] = ()
    note: Prose | None = None


class PlaceName(Record):
    """What one side calls a place in one language; no side where all do."""

    side: Id | None = None
    language: LanguageTag
    name: Prose


class Place(Record):
    """A place with its names by side; `name` is what our own words call it.

    Coordinates are WGS 84 degrees; `precision` says how exact the point is.
    """

    id: Id
    formerly: tuple[Id, ...] = ()
    name: Prose
    names: tuple[PlaceName, ...] = ()
    # Spellings of nobody in particular, by which a search finds the place and no page names it.
    also: tuple[Prose, ...] = ()
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    precision: Literal["exact", "village", "town", "district", "region"] | None = None
    gazetteer: Prose | None = None
    note: Prose | None = None


class Topic(Record):
    """A heading under which a dossier groups claims.

    `also` are other words for it in any language, by which a search finds its claims and which no
    page shows, here and in what follows.
    """

    id: Id
    name: Prose
    names: tuple[NameIn, ...] = ()
    also: tuple[Prose, ...] = ()


class Event(Record):
    """Something that happened, which several claims are about."""

    id: Id
    name: Prose
    names: tuple[NameIn, ...] = ()
    also: tuple[Prose, ...] = ()


class Counted(Record):
    """A measure or a scope of a dossier: what is counted, or who of them.

    `within` are the entries of the same list that this one is a part of, as the killed are of the
    killed and wounded. Claims and accounts name it by its id or its label.
    """

    id: Id
    label: Prose
    names: tuple[NameIn, ...] = ()
    also: tuple[Prose, ...] = ()
    within: tuple[Id, ...] = ()


class Wording(Record):
    """Words that a dossier's own sentences avoid; inside quotation marks they are allowed.

    `loaded` words take a side; `presupposing` ones, in a question, take its answer for granted.
    """

    loaded: tuple[Prose, ...] = ()
    presupposing: tuple[Prose, ...] = ()


class Dossier(Record):
    """One conflict or topic: the sides that are compared, in order, its topics and its places.

    `zone` is the UTC offset by which civil days are counted at the place.
    """

    id: Id
    formerly: tuple[Id, ...] = ()
    title: Prose
    titles: tuple[NameIn, ...] = ()
    summary: Prose
    language: LanguageTag
    # An offset and no name of a zone: the days of a record must not move with a time zone database.
    zone: Annotated[str, Field(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")]
    # Ordered: every page and every language shows the sides in the dossier's order.
    sides: Annotated[tuple[Id, ...], Field(min_length=2)]
    topics: tuple[Topic, ...] = ()
    events: tuple[Event, ...] = ()
    measures: tuple[Counted, ...] = ()
    scopes: tuple[Counted, ...] = ()
    wording: Wording | None = None
    places: tuple[Place, ...] = ()
    note: Prose | None = None

    def measure_named(self, text: str | None) -> Counted | None:
        """The measure with this id or label; None where the dossier lists none of it."""
        return _named(text, self.measures)

    def scope_named(self, text: str | None) -> Counted | None:
        """The scope with this id or label; None where the dossier lists none of it."""
        return _named(text, self.scopes)


def _named(text: str | None, entries: Iterable[Counted]) -> Counted | None:
    # An id first: a label of another entry must not take its name.
    if text is None:
        return None
    folded = folded_label(text)
    by_id = (entry for entry in entries if entry.id == text)
    by_label = (entry for entry in entries if folded_label(entry.label) == folded)
    return next(by_id, None) or next(by_label, None)


def lies_within(part: str, whole: str, entries: Iterable[Counted]) -> bool:
    """Whether one entry is a part of another, directly or through others; none is one of itself.

    Ids of no entry lie within nothing. Circles, which a check refuses, end.
    """
    wholes = {entry.id: entry.within for entry in entries}
    seen, ahead = {part}, [*wholes.get(part, ())]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += wholes.get(name, ())
    return part != whole and whole in seen


# ' and ` as typed, and what keyboards and word processors make of them; the acute accent before
# NFKC, which makes a space and a combining accent of it.
_APOSTROPHES = re.compile("[`\u00b4\u02b9\u02bb\u02bc\u02be\u2018\u2019\u201b\u2032\u055a\uff07]")


def folded_label(text: str) -> str:
    """A unit, measure or scope without case, kind of apostrophe and spacing, to compare it by."""
    straight = _APOSTROPHES.sub("'", text)
    folded = unicodedata.normalize("NFKC", straight).casefold()
    return "".join(unicodedata.normalize("NFKC", folded).split())


class Sources(Record):
    """What all dossiers share: the whole of `sources.yaml`."""

    sides: tuple[Side, ...] = ()
    bodies: tuple[Body, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    documents: tuple[Document, ...] = ()


RegisterEntry = Side | Body | Publisher | Speaker | Document


class Registers:
    """The registers by id; a part of them is enough where only a part is asked for."""

    def __init__(self, sources: Sources) -> None:
        self.sides = {entry.id: entry for entry in sources.sides}
        self.bodies = {entry.id: entry for entry in sources.bodies}
        self.publishers = {entry.id: entry for entry in sources.publishers}
        self.speakers = {entry.id: entry for entry in sources.speakers}
        self.documents = {entry.id: entry for entry in sources.documents}

    def publisher_of(self, document_id: str) -> Publisher:
        """The publisher of a document on record."""
        return self.publishers[self.documents[document_id].publisher]


def terms_of(claim: Claim, dossier: Dossier) -> tuple[str, ...]:
    """The names, in every language, of its event and of what its accounts count.

    And the other words that the dossier has for these and for its topic (`also`); none twice.
    """
    found: dict[str, None] = {}
    # Not a topic's name, which lists what it has: who looks for the missing does not mean each
    # claim under “Dead, wounded, missing and captured”.
    for topic in dossier.topics:
        if topic.id == claim.topic:
            found |= dict.fromkeys(topic.also)
    for event in dossier.events:
        if event.id == claim.event:
            found |= dict.fromkeys((event.name, *(n.name for n in event.names), *event.also))
    for entry in _counted(claim, dossier):
        found |= dict.fromkeys((entry.label, *(n.name for n in entry.names), *entry.also))
    return tuple(found)


def _counted(claim: Claim, dossier: Dossier) -> Iterator[Counted]:
    measures = dict.fromkeys((claim.measure, *(account.measure for account in claim.accounts)))
    scopes = dict.fromkeys((claim.scope, *(account.scope for account in claim.accounts)))
    yield from filter(None, map(dossier.measure_named, measures))
    yield from filter(None, map(dossier.scope_named, scopes))
