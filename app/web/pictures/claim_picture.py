"""The picture of a claim: which one its kind asks for, with the key to what is drawn in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.domain.records.claims import Claim
from app.drawing.charts.picture import Glyph, KeyEntry, Picture
from app.drawing.charts.plots import Bar, Mark, Plot
from app.drawing.charts.tally import Tally, tally_row
from app.queries.claim import ComparedClaim
from app.web.pictures.axis_plots import date_plots, range_plots
from app.web.pictures.evidence import SideEvidence, evidence_by_side, marks_of
from app.web.pictures.lanes import lane_plots
from app.web.wording.answers import answer_inside, short_answer
from app.web.wording.locale import gettext as _


def claim_picture(found: ComparedClaim, page: str = "") -> Picture | None:
    """The picture of a claim; None where nobody on record says anything of it.

    `page` is where its citations are shown, by default the page that has the picture.
    """
    claim = found.claim
    sides = evidence_by_side(found, page)
    if all(side.is_empty for side in sides):
        return None
    plots: tuple[Plot, ...] = ()
    caption, table = "", "who-says-what"
    match claim.kind:
        case "quantity":
            plots = range_plots(claim, found.dossier, sides, page)
            caption = _("Each account's number on a scale, a line for each side.")
        case "date":
            plots = date_plots(claim, sides, page)
            caption = _("Each account's date on a calendar, a line for each side.")
        # Other claims have days only where they are about a state over time
        # (docs/decisions/2026-11-21-states-over-time.md).
        case _ if found.segments:
            plots = lane_plots(claim, found.segments, sides, page)
            caption = _("What each side says about which days.")
            table = "over-time"
    if plots:
        return _picture(caption, sides, plots, None, table)
    # Nothing has a place on an axis, as with a claim about a date of which nobody names a day.
    caption = _("Who gives which answer: a mark for each speaker.")
    return _picture(caption, sides, (), tally(claim, sides, page), "who-says-what")


def _picture(
    caption: str,
    sides: Sequence[SideEvidence],
    plots: tuple[Plot, ...],
    rows: Tally | None,
    table: str,
) -> Picture:
    note = ""
    # A plot without an axis only lists who names no number.
    if sum(bool(plot.ticks) for plot in plots) > 1:
        note = _("Different things are counted: each has an axis of its own, not to be compared.")
    return Picture(
        caption=caption,
        columns=tuple(side.column for side in sides),
        plots=plots,
        tally=rows,
        key=tuple(_key(plots, list(_marks(plots, rows)))),
        note=note,
        table=table,
    )


def _marks(plots: Iterable[Plot], rows: Tally | None) -> Iterator[Mark]:
    for plot in plots:
        for strip in plot.strips:
            yield from (line.mark for placed in strip.placed for line in placed.lines)
            yield from (mark for aside in strip.asides for mark in aside.marks)
    if rows:
        yield from (dot.mark for row in rows.rows for dot in row.dots)


def _key(plots: Sequence[Plot], marks: Sequence[Mark]) -> Iterator[KeyEntry]:
    """Only the signs that occur, in a fixed order."""
    strips = [strip for plot in plots for strip in plot.strips]
    bars = [placed.bar for strip in strips for placed in strip.placed]
    manners = {mark.manner for mark in marks}
    occurring: dict[Glyph, bool] = {
        "range": any(_is_range(bar) for bar in bars),
        "days": any(bar.thick for bar in bars),
        "left-out": any(bar.left_out for bar in bars),
        "unbounded": any(bar.open_low or bar.open_high for bar in bars),
        "carried": any(bar.carried is not None for bar in bars),
        "shade": any(strip.shades for strip in strips),
        "denies": "denies" in manners,
        "unanswered": "unanswered" in manners,
        "own": any(mark.is_own for mark in marks),
    }
    return (KeyEntry(glyph, meaning(glyph)) for glyph, occurs in occurring.items() if occurs)


def _is_range(bar: Bar) -> bool:
    return not (bar.is_point or bar.thick or bar.open_low or bar.open_high)


def meaning(glyph: Glyph) -> str:
    """What a sign says."""
    # Not a table of the module: that would be translated before any request has a language.
    return {
        "range": _("all that is meant, from one end to the other"),
        "days": _("the days that statements are about"),
        "left-out": _("the number itself is not meant"),
        "unbounded": _("this side has no bound"),
        "carried": _("said about earlier days, and not taken back"),
        "shade": _("two sides conflict over these days"),
        "denies": _("denies it"),
        "unanswered": _("spoke without answering"),
        "own": _("an outlet in its own voice"),
    }[glyph]


def tally(claim: Claim, sides: Sequence[SideEvidence], page: str) -> Tally:
    """The answers in the order of the accounts, and last those who spoke without answering."""
    # By words, so that two accounts with the same answer share a row.
    answers: dict[str, dict[str, list[Mark]]] = {}
    for account in claim.accounts:
        for side in sides:
            same = side.accounts.get(account.id)
            if same:
                words = short_answer(claim, account)
                marks = marks_of(same, page, answer_inside(claim, account))
                answers.setdefault(words, {}).setdefault(side.column.side, []).extend(marks)
    for side in sides:
        for _words, marks in side.unanswered:
            unanswered = answers.setdefault(_("Without an answer"), {})
            unanswered.setdefault(side.column.side, []).extend(marks)
    columns = tuple(side.column for side in sides)
    rows = tuple(tally_row(words, groups, columns) for words, groups in answers.items())
    return Tally(columns, rows)
