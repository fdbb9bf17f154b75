"""What a comparison comes to, as messages: an id with arguments, ready for any language.

A message names bodies, accounts, days and rules. It never says who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.domain.disagreement.comparison import ClashFound, Dissent, Message, Overruled, ShiftFound
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.positions import by_account
from app.domain.disagreement.statements import Statement, Version

Arguments = dict[str, Any]

_RULES_WORTH_SAYING = frozenset(
    {"rounding", "clock", "later-count", "intervals-overlap", "dates-overlap", "option-includes"}
    | {"different-days", "overruled"}
)


def explain(
    findings: Findings,
    state: str,
    clashes: Sequence[ClashFound],
    found: Sequence[Dissent],
    shifts: Sequence[ShiftFound],
    overruled: Sequence[Overruled],
) -> tuple[Message, ...]:
    """The messages of a comparison, the one that a reader needs first at the head."""
    messages = [
        _headline(findings, state, clashes),
        *_gaps(clashes),
        *_rules(findings),
        *_dissents(findings, found),
        *_shifts(findings, shifts),
        *_silences(findings),
        *(Message(id="overruled", arguments=o.model_dump(mode="json")) for o in overruled),
    ]
    if findings.undated_left_out:
        arguments = {"count": findings.undated_left_out}
        messages.append(Message(id="undated-left-out", arguments=arguments))
    return tuple(messages)


def _headline(findings: Findings, state: str, clashes: Sequence[ClashFound]) -> Message:
    if state == "disputed":
        held = {(end.side, end.account) for c in clashes for end in (c.left, c.right)}
        kept = [s for s in _current(findings) if (s.side, s.version.account.id) in held]
        return Message(id="disputed", arguments={"groups": _groups(kept, findings)})
    if state == "outside-only":
        said = [*findings.outside(), *findings.own_voices()]
        unique = list(dict.fromkeys(said))
        return Message(id="outside-only", arguments={"groups": _groups(unique, findings)})
    if state == "no-account":
        return Message(id="no-account", arguments={"evasive": bool(findings.statements)})
    return Message(id=state, arguments={"groups": _groups(_current(findings), findings)})


def _current(findings: Findings) -> list[Statement]:
    """What compared sides affirm and deny now."""
    stands = (findings.stands[side] for side in findings.answering())
    return [s for stand in stands for s in (*stand.affirmed, *stand.denied)]


def _groups(said: Sequence[Statement], findings: Findings) -> list[Arguments]:
    """Statements by account: who holds it and who denies it, each holder once."""
    groups = []
    for stance in ("asserts", "denies"):
        for same in by_account(s for s in said if s.stance == stance).values():
            group = version_arguments(same[0].version, findings)
            group["denies"] = stance == "denies"
            group["holders"] = _holders(same, findings)
            groups.append(group)
    return sorted(groups, key=lambda group: (group["rank"], group["denies"]))


def version_arguments(version: Version, findings: Findings) -> Arguments:
    """An account as arguments: its wording, or else its answer with what is counted."""
    account, claim = version.account, findings.claim
    answer = account.answer
    if claim.kind == "choice" and answer:
        answer = claim.option(answer).label
    return {
        "account": account.id,
        "rank": version.rank,
        "wording": account.wording,
        "kind": claim.kind,
        "answer": answer,
        "unit": account.unit or claim.unit,
        "measure": account.measure or claim.measure,
    }


def _holders(said: Iterable[Statement], findings: Findings) -> list[Arguments]:
    """Each body (or unofficial speaker, or publisher in its own voice) once, with its last day."""
    holders: dict[tuple[str, str], Arguments] = {}
    for statement in said:
        holder = holder_arguments(statement, findings)
        key = (holder["kind"], holder["id"])
        known = holders.setdefault(key, holder)
        known["day"] = max(filter(None, (known["day"], holder["day"])), default=None)
    order = {side: rank for rank, side in enumerate(findings.sides)}
    return sorted(
        holders.values(), key=lambda h: (order.get(h["side"], len(order)), h["kind"], h["id"])
    )


def holder_arguments(statement: Statement, findings: Findings) -> Arguments:
    """Whose statement it is, as a sentence names it: the body, never more than it."""
    speaker = statement.speaker
    day = statement.day.isoformat() if statement.day else None
    if speaker is None:
        name, kind, key, plural = (
            statement.publisher.name,
            "publisher",
            statement.publisher.id,
            False,
        )
    elif speaker.is_official and speaker.speaks_for:
        body = findings.registers.bodies[speaker.speaks_for]
        name, kind, key, plural = body.name, "body", body.id, body.plural
    else:
        name, kind, key, plural = speaker.name, "speaker", speaker.id, speaker.plural
    return {
        "kind": kind,
        "id": key,
        "name": name,
        "plural": plural,
        "side": statement.side,
        "day": day,
    }


def _gaps(clashes: Sequence[ClashFound]) -> Iterator[Message]:
    gaps = [clash.gap for clash in clashes if clash.gap]
    if gaps:
        widest = max(gaps, key=lambda gap: gap.difference)
        yield Message(id=f"gap-{widest.kind}", arguments=widest.model_dump(mode="json"))


def _rules(findings: Findings) -> Iterator[Message]:
    """Why differing accounts do not conflict, or cannot be compared; each rule once."""
    seen = set()
    for found in findings.pairs.values():
        if found.kind in ("compatible", "not-comparable") and found.rule not in seen:
            seen.add(found.rule)
            if found.kind == "not-comparable" or found.rule in _RULES_WORTH_SAYING:
                yield Message(id=f"rule-{found.kind}", arguments={"rule": found.rule})


def _dissents(findings: Findings, found: Sequence[Dissent]) -> Iterator[Message]:
    by_citation = {name: s for s in findings.statements for name in s.citations}
    for dissent in found:
        ends = []
        for end in (dissent.left, dissent.right):
            said = [by_citation[name] for name in end.citations]
            group = version_arguments(findings.versions[end.account], findings)
            holders = _speakers(said, findings)
            ends.append({**group, "denies": end.denies, "holders": holders})
        yield Message(id=dissent.kind, arguments={"groups": ends})


def _speakers(said: Sequence[Statement], findings: Findings) -> list[Arguments]:
    """The very speakers, where two of one body part."""
    shown: dict[str, Arguments] = {}
    for statement in said:
        holder = holder_arguments(statement, findings)
        if statement.speaker:
            holder |= {"name": statement.speaker.name, "id": statement.speaker.id}
            holder |= {"kind": "speaker", "plural": statement.speaker.plural}
        shown.setdefault(holder["id"], holder)
    return [shown[key] for key in sorted(shown)]


def _shifts(findings: Findings, shifts: Sequence[ShiftFound]) -> Iterator[Message]:
    for shift in shifts:
        yield Message(
            id=f"shift-{shift.kind}",
            arguments={
                "speaker": findings.registers.speakers[shift.speaker].name,
                "from": version_arguments(findings.versions[shift.from_.account], findings),
                "to": version_arguments(findings.versions[shift.to.account], findings),
                "day": shift.on,
            },
        )


def _silences(findings: Findings) -> Iterator[Message]:
    searched = {search.side for search in findings.claim.searched}
    for kind in ("sidesteps", "declined"):
        for side in findings.sides:
            stand = findings.stands[side]
            if stand.kind == kind:
                holders = _holders(stand.evasive, findings)
                yield Message(id=kind, arguments={"holders": holders})
    for was_searched in (True, False):
        silent = [
            findings.registers.sides[side].name
            for side in findings.sides
            if findings.stands[side].kind == "silent" and (side in searched) == was_searched
        ]
        if silent and findings.statements:
            arguments = {"sides": silent, "searched": was_searched}
            yield Message(id="silent", arguments=arguments)
