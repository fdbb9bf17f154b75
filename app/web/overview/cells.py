"""The cells of the overview: each side's answers to a claim, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.disagreement.comparison import OTHERS, Comparison, SidePosition
from app.domain.disagreement.findings import by_column
from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.web.html import urls
from app.web.wording.answers import denied_answer, own_voice, short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import name_of

# The row compares the sides: a long list of further voices would make this cell taller than theirs.
_MAX_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """An answer in a few words; `url` leads to its account, where it is that of one.

    `by` says who gives it, where that is not the side whose column it is in.
    """

    words: str
    url: str = ""
    by: str = ""


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
    columns = by_column(cited(claim, registers), dossier.sides)
    for rank, side in enumerate(dossier.sides, start=1):
        position = comparison.positions[side]
        beside = _beside(claim, columns[side], position, registers, known_on)
        yield Cell(
            side=side,
            name=name_of(registers.sides[side]),
            rank=rank,
            lines=(*_lines(claim, position, known_on), *beside),
            marks=tuple(_marks(position)),
            note=_silence(position, columns[side]),
            is_silent=position.position == "silent",
        )
    others = answers_of_others(claim, comparison, columns[OTHERS], registers, known_on)
    lines = _first(others, claim, known_on)
    nobody = "" if lines else _("no answer on record")
    yield Cell(OTHERS, _("Others"), 0, lines, note=nobody, is_silent=not lines)


def _lines(claim: Claim, position: SidePosition, known_on: str) -> tuple[Line, ...]:
    if position.position == "sidesteps":
        return (Line(_("Spoke without answering")),)
    if position.position == "declined":
        return (Line(_("Declined to answer")),)
    # Two accounts with one answer are one line, which leads to the first.
    lines: dict[str, Line] = {}
    for words, key in (
        *((short_answer(claim, claim.account(key)), key) for key in position.accounts),
        *((denied_answer(claim, claim.account(key)), key) for key in position.denies),
    ):
        lines.setdefault(words, Line(words, urls.account(claim.id, key, known_on)))
    return tuple(lines.values())


def _marks(position: SidePosition) -> Iterable[str]:
    if position.position == "divided":
        yield _("divided")
    if position.standing == "unofficial":
        yield _("unofficial")
    if position.reported:
        yield _("reported by another")
    if position.third_hand:
        yield _("third-hand")


def _silence(position: SidePosition, shown: Sequence[Cited]) -> str:
    if position.position != "silent":
        return ""
    # Reports by others and readings, which say by themselves what they are; an own voice leaves the
    # side as silent as it was.
    if any(item.speakers for item in shown):
        return _("no position")
    return _("nothing found") if position.searched else _("not searched")


def _beside(
    claim: Claim,
    shown: Iterable[Cited],
    position: SidePosition,
    registers: Registers,
    known_on: str,
) -> tuple[Line, ...]:
    """What a side's column shows beside its position: own voices, and all where it is silent.

    Beside a position, reports by others and editors' readings are left to the claim's page.
    """
    is_silent = position.position == "silent"
    items = [item for item in shown if is_silent or not item.speakers]
    return _first(_voices(claim, items, registers, known_on, named=False), claim, known_on)


def answers_of_others(
    claim: Claim,
    comparison: Comparison,
    shown: Iterable[Cited],
    registers: Registers,
    known_on: str = "",
) -> list[Line]:
    """Every answer that counts in the column of the others, with who gives it."""
    items = [item for item in shown if item.citation.id not in comparison.superseded]
    return _voices(claim, items, registers, known_on, named=True)


def _first(lines: Sequence[Line], claim: Claim, known_on: str) -> tuple[Line, ...]:
    """As many as a cell has room for, and how many more there are."""
    if len(lines) <= _MAX_OTHERS:
        return tuple(lines)
    more = _("and %d more") % (len(lines) - _MAX_OTHERS)
    return (*lines[:_MAX_OTHERS], Line(more, urls.claim(claim.id, known_on)))


def _voices(
    claim: Claim, items: Iterable[Cited], registers: Registers, known_on: str, *, named: bool
) -> list[Line]:
    """Answers with who gives them; a speaker of the column's own side only where it is `named`."""
    said: dict[str, dict[str, None]] = {}
    accounts: dict[str, str] = {}
    for item in items:
        # Only answers fit into a cell; refusals and sidesteps are on the claim's page.
        if item.citation.stance not in ("asserts", "denies") or item.account.answer is None:
            continue
        denies = item.citation.stance == "denies"
        words = (denied_answer if denies else short_answer)(claim, item.account)
        said.setdefault(words, {}).update(dict.fromkeys(_by(item, registers, named=named)))
        accounts.setdefault(words, urls.account(claim.id, item.account.id, known_on))
    return [Line(words, accounts[words], ", ".join(names)) for words, names in said.items()]


def _by(item: Cited, registers: Registers, *, named: bool) -> Iterable[str]:
    if not item.speakers:
        yield own_voice(item.publisher.name)
        return
    reporter = registers.speakers.get(item.citation.according_to or "")
    if item.citation.reading:
        yield _("editors' reading")
    elif reporter:
        yield _("according to %s") % reporter.name
    elif named:
        yield from (speaker.name for speaker in item.speakers)
