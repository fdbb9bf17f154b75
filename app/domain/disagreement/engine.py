"""`compare`: who differs from whom, on what, by how much, since when, and by which rule.

It never says who is right. It is pure and total: every claim that passes the checks has a
comparison, the order of citations never matters, and what was said after `as_known_on` is unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from app.domain.disagreement.clashes import AccountSupport, Clashing
from app.domain.disagreement.comparison import (
    ClashFound,
    ClashSide,
    Comparison,
    Dissent,
    GapSize,
    Origins,
    Overruled,
    PairRelation,
    ShiftFound,
    SidePosition,
    State,
)
from app.domain.disagreement.findings import (
    Findings,
    InternalClash,
    find,
    internal_clashes,
    shifts_in_order,
    side_of,
)
from app.domain.disagreement.flags import account_flags, claim_flags
from app.domain.disagreement.histories import Shift
from app.domain.disagreement.messages import explain
from app.domain.disagreement.positions import Pair
from app.domain.disagreement.relations import Gap, length
from app.domain.disagreement.statements import Statement
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day


def compare(
    claim: Claim, registers: Registers, dossier: Dossier, as_known_on: Day | None = None
) -> Comparison:
    """Compare the accounts of a claim between the sides of its dossier, in their order.

    With `as_known_on`, only statements said on or before that day are seen, an imprecise one
    from its latest day on; undated ones are left out and counted. `registers` must hold every
    entry that the claim names.
    """
    findings = find(claim, registers, dossier, as_known_on)
    state = _state(findings)
    serialize = Serializer()
    clashes = tuple(
        serialize.clash(left, right, clash)
        for (left, right), pair in findings.pairs.items()
        for clash in pair.clashes
    )
    internal = internal_clashes(findings)
    shifts = shifts_in_order(findings)
    overruled = _overruled(findings)
    by_account = account_flags(findings, internal)
    gaps = [c.relation.gap for pair in findings.pairs.values() for c in pair.clashes]
    widest = max((gap for gap in gaps if gap), key=length, default=None)
    return Comparison(
        state=state,
        flags=claim_flags(findings, by_account, internal),
        account_flags=by_account,
        as_known_on=as_known_on.isoformat() if as_known_on else None,
        undated_left_out=findings.undated_left_out,
        positions={side: _position(findings, side) for side in findings.sides},
        relations=tuple(pair_relation(names, pair) for names, pair in findings.pairs.items()),
        clashes=clashes,
        dissents=tuple(map(serialize.dissent, internal)),
        shifts=tuple([serialize.shift(s, side_of(s.later, findings)) for s in shifts]),
        overruled=overruled,
        gap=serialize.gap(widest),
        origins=_origins(findings),
        superseded=_superseded(findings),
        messages=explain(findings, state, internal, shifts, overruled),
    )


def _state(findings: Findings) -> State:
    # Asked in the order of the table of states: one conflict outweighs any number of agreeing
    # pairs, and two answers that cannot be compared are not called agreement.
    pairs = findings.pairs.values()
    answering = findings.answering()
    if any(pair.kind == "conflict" for pair in pairs):
        return "disputed"
    if len(answering) >= 2:
        return "agreed" if any(pair.comparable for pair in pairs) else "incomparable"
    if answering:
        return "one-sided"
    return "outside-only" if findings.beside_the_sides() else "no-account"


def _position(findings: Findings, side: str) -> SidePosition:
    position = findings.positions[side]
    statements = position.statements
    speakers = [s.speaker for s in statements if s.speaker]
    official = [speaker for speaker in speakers if speaker.is_official]
    return SidePosition(
        position=position.kind,
        accounts=position.held.affirmed,
        denies=position.held.denied,
        bodies=tuple(sorted({s.speaks_for for s in official if s.speaks_for})),
        speakers=tuple(sorted({speaker.id for speaker in speakers})),
        # None where nobody spoke: a silent side is neither official nor unofficial.
        standing=("official" if official else "unofficial") if speakers else None,
        since=position.since,
        reported=position.is_reported,
        # Only a searched silence is a finding; anything else may be a gap in our work.
        searched=any(search.side == side for search in findings.claim.searched),
        third_hand=_all_third_hand(statements),
        citations=tuple(sorted({name for s in statements for name in s.citations})),
    )


def _all_third_hand(statements: Sequence[Statement]) -> bool:
    return {item.hand for s in statements for item in s.evidence} == {"third"}


def _overruled(findings: Findings) -> tuple[Overruled, ...]:
    found = []
    for overrule in findings.judge.overrules(findings.evidence):
        left, right = (findings.versions[name] for name in overrule.accounts)
        # What the rule said stays on record, so that a reader can see what the curator changed.
        ruled = findings.judge.computed(left, right)
        decision = overrule.model_dump()
        found.append(Overruled(**decision, instead_of=ruled.kind, rule=ruled.rule))
    return tuple(found)


def _origins(findings: Findings) -> dict[str, Origins]:
    return {
        name: Origins(citations=len(evidence.cited), origins=len(evidence.roots))
        for name, evidence in findings.evidence.items()
    }


def _superseded(findings: Findings) -> tuple[str, ...]:
    positions = (*findings.positions.values(), *findings.unofficial.values())
    held = chain(findings.outside.statements(), *(p.held.statements() for p in positions))
    # By who holds what: whoever says the same again later holds it still.
    current = {_held_by(statement) for statement in held}
    # Own voices are never superseded: a publisher's pages are no answers of one speaker that
    # changed.
    outranked = (
        s
        for s in findings.statements
        if s.speaker and not s.is_evasive and _held_by(s) not in current
    )
    return tuple(sorted(chain.from_iterable(statement.citations for statement in outranked)))


def _held_by(statement: Statement) -> tuple[str, str, bool]:
    speaker = statement.speaker.id if statement.speaker else ""
    return speaker, statement.version.account.id, statement.denies


def pair_relation(names: tuple[str, str], pair: Pair) -> PairRelation:
    """How two sides relate to each other, as a comparison shows it."""
    left, right = names
    not_comparable = pair.kind == "not-comparable"
    return PairRelation(
        left=left,
        right=right,
        relation=pair.kind,
        rule=None if not_comparable else pair.rule,
        reason=pair.rule if not_comparable else None,
    )


class Serializer:
    """What was found in one claim, in the shapes that its comparison shows.

    Each end of a clash and each gap is made once, however many clashes it is in: a large claim has
    a hundred times as many clashes as ends.
    """

    def __init__(self) -> None:
        self._ends: dict[tuple[str, AccountSupport | Statement], ClashSide] = {}
        self._gaps: dict[Gap, GapSize] = {}

    def clash(self, left: str, right: str, found: Clashing) -> ClashFound:
        """A clash between two sides."""
        return ClashFound(
            left=self._end(left, found.left),
            right=self._end(right, found.right),
            rule=found.relation.rule,
            gap=self.gap(found.relation.gap),
        )

    def dissent(self, found: InternalClash) -> Dissent:
        """A clash that makes no relation between compared sides."""
        clash = found.clash
        return Dissent(
            kind=found.kind,
            left=self._end(found.left, clash.left),
            right=self._end(found.right, clash.right),
            rule=clash.relation.rule,
            gap=self.gap(clash.relation.gap),
        )

    def shift(self, shift: Shift, side: str) -> ShiftFound:
        """A change of a speaker of that side."""
        later = shift.later
        return ShiftFound(
            speaker=later.speaker.id if later.speaker else "",
            kind=shift.kind,
            from_=self._end(side, shift.earlier),
            to=self._end(side, later),
            on=later.said.text if later.said else None,
        )

    def _end(self, side: str, end: AccountSupport | Statement) -> ClashSide:
        known = self._ends.get((side, end))
        if known is None:
            known = self._ends[side, end] = ClashSide(
                side=side,
                account=end.version.account.id,
                denies=end.denies,
                citations=end.citations,
            )
        return known

    def gap(self, gap: Gap | None) -> GapSize | None:
        if gap is None:
            return None
        known = self._gaps.get(gap)
        if known is None:
            known = self._gaps[gap] = gap_size(gap)
        return known


def gap_size(gap: Gap) -> GapSize:
    """A gap in JSON's numbers: whole ones where they are whole."""
    # JSON has no decimals: as floats all, a gap of people would be read as 300.0.
    whole = int(gap.difference)
    return GapSize(
        kind=gap.kind,
        difference=whole if whole == gap.difference else float(gap.difference),
        ratio=None if gap.ratio is None else float(gap.ratio),
        by_table=gap.by_table,
    )
