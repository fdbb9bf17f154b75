"""Counts of a part that lie above the count of their whole, as the comparison finds them.

No faults: sources may contradict each other so, and a record that hid it would be the wrong one.
But as often a figure or a `part_of` was entered wrongly, which whoever enters it can still see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.domain.checking.findings import Finding
from app.domain.disagreement.comparison import ClashFound
from app.domain.disagreement.engine import compare
from app.domain.disagreement.parts import ComparedPart, compare_with_parts
from app.domain.records.answers import Quantity, parse_answer
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers


def parts_above_wholes(
    claims: Iterable[tuple[Claim, Dossier]], registers: Registers
) -> Iterator[tuple[str, Finding]]:
    """A finding for each account of a part that lies above its whole, after its claim's id.

    `claims` are all of a record without faults.
    """
    counts = {
        claim.id: ComparedPart(claim, registers, dossier)
        for claim, dossier in claims
        if claim.kind == "quantity"
    }
    parts = defaultdict(list)
    for part in counts.values():
        if part.claim.part_of:
            parts[part.claim.part_of].append(part)
    for name, whole in counts.items():
        if name in parts:
            yield from _along_part_of(whole, parts[name], counts)
        yield from _within(whole)


def _along_part_of(
    whole: ComparedPart, parts: list[ComparedPart], counts: dict[str, ComparedPart]
) -> Iterator[tuple[str, Finding]]:
    for found in compare_with_parts(*whole, parts).parts_above:
        part = counts[found.claim].claim
        part_answer = part.account(found.part.account).answer
        whole_answer = whole.claim.account(found.whole.account).answer
        message = (
            f"“{part_answer}” counts a part of {whole.claim.id}, and lies above its "
            f"“{whole_answer}” (account {found.whole.account})"
        )
        yield found.claim, _at(part, found.part.account, message)


def _within(of: ComparedPart) -> Iterator[tuple[str, Finding]]:
    claim = of.claim
    # By far the most count one thing, and need no comparison.
    if len({(account.measure, account.scope) for account in claim.accounts}) < 2:
        return
    found = compare(*of)
    pairs = {
        _part_first(claim, clash)
        for clash in (*found.clashes, *found.dissents)
        if clash.rule == "part-exceeds-whole"
    }
    for part, whole in sorted(pairs):
        message = (
            f"“{claim.account(part).answer}” counts a part of what “{whole}” counts, and lies "
            f"above its “{claim.account(whole).answer}”"
        )
        yield claim.id, _at(claim, part, message)


def _part_first(claim: Claim, clash: ClashFound) -> tuple[str, str]:
    """The accounts of a clash of a part with its whole: the higher is the part."""
    left, right = clash.left.account, clash.right.account
    one, other = (parse_answer(claim, claim.account(name)) for name in (left, right))
    is_left_below = (
        isinstance(one, Quantity)
        and isinstance(other, Quantity)
        and one.interval.below(other.interval)
    )
    return (right, left) if is_left_below else (left, right)


def _at(claim: Claim, account: str, message: str) -> Finding:
    number = next(n for n, one in enumerate(claim.accounts) if one.id == account)
    return Finding(("accounts", number, "answer"), message)
