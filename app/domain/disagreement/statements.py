"""From citations to statements: who said what and when, and where the information came from.

Citations by one speaker for one account, of one day or instant, as sure and about one moment, are
one statement, however many outlets carried it. The root of a citation is where its information
came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.domain.disagreement.moments import (
    Span,
    count_as_of,
    ended_by,
    is_before,
    order_of,
    surely_spoken_of,
)
from app.domain.disagreement.relations import CountedAs, Stated
from app.domain.records.answers import Answer, Quantity, parse_answer
from app.domain.records.claims import Account, Certainty, Citation, Claim, Stance
from app.domain.records.registers import (
    Document,
    Dossier,
    Publisher,
    Registers,
    Speaker,
    folded_label,
)
from app.domain.values.canonical_addresses import address_key
from app.domain.values.dates import EdtfDate, parse_date

Hand = Literal["first", "second", "third"]


class Root(NamedTuple):
    """Where information came from: speakers (joint ones together), an agency or a publisher."""

    kind: Literal["speaker", "publisher"]
    ids: tuple[str, ...]


# Versions, statements and evidence are equal only to themselves: each is made once for a
# comparison, and comparing them by what they hold would walk through whole records. Statements and
# evidence are made by the thousand; freezing them would double the time that this takes.
@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Version(Stated):
    """An account as one or more statements give it: of one moment, and as sure.

    `place` orders the versions of a claim: by account, moment and certainty. `number` is the
    version's own, and `answer_number` that of all with the same answer, in no order that means
    anything.
    """

    account: Account
    certainty: Certainty
    place: tuple[int, tuple[float, float], str, str]
    number: int
    answer_number: int


@dataclass(slots=True, eq=False)
class Cited:
    """A citation within its account, with the register entries that it rests on.

    `said` is None where that is not known; `root` is where its information came from, `hand` how
    far the publisher is from the speaker.
    """

    account: Account
    citation: Citation
    speakers: tuple[Speaker, ...]
    document: Document
    publisher: Publisher
    said: EdtfDate | None
    root: Root
    hand: Hand


@dataclass(slots=True, eq=False)
class Statement:
    """What one speaker (none: a publisher in its own voice) said of one account at one time.

    `spoken` are the seconds within which it was said, None where it is undated. `reporter` is the
    other speaker through whom alone it is known. `is_reading` says that the answer is the editors'
    inference. `denied` is the account that the words deny where the denial is read as another
    answer.
    """

    speaker: Speaker | None
    publisher: Publisher
    version: Version
    stance: Stance
    said: EdtfDate | None
    spoken: Span | None
    reporter: Speaker | None
    is_reading: bool
    occasion: str | None
    citations: tuple[str, ...]
    evidence: tuple[Cited, ...]
    denied: str | None = None

    @property
    def side(self) -> str | None:
        """The side of the speaker; of the publisher where it speaks in its own voice."""
        return self.speaker.side if self.speaker else self.publisher.side

    @property
    def roots(self) -> set[Root]:
        """Where the information came from: several where outlets of one's own voices differ."""
        return {item.root for item in self.evidence}

    @property
    def denies(self) -> bool:
        """Whether it denies the account."""
        return self.stance == "denies"

    @property
    def is_evasive(self) -> bool:
        """Whether it was made without answering."""
        return self.stance in ("sidesteps", "declines")


def cited(claim: Claim, registers: Registers) -> list[Cited]:
    """Every citation of a claim with what it refers to, in file order."""
    carried_by = carriers_of(claim, registers)
    return [
        _cited(account, citation, registers, carried_by) for account, citation in claim.citations()
    ]


def _cited(
    account: Account, citation: Citation, registers: Registers, carried_by: Mapping[str, str]
) -> Cited:
    names = citation.all_speakers
    speakers = tuple(map(registers.speakers.__getitem__, names))
    document = registers.documents[citation.document]
    publisher = registers.publishers[document.publisher]
    return Cited(
        account=account,
        citation=citation,
        speakers=speakers,
        document=document,
        publisher=publisher,
        said=parse_date(citation.said) if citation.said else None,
        root=root_of(citation, names, carried_by),
        hand=_hand(citation, speakers, publisher),
    )


def _hand(citation: Citation, speakers: tuple[Speaker, ...], publisher: Publisher) -> Hand:
    # Even where it quotes the speaker: an encyclopedia reports what others had reported.
    if publisher.kind == "encyclopedia":
        return "third"
    # Before the own channels: words that another speaker reports are not first-hand on any page.
    if citation.according_to:
        return "second"
    for speaker in speakers:
        if publisher.id in speaker.channels:
            return "first"
    return "second"


