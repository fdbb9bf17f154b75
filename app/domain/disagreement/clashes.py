"""Which of two groups' statements clash, account by account.

A group holds supports, each of which counts, and alternatives, of which one is meant: reports of
one occasion that differ, or statements of one speaker whose order is unknown. Two groups clash in
an alternative only where they would clash in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from app.domain.disagreement.judge import Judge
from app.domain.disagreement.relations import Relation, Rule
from app.domain.disagreement.statements import Root, Statement, Version

Utterance = tuple[Root, str]


# Compared by identity and not frozen, as the statements in it are.
@dataclass(slots=True, eq=False)
class AccountSupport:
    """The statements of one group that give one version of an account (or deny it).

    `utterances` are the occasions on which they were made, each with who spoke; `speakers` are the
    ids of who did.
    """

    version: Version
    denies: bool
    statements: tuple[Statement, ...]
    citations: tuple[str, ...]
    utterances: frozenset[Utterance]
    speakers: frozenset[str]

    @property
    def account(self) -> str:
        """The account's id."""
        return self.version.account.id

    @property
    def roots(self) -> set[Root]:
        """Where the information came from."""
        return {root for statement in self.statements for root in statement.roots}

    @property
    def is_reported(self) -> bool:
        """Whether it is known through other speakers alone."""
        return all(statement.reporter for statement in self.statements)


class Alternatives(NamedTuple):
    """Statements of one speaker of which one is meant, and why that is not known."""

    why: Rule
    statements: tuple[Statement, ...]


class Choice(NamedTuple):
    """One thing that a group says: a support, or several of which one is meant (`why` not None)."""

    supports: tuple[AccountSupport, ...]
    why: Rule | None = None


class Held(NamedTuple):
    """What a group of speakers affirms and denies, in the order of the accounts."""

    choices: tuple[Choice, ...] = ()

    def supports(self) -> Iterator[AccountSupport]:
        """Every support, alternatives included."""
        for choice in self.choices:
            yield from choice.supports

    @property
    def affirmed(self) -> tuple[str, ...]:
        """The accounts that are affirmed, each once, in order."""
        return _accounts(s for s in self.supports() if not s.denies)

    @property
    def denied(self) -> tuple[str, ...]:
        """The accounts that are denied, each once, in order."""
        return _accounts(s for s in self.supports() if s.denies)

    def statements(self) -> tuple[Statement, ...]:
        """Every statement, alternatives included."""
        return tuple([statement for support in self.supports() for statement in support.statements])


class Clashing(NamedTuple):
    """Statements on two accounts that conflict, with the relation that says so."""

    left: AccountSupport
    right: AccountSupport
    relation: Relation

    @property
    def is_reported(self) -> bool:
        """Whether an end of it is known through other speakers alone, and so divides nobody."""
        return self.left.is_reported or self.right.is_reported


Meeting = Relation | tuple[Clashing, ...]
"""How one choice of a group meets one of another: the clashes, or what they come to otherwise."""


def _accounts(supports: Iterable[AccountSupport]) -> tuple[str, ...]:
    ordered = sorted(supports, key=lambda support: support.version.place)
    return tuple(dict.fromkeys([support.account for support in ordered]))


def held_by(singles: Iterable[Statement], alternatives: Iterable[Alternatives] = ()) -> Held:
    """What these statements come to; evasive ones come to nothing."""
    groups: dict[tuple[int, bool], list[Statement]] = {}
    # By place, that is in the order of the claim's accounts: the order of citations in a file must
    # not change a comparison.
    for statement in sorted(singles, key=_place):
        if not statement.is_evasive:
            key = statement.version.number, statement.denies
            groups.setdefault(key, []).append(statement)
    choices = [Choice((support(group),)) for group in groups.values()]
    told_apart = [
        Choice(tuple([support([s]) for s in sorted(one.statements, key=_place)]), one.why)
        for one in alternatives
    ]
    # These too by place, as the ids of speakers must not show in what is told first.
    choices += sorted(told_apart, key=lambda choice: choice.supports[0].version.place)
    return Held(tuple(choices))


