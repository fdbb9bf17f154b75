"""What a change of a claim would do to its comparison, as sentences.

A sentence names the bodies whose statements it rests on, and never says who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.domain.disagreement.comparison import (
    ClashFound,
    Comparison,
    GapSize,
    PairRelation,
    SidePosition,
)
from app.domain.records.answers import Quantity, parse_answer
from app.domain.records.claims import Account, Claim
from app.domain.records.registers import Registers
from app.domain.values.dates import parse_date
from app.domain.values.wording import date_in_words, join, number_in_words

_WOULD = {  # of one holder on each side, and of several on one
    "conflict": ("{left} and {right} would conflict.", "{left} would conflict with {right}."),
    "same": ("{left} and {right} would say the same.", "{left} would say the same as {right}."),
    "compatible": (
        "What {left} and {right} say could both hold.",
        "What {left} say could hold together with what {right} say.",
    ),
    "not-comparable": (
        "What {left} and {right} say could not be compared.",
        "What {left} say could not be compared with what {right} say.",
    ),
    "silent": ("One of {left} and {right} would give no answer.",) * 2,
    "no conflict": (
        "{left} and {right} would no longer conflict.",
        "{left} would no longer conflict with {right}.",
    ),
}
_CLAIM_WOULD = {
    "disputed": "The claim would be disputed.",
    "agreed": "No clash would be found between the compared sides.",
    "incomparable": "No two answers of the compared sides could be compared.",
    "one-sided": "One of the compared sides would answer, and no other.",
    "outside-only": "Only voices from outside the compared sides would answer.",
    "no-account": "Nobody on record would answer.",
}


def effects(
    before: Comparison | None, after: Comparison, claim: Claim, registers: Registers
) -> tuple[str, ...]:
    """What would be otherwise after a change; `claim` and `registers` are as they would be.

    `before` is None for a claim that is new. The state comes first, then how sides would stand to
    each other, what each would hold, how far they would lie apart, and on what accounts would rest.
    Empty where nothing of this would change.
    """
    told = _Telling(claim, registers)
    if before is None:
        sentences = (_CLAIM_WOULD[after.state], *told.pairs((), after))
    else:
        sentences = (
            *(() if before.state == after.state else (_CLAIM_WOULD[after.state],)),
            *told.pairs(before.relations, after),
            *told.positions(before, after),
            *told.gap(before.gap, after.gap),
            *told.origins(before, after),
        )
    return tuple(sentence[:1].upper() + sentence[1:] for sentence in sentences)


class _Telling:
    """The names that sentences are made with."""

    def __init__(self, claim: Claim, registers: Registers) -> None:
        self._claim = claim
        self._registers = registers
        self._citations = {citation.id: citation for _, citation in claim.citations()}
        self._accounts = {account.id: self._in_words(account) for account in claim.accounts}

    def pairs(self, before: Sequence[PairRelation], after: Comparison) -> Iterator[str]:
        """How two sides would stand to each other, where that would be new."""
        earlier = {(pair.left, pair.right): pair.relation for pair in before}
        for pair in after.relations:
            known = earlier.get((pair.left, pair.right), "silent")
            if known == pair.relation:
                continue
            left, right = (self._holders(side, pair, after) for side in (pair.left, pair.right))
            form = 0 if len(left) == len(right) == 1 else 1
            for told in ("no conflict", pair.relation) if known == "conflict" else (pair.relation,):
                yield _WOULD[told][form].format(left=join(left), right=join(right))

    def positions(self, before: Comparison, after: Comparison) -> Iterator[str]:
        """What each side would hold, where that would be new."""
        for side, position in after.positions.items():
            now = before.positions.get(side, SidePosition(position="silent"))
            told, known = self._position(position), self._position(now)
            if told != known:
                name = self._registers.sides[side].name
                yield f"{name}: {told}; until now {known}."

    def gap(self, before: GapSize | None, after: GapSize | None) -> Iterator[str]:
        """How far the sides would lie apart, where that would be new."""
        if before == after:
            return
        told, known = self._distance(after), self._distance(before)
        yield f"The sides would lie {told} apart; until now {known}."

    def origins(self, before: Comparison, after: Comparison) -> Iterator[str]:
        """On how many citations and origins an account would rest, where that would be new."""
        for account in self._claim.accounts:
            now, would = before.origins.get(account.id), after.origins.get(account.id)
            if would and would != now:
                until = f"; until now on {now.citations}, of {now.origins}" if now else ""
                on = _count(would.citations, "citation")
                of = _count(would.origins, "origin")
                yield f"“{self._accounts[account.id]}” would rest on {on} of {of}{until}."

    def _holders(self, side: str, pair: PairRelation, after: Comparison) -> list[str]:
        """The bodies, or else the speakers, on whose words the relation of two sides rests."""
        ends = {pair.left, pair.right}
        clashes = [c for c in after.clashes if {c.left.side, c.right.side} == ends]
        cited = list(_citations_of(side, clashes)) or after.positions[side].citations
        speakers = [
            self._registers.speakers[speaker]
            for key in dict.fromkeys(cited)
            for speaker in self._citations[key].all_speakers
            if self._registers.speakers[speaker].side == side
        ]
        bodies = [s.speaks_for for s in speakers if s.is_official and s.speaks_for]
        names = [self._registers.bodies[key].name for key in dict.fromkeys(bodies)]
        names = names or list(dict.fromkeys(speaker.name for speaker in speakers))
        return names or [self._registers.sides[side].name]

    def _position(self, position: SidePosition) -> str:
        held = [f"“{self._accounts.get(key, key)}”" for key in position.accounts]
        denied = [f"“{self._accounts.get(key, key)}”" for key in position.denies]
        match position.position:
            case "silent":
                return "nothing on record"
            case "declined":
                return "an answer declined"
            case "sidesteps":
                return "words without an answer"
            case "denies":
                return f"a denial of {join(denied)}"
            case "divided":
                return f"divided between {join(held) or 'denials'}"
            case "holds":
                return join(held)

    def _in_words(self, account: Account) -> str:
        """An account in a few words: its wording, or else its answer."""
        if account.wording or account.answer is None:
            return (account.wording or "no answer").strip().removesuffix(".")
        answer = parse_answer(self._claim, account)
        if self._claim.kind == "choice":
            return self._claim.option(account.answer).label
        if self._claim.kind == "date":
            return date_in_words(parse_date(account.answer))
        return number_in_words(account.answer) if isinstance(answer, Quantity) else account.answer

    def _distance(self, gap: GapSize | None) -> str:
        if gap is None:
            return "at no measured distance"
        number = f"{gap.difference:,g}"
        unit = "days" if gap.kind == "days" else self._claim.unit or ""
        return f"{number} {unit}".strip()


def _citations_of(side: str, clashes: Iterable[ClashFound]) -> Iterator[str]:
    for clash in clashes:
        for end in (clash.left, clash.right):
            if end.side == side:
                yield from end.citations


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
