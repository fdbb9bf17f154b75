"""Which of two groups' statements clash, account by account.

Reports of one occasion never clash with each other: the speaker said one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import Root, Statement, Version

Compare = Callable[[Version, Version], Relation]
Utterance = tuple[Root, str]

_DENIAL = Relation("conflict", "denial")


# Compared by identity and not frozen, as the statements in it are.
@dataclass(slots=True, eq=False)
class AccountSupport:
    """The statements of one group that affirm one account (or deny it), and their citations.

    `utterances` are the occasions on which they were made, each with who spoke.
    """

    version: Version
    denies: bool
    statements: tuple[Statement, ...]
    citations: tuple[str, ...]
    utterances: frozenset[Utterance]

    @property
    def account(self) -> str:
        """The account's id."""
        return self.version.account.id


class StatementsByAccount(NamedTuple):
    """What a group of speakers affirms and denies, by account in the order of the accounts."""

    affirmed: dict[str, AccountSupport]
    denied: dict[str, AccountSupport]


class Clashing(NamedTuple):
    """Statements on two accounts that conflict, with the relation that says so."""

    left: AccountSupport
    right: AccountSupport
    relation: Relation

    def mirrored(self) -> Clashing:
        """The same clash from the other end."""
        return Clashing(self.right, self.left, self.relation)


def by_account(statements: Iterable[Statement]) -> StatementsByAccount:
    """What these statements come to; evasive ones come to nothing."""
    affirmed: dict[str, list[Statement]] = {}
    denied: dict[str, list[Statement]] = {}
    # By rank, that is in the order of the claim's accounts: the order of citations in a file must
    # not change a comparison.
    for statement in sorted(statements, key=lambda s: s.version.rank):
        if not statement.is_evasive:
            groups = denied if statement.denies else affirmed
            groups.setdefault(statement.version.account.id, []).append(statement)
    return StatementsByAccount(
        {name: support(group) for name, group in affirmed.items()},
        {name: support(group) for name, group in denied.items()},
    )


def support(statements: Iterable[Statement]) -> AccountSupport:
    """Statements of one stance on one account; there is at least one."""
    same = tuple(statements)
    first = same[0]
    # The common case (219 of 310 in the first dossier), and citations are sorted already.
    if len(same) == 1:
        citations = first.citations
    else:
        citations = tuple(sorted({name for s in same for name in s.citations}))
    return AccountSupport(
        version=first.version,
        denies=first.denies,
        statements=same,
        citations=citations,
        utterances=utterances(same),
    )


def utterances(statements: Iterable[Statement]) -> frozenset[Utterance]:
    """The occasions they were made on, each with who spoke; of a joint one, all speakers."""
    return frozenset(
        # With the root, as an occasion's id names an utterance only together with who spoke. A
        # joint statement has its speakers in one root, so two sides never clash over reports of it.
        [(root, s.occasion) for s in statements if s.occasion and s.speaker for root in s.roots]
    )


def clashes(
    left: StatementsByAccount, right: StatementsByAccount, compare: Compare
) -> list[Clashing]:
    """Where two groups conflict: in what they affirm, or in what one affirms and one denies."""
    found = _conflicts(product(left.affirmed.values(), right.affirmed.values()), compare)
    if left.denied:
        # Mirrored, so that the left end belongs to the left side in every clash.
        found += [clash.mirrored() for clash in _denials(right, left)]
    if right.denied:
        found += _denials(left, right)
    return found


def clashes_within(group: StatementsByAccount, compare: Compare) -> list[Clashing]:
    """Where a group is at odds with itself."""
    found = _conflicts(combinations(group.affirmed.values(), 2), compare)
    return found + _denials(group, group) if group.denied else found


def _conflicts(
    ends: Iterable[tuple[AccountSupport, AccountSupport]], compare: Compare
) -> list[Clashing]:
    found = []
    for left, right in ends:
        compared = compare(left.version, right.version)
        if compared.kind == "conflict" and (clash := _apart(left, right, compared)):
            found.append(clash)
    return found


def _denials(affirming: StatementsByAccount, denying: StatementsByAccount) -> list[Clashing]:
    """Where one group affirms what the other denies."""
    ends = [
        (affirming.affirmed[account], refused)
        for account, refused in denying.denied.items()
        if account in affirming.affirmed
    ]
    return [clash for left, right in ends if (clash := _apart(left, right, _DENIAL))]


def _apart(left: AccountSupport, right: AccountSupport, relation: Relation) -> Clashing | None:
    """The clash, without statements that only differ from reports of the same utterance."""
    # Where two reports of one interview differ, a reporter erred and the speaker said one thing:
    # that is `reports-differ`, never a clash of the speaker with itself or with its side.
    if left.utterances.isdisjoint(right.utterances):
        return Clashing(left, right, relation)
    mine = _beside(left, right)
    return Clashing(support(mine), support(_beside(right, left)), relation) if mine else None


def _beside(end: AccountSupport, other: AccountSupport) -> list[Statement]:
    """The statements for which the other end has one that was made on another occasion."""
    elsewhere = [utterances([statement]) for statement in other.statements]
    return [s for s in end.statements if any(u.isdisjoint(utterances([s])) for u in elsewhere)]
