"""What a comparison comes to, as messages: an id with arguments, ready for any language.

A message names bodies, accounts, days and rules, and whom it is about: no gap, rule or change is
given without the two it lies between. It never says who is right. Of a kind of which there are many
only the first few are given, and how many more there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.domain.disagreement.clashes import AccountSupport, Clashing
from app.domain.disagreement.comparison import Message, Overruled
from app.domain.disagreement.findings import Findings, InternalClash
from app.domain.disagreement.histories import Shift
from app.domain.disagreement.moments import order_of
from app.domain.disagreement.positions import Pair
from app.domain.disagreement.relations import length
from app.domain.disagreement.statements import Statement
from app.domain.records.claims import Account, Claim

Arguments = dict[str, Any]

# A large claim can have thousands of clashes; a reader needs the first few and the number.
MAX_OF_A_KIND = 3
"""How many of one kind of dissent or change are given one by one."""
MAX_FURTHER = 12
"""How many accounts are given beside those of the lead."""

# Rules by which answers that look different do not conflict. Equal ones need no word.
_RULES_WORTH_SAYING = frozenset(
    {"rounding", "clock", "one-day", "later-count", "intervals-overlap", "dates-overlap"}
    | {"option-includes", "option-unknown", "reports-differ", "unordered", "overruled"}
)
_COUNTED = {"unit": "unit", "measure": "measure", "scope": "scope"}


def explain(
    findings: Findings,
    state: str,
    internal: Iterable[InternalClash],
    shifts: Iterable[Shift],
    overruled: Iterable[Overruled],
) -> tuple[Message, ...]:
    """The messages of a comparison, the one that a reader needs first at the head."""
    messages = [
        *_headline(findings, state),
        # The order is a reader's: who against whom, by how much, why not, who else, what changed.
        *_gaps(findings),
        *_rules(findings),
        *_dissents(findings, internal),
        *_shifts(findings, shifts),
        *_silences(findings),
        *(_overruled(findings, one) for one in overruled),
    ]
    if findings.undated_left_out:
        arguments = {"count": findings.undated_left_out}
        messages.append(Message(id="undated-left-out", arguments=arguments))
    return tuple(messages)


def _headline(findings: Findings, state: str) -> Iterator[Message]:
    """The lead, each side once with its latest answer, and what further they say."""
    if state == "no-account":
        yield Message(id=state, arguments={"evasive": bool(findings.statements)} | _aside(findings))
        return
    if state == "disputed":
        statements = _clashing(findings)
    elif state == "outside-only":
        statements = [*findings.outside.statements(), *_own_voices_of_sides(findings)]
    else:
        statements = [
            s for side in findings.answering() for s in findings.positions[side].statements
        ]
    latest, further = _latest_of_each(statements, findings)
    yield Message(id=state, arguments={"groups": latest})
    if further:
        yield Message(id="further", arguments={"groups": further[:MAX_FURTHER]})
        yield from _more("further", len(further) - MAX_FURTHER, None)


def _aside(findings: Findings) -> Arguments:
    """What is shown and answers for nobody, where nothing else is on record."""
    reported = any(s.reporter for s in findings.set_aside)
    return {"reported": reported, "readings": any(s.is_reading for s in findings.set_aside)}


def _clashing(findings: Findings) -> list[Statement]:
    """What compared sides say that some other compared side contradicts, each statement once."""
    ends = (
        end
        for pair in findings.pairs.values()
        for clash in pair.clashes
        for end in (clash.left, clash.right)
    )
    return list({id(s): s for end in dict.fromkeys(ends) for s in end.statements}.values())


def _own_voices_of_sides(findings: Findings) -> list[Statement]:
    """Own voices of a compared side's publishers: they appear beside what its speakers say."""
    return [s for s in findings.beside_the_sides() if s.side in findings.sides]


class _Answer(NamedTuple):
    """What distinguishes one answer in a sentence from another."""

    account: str
    denies: bool
    wording: str | None
    certainty: str


def _answer_of(statement: Statement) -> _Answer:
    account, denies = _as_said(statement)
    wording = statement.evidence[0].citation.wording
    return _Answer(account.id, denies, wording, statement.version.certainty)


def _as_said(statement: Statement) -> tuple[Account, bool]:
    """The account that a statement is of, and whether it denies that.

    The engine reads a denial in a yes-no claim as the other answer. A sentence does not: who denies
    that people were forced to leave has not said why they left.
    """
    first = statement.evidence[0]
    if first.citation.stance == "denies":
        return first.account, True
    return statement.version.account, statement.denies


