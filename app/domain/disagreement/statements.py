"""From citations to statements: who said what on which day, and where the information came from.

Citations by one speaker for one account on one day are one statement, however many outlets
carried it. The root of a citation is where its information came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.domain.answers import Answer, parse_answer
from app.domain.claims import Account, Citation, Claim, Stance
from app.domain.dates import Day, EdtfDate, parse_date
from app.domain.registers import Document, Publisher, Registers, Speaker

Hand = Literal["first", "second", "third"]


class Root(NamedTuple):
    """Where information came from: speakers (joint ones together), an agency or a publisher."""

    kind: Literal["speaker", "publisher"]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """An account with its typed answer, its place among the accounts, and the day it speaks of.

    `moment` is the day or interval as of which a count or a state holds; None where the claim
    has no moments, or this account's is not known.
    """

    account: Account
    answer: Answer | None
    rank: int
    moment: EdtfDate | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker (none: a publisher in its own voice) said of one account on one day.

    `day` is the latest day on which it can have been said, None where it is undated.
    `denied` is the account that the words deny where a denial stands for another answer.
    """

    speaker: Speaker | None
    publisher: Publisher
    version: Version
    stance: Stance
    said: EdtfDate | None
    occasion: str | None
    citations: tuple[str, ...]
    roots: frozenset[Root]
    denied: str | None = None

    @property
    def day(self) -> Day | None:
        """The latest day on which it can have been said."""
        return self.said.latest if self.said else None

    @property
    def side(self) -> str | None:
        """The side of the speaker; of the publisher where it speaks in its own voice."""
        return self.speaker.side if self.speaker else self.publisher.side


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation within its account, with the register entries that it rests on."""

    account: Account
    citation: Citation
    speakers: tuple[Speaker, ...]
    document: Document
    publisher: Publisher

    @property
    def said(self) -> EdtfDate | None:
        """When it was said, or None where that is not known."""
        return parse_date(self.citation.said) if self.citation.said else None

    @property
    def root(self) -> Root:
        """Where its information came from (see `Root`)."""
        if self.speakers:
            return Root("speaker", tuple(sorted(speaker.id for speaker in self.speakers)))
        agencies = self.citation.relayed_by or self.document.credits
        return Root("publisher", (agencies[0] if agencies else self.publisher.id,))

    @property
    def hand(self) -> Hand:
        """How far the publisher stands from the speaker."""
        if self.publisher.kind == "encyclopedia":
            return "third"
        own_channel = any(self.publisher.id in speaker.channels for speaker in self.speakers)
        return "first" if own_channel and not self.citation.according_to else "second"


def cited(claim: Claim, registers: Registers) -> list[Cited]:
    """Every citation of a claim with what it refers to, in file order."""
    return [
        Cited(
            account,
            citation,
            tuple(registers.speakers[name] for name in citation.all_speakers),
            registers.documents[citation.document],
            registers.publisher_of(citation.document),
        )
        for account, citation in claim.citations()
    ]


def versions(claim: Claim, evidence: Iterable[Cited]) -> dict[str, Version]:
    """Every account by id, with its answer and its moment.

    A count that grows, given without a day of its own, holds as of the day it was first given.
    """
    first_said: dict[str, EdtfDate] = {}
    if claim.counting == "cumulative":
        for item in evidence:
            said, known = item.said, first_said.get(item.account.id)
            if said and said.latest and (not known or said.latest < (known.latest or said.latest)):
                first_said[item.account.id] = said
    return {
        account.id: Version(
            account,
            parse_answer(claim, account),
            rank,
            parse_date(account.as_of) if account.as_of else first_said.get(account.id),
        )
        for rank, account in enumerate(claim.accounts)
    }


def statements(evidence: Iterable[Cited], known: dict[str, Version]) -> list[Statement]:
    """The statements that citations amount to, in an order that does not depend on theirs."""
    groups: dict[tuple[str, ...], list[tuple[Speaker | None, Cited]]] = defaultdict(list)
    for item in evidence:
        for speaker in item.speakers or (None,):
            groups[_statement_key(speaker, item)].append((speaker, item))
    merged = [_merge(group, known) for _, group in sorted(groups.items())]
    merged.sort(key=lambda statement: statement.version.rank)
    return merged


def _statement_key(speaker: Speaker | None, item: Cited) -> tuple[str, ...]:
    citation = item.citation
    who = f"speaker {speaker.id}" if speaker else f"publisher {item.publisher.id}"
    return (item.account.id, who, citation.said or "", citation.stance, citation.occasion or "")


def _merge(group: list[tuple[Speaker | None, Cited]], known: dict[str, Version]) -> Statement:
    speaker, first = min(group, key=lambda pair: pair[1].citation.id)
    return Statement(
        speaker=speaker,
        publisher=first.publisher,
        version=known[first.account.id],
        stance=first.citation.stance,
        said=first.said,
        occasion=first.citation.occasion,
        citations=tuple(sorted(item.citation.id for _, item in group)),
        roots=frozenset(item.root for _, item in group),
    )
