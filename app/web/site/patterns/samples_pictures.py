"""An invented picture for the pattern page: every kind of bar, mark and sign, of no dossier.

The words are samples, not messages: they stay English in every language of the interface.
"""

from __future__ import annotations

from datetime import date
from typing import get_args

from app.drawing.charts.coverage import Coverage, SideAnswer
from app.drawing.charts.picture import Glyph, KeyEntry, Picture
from app.drawing.charts.placing import strip, tick
from app.drawing.charts.plots import Bar, Column, Item, Manner, Mark, Plot, Shade, Strip
from app.drawing.charts.tally import Tally, tally_row
from app.drawing.charts.timeline import Timeline
from app.queries import dossiers
from app.web.pictures.claim_picture import meaning
from app.web.pictures.coverage import coverage
from app.web.pictures.timeline import statements_timeline
from app.web.site.patterns.samples_claims import HERE, SIDES

_SIDE_ANSWERS: tuple[SideAnswer | None, ...] = (  # None where a side is silent
    *("answers", "answers", "evades", None),
    *("answers", None, "evades", "answers"),
)


def picture() -> Picture:
    """Two plots, of numbers and of days, and a tally of answers, with the whole key."""
    names = [Column(name.lower(), name, rank, "") for rank, name in enumerate(SIDES, start=1)]
    columns = (*names, Column("others", "Others", 0, ""))
    numbers = (tick(at, str(at)) for at in range(0, 101, 25))
    days = (tick(at, f"{3 + at // 25} May", "1901" if at == 0 else "") for at in range(0, 100, 25))
    return Picture(
        caption="Every bar, mark and sign.",
        columns=columns,
        plots=(
            Plot("boats counted", _numbers(columns), tuple(numbers), ""),
            Plot("the quay", _days(columns), tuple(days), "The axis begins on 3 May."),
        ),
        tally=_tally(columns),
        # The whole key, though a picture shows only the signs that it has.
        key=tuple(KeyEntry(glyph, meaning(glyph)) for glyph in get_args(Glyph)),
        note="Different things are counted: each has an axis of its own, not to be compared.",
        table="words",
    )


def covered() -> Coverage:
    """Forty claims, and three sides that speak of some of them."""
    names = {side.lower(): side for side in SIDES[:3]}
    found = {
        # By arithmetic and not at random: the page must be the same at every start, as its entity
        # tag says.
        side: {
            number: _SIDE_ANSWERS[number * factor % 8] or _silence(number) for number in range(40)
        }
        for factor, side in enumerate(names, start=1)
    }
    links: dict[str, dict[SideAnswer, str]] = {side: {"answers": HERE} for side in names}
    return coverage(dossiers.Coverage(40, found), names, links)


def _silence(number: int) -> SideAnswer:
    return "unsearched" if number % 3 else "searched"


def said() -> Timeline | None:
    """Statements on some days of three sides, the last of which said nothing, and of others."""
    first = date(1901, 5, 3).toordinal()
    made = [(0, "first side", 4), (1, "first side", 2), (1, "second side", 7), (9, None, 3)]
    names = {side.lower(): side for side in SIDES[:3]}
    spoken: dict[tuple[int | None, int, str | None], int] = {
        (first + after, first + after, side): count for after, side, count in made
    }
    return statements_timeline(spoken, names, lambda _day: HERE)


def _mark(manner: Manner = "says", *, own: bool = False) -> Mark:
    return Mark(HERE, "The harbour master, 3 May 1901: eleven", manner, own)


def _numbers(columns: tuple[Column, ...]) -> tuple[Strip, ...]:
    # Each kind of end: a number, a number inside its range, one that is left out, open and closed.
    bars = (
        ("11", Bar(11, 11, named=11)),
        ("about 30", Bar(27, 33, named=30)),
        ("more than 60", Bar(60, 100, named=60, left_out=True, open_high=True)),
        ("almost 80", Bar(72, 80, named=80, left_out=True)),
        ("24–99", Bar(24, 99)),
        ("up to 40", Bar(0, 40, named=40)),
        ("50", Bar(50, 50, named=50)),
    )
    given = zip(columns, bars, strict=True)
    strips = [strip(c, [Item(words, "", bar, (_mark(),))]) for c, (words, bar) in given]
    many = Item("Denies: 70", "as of 9 June 1901", Bar(70, 70, named=70), (_mark("denies"),))
    own = Item("20", "", Bar(20, 20, named=20), (_mark(), _mark(own=True)))
    asides = [("spoke without answering", (_mark("unanswered"), _mark("unanswered")))]
    silent = Column("silent", "A silent side", 3, "Nothing on record; not searched.")
    return (*strips, strip(columns[0], [many, own], asides), strip(silent, []))


def _days(columns: tuple[Column, ...]) -> tuple[Strip, ...]:
    held = Bar(25, 50, thick=True, carried=75)
    lasting = Bar(50, 100, thick=True, open_high=True)
    shade = [Shade(50, 25)]
    return (
        strip(
            columns[0], [Item("the north quay", "", held, (_mark(), _mark(own=True)))], (), shade
        ),
        strip(columns[1], [Item("the south quay", "", lasting, (_mark(),))], (), shade),
    )


def _tally(columns: tuple[Column, ...]) -> Tally:
    manners: tuple[Manner, ...] = ("says", "says", "says", "denies")
    some = {column.side: [_mark(manner) for manner in manners] for column in columns}
    none = {column.side: [_mark("unanswered"), _mark("unanswered", own=True)] for column in columns}
    rows = (tally_row("Eleven boats", some, columns), tally_row("Without an answer", none, columns))
    return Tally(columns, rows)