def root_of(citation: Citation, speakers: tuple[str, ...], carried_by: Mapping[str, str]) -> Root:
    """The root of a citation; `carried_by` is what `carriers_of` found for its claim."""
    if speakers:
        # A joint statement is one origin, in whatever order its speakers were entered.
        return Root("speaker", speakers if len(speakers) == 1 else tuple(sorted(speakers)))
    relayed = citation.relayed_by
    return Root("publisher", (relayed[0] if relayed else carried_by[citation.document],))


def carriers_of(claim: Claim, registers: Registers) -> dict[str, str]:
    """By document, the publisher in whose voice its page speaks; no two for one page.

    A page may be on record as two documents, of an outlet and of who entered it anew.
    """
    named = {c.document for _, c in claim.citations() if not c.all_speakers and not c.relayed_by}
    carriers = {key: _carrier(registers.documents[key]) for key in named}
    # By far the most claims have one, and no address need be read.
    if len(set(carriers.values())) < 2:
        return carriers
    pages: dict[str, list[Document]] = {}
    for key in sorted(named):
        document = registers.documents[key]
        pages.setdefault(address_key(document.url) or key, []).append(document)
    for documents in pages.values():
        # Whom one of them credits, before who carried it; by id, whatever the order of citations.
        credited = [document for document in documents if document.credits] or documents
        origin = min(map(_carrier, credited))
        carriers.update((document.id, origin) for document in documents)
    return carriers


def _carrier(document: Document) -> str:
    # The first agency, where the words entered the news; those after it and the outlet passed them
    # on.
    return document.credits[0] if document.credits else document.publisher


def statements(
    evidence: Iterable[Cited], versions: Versions, registers: Registers
) -> list[Statement]:
    """The statements that citations amount to, by account; their order is not the citations'."""
    by_account: dict[str, list[Cited]] = {}
    for item in evidence:
        by_account.setdefault(item.account.id, []).append(item)
    made: list[Statement] = []
    for items in by_account.values():
        made += _statements_on(items, versions, registers)
    return made


class Versions:
    """The versions of the accounts of one claim, each made once."""

    def __init__(self, claim: Claim, dossier: Dossier) -> None:
        self._claim = claim
        self._dossier = dossier
        self._grows = claim.counting == "cumulative"
        self._ranks = {account.id: rank for rank, account in enumerate(claim.accounts)}
        self._answers: dict[str, tuple[Answer | None, CountedAs, int]] = {}
        self._numbers: dict[Answer | str, int] = {}
        self._known: dict[tuple[str, str, str, Span | None, bool], Version] = {}

    def of(self, account: Account, item: Cited) -> Version:
        """The version of an account that a citation gives, of the moment of its own account."""
        citation, said = item.citation, item.said
        text = citation.as_of or item.account.as_of
        moment = ended_by(parse_date(text), said) if text else None
        # A growing count given, or denied, without a day is one as of when that was said.
        by_day_said = self._grows and moment is None
        spoken = self.spoken(said) if by_day_said else None
        end = str(moment.latest) if moment else ""
        key = (account.id, text or "", citation.certainty + end, spoken, by_day_said)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(account, citation, moment, spoken)
        return known

    def opposite(self, item: Cited) -> Account | None:
        """The account that a denial of this one affirms: in yes-no the other answer, if any has it.

        A claim may have several accounts of one answer, which differ by their day.
        """
        denied = item.account
        if self._claim.kind != "yes-no" or item.citation.stance != "denies":
            return None
        others = [
            account
            for account in self._claim.accounts
            if account.answer and account.answer != denied.answer and _of_one_time(account, denied)
        ]
        return min(others, key=lambda account: account.as_of != denied.as_of, default=None)

    def spoken(self, said: EdtfDate | None) -> Span | None:
        """The seconds within which something was said."""
        return said.instants(self._dossier.zone) if said else None

    def _make(
        self,
        account: Account,
        citation: Citation,
        moment: EdtfDate | None,
        spoken: Span | None,
    ) -> Version:
        zone = self._dossier.zone
        answer, counted, number = self._answered(account)
        as_of = count_as_of(moment, zone) if moment else spoken
        text = moment.text if moment else ""
        return Version(
            answer=answer,
            counted=counted,
            moment=moment,
            spoken_of=surely_spoken_of(moment, zone) if moment else None,
            as_of=as_of,
            is_only_possible=citation.certainty == "possible",
            account=account,
            certainty=citation.certainty,
            place=(self._ranks[account.id], order_of(as_of), text, citation.certainty),
            number=len(self._known),
            answer_number=number,
        )

    def _answered(self, account: Account) -> tuple[Answer | None, CountedAs, int]:
        known = self._answers.get(account.id)
        if known is None:
            answer = parse_answer(self._claim, account)
            # Two accounts of one answer say the same; those without an answer each their own.
            number = self._numbers.setdefault(answer or account.id, len(self._numbers))
            known = self._answers[account.id] = answer, _counted_as(answer, self._dossier), number
        return known