def _latest_of_each(
    statements: Sequence[Statement], findings: Findings
) -> tuple[list[Arguments], list[Arguments]]:
    """Each voice's latest answer in the order in which they were given, and all others."""
    voices: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        voices[_voice(statement, findings)].append(statement)
    latest: list[Statement] = []
    for said in voices.values():
        last = max(map(_recent, said))
        answers = {_answer_of(s) for s in said if _recent(s) == last}
        latest += [s for s in said if _answer_of(s) in answers]
    known = set(map(id, latest))
    return (
        _groups(latest, findings),
        _groups([s for s in statements if id(s) not in known], findings),
    )


def _voice(statement: Statement, findings: Findings) -> str:
    """The compared side that speaks; beside these, each speaker or publisher by itself."""
    side = statement.side
    if statement.speaker and side in findings.sides:
        return f"side {side}"
    return f"speaker {statement.speaker.id}" if statement.speaker else statement.publisher.id


def _recent(statement: Statement) -> float:
    return order_of(statement.spoken)[1] if statement.spoken else float("-inf")


def _groups(
    statements: Iterable[Statement], findings: Findings, *, by_body: bool = True
) -> list[Arguments]:
    """Statements by answer: who holds it and who denies it, in the order in which it was said."""
    groups: dict[_Answer, list[Statement]] = defaultdict(list)
    # Undated ones last, as elsewhere; of one time in the order of the accounts.
    for statement in sorted(statements, key=_said_order):
        groups[_answer_of(statement)].append(statement)
    return [end_arguments(group, findings, by_body=by_body) for group in groups.values()]


def _said_order(statement: Statement) -> tuple[object, ...]:
    order = order_of(statement.spoken) if statement.spoken else (float("inf"), float("inf"))
    return *order, statement.version.place, statement.denies


def end_arguments(
    statements: Sequence[Statement], findings: Findings, *, by_body: bool
) -> Arguments:
    """An answer with who holds or denies it, by statements of one stance on it."""
    group = _answered(statements[0], findings.claim)
    group["holders"] = _holders(statements, findings, by_body=by_body)
    return group


def _answered(statement: Statement, claim: Claim) -> Arguments:
    """A statement's answer as arguments: its wording, or else its answer with what is counted."""
    account, denies = _as_said(statement)
    answered = answer_arguments(account, claim)
    return {
        "account": account.id,
        "denies": denies,
        "certainty": statement.version.certainty,
        **answered,
        "wording": statement.evidence[0].citation.wording or answered["wording"],
        "unit": account.unit or claim.unit,
        "measure": account.measure or claim.measure,
        "scope": account.scope,
    }


def answer_arguments(account: Account, claim: Claim) -> Arguments:
    """What an account says as arguments: its wording and its answer, of a choice by its label."""
    answer = account.answer
    if claim.kind == "choice" and answer:
        # By label, since a message is stored and must be readable without the claim's options.
        answer = claim.option(answer).label
    return {"wording": account.wording, "kind": claim.kind, "answer": answer}


def _holders(
    statements: Iterable[Statement], findings: Findings, *, by_body: bool
) -> list[Arguments]:
    """Each body (or unofficial speaker, or publisher in its own voice) once, with its last day.

    The very speakers, not `by_body`, where two of one body differ.
    """
    holders: dict[tuple[str, str], tuple[float, Arguments]] = {}
    for statement in statements:
        holder = _holder(statement, findings, by_body=by_body)
        key = holder["kind"], holder["id"]
        recent = _recent(statement)
        # The last day, as it is the latest statement that counts; the day of the first is `since`.
        if key not in holders or holders[key][0] < recent:
            holders[key] = recent, holder
    sides = findings.sides

    def place(holder: Arguments) -> tuple[int, str, str]:
        side = holder["side"]
        rank = sides.index(side) if side in sides else len(sides)
        return rank, holder["kind"], holder["id"]

    return sorted((holder for _, holder in holders.values()), key=place)


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
        # As the citation has it: “in April 2022” never becomes a day.
        "said": statement.said.text if statement.said else None,
        "according_to": statement.reporter.name if statement.reporter else None,
    }


def _gaps(findings: Findings) -> Iterator[Message]:
    """The widest gap, with the two figures or dates between which it lies."""
    found = [
        (clash.relation.gap, clash)
        for pair in findings.pairs.values()
        for clash in pair.clashes
        if clash.relation.gap
    ]
    if not found:
        return
    gap, clash = max(found, key=lambda one: length(one[0]))
    # The bound of a word is our table's; a difference to it would be a figure that nobody gave.
    if gap.by_table:
        return
    whole = int(gap.difference)
    arguments = {
        "kind": gap.kind,
        "difference": whole if whole == gap.difference else float(gap.difference),
        "ratio": None if gap.ratio is None else float(gap.ratio),
        "groups": [end_arguments(end.statements, findings, by_body=True) for end in _ends(clash)],
    }
    yield Message(id="gap-quantity" if gap.kind == "quantity" else "gap-dates", arguments=arguments)


