"""The cells of the overview: each side's answers to a claim, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.disagreement.comparison import Comparison, SidePosition
from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.web.html import urls
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import name_of

# The row compares the sides: a long list of further voices would make this cell taller than theirs.
_MAX_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """An answer in a few words; `url` leads to its account, where it is that of one."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side's answers; `marks` say why they are known less well, `note` why there are none."""

    side: str
    name: str
    rank: int
    lines: tuple[Line, ...]
    marks: tuple[str, ...] = ()
    note: str = ""
    is_silent: bool = False


def cells(
    claim: Claim, comparison: Comparison, dossier: Dossier, registers: Registers, known_on: str
) -> Iterable[Cell]:
    """A cell for each compared side, in the dossier's order, then one for the others."""
    for rank, side in enumerate(dossier.sides, start=1):
        position = comparison.positions[side]
        yield Cell(
            side=side,
            name=name_of(registers.sides[side]),
            rank=rank,
            lines=_lines(claim, position, known_on),
            marks=tuple(_marks(position)),
            note=_silence(position),
            is_silent=position.position == "silent",
        )
    lines = _others(claim, registers, dossier.sides, known_on)
    nobody = "" if lines else _("no answer on record")
    yield Cell("others", _("Others"), 0, lines, note=nobody, is_silent=not lines)


def _lines(claim: Claim, position: SidePosition, known_on: str) -> tuple[Line, ...]:
    if position.position == "sidesteps":
        return (Line(_("Spoke without answering")),)
    if position.position == "declined":
        return (Line(_("Declined to answer")),)
    affirmed = [(short_answer(claim, claim.account(key)), key) for key in position.accounts]
    denied = [
        (_("Denies: %s") % short_answer(claim, claim.account(key)), key) for key in position.denies
    ]
    # Two accounts with one answer are one line, which leads to the first.
    lines = dict(reversed(affirmed + denied))
    ordered = dict.fromkeys(words for words, _key in affirmed + denied)
    return tuple(Line(words, urls.account(claim.id, lines[words], known_on)) for words in ordered)


def _marks(position: SidePosition) -> Iterable[str]:
    if position.position == "divided":
        yield _("divided")
    if position.standing == "unofficial":
        yield _("unofficial")
    if position.third_hand:
        yield _("third-hand")


def _silence(position: SidePosition) -> str:
    if position.position != "silent":
        return ""
    return _("nothing found") if position.searched else _("not searched")


def _others(
    claim: Claim, registers: Registers, sides: Sequence[str], known_on: str
) -> tuple[Line, ...]:
    """Answers of own voices and of speakers of no compared side, each with who gives it."""
    said: dict[str, dict[str, None]] = {}
    accounts: dict[str, str] = {}
    for item in cited(claim, registers):
        # Only answers fit into a cell; refusals and sidesteps are on the claim's page.
        if item.citation.stance not in ("asserts", "denies") or item.account.answer is None:
            continue
        names = _outsiders(item, sides)
        if names:
            answer = short_answer(claim, item.account)
            denied = item.citation.stance == "denies"
            key = _("Denies: %s") % answer if denied else answer
            said.setdefault(key, {}).update(dict.fromkeys(names))
            accounts.setdefault(key, urls.account(claim.id, item.account.id, known_on))
    lines = [
        Line(f"{answer} ({', '.join(names)})", accounts[answer]) for answer, names in said.items()
    ]
    if len(lines) > _MAX_OTHERS:
        more = len(lines) - _MAX_OTHERS
        return (
            *lines[:_MAX_OTHERS],
            Line(_("and %d more") % more, urls.claim(claim.id, known_on)),
        )
    return tuple(lines)


def _outsiders(item: Cited, sides: Sequence[str]) -> list[str]:
    if not item.speakers:
        # A document's own voice never makes a side's position, not even a state agency's, so it is
        # listed here. The claim's page has room to say whose voice it is, and shows it in its
        # publisher's column.
        return [item.publisher.name]
    return [speaker.name for speaker in item.speakers if speaker.side not in sides]