def _place(statement: Statement) -> tuple[object, ...]:
    return statement.version.place, statement.denies


def support(statements: Iterable[Statement]) -> AccountSupport:
    """Statements of one stance on one version of an account; there is at least one."""
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
        speakers=frozenset([s.speaker.id for s in same if s.speaker]),
    )


def utterances(statements: Iterable[Statement]) -> frozenset[Utterance]:
    """The occasions they were made on, each with who spoke; of a joint one, all speakers."""
    return frozenset(
        # With the root, as an occasion's id names an utterance only together with who spoke. A
        # joint statement has its speakers in one root, so two sides never clash over reports of it.
        [(root, s.occasion) for s in statements if s.occasion and s.speaker for root in s.roots]
    )


def meetings(left: Held, right: Held, judge: Judge) -> list[Meeting]:
    """How everything that one group says meets everything that the other says."""
    return [_meeting(one, other, judge) for one, other in product(left.choices, right.choices)]


def clashes(left: Held, right: Held, judge: Judge) -> list[Clashing]:
    """Where two groups conflict: in what they affirm, or in what one affirms and one denies."""
    return [clash for found in meetings(left, right, judge) for clash in _clashes_in(found)]


def clashes_within(group: Held, judge: Judge) -> list[Clashing]:
    """Where two speakers of a group clash; one speaker's own clash divides nobody."""
    pairs = combinations(group.choices, 2)
    return [clash for one, other in pairs for clash in _clashes_in(_meeting(one, other, judge))]


def _clashes_in(meeting: Meeting) -> tuple[Clashing, ...]:
    return () if isinstance(meeting, Relation) else meeting


def _meeting(left: Choice, right: Choice, judge: Judge) -> Meeting:
    # By far the most: no alternatives on either end.
    if left.why is None and right.why is None:
        return _met(left.supports[0], right.supports[0], judge)
    met = [_met(one, other, judge) for one, other in product(left.supports, right.supports)]
    open_to = [found for found in met if isinstance(found, Relation)]
    if not open_to:
        return tuple([clash for found in met for clash in _clashes_in(found)])
    if len(open_to) < len(met):
        # Where one report would clash and another would not, nobody is known to contradict anybody.
        return Relation("compatible", left.why or right.why or "reports-differ")
    return worst(open_to)


def _met(left: AccountSupport, right: AccountSupport, judge: Judge) -> Meeting:
    found = judge.between(left.version, right.version, left.denies, right.denies)
    if found.kind != "conflict":
        return found
    clash = _apart(left, right, found)
    return (clash,) if clash else Relation("compatible", "reports-differ")


# What cannot be compared comes last, as one comparable pair is enough to say something.
_WORST_FIRST = ("conflict", "compatible", "same", "not-comparable")


def worst(found: Sequence[Relation]) -> Relation:
    """The relation among these that a reader must know first."""
    return min(found, key=lambda relation: _WORST_FIRST.index(relation.kind))


def _apart(left: AccountSupport, right: AccountSupport, relation: Relation) -> Clashing | None:
    """The clash, without what one speaker said itself, and reports of the same utterance."""
    # Where two reports of one interview differ, a reporter erred and the speaker said one thing:
    # that is `reports-differ`, never a clash of the speaker with itself or with its side.
    if left.utterances.isdisjoint(right.utterances) and left.speakers.isdisjoint(right.speakers):
        return Clashing(left, right, relation)
    mine = [s for s in left.statements if any(_are_two(s, other) for other in right.statements)]
    theirs = [s for s in right.statements if any(_are_two(s, other) for other in left.statements)]
    return Clashing(support(mine), support(theirs), relation) if mine and theirs else None


def _are_two(left: Statement, right: Statement) -> bool:
    """Whether two statements are of two speakers, and not of one utterance."""
    one_speaker = left.speaker and right.speaker and left.speaker.id == right.speaker.id
    return not one_speaker and utterances([left]).isdisjoint(utterances([right]))
