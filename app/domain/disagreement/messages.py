"""What a comparison comes to, as messages: an id with arguments, ready for any language.

A message names bodies, accounts, days and rules. It never says who is right. Of a kind of which
there are many only the first few are given, and how many more there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.domain.disagreement.clashes import StatementsByAccount
from app.domain.disagreement.comparison import ClashFound, Message, Overruled
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.histories import Shift
from app.domain.disagreement.internal_clashes import InternalClash
from app.domain.disagreement.statements import Statement, Version
from app.domain.records.claims import Account, Claim

Arguments = dict[str, Any]

# A large claim can have thousands of clashes; a reader needs the first few and the number.
MAX_OF_A_KIND = 3
"""How many of one kind of dissent or change are given one by one."""

# Rules by which answers that look different do not conflict. Equal ones need no word.
_RULES_WORTH_SAYING = frozenset(
    {"rounding", "clock", "later-count", "intervals-overlap", "dates-overlap", "option-includes"}
    | {"different-days", "overruled"}
)


class _Context(NamedTuple):
    """The findings, and each account in them as arguments once it has been made into them."""

    findings: Findings
    accounts: dict[Version, Arguments]


def explain(
    findings: Findings,
    state: str,
    clashes: Sequence[ClashFound],
    internal: Iterable[InternalClash],
    shifts: Iterable[Shift],
    overruled: Iterable[Overruled],
) -> tuple[Message, ...]:
    """The messages of a comparison, the one that a reader needs first at the head."""
    context = _Context(findings, {})
    messages = [
        _headline(context, state),
        # The order is a reader's: who against whom, by how much, why not, who else, what changed.
        *_gaps(clashes),
        *_rules(findings),
        *_dissents(context, internal),
        *_shifts(context, shifts),
        *_silences(findings),
        *(Message(id="overruled", arguments=o.model_dump(mode="json")) for o in overruled),
    ]
    if findings.undated_left_out:
        arguments = {"count": findings.undated_left_out}
        messages.append(Message(id="undated-left-out", arguments=arguments))
    return tuple(messages)


def _headline(context: _Context, state: str) -> Message:
    findings = context.findings
    if state == "no-account":
        return Message(id=state, arguments={"evasive": bool(findings.statements)})
    if state == "disputed":
        statements = _clashing(findings)
    elif state == "outside-only":
        statements = [*_statements(findings.outside), *_own_voices_of_sides(findings)]
    else:
        statements = [
            s for side in findings.answering() for s in findings.positions[side].statements
        ]
    return Message(id=state, arguments={"groups": _groups(statements, context)})


def _clashing(findings: Findings) -> list[Statement]:
    """What compared sides say that some other compared side contradicts, each statement once."""
    ends = (
        end
        for pair in findings.pairs.values()
        for clash in pair.clashes
        for end in (clash.left, clash.right)
    )
    return [s for end in dict.fromkeys(ends) for s in end.statements]


def _statements(group: StatementsByAccount) -> list[Statement]:
    supports = (*group.affirmed.values(), *group.denied.values())
    return [statement for support in supports for statement in support.statements]


def _own_voices_of_sides(findings: Findings) -> list[Statement]:
    """Own voices of a compared side's publishers: they appear beside what its speakers say."""
    return [s for s in findings.beside_the_sides() if s.side in findings.sides]


def _groups(statements: Iterable[Statement], context: _Context) -> list[Arguments]:
    """Statements by account: who holds it and who denies it, each holder once."""
    groups: dict[tuple[int, bool], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.version.rank, statement.denies].append(statement)
    return [_end(groups[key], context, by_body=True) for key in sorted(groups)]


def _end(statements: Sequence[Statement], context: _Context, *, by_body: bool) -> Arguments:
    """An account with who holds or denies it, by statements of one stance on it."""
    group = _account(statements[0], context)
    group["holders"] = _holders(statements, context.findings, by_body=by_body)
    return group


def _account(statement: Statement, context: _Context) -> Arguments:
    """An account as arguments: its wording, or else its answer with what is counted."""
    version = statement.version
    known = context.accounts.get(version)
    if known is None:
        known = context.accounts[version] = _answered(version, context.findings.claim)
    return {**known, "denies": statement.denies}


def _answered(version: Version, claim: Claim) -> Arguments:
    account = version.account
    return {
        "account": account.id,
        "rank": version.rank,
        **answer_arguments(account, claim),
        "unit": account.unit or claim.unit,
        "measure": account.measure or claim.measure,
    }


def answer_arguments(account: Account, claim: Claim) -> Arguments:
    """What an account says as arguments: its wording and its answer, of a choice by its label."""
    answer = account.answer
    if claim.kind == "choice" and answer:
        # By label, since a message is stored and must be readable without the claim's options.
        answer = claim.option(answer).label
    return {"wording": account.wording, "kind": claim.kind, "answer": answer}


