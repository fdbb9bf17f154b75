"""What a reader must know beside the state: dissent, shifts, and how far sources stand off."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from app.domain.disagreement.comparison import Flag
from app.domain.disagreement.dissents import Parting
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.statements import Cited, Root, Version

_ORDER: tuple[Flag, ...] = get_args(Flag)
_ON_BOTH = ("against-interest", "count-fell", "own-voice-drift", "reports-differ", "undated")


def claim_flags(
    findings: Findings, by_account: dict[str, tuple[Flag, ...]], parted: Iterable[Parting]
) -> tuple[Flag, ...]:
    """The flags of the whole claim, in one fixed order."""
    raised: set[Flag] = {parting.kind for parting in parted}
    for flags in by_account.values():
        raised.update(flag for flag in flags if flag in _ON_BOTH)
    if findings.shifts:
        raised.add("shifted")
    if _applied_overrules(findings):
        raised.add("overruled")
    answering = findings.answering()
    if answering and not any(findings.is_official(side) for side in answering):
        raised.add("unofficial-only")
    raised.update(_distance_flags(list(itertools.chain(*findings.evidence.values()))))
    return tuple(flag for flag in _ORDER if flag in raised)


def account_flags(findings: Findings, parted: Iterable[Parting]) -> dict[str, tuple[Flag, ...]]:
    """The flags of each account that has any, in one fixed order."""
    fallen = fallen_counts(findings)
    reports = [parting.clash for parting in parted if parting.kind == "reports-differ"]
    differing = {end.account for clash in reports for end in (clash.left, clash.right)}
    overruled = {name for o in _applied_overrules(findings) for name in o}
    flags = {}
    for account_id, evidence in findings.evidence.items():
        raised: set[Flag] = set(_distance_flags(evidence))
        marks: tuple[tuple[Flag, bool], ...] = (
            ("against-interest", any(_against_interest(findings, item) for item in evidence)),
            ("count-fell", account_id in fallen),
            ("reports-differ", account_id in differing),
            ("undated", any(item.said is None for item in evidence)),
            ("overruled", account_id in overruled),
            ("own-voice-drift", any(item.citation.own_voice_drift for item in evidence)),
            ("unofficial-only", _only_unofficial(evidence)),
        )
        raised.update(flag for flag, holds in marks if holds)
        if raised:
            flags[account_id] = tuple(flag for flag in _ORDER if flag in raised)
    return flags


def fallen_counts(findings: Findings) -> set[str]:
    """Accounts whose count lies below an earlier one from the same root."""
    if findings.claim.counting != "cumulative":
        return set()
    roots: dict[str, set[Root]] = defaultdict(set)
    for statement in findings.statements:
        if statement.stance == "asserts":
            roots[statement.version.account.id] |= statement.roots
    counted = [findings.versions[name] for name in roots]
    return {
        _later(one, other).account.id
        for one, other in itertools.combinations(counted, 2)
        if findings.judge.within(one, other).rule == "count-fell"
        and roots[one.account.id] & roots[other.account.id]
    }


def _later(one: Version, other: Version) -> Version:
    return other if one.moment and other.moment and one.moment.precedes(other.moment) else one


def _distance_flags(evidence: Sequence[Cited]) -> Iterator[Flag]:
    if not evidence:
        return
    if len({item.root for item in evidence}) == 1:
        yield "single-origin"
    hands = {item.hand for item in evidence}
    if hands == {"third"}:
        yield "third-hand-only"
    elif "first" not in hands:
        yield "second-hand-only"


def _against_interest(findings: Findings, item: Cited) -> bool:
    if item.citation.stance != "asserts":
        return False
    harmed = {*item.account.harms, *findings.claim.losses_of}
    return any(speaker.side in harmed for speaker in item.speakers)


def _only_unofficial(evidence: Sequence[Cited]) -> bool:
    speakers = [speaker for item in evidence for speaker in item.speakers]
    return bool(speakers) and not any(speaker.is_official for speaker in speakers)


def _applied_overrules(findings: Findings) -> list[tuple[str, ...]]:
    return [overrule.accounts for overrule in findings.judge.overrules(findings.evidence)]
