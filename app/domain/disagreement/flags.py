"""What a reader must know beside the state: dissent, shifts, and how direct the sources are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import permutations, product
from typing import get_args

from app.domain.disagreement.clashes import AccountSupport, Held
from app.domain.disagreement.comparison import Flag
from app.domain.disagreement.findings import Findings, InternalClash
from app.domain.disagreement.judge import Judge
from app.domain.disagreement.moments import is_before, order_of
from app.domain.disagreement.relations import CountedAs, is_part
from app.domain.disagreement.statements import Cited, Hand, Root, Statement
from app.domain.records.answers import Quantity, YesNo, parse_answer
from app.domain.records.claims import Claim
from app.domain.records.registers import Speaker

_ORDER: tuple[Flag, ...] = get_args(Flag)
# Flags of one account that a reader of the claim must know too. The others are asked of the whole
# claim again: that one account has a single origin says nothing of the rest.
_ON_BOTH = (
    "against-interest",
    "count-fell",
    "own-voice-drift",
    "part-exceeds-whole",
    "reports-differ",
    "undated",
)


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
    if any(findings.positions[side].is_reported for side in answering):
        raised.add("reported")
    if answering and not any(findings.is_official(side) for side in answering):
        raised.add("unofficial-only")
    evidence = findings.evidence.values()
    roots = {root for one in evidence for root in one.roots}
    raised.update(_distance_flags(roots, {hand for one in evidence for hand in one.hands}))
    return in_order(raised)


def account_flags(
    findings: Findings, internal: Iterable[InternalClash]
) -> dict[str, tuple[Flag, ...]]:
    """The flags of each account that has any, in one fixed order."""
    marked: dict[Flag, set[str]] = {
        "count-fell": fallen_counts(findings),
        "part-exceeds-whole": _exceeding(findings, internal),
        "reports-differ": _ends_of(internal, "reports-differ"),
        "unordered": _ends_of(internal, "unordered"),
        "reported": _only_reported(findings),
        "overruled": {name for o in _applied_overrules(findings) for name in o},
    }
    flags = {}
    for name, evidence in findings.evidence.items():
        raised = _source_flags(evidence.cited, findings)
        raised.update(_distance_flags(evidence.roots, evidence.hands))
        raised.update(flag for flag, accounts in marked.items() if name in accounts)
        if raised:
            flags[name] = in_order(raised)
    return flags


def _ends_of(internal: Iterable[InternalClash], kind: str) -> set[str]:
    """The accounts at the ends of the clashes of a kind."""
    return {
        end.account
        for found in internal
        if found.kind == kind
        for end in (found.clash.left, found.clash.right)
    }


def _exceeding(findings: Findings, internal: Iterable[InternalClash]) -> set[str]:
    """Accounts of a part that surely exceeds its whole, and of that whole."""
    across = [clash for pair in findings.pairs.values() for clash in pair.clashes]
    within = [found.clash for found in internal]
    ends = [
        (clash.left, clash.right)
        for clash in (*across, *within)
        if clash.relation.rule == "part-exceeds-whole"
    ]
    for position in findings.positions.values():
        ends += _own_excesses(position.held, findings.judge)
    return {end.account for pair in ends for end in pair}


def _own_excesses(held: Held, judge: Judge) -> Iterator[tuple[AccountSupport, AccountSupport]]:
    """What a side counts itself as a part and as the whole, where the part exceeds it."""
    # By what is counted, as a large claim has thousands of versions that all count the same.
    counted: dict[CountedAs, list[AccountSupport]] = defaultdict(list)
    for support in held.supports():
        if not support.denies:
            counted[support.version.counted].append(support)
    for (part, parts), (whole, wholes) in permutations(counted.items(), 2):
        if is_part(part, whole, judge.grounds):
            for one, other in product(parts, wholes):
                if judge.affirmed(one.version, other.version).rule == "part-exceeds-whole":
                    yield one, other


def _only_reported(findings: Findings) -> set[str]:
    """Accounts of which every statement is known only through another speaker."""
    by_account: dict[str, list[bool]] = defaultdict(list)
    for statement in (*findings.statements, *findings.set_aside):
        if not statement.is_evasive:
            by_account[statement.version.account.id].append(statement.reporter is not None)
    return {name for name, reported in by_account.items() if all(reported)}


def in_order(raised: Iterable[Flag]) -> tuple[Flag, ...]:
    """Flags in the order in which they are stored and shown."""
    return tuple(sorted(raised, key=_ORDER.index))


def fallen_counts(findings: Findings) -> set[str]:
    """Accounts whose count lies below an earlier one from the same root."""
    if findings.claim.counting != "cumulative":
        return set()
    # All statements, not the current ones: a later count takes the place of the earlier, so that a
    # fall could not be seen among what is current.
    counts: dict[tuple[Root, CountedAs], list[Statement]] = defaultdict(list)
    for s in findings.statements:
        # What is known through others alone may be their error.
        own = s.stance == "asserts" and s.reporter is None
        if own and s.version.as_of and not s.version.is_only_possible:
            # One root: a lower count by somebody else is a difference, not a count that fell.
            for root in s.roots:
                counts[root, s.version.counted].append(s)
    return {name for same in counts.values() for name in _fallen(same)}


def _fallen(counts: Sequence[Statement]) -> Iterator[str]:
    """The accounts below the highest of all surely earlier, in one pass over both orders."""
    by_begin = sorted(counts, key=lambda s: order_of(s.version.as_of))
    by_end = sorted(counts, key=lambda s: order_of(s.version.as_of)[::-1])
    highest: Quantity | None = None
    over = 0
    for statement in by_begin:
        while over < len(by_end) and _is_earlier(by_end[over], statement):
            answer = by_end[over].version.answer
            if isinstance(answer, Quantity):
                lower = highest is None or highest.interval.low < answer.interval.low
                highest = answer if lower else highest
            over += 1
        later = statement.version.answer
        if highest and isinstance(later, Quantity) and later.interval.below(highest.interval):
            yield statement.version.account.id


def _is_earlier(one: Statement, other: Statement) -> bool:
    at, then = one.version.as_of, other.version.as_of
    return bool(at and then and is_before(at, then))


def _distance_flags(roots: Collection[Root], hands: Collection[Hand]) -> Iterator[Flag]:
    if len(roots) == 1:
        yield "single-origin"
    if hands == {"third"}:
        yield "third-hand-only"
    elif hands and "first" not in hands:
        yield "second-hand-only"


def _source_flags(cited: Sequence[Cited], findings: Findings) -> set[Flag]:
    """What the citations of one account say of themselves."""
    account = cited[0].account
    # Affirming losses of one's own is against interest without a curator's word; `harms` is for
    # what is no toll.
    harmed = {*account.harms}
    if _affirms_losses(findings.claim, cited):
        harmed.update(findings.claim.losses_of)
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
        if harmed and _concedes(item) and _speaks_for(harmed, item):
            raised.add("against-interest")
    if speakers and not any(speaker.is_official for speaker in speakers):
        raised.add("unofficial-only")
    return raised


def _affirms_losses(claim: Claim, cited: Sequence[Cited]) -> bool:
    """Whether an account says that there were losses, surely: “0 wounded” concedes nothing."""
    match parse_answer(claim, cited[0].account):
        case Quantity(interval=interval):
            return interval.low > 0 or interval.low_open
        case YesNo(yes=yes):
            return yes
        case _:
            return True


def _concedes(item: Cited) -> bool:
    """Whether a speaker affirms in its own words, and surely, what an account says."""
    citation = item.citation
    # Denying what harms one's side is in its interest, and another's report is no concession.
    return (
        citation.stance == "asserts"
        and citation.certainty != "possible"
        and citation.according_to is None
        and citation.reading is None
    )


def _speaks_for(sides: Collection[str], item: Cited) -> bool:
    return any(speaker.side in sides for speaker in item.speakers)


def _applied_overrules(findings: Findings) -> list[tuple[str, ...]]:
    return [overrule.accounts for overrule in findings.judge.overrules(findings.evidence)]