def _of_one_time(left: Account, right: Account) -> bool:
    if not (left.as_of and right.as_of):
        return True
    return parse_date(left.as_of).overlaps(parse_date(right.as_of))


def _counted_as(answer: Answer | None, dossier: Dossier) -> CountedAs:
    """What an answer counts, by the ids of the dossier's lists or in words made alike."""
    if not isinstance(answer, Quantity):
        return CountedAs("", "", "")
    measure = dossier.measure_named(answer.measure) if answer.measure else None
    scope = dossier.scope_named(answer.scope) if answer.scope else None
    return CountedAs(
        folded_label(answer.unit or ""),
        # Words that no list has equal themselves alone; an id has no spaces, a label might not.
        measure.id if measure else "“" * bool(answer.measure) + folded_label(answer.measure or ""),
        scope.id if scope else "“" * bool(answer.scope) + folded_label(answer.scope or ""),
    )


def was_said_before(left: Statement, right: Statement) -> bool:
    """Whether one statement was surely made before the other."""
    return bool(left.spoken and right.spoken and is_before(left.spoken, right.spoken))


# Who speaks, when, in which way, on which occasion, through whom; the number of the version last.
_Key = tuple[str, tuple[float, float], str, str, str, bool, int]


def _statements_on(
    items: Iterable[Cited], makes: Versions, registers: Registers
) -> list[Statement]:
    groups: dict[_Key, tuple[Speaker | None, Version, list[Cited]]] = {}
    for item in items:
        # Read as an answer before positions are taken: in yes-no a denial is one, and the side
        # holds it.
        opposite = makes.opposite(item)
        version = makes.of(opposite or item.account, item)
        spoken = makes.spoken(item.said)
        # A joint statement is one of each of its speakers, so that each side has its own to hold.
        for speaker in item.speakers or (None,):
            key = _statement_key(speaker, version, item, spoken)
            same = groups.get(key)
            if same:
                same[2].append(item)
            else:
                groups[key] = speaker, version, [item]
    # Not by the number of the version, which follows the order of citations.
    ordered = sorted(groups, key=lambda key: (key[:-1], groups[key][1].place))
    return [_statement(*groups[key], makes, registers) for key in ordered]


def _statement_key(
    speaker: Speaker | None, version: Version, item: Cited, spoken: Span | None
) -> _Key:
    citation = item.citation
    # No id has a space: so no publisher is taken for a speaker of its name.
    who = speaker.id if speaker else f"publisher {item.publisher.id}"
    # By its seconds and not its text: two ways of writing one day are one statement.
    return (
        who,
        order_of(spoken),
        citation.stance,
        citation.occasion or "",
        citation.according_to or "",
        citation.reading is not None,
        version.number,
    )


def _statement(
    speaker: Speaker | None,
    version: Version,
    items: list[Cited],
    makes: Versions,
    registers: Registers,
) -> Statement:
    if len(items) > 1:
        # By id, as which of them is first must not depend on the order of citations.
        items.sort(key=lambda item: item.citation.id)
    first = items[0]
    citation, said = first.citation, first.said
    reporter = registers.speakers[citation.according_to] if citation.according_to else None
    is_turned = version.account.id != first.account.id
    return Statement(
        speaker=speaker,
        publisher=first.publisher,
        version=version,
        stance="asserts" if is_turned else citation.stance,
        said=said,
        spoken=makes.spoken(said),
        reporter=reporter,
        is_reading=citation.reading is not None,
        occasion=citation.occasion,
        citations=tuple([item.citation.id for item in items]),
        evidence=tuple(items),
        # The very words: who first affirmed and then denied has retracted, which the answer alone
        # would hide.
        denied=first.account.id if is_turned else None,
    )
