"""What a reader must know beside the state: dissent, shifts, and how direct the sources are."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import get_args

from app.domain.disagreement.comparison import Flag
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.internal_clashes import InternalClash
from app.domain.disagreement.statements import Cited, Hand, Root, Version
from app.domain.records.registers import Speaker

_ORDER: tuple[Flag, ...] = get_args(Flag)
# Flags of one account that a reader of the claim must know too. The others are asked of the whole
# claim again: that one account has a single origin says nothing of the rest.
_ON_BOTH = ("against-interest", "count-fell", "own-voice-drift", "reports-differ", "undated")


def claim_flags(
    findings: Findings, by_account: dict[str, tuple[Flag, ...]], internal: Iterable[InternalClash]
) -> tuple[Flag, ...]:
    """The flags of the whole claim, in one fixed order."""
    raised: set[Flag] = {dissent.kind for dissent in internal}
    for flags in by_account.values():
        raised.update(flag for flag in flags if flag in _ON_BOTH)
    if findings.shifts:
        raised.add("shifted")
    if _applied_overrules(findings):
        raised.add("overruled")
    answering = findings.answering()
    if answering and not any(findings.is_official(side) for side in answering):
        raised.add("unofficial-only")
    evidence = findings.evidence.values()
    roots = {root for one in evidence for root in one.roots}
    raised.update(_distance_flags(roots, {hand for one in evidence for hand in one.hands}))
    return _in_order(raised)


def account_flags(
    findings: Findings, internal: Iterable[InternalClash]
) -> dict[str, tuple[Flag, ...]]:
    """The flags of each account that has any, in one fixed order."""
    fallen = fallen_counts(findings)
    reports = [dissent.clash for dissent in internal if dissent.kind == "reports-differ"]
    differing = {end.account for clash in reports for end in (clash.left, clash.right)}
    overruled = {name for o in _applied_overrules(findings) for name in o}
    flags = {}
    for name, evidence in findings.evidence.items():
        raised = _source_flags(evidence.cited, findings)
        raised.update(_distance_flags(evidence.roots, evidence.hands))
        if name in fallen:
            raised.add("count-fell")
        if name in differing:
            raised.add("reports-differ")
        if name in overruled:
            raised.add("overruled")
        if raised:
            flags[name] = _in_order(raised)
    return flags


def _in_order(raised: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(sorted(raised, key=_ORDER.index))


def fallen_counts(findings: Findings) -> set[str]:
    """Accounts whose count lies below an earlier one from the same root."""
    if findings.claim.counting != "cumulative":
        return set()
    # All statements, not the current ones: a later count takes the place of the earlier, so that a
    # fall could not be seen among what is current.
    roots: dict[str, set[Root]] = defaultdict(set)
    for statement in findings.statements:
        if statement.stance == "asserts":
            roots[statement.version.account.id] |= statement.roots
    counted = [findings.versions[name] for name in roots]
    return {
        _later(one, other).account.id
        for one, other in itertools.combinations(counted, 2)
        if findings.judge.within(one, other).rule == "count-fell"
        # One root: a lower count by somebody else is a difference, not a count that fell.
        and roots[one.account.id] & roots[other.account.id]
    }


def _later(one: Version, other: Version) -> Version:
    return other if one.moment and other.moment and one.moment.precedes(other.moment) else one


def _distance_flags(roots: Collection[Root], hands: Collection[Hand]) -> Iterator[Flag]:
    if len(roots) == 1:
        yield "single-origin"
    if hands == {"third"}:
        yield "third-hand-only"
    elif hands and "first" not in hands:
        yield "second-hand-only"


def _source_flags(cited: Sequence[Cited], findings: Findings) -> set[Flag]:
    """What the citations of one account say of themselves."""
    # Affirming losses of one's own is against interest without a curator's word; `harms` is for
    # what is no toll.
    harmed = {*cited[0].account.harms, *findings.claim.losses_of}
    raised: set[Flag] = set()
    speakers: list[Speaker] = []
    for item in cited:
        speakers += item.speakers
        if item.said is None:
            raised.add("undated")
        # Set by a curator alone: no rule can see that a page reports a party's version as plain
        # fact.
        if item.citation.own_voice_drift:
            raised.add("own-voice-drift")
        # Denying what harms one's side is in its interest, whatever the account says.
        if harmed and item.citation.stance == "asserts" and _speaks_for(harmed, item):
            raised.add("against-interest")
    if speakers and not any(speaker.is_official for speaker in speakers):
        raised.add("unofficial-only")
    return raised


def _speaks_for(sides: Collection[str], item: Cited) -> bool:
    return any(speaker.side in sides for speaker in item.speakers)


def _applied_overrules(findings: Findings) -> list[tuple[str, ...]]:
    return [overrule.accounts for overrule in findings.judge.overrules(findings.evidence)]
