"""What a reader must know beside the state: dissent, shifts, and how far sources stand off."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from app.domain.disagreement.comparison import Dissent, Flag
from app.domain.disagreement.dissents import differing_reports
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.positions import Clashing
from app.domain.disagreement.statements import Cited, Statement

_ORDER: tuple[Flag, ...] = get_args(Flag)
_ON_BOTH = ("against-interest", "count-fell", "own-voice-drift", "reports-differ", "undated")


def claim_flags(
    findings: Findings, by_account_flags: dict[str, tuple[Flag, ...]], found: Iterable[Dissent]
) -> tuple[Flag, ...]:
    """The flags of the whole claim, in one fixed order."""
    raised: set[Flag] = {dissent.kind for dissent in found}
    for flags in by_account_flags.values():
        raised.update(flag for flag in flags if flag in _ON_BOTH)
    if any(stand.shifts for stand in findings.all_stands()):
        raised.add("shifted")
    if _applied_overrules(findings):
        raised.add("overruled")
    answering = findings.answering()
    if answering and not any(findings.is_official(side) for side in answering):
        raised.add("unofficial-only")
    raised.update(_distance_flags(findings.evidence))
    return tuple(flag for flag in _ORDER if flag in raised)


def account_flags(findings: Findings) -> dict[str, tuple[Flag, ...]]:
    """The flags of each account that has any, in one fixed order."""
    fallen = fallen_counts(findings)
    differing = {name for pair in differing_reports(findings) for name in _accounts_of(pair)}
    overruled = {name for o in _applied_overrules(findings) for name in o}
    flags = {}
    for account_id, evidence in _by_account(findings.evidence).items():
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
    by_root: dict[object, list[Statement]] = defaultdict(list)
    for s in findings.statements:
        if s.stance == "asserts" and s.version.moment and s.version.moment.latest:
            for root in s.roots:
                by_root[root].append(s)
    fallen = set()
    for counts in by_root.values():
        counts.sort(
            key=lambda s: (s.version.moment.latest if s.version.moment else None, s.version.rank)
        )
        for earlier, later in itertools.pairwise(counts):
            if findings.judge.within(earlier.version, later.version).rule == "count-fell":
                fallen.add(later.version.account.id)
    return fallen


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


def _by_account(evidence: Iterable[Cited]) -> dict[str, list[Cited]]:
    groups: dict[str, list[Cited]] = defaultdict(list)
    for item in evidence:
        groups[item.account.id].append(item)
    return groups


def _against_interest(findings: Findings, item: Cited) -> bool:
    if item.citation.stance != "asserts":
        return False
    harmed = {*item.account.harms, *findings.claim.losses_of}
    return any(speaker.side in harmed for speaker in item.speakers)


def _only_unofficial(evidence: Sequence[Cited]) -> bool:
    speakers = [speaker for item in evidence for speaker in item.speakers]
    return bool(speakers) and not any(speaker.is_official for speaker in speakers)


def _applied_overrules(findings: Findings) -> list[tuple[str, ...]]:
    seen = {item.account.id for item in findings.evidence}
    return [tuple(overrule.accounts) for overrule in findings.judge.overrules(seen)]


def _accounts_of(clash: Clashing) -> tuple[str, str]:
    return clash.left[0].version.account.id, clash.right[0].version.account.id
