"""What a change of a claim would do to its comparison, as messages for any language.

A message names the bodies whose statements it rests on, and never says who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from app.domain.disagreement.comparison import (
    ClashFound,
    Comparison,
    GapSize,
    Message,
    PairRelation,
    SidePosition,
)
from app.domain.disagreement.messages import Arguments, answer_arguments
from app.domain.records.claims import Claim
from app.domain.records.registers import Body, Registers, Side, Speaker


def effects(
    before: Comparison | None, after: Comparison, claim: Claim, registers: Registers
) -> tuple[Message, ...]:
    """What would be otherwise after a change; `claim` and `registers` are as they would be.

    `before` is None for a claim that is new. The state comes first, then how sides would relate to
    each other, what each would hold, how far they would lie apart, and on what accounts would rest.
    Empty where nothing of this would change.
    """
    change = _Change(before, after, claim, registers)
    return tuple(change.messages())


class _Change:
    """A comparison before and after a change, with the names that messages give."""

    def __init__(
        self, before: Comparison | None, after: Comparison, claim: Claim, registers: Registers
    ) -> None:
        self._before = before
        self._after = after
        self._claim = claim
        self._registers = registers
        self._citations = {citation.id: citation for _, citation in claim.citations()}
        self._accounts = {
            account.id: answer_arguments(account, claim) for account in claim.accounts
        }

    def messages(self) -> Iterator[Message]:
        """What would be otherwise, part by part; of a new claim its state and its pairs."""
        before, after = self._before, self._after
        if before is None or before.state != after.state:
            yield Message(id="would-be", arguments={"state": after.state})
        yield from self._pairs(before.relations if before else ())
        if before:
            yield from self._positions(before)
            yield from self._gap(before.gap)
            yield from self._origins(before)

    def _pairs(self, before: Sequence[PairRelation]) -> Iterator[Message]:
        """How two sides would relate to each other, where that would be new."""
        earlier = {(pair.left, pair.right): pair.relation for pair in before}
        for pair in self._after.relations:
            # A pair that was not there was silent: so of a new claim only sides that answer are
            # named.
            known = earlier.get((pair.left, pair.right), "silent")
            if known == pair.relation:
                continue
            ends = {
                "left": self._holders(pair.left, pair),
                "right": self._holders(pair.right, pair),
            }
            # The end of a conflict is said by itself, for it is what a moderator must not overlook;
            # what the relation becomes can be as weak as `silent`.
            if known == "conflict":
                yield Message(id="would-relate", arguments={"relation": "no-conflict", **ends})
            yield Message(id="would-relate", arguments={"relation": pair.relation, **ends})

    def _positions(self, before: Comparison) -> Iterator[Message]:
        """What each side would hold, where that would be new."""
        silent = SidePosition(position="silent")
        for side, position in self._after.positions.items():
            then, now = self._held(position), self._held(before.positions.get(side, silent))
            if then != now:
                name = _named("side", self._registers.sides[side])
                yield Message(id="would-hold", arguments={"side": name, "then": then, "now": now})

    def _gap(self, before: GapSize | None) -> Iterator[Message]:
        """How far the sides would lie apart, where that would be new."""
        after = self._after.gap
        if before != after:
            ends = {"then": _distance(after), "now": _distance(before), "unit": self._claim.unit}
            yield Message(id="would-lie-apart", arguments=ends)

    def _origins(self, before: Comparison) -> Iterator[Message]:
        """On how many citations and origins an account would rest, where that would be new."""
        for account in self._claim.accounts:
            now, then = before.origins.get(account.id), self._after.origins.get(account.id)
            if then and then != now:
                counts = {"then": then.model_dump(), "now": now.model_dump() if now else None}
                arguments = {"account": self._accounts[account.id], **counts}
                yield Message(id="would-rest", arguments=arguments)

    def _holders(self, side: str, pair: PairRelation) -> list[Arguments]:
        """The bodies, or else the speakers, on whose words the relation of two sides rests."""
        ends = {pair.left, pair.right}
        clashes = [c for c in self._after.clashes if {c.left.side, c.right.side} == ends]
        cited = list(_citations_of(side, clashes)) or self._after.positions[side].citations
        speakers = [
            self._registers.speakers[speaker]
            for key in dict.fromkeys(cited)
            for speaker in self._citations[key].all_speakers
            # A joint statement has speakers of several sides; the sentence is about one of them.
            if self._registers.speakers[speaker].side == side
        ]
        # Only an official's words are those of a body: a party or a witness is named itself.
        bodies = [s.speaks_for for s in speakers if s.is_official and s.speaks_for]
        named = [_named("body", self._registers.bodies[key]) for key in dict.fromkeys(bodies)]
        named = named or _once([_named("speaker", speaker) for speaker in speakers])
        return named or [_named("side", self._registers.sides[side])]

    def _held(self, position: SidePosition) -> Arguments:
        """What a side holds, as far as a sentence says it."""
        shown: tuple[str, ...] = ()
        if position.position in ("holds", "divided"):
            shown = position.accounts
        elif position.position == "denies":
            shown = position.denies
        unknown = {"kind": "text", "answer": None}  # an account that the change takes out
        accounts = [self._accounts.get(key, {**unknown, "wording": key}) for key in shown]
        return {"position": position.position, "accounts": accounts}


def _named(kind: str, entry: Body | Side | Speaker) -> Arguments:
    return {"kind": kind, "id": entry.id, "name": entry.name}


def _once(named: Iterable[Arguments]) -> list[Arguments]:
    """Each name once, as two speakers of one name look the same in a sentence."""
    return list({each["name"]: each for each in named}.values())


def _distance(gap: GapSize | None) -> Arguments | None:
    return asdict(gap) if gap else None


def _citations_of(side: str, clashes: Iterable[ClashFound]) -> Iterator[str]:
    for clash in clashes:
        for end in (clash.left, clash.right):
            if end.side == side:
                yield from end.citations