def _holders(
    statements: Sequence[Statement], findings: Findings, *, by_body: bool
) -> list[Arguments]:
    """Each body (or unofficial speaker, or publisher in its own voice) once, with its last day.

    The very speakers, not `by_body`, where two of one body part.
    """
    if len(statements) == 1:
        return [_holder(statements[0], findings, by_body=by_body)]
    holders: dict[tuple[str, str], Arguments] = {}
    for statement in statements:
        holder = _holder(statement, findings, by_body=by_body)
        known = holders.setdefault((holder["kind"], holder["id"]), holder)
        if (known["day"] or "") < (holder["day"] or ""):
            # The last day, as it is the latest statement that counts; the day of the first is
            # `since`.
            known |= {"day": holder["day"], "said": holder["said"]}
    sides = findings.sides

    def place(holder: Arguments) -> tuple[int, str, str]:
        side = holder["side"]
        rank = sides.index(side) if side in sides else len(sides)
        return rank, holder["kind"], holder["id"]

    return sorted(holders.values(), key=place)


def _holder(statement: Statement, findings: Findings, *, by_body: bool) -> Arguments:
    """Whose statement it is, as a sentence names it: the body, never more than it."""
    speaker = statement.speaker
    plural = False
    if speaker is None:
        kind, key, name = "publisher", statement.publisher.id, statement.publisher.name
    # A body and never its side or people: the words are one authority's.
    elif by_body and speaker.is_official and speaker.speaks_for:
        body = findings.registers.bodies[speaker.speaks_for]
        kind, key, name, plural = "body", body.id, body.name, body.plural
    else:
        kind, key, name, plural = "speaker", speaker.id, speaker.name, speaker.plural
    return {
        "kind": kind,
        "id": key,
        "name": name,
        "plural": plural,
        "side": statement.side,
        "day": statement.day.isoformat() if statement.day else None,
        "said": statement.said.text if statement.said else None,
    }


def _gaps(clashes: Sequence[ClashFound]) -> Iterator[Message]:
    gaps = [clash.gap for clash in clashes if clash.gap]
    if gaps:
        widest = max(gaps, key=lambda gap: gap.difference)
        arguments = {"difference": widest.difference, "ratio": widest.ratio, "kind": widest.kind}
        yield Message(id=f"gap-{widest.kind}", arguments=arguments)


def _rules(findings: Findings) -> Iterator[Message]:
    """Why differing accounts do not conflict, or cannot be compared; each rule once."""
    seen = set()
    for found in findings.pairs.values():
        if found.kind in ("compatible", "not-comparable") and found.rule not in seen:
            seen.add(found.rule)
            if found.kind == "not-comparable" or found.rule in _RULES_WORTH_SAYING:
                yield Message(id=f"rule-{found.kind}", arguments={"rule": found.rule})


def _dissents(context: _Context, internal: Iterable[InternalClash]) -> Iterator[Message]:
    by_kind: dict[str, list[InternalClash]] = defaultdict(list)
    for dissent in internal:
        by_kind[dissent.kind].append(dissent)
    for kind, same in by_kind.items():
        for dissent in same[:MAX_OF_A_KIND]:
            ends = [
                # By speaker: within a side both ends often speak for one body, and a sentence would
                # say that it contradicts itself.
                _end(end.statements, context, by_body=False)
                for end in (dissent.clash.left, dissent.clash.right)
            ]
            yield Message(id=kind, arguments={"groups": ends})
        yield from _more(kind, len(same))


def _shifts(context: _Context, shifts: Iterable[Shift]) -> Iterator[Message]:
    by_kind: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_kind[f"shift-{shift.kind}"].append(shift)
    for kind, same in by_kind.items():
        for shift in same[:MAX_OF_A_KIND]:
            yield Message(id=kind, arguments=_shift_arguments(shift, context))
        yield from _more(kind, len(same))


def _shift_arguments(shift: Shift, context: _Context) -> Arguments:
    earlier, later = shift.earlier, shift.later
    return {
        "speaker": later.speaker.name if later.speaker else "",
        "from": _account(earlier, context),
        "to": _account(later, context),
        "day": later.day.isoformat() if later.day else None,
    }


def _more(kind: str, found: int) -> Iterator[Message]:
    if found > MAX_OF_A_KIND:
        yield Message(id="more", arguments={"kind": kind, "count": found - MAX_OF_A_KIND})


def _silences(findings: Findings) -> Iterator[Message]:
    stances = {"sidesteps": "sidesteps", "declined": "declines"}
    for kind, stance in stances.items():
        for side in findings.sides:
            position = findings.positions[side]
            if position.kind == kind:
                evasive = [s for s in position.evasive if s.stance == stance]
                yield Message(
                    id=kind, arguments={"holders": _holders(evasive, findings, by_body=True)}
                )
    searched = {search.side for search in findings.claim.searched}
    silent = [side for side in findings.sides if findings.positions[side].kind == "silent"]
    for was_searched in (True, False):
        same = [side for side in silent if (side in searched) == was_searched]
        # Where nothing at all is on record, only a search says more of a side than that.
        if same and (was_searched or findings.statements):
            names = [findings.registers.sides[side].name for side in same]
            yield Message(id="silent", arguments={"sides": names, "searched": was_searched})
