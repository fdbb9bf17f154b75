"""One judge for one claim: relations between its accounts, a curator's overrules included."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.disagreement.relations import Grounds, Relation, relation
from app.domain.disagreement.statements import Version
from app.domain.records.claims import Claim, Overrule


def is_about_a_state(claim: Claim) -> bool:
    """Whether a claim's answers hold on days, as who is in control of a village does."""
    return claim.kind == "choice" and any(account.as_of for account in claim.accounts)


class Judge:
    """Compares accounts of one claim, each pair at most once.

    `computed` are the relations by the rules alone, for pages that show them beside an overrule.
    """

    def __init__(self, claim: Claim) -> None:
        over_time = is_about_a_state(claim)
        self.over_time = over_time
        self._across = Grounds(claim.counting, over_time=over_time)
        # Only of counts that grow does it matter whether both come from one origin.
        grows = claim.counting == "cumulative"
        self._within = Grounds(claim.counting, over_time=over_time, one_origin=grows)
        self._overrules = {frozenset(o.accounts): o for o in claim.overrules}
        self._known: dict[tuple[int, int, bool], Relation] = {}

    def across(self, left: Version, right: Version) -> Relation:
        """The relation of two accounts held by two sides."""
        return self._judged(left, right, self._across)

    def within(self, left: Version, right: Version) -> Relation:
        """The relation of two accounts that come from one origin or one side."""
        return self._judged(left, right, self._within)

    def computed(self, left: Version, right: Version) -> Relation:
        """What the rules say of two accounts, whatever a curator decided."""
        return _by_rule(left, right, self._across)

    def overrules(self, known: Iterable[str]) -> list[Overrule]:
        """The overrules whose two accounts are both known."""
        seen = set(known)
        return [o for names, o in self._overrules.items() if names <= seen]

    def _judged(self, left: Version, right: Version, grounds: Grounds) -> Relation:
        # Relations are symmetric (a property test checks it), so one order is enough to know both.
        # Pairs of sides, dissents, messages and every segment of a timeline ask for the same few
        # pairs.
        first, second = (left, right) if left.rank < right.rank else (right, left)
        key = (first.rank, second.rank, grounds.one_origin)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(first, second, grounds)
        return known

    def _judge(self, left: Version, right: Version, grounds: Grounds) -> Relation:
        ruled = _by_rule(left, right, grounds)
        if not self._overrules:
            return ruled
        overrule = self._overrules.get(frozenset((left.account.id, right.account.id)))
        if overrule is None:
            return ruled
        # A curator decides that two accounts conflict and not by how much: a gap is the rule's or
        # none, and what does not conflict has none.
        gap = ruled.gap if overrule.relation == "conflict" else None
        return Relation(overrule.relation, "overruled", gap)


def _by_rule(left: Version, right: Version, grounds: Grounds) -> Relation:
    # Before any rule: citations under one account say the same because a curator put them there,
    # also where the answer is prose or has no moment.
    if left.account.id == right.account.id:
        return Relation("same", "equal-answers")
    if left.answer is None or right.answer is None:
        return Relation("not-comparable", "no-answer")
    return relation(left, right, grounds)
