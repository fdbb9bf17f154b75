"""Which of two groups' statements clash, account by account.

Reports of one occasion never clash with each other: the speaker said one thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import Root, Statement, Version

Compare = Callable[[Version, Version], Relation]
Utterance = tuple[Root, str]

_DENIAL = Relation("conflict", "denial")


# Compared by identity, as the statements in it are.
@dataclass(frozen=True, slots=True, eq=False)
class Backing:
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a group of speakers affirms and denies, by account in the order of the accounts."""

    affirmed: dict[str, Backing]
    denied: dict[str, Backing]


@dataclass(frozen=True, slots=True)
class Clashing:
    """Statements on two accounts that conflict, with the relation that says so."""

    left: Backing
    right: Backing
    relation: Relation

    def mirrored(self) -> Clashing:
        """The same clash from the other end."""
        return Clashing(self.right, self.left, self.relation)


def said(statements: Iterable[Statement]) -> Said:
    """What these statements come to; evasive ones come to nothing."""
    groups: dict[str, dict[str, list[Statement]]] = {
        "asserts": defaultdict(list),
        "denies": defaultdict(list),
    }
    for statement in sorted(statements, key=lambda s: s.version.rank):
        if not statement.is_evasive:
            groups[statement.stance][statement.version.account.id].append(statement)
    affirmed = {name: backing(group) for name, group in groups["asserts"].items()}
    return Said(affirmed, {name: backing(group) for name, group in groups["denies"].items()})


def backing(statements: Iterable[Statement]) -> Backing:
    """Statements of one stance on one account; there is at least one."""
    same = tuple(statements)
    first = same[0]
    names = {name for s in same for name in s.citations}
    return Backing(
        version=first.version,
        denies=first.stance == "denies",
        statements=same,
        citations=first.citations if len(same) == 1 else tuple(sorted(names)),
        utterances=frozenset(u for s in same for u in utterances(s)),
    )


def utterances(statement: Statement) -> tuple[Utterance, ...]:
    """The occasion that it was made on with who spoke there; a joint statement has all speakers."""
    if statement.occasion is None or statement.speaker is None:
        return ()
    return tuple((root, statement.occasion) for root in statement.roots)


def clashes(left: Said, right: Said, compare: Compare) -> Iterator[Clashing]:
    """Where two groups conflict: in what they affirm, or in what one affirms and one denies."""
    for mine in left.affirmed.values():
        for theirs in right.affirmed.values():
            compared = compare(mine.version, theirs.version)
            if compared.kind == "conflict":
                yield from _apart(mine, theirs, compared)
    yield from _denials(left, right)
    yield from (clash.mirrored() for clash in _denials(right, left))


def partings(group: Said, compare: Compare) -> Iterator[Clashing]:
    """Where a group is at odds with itself."""
    for mine, theirs in combinations(group.affirmed.values(), 2):
        compared = compare(mine.version, theirs.version)
        if compared.kind == "conflict":
            yield from _apart(mine, theirs, compared)
    yield from (clash.mirrored() for clash in _denials(group, group))


def _denials(left: Said, right: Said) -> Iterator[Clashing]:
    for account, refused in left.denied.items():
        if account in right.affirmed:
            yield from _apart(refused, right.affirmed[account], _DENIAL)


def _apart(left: Backing, right: Backing, relation: Relation) -> Iterator[Clashing]:
    """The clash, without statements that only differ from reports of the same utterance."""
    if not left.utterances & right.utterances:
        yield Clashing(left, right, relation)
        return
    mine = _beside(left, right)
    if mine:
        yield Clashing(backing(mine), backing(_beside(right, left)), relation)


def _beside(end: Backing, other: Backing) -> list[Statement]:
    """The statements for which the other end has one that was made on another occasion."""
    elsewhere = [set(utterances(statement)) for statement in other.statements]
    return [s for s in end.statements if any(u.isdisjoint(utterances(s)) for u in elsewhere)]
