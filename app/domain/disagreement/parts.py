"""Along `part_of`: where a count of a part lies above a count of the whole.

A claim with `part_of` counts a part of another claim's tally, so that nothing that surely counts no
later may be more. One step alone is compared: what is a part of a part is compared with that part.
Whoever says them: a part as one side counts it, above the whole as another does, is the very case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, product, takewhile
from typing import Literal, NamedTuple

from app.domain.disagreement.clashes import AccountSupport, Choice, held_by, support
from app.domain.disagreement.comparison import Comparison, CountEnd, Message, PartAboveWhole
from app.domain.disagreement.engine import compare, gap_size
from app.domain.disagreement.findings import Findings, find
from app.domain.disagreement.flags import in_order
from app.domain.disagreement.messages import MAX_OF_A_KIND, Arguments, end_arguments
from app.domain.disagreement.relations import Gap, Stated, counted_no_later, gap_between
from app.domain.disagreement.statements import Statement
from app.domain.records.answers import Quantity
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers, folded_label, lies_within
from app.domain.values.dates import Day
from app.domain.values.hedges import Interval


class ComparedPart(NamedTuple):
    """A claim that counts a part, its dossier, and the register entries that it names."""

    claim: Claim
    registers: Registers
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class Exceeding:
    """Statements of a part whose count lies above that of statements of the whole.

    With what was found in the claims that they are of.
    """

    part: AccountSupport
    part_findings: Findings
    whole: AccountSupport
    whole_findings: Findings
    gap: Gap


def compare_with_parts(
    claim: Claim,
    registers: Registers,
    dossier: Dossier,
    parts: Sequence[ComparedPart],
    as_known_on: Day | None = None,
) -> Comparison:
    """The comparison of a claim, with what counts of its parts say against its own.

    `parts` are the claims whose `part_of` names it; the others arguments are those of `compare`.
    """
    return with_parts(
        compare(claim, registers, dossier, as_known_on),
        ComparedPart(claim, registers, dossier),
        parts,
        as_known_on,
    )


def with_parts(
    comparison: Comparison,
    whole: ComparedPart,
    parts: Sequence[ComparedPart],
    as_known_on: Day | None = None,
) -> Comparison:
    """A comparison of the whole, with what counts of its parts say against it."""
    found = exceeding_parts(whole, parts, as_known_on)
    if not found:
        return comparison
    by_account = comparison.account_flags | {
        name: in_order({*comparison.account_flags.get(name, ()), "part-exceeds-whole"})
        for name in (one.whole.account for one in found)
    }
    return comparison.model_copy(
        update={
            "flags": in_order({*comparison.flags, "part-exceeds-whole"}),
            # In the order in which they would be without parts: that of the accounts.
            "account_flags": {
                account.id: by_account[account.id]
                for account in whole.claim.accounts
                if account.id in by_account
            },
            "parts_above": _serialized(found),
            "messages": _among(comparison, _messages(found)),
        }
    )


def exceeding_parts(
    whole: ComparedPart, parts: Iterable[ComparedPart], as_known_on: Day | None = None
) -> list[Exceeding]:
    """Every count of a part that surely lies above a count of the whole, by part and account."""
    counting = [part for part in parts if part.claim.kind == "quantity"]
    if not counting or whole.claim.kind != "quantity":
        return []
    in_whole = find(*whole, as_known_on)
    of_whole = _current(in_whole, whole, is_part=False)
    highs = [found.high for choice in of_whole for found in _intervals(choice)]
    bounded = [high for high in highs if high is not None]
    if not bounded:
        return []
    exceeding = []
    for part in sorted(counting, key=lambda part: part.claim.id):
        findings = find(*part, as_known_on)
        # Two large claims have millions of pairs, and nearly never one that counts.
        high = [c for c in _current(findings, part, is_part=True) if _may_exceed(c, min(bounded))]
        for one, other in product(high, of_whole):
            exceeding += _exceeding(one, other, findings, in_whole)
    return exceeding


def _may_exceed(choice: Choice, lowest: Decimal) -> bool:
    return all(found.low >= lowest for found in _intervals(choice))


def _intervals(choice: Choice) -> Iterator[Interval]:
    for found in choice.supports:
        if isinstance(found.version.answer, Quantity):
            yield found.version.answer.interval


def _current(findings: Findings, claim: ComparedPart, *, is_part: bool) -> list[Choice]:
    """What anybody says now, as far as it is surely a count of what the claim counts.

    The editors' readings and what only an opponent reports are no part of these findings.
    """
    positions = chain(findings.positions.values(), findings.unofficial.values())
    own_voices = [s for s in findings.statements if not s.speaker and s.side in findings.sides]
    held = (*(position.held for position in positions), findings.outside, held_by(own_voices))
    return [
        choice
        for one in held
        for choice in one.choices
        # Of alternatives one is meant, and nobody knows which: all must do, or none does.
        if all(_counts(found, claim, is_part=is_part) for found in choice.supports)
    ]


def _counts(found: AccountSupport, of: ComparedPart, *, is_part: bool) -> bool:
    version = found.version
    return (
        isinstance(version.answer, Quantity)
        and not found.denies
        and not version.is_only_possible
        and _is_of_scope(version.account.scope, of, is_part=is_part)
    )


def _is_of_scope(said: str | None, of: ComparedPart, *, is_part: bool) -> bool:
    """Whether an account's own scope is the claim's, or lies on the safe side of it.

    What a claim counts is part of what the other counts because a curator says so; of an account
    that counts something else nobody does. Of a part some of it, and of a whole all and more, do.
    """
    own = of.claim.scope
    if said is None or (own and folded_label(said) == folded_label(own)):
        return True
    narrow, wide = (said, own) if is_part else (own, said)
    inner = of.dossier.scope_named(narrow) if narrow else None
    outer = of.dossier.scope_named(wide) if wide else None
    if inner is None or outer is None:
        return False
    return inner.id == outer.id or lies_within(inner.id, outer.id, of.dossier.scopes)


def _exceeding(
    one: Choice, other: Choice, in_part: Findings, in_whole: Findings
) -> list[Exceeding]:
    found = []
    for part, whole in product(one.supports, other.supports):
        exceeds = _exceeds(part, whole, in_part, in_whole)
        if exceeds is None:
            return []
        found.append(exceeds)
    return found


def _exceeds(
    part: AccountSupport, whole: AccountSupport, in_part: Findings, in_whole: Findings
) -> Exceeding | None:
    upper, lower = part.version.answer, whole.version.answer
    if not (isinstance(upper, Quantity) and isinstance(lower, Quantity)):
        return None
    counted, in_all = part.version.counted, whole.version.counted
    if counted.unit != in_all.unit or not lower.interval.below(upper.interval):
        return None
    # By the whole's lists: a part in another dossier has perhaps other ones.
    if counted.measure != in_all.measure and not lies_within(
        counted.measure, in_all.measure, in_whole.dossier.measures
    ):
        return None
    pairs = [
        (s, t)
        for s, t in product(part.statements, whole.statements)
        if _no_later(s, t, in_part.claim, in_whole.claim)
    ]
    if not pairs:
        return None
    return Exceeding(
        support(dict.fromkeys(s for s, _ in pairs)),
        in_part,
        support(dict.fromkeys(t for _, t in pairs)),
        in_whole,
        gap_between(lower.interval, upper.interval),
    )


def _no_later(part: Statement, whole: Statement, of_part: Claim, of_whole: Claim) -> bool:
    if of_part.counting == of_whole.counting:
        return counted_no_later(part.version, whole.version, of_part.counting)
    if of_part.counting and of_whole.counting:
        # A strike's dead are counted once and the war's grow: of the former the statement has a
        # day, and the tally of that day or a later one has them in it.
        return counted_no_later(_at_its_day(part), _at_its_day(whole), "cumulative")
    return counted_no_later(part.version, whole.version, None)


def _at_its_day(statement: Statement) -> Stated:
    version = statement.version
    return Stated(answer=version.answer, as_of=version.as_of or statement.spoken)


def _serialized(found: Iterable[Exceeding]) -> tuple[PartAboveWhole, ...]:
    """Each pair of accounts once, with every citation behind it."""
    by_accounts: dict[tuple[str, str, str], list[Exceeding]] = {}
    for one in found:
        key = one.part_findings.claim.id, one.part.account, one.whole.account
        by_accounts.setdefault(key, []).append(one)
    return tuple(
        PartAboveWhole(
            claim=claim,
            part=CountEnd(account=part, citations=_citations(one.part for one in same)),
            whole=CountEnd(account=whole, citations=_citations(one.whole for one in same)),
            gap=gap_size(same[0].gap),
        )
        for (claim, part, whole), same in by_accounts.items()
    )


def _citations(ends: Iterable[AccountSupport]) -> tuple[str, ...]:
    return tuple(sorted({name for end in ends for name in end.citations}))


def _messages(found: Iterable[Exceeding]) -> Iterator[Message]:
    """The widest of each part, the parts one by one as far as a reader needs them."""
    widest: dict[str, Exceeding] = {}
    for one in found:
        claim = one.part_findings.claim.id
        if claim not in widest or widest[claim].gap.difference < one.gap.difference:
            widest[claim] = one
    for name, one in list(widest.items())[:MAX_OF_A_KIND]:
        arguments: Arguments = {
            "claim": name,
            "question": one.part_findings.claim.question,
            "part": end_arguments(one.part.statements, one.part_findings, by_body=True),
            "whole": end_arguments(one.whole.statements, one.whole_findings, by_body=True),
        }
        yield Message(id="part-exceeds-whole", arguments=arguments)
    more = len(widest) - MAX_OF_A_KIND
    if more > 0:
        arguments = {"kind": "part-exceeds-whole", "count": more, "side": None}
        yield Message(id="more", arguments=arguments)


def bodies_of_parts(comparison: Comparison) -> set[tuple[Literal["body"], str]]:
    """The bodies that sentences on parts name, whose names a page has in its own language."""
    return {
        ("body", holder["id"])
        for message in comparison.messages
        if message.id == "part-exceeds-whole"
        for holder in message.arguments["part"]["holders"]
        if holder["kind"] == "body"
    }


_BEFORE = frozenset({"further", "more", "gap-quantity", "gap-dates"})


def _among(comparison: Comparison, further: Iterable[Message]) -> tuple[Message, ...]:
    """Messages with further ones behind the lead and the gap."""
    messages = comparison.messages
    first = 1 + sum(1 for _ in takewhile(lambda m: m.id in _BEFORE, messages[1:]))
    return (*messages[:first], *further, *messages[first:])
