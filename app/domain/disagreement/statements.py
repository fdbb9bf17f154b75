"""From citations to statements: who said what on which day, and where the information came from.

Citations by one speaker for one account on one day are one statement, however many outlets
carried it. The root of a citation is where its information came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.domain.disagreement.relations import Stated
from app.domain.records.answers import parse_answer
from app.domain.records.claims import Account, Citation, Claim, Stance
from app.domain.records.registers import Document, Publisher, Registers, Speaker
from app.domain.values.dates import Day, EdtfDate, parse_date

Hand = Literal["first", "second", "third"]


class Root(NamedTuple):
    """Where information came from: speakers (joint ones together), an agency or a publisher."""

    kind: Literal["speaker", "publisher"]
    ids: tuple[str, ...]


# Versions, statements and evidence are equal only to themselves: each is made once for a
# comparison, and comparing them by what they hold would walk through whole records. Statements and
# evidence are made by the thousand; freezing them would double the time that this takes.
@dataclass(frozen=True, slots=True, eq=False)
class Version(Stated):
    """An account with its typed answer, its place among the accounts, and the day it speaks of.

    `moment` is the day or interval as of which a count or a state holds; None where the claim
    has no moments, or this account's is not known. `counted` are the unit, measure and scope that
    are its own, empty where they are the claim's.
    """

    account: Account
    rank: int
    counted: tuple[str, str, str]


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
    """What one speaker (none: a publisher in its own voice) said of one account on one day.

    `day` is the latest one on which it can have been said; None where it is undated. `denied` is
    the account that the words deny where the denial is read as another answer.
    """

    speaker: Speaker | None
    publisher: Publisher
    version: Version
    stance: Stance
    said: EdtfDate | None
    day: Day | None
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
    return [_cited(account, citation, registers) for account, citation in claim.citations()]


def _cited(account: Account, citation: Citation, registers: Registers) -> Cited:
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
        root=_root(citation, names, document),
        hand=_hand(citation, speakers, publisher),
    )


def _root(citation: Citation, speakers: tuple[str, ...], document: Document) -> Root:
    if speakers:
        # A joint statement is one origin, in whatever order its speakers were entered.
        return Root("speaker", speakers if len(speakers) == 1 else tuple(sorted(speakers)))
    # The first agency, where the words entered the news; those after it and the outlet passed them
    # on.
    agencies = citation.relayed_by or document.credits
    return Root("publisher", (agencies[0] if agencies else document.publisher,))


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


def versions(claim: Claim, evidence: Iterable[Cited]) -> dict[str, Version]:
    """Every account by id, with its answer and its moment.

    A count that grows, given without a day of its own, holds as of the day it was first given.
    """
    given = _first_given(evidence) if claim.counting == "cumulative" else {}
    return {
        account.id: Version(
            answer=parse_answer(claim, account),
            moment=parse_date(account.as_of) if account.as_of else given.get(account.id),
            account=account,
            rank=rank,
            counted=(account.unit or "", account.measure or "", account.scope or ""),
        )
        for rank, account in enumerate(claim.accounts)
    }


def _first_given(evidence: Iterable[Cited]) -> dict[str, EdtfDate]:
    """For each account the day on which it was first affirmed or denied, where that is known."""
    first: dict[str, tuple[Bounds, EdtfDate]] = {}
    for item in evidence:
        if item.said and item.said.latest and item.citation.stance in ("asserts", "denies"):
            # By the day that is over first: “on the 5th” was surely given before “in October” was,
            # which may mean the 31st.
            candidate = (bounds(item.said)[::-1], item.said)
            known = first.get(item.account.id)
            if known is None or candidate[0] < known[0]:
                first[item.account.id] = candidate
    return {name: said for name, (_, said) in first.items()}


Bounds = tuple[tuple[int, ...], tuple[int, ...]]


def bounds(date: EdtfDate | None) -> Bounds:
    """The first and the last day of a date, to sort and to group by; empty where there is none.

    Two ways of writing one day have the same bounds.
    """
    if date is None:
        return (), ()
    return date.earliest or (), date.latest or ()


# Who speaks, when, how, and on which occasion.
_Key = tuple[str, Bounds, str, str]


def statements(evidence: Iterable[Cited], known: dict[str, Version]) -> list[Statement]:
    """The statements that citations amount to, by account; their order is not the citations'."""
    by_account: dict[str, list[Cited]] = {name: [] for name in known}
    for item in evidence:
        by_account[item.account.id].append(item)
    made: list[Statement] = []
    for name, items in by_account.items():
        made += _statements_on(known[name], items)
    return made


def _statements_on(version: Version, items: Iterable[Cited]) -> list[Statement]:
    groups: dict[_Key, tuple[Speaker | None, list[Cited]]] = {}
    for item in items:
        # A joint statement is one of each of its speakers, so that each side has its own to hold.
        for speaker in item.speakers or (None,):
            key = _statement_key(speaker, item)
            same = groups.get(key)
            if same:
                same[1].append(item)
            else:
                groups[key] = speaker, [item]
    return [_statement(version, *groups[key]) for key in sorted(groups)]


def _statement_key(speaker: Speaker | None, item: Cited) -> _Key:
    citation = item.citation
    who = f"speaker {speaker.id}" if speaker else f"publisher {item.publisher.id}"
    # By the bounds of its day and not its text: two ways of writing one day are one statement.
    return (who, bounds(item.said), citation.stance, citation.occasion or "")


def _statement(version: Version, speaker: Speaker | None, items: list[Cited]) -> Statement:
    if len(items) > 1:
        # By id, as which of them is first must not depend on the order of citations.
        items.sort(key=lambda item: item.citation.id)
    first = items[0]
    citation, said = first.citation, first.said
    return Statement(
        speaker=speaker,
        publisher=first.publisher,
        version=version,
        stance=citation.stance,
        said=said,
        day=said.latest if said else None,
        occasion=citation.occasion,
        citations=tuple([item.citation.id for item in items]),
        evidence=tuple(items),
    )