def _ends(clash: Clashing) -> tuple[AccountSupport, AccountSupport]:
    return clash.left, clash.right


def _rules(findings: Findings) -> Iterator[Message]:
    """Why the accounts of two sides do not conflict, or cannot be compared; each pair by name."""
    for names, found in findings.pairs.items():
        worth_saying = found.kind == "not-comparable" or found.rule in _RULES_WORTH_SAYING
        if found.kind in ("compatible", "not-comparable") and worth_saying:
            left, right = (findings.positions[side].statements for side in names)
            arguments = {
                "rule": found.rule,
                "left": _holders(left, findings, by_body=True),
                "right": _holders(right, findings, by_body=True),
                **_what_is_counted(found, left, right, findings.claim),
            }
            yield Message(id=f"rule-{found.kind}", arguments=arguments)


def _what_is_counted(
    found: Pair, left: Sequence[Statement], right: Sequence[Statement], claim: Claim
) -> Arguments:
    """What each of two counts, where that is why they cannot be compared."""
    field = _COUNTED.get(found.rule or "")
    if field is None:
        return {}
    of_claim = getattr(claim, field)

    def counts(said: Sequence[Statement]) -> list[str | None]:
        return list(dict.fromkeys(getattr(s.version.account, field) or of_claim for s in said))

    return {"left_counts": counts(left), "right_counts": counts(right)}


def _dissents(findings: Findings, internal: Iterable[InternalClash]) -> Iterator[Message]:
    by_kind: dict[tuple[str, str], list[InternalClash]] = defaultdict(list)
    for dissent in internal:
        by_kind[dissent.kind, dissent.left].append(dissent)
    for (kind, side), same in by_kind.items():
        for dissent in same[:MAX_OF_A_KIND]:
            # By speaker: within a side both ends often speak for one body, and a sentence would say
            # that it contradicts itself. By wording: one's words are not put in another's mouth.
            most = 1 if kind == "reports-differ" else None  # of one utterance, one against one
            groups = [
                group
                for end in _ends(dissent.clash)
                for group in _groups(end.statements, findings, by_body=False)[:most]
            ]
            yield Message(id=kind, arguments={"groups": groups})
        yield from _more(kind, len(same) - MAX_OF_A_KIND, _side_name(side, findings))


def _side_name(side: str, findings: Findings) -> str | None:
    entry = findings.registers.sides.get(side)
    return entry.name if entry else None


def _shifts(findings: Findings, shifts: Iterable[Shift]) -> Iterator[Message]:
    by_kind: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        by_kind[f"shift-{shift.kind}"].append(shift)
    for kind, same in by_kind.items():
        for shift in same[:MAX_OF_A_KIND]:
            yield Message(id=kind, arguments=_shift_arguments(shift, findings))
        yield from _more(kind, len(same) - MAX_OF_A_KIND, None)


def _shift_arguments(shift: Shift, findings: Findings) -> Arguments:
    earlier, later = shift.earlier, shift.later
    return {
        "speaker": later.speaker.name if later.speaker else "",
        "from": _answered(earlier, findings.claim),
        "to": _answered(later, findings.claim),
        "earlier_said": earlier.said.text if earlier.said else None,
        "said": later.said.text if later.said else None,
    }


def _more(kind: str, count: int, side: str | None) -> Iterator[Message]:
    if count > 0:
        yield Message(id="more", arguments={"kind": kind, "count": count, "side": side})


def _overruled(findings: Findings, overruled: Overruled) -> Message:
    accounts = [findings.claim.account(name) for name in overruled.accounts]
    ends = [answer_arguments(account, findings.claim) for account in accounts]
    counted = {"unit": findings.claim.unit, "measure": findings.claim.measure, "denies": False}
    arguments = overruled.model_dump(mode="json") | {"ends": [counted | end for end in ends]}
    return Message(id="overruled", arguments=arguments)


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
    silent = [side for side in findings.sides if findings.positions[side].kind == "silent"]
    for search in findings.claim.searched:
        # Only a search makes a silence a finding: of what, in which words, and when.
        if search.side in silent:
            asked = {"words": search.words, "where": search.where, "on": search.on}
            names = [findings.registers.sides[search.side].name]
            yield Message(id="silent", arguments={"sides": names, "searched": True, **asked})
    searched = {search.side for search in findings.claim.searched}
    same = [side for side in silent if side not in searched]
    # Where nothing at all is on record, only a search says more of a side than that.
    if same and findings.statements:
        names = [findings.registers.sides[side].name for side in same]
        yield Message(id="silent", arguments={"sides": names, "searched": False})
