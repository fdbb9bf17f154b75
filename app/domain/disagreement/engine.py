"""`compare`: who differs from whom, on what, by how much, since when, and by which rule.

It never says who is right. It is pure and total: every claim that passes the checks has a
comparison, the order of citations never matters, and what was said after `as_known_on` is unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.domain.claims import Claim
from app.domain.dates import Day
from app.domain.disagreement.comparison import (
    ClashFound,
    Comparison,
    Origins,
    Overruled,
    PairRelation,
    SidePosition,
    State,
)
from app.domain.disagreement.dissents import clash_side, dissents, gap_size, shifts_found
from app.domain.disagreement.english import sentences
from app.domain.disagreement.explanations import explain
from app.domain.disagreement.findings import Findings, find
from app.domain.disagreement.flags import account_flags, claim_flags
from app.domain.disagreement.pairs import Pair
from app.domain.disagreement.statements import Cited, Statement
from app.domain.registers import Registers


def compare(
    claim: Claim, registers: Registers, sides: Sequence[str], as_known_on: Day | None = None
) -> Comparison:
    """Compare the accounts of a claim between `sides`, in the dossier's order.

    With `as_known_on`, only statements said on or before that day are seen, an imprecise one
    from its latest day on; undated ones are left out and counted. `registers` must hold every
    entry that the claim names.
    """
    findings = find(claim, registers, sides, as_known_on)
    state = _state(findings)
    clashes = _clashes(findings)
    found = dissents(findings)
    by_account = account_flags(findings)
    shifts = shifts_found(findings)
    overruled = _overruled(findings)
    messages = explain(findings, state, clashes, found, shifts, overruled)
    gaps = [clash.gap for clash in clashes if clash.gap]
    return Comparison(
        state=state,
        flags=claim_flags(findings, by_account, found),
        account_flags=by_account,
        as_known_on=as_known_on.isoformat() if as_known_on else None,
        undated_left_out=findings.undated_left_out,
        positions={side: _position(findings, side) for side in findings.sides},
        relations=tuple(_relation(names, pair) for names, pair in findings.pairs.items()),
        clashes=clashes,
        dissents=found,
        shifts=shifts,
        overruled=overruled,
        gap=max(gaps, key=lambda gap: gap.difference, default=None),
        origins=_origins(findings),
        messages=messages,
        explanations=sentences(messages),
    )


def _state(findings: Findings) -> State:
    pairs = findings.pairs.values()
    answering = findings.answering()
    if any(pair.kind == "conflict" for pair in pairs):
        return "disputed"
    if len(answering) >= 2:
        return "agreed" if any(pair.comparable for pair in pairs) else "incomparable"
    if answering:
        return "one-sided"
    if findings.outside() or any(s.stance == "asserts" for s in findings.own_voices()):
        return "outside-only"
    return "no-account"


def _position(findings: Findings, side: str) -> SidePosition:
    stand = findings.stands[side]
    statements = stand.statements
    speakers = [s.speaker for s in statements if s.speaker]
    official = findings.is_official(side)
    return SidePosition(
        position=stand.kind,
        accounts=_accounts(stand.affirmed),
        denies=_accounts(stand.denied),
        bodies=tuple(sorted({s.speaks_for for s in speakers if s.is_official and s.speaks_for})),
        speakers=tuple(sorted({speaker.id for speaker in speakers})),
        standing=("official" if official else "unofficial") if speakers else None,
        since=stand.since.isoformat() if stand.since else None,
        searched=any(search.side == side for search in findings.claim.searched),
        third_hand=_all_third_hand(findings, statements),
        citations=tuple(sorted({name for s in statements for name in s.citations})),
    )


def _accounts(statements: Sequence[Statement]) -> tuple[str, ...]:
    ordered = sorted(statements, key=lambda s: s.version.rank)
    return tuple(dict.fromkeys(s.version.account.id for s in ordered))


def _all_third_hand(findings: Findings, statements: Sequence[Statement]) -> bool:
    names = {name for s in statements for name in s.citations}
    hands = {item.hand for item in findings.evidence if item.citation.id in names}
    return hands == {"third"}


def _relation(names: tuple[str, str], pair: Pair) -> PairRelation:
    left, right = names
    not_comparable = pair.kind == "not-comparable"
    return PairRelation(
        left=left,
        right=right,
        relation=pair.kind,
        rule=None if not_comparable else pair.rule,
        reason=pair.rule if not_comparable else None,
    )


def _clashes(findings: Findings) -> tuple[ClashFound, ...]:
    return tuple(
        ClashFound(
            left=clash_side(left, clash.left),
            right=clash_side(right, clash.right),
            rule=clash.relation.rule,
            gap=gap_size(clash.relation.gap),
        )
        for (left, right), pair in findings.pairs.items()
        for clash in pair.clashes
    )


def _overruled(findings: Findings) -> tuple[Overruled, ...]:
    seen = {item.account.id for item in findings.evidence}
    found = []
    for overrule in findings.judge.overrules(seen):
        left, right = (findings.versions[name] for name in overrule.accounts)
        ruled = findings.judge.computed(left, right)
        decision = overrule.model_dump()
        found.append(Overruled(**decision, instead_of=ruled.kind, rule=ruled.rule))
    return tuple(found)


def _origins(findings: Findings) -> dict[str, Origins]:
    groups: dict[str, list[Cited]] = defaultdict(list)
    for item in findings.evidence:
        groups[item.account.id].append(item)
    return {
        name: Origins(citations=len(items), origins=len({item.root for item in items}))
        for name, items in groups.items()
    }
