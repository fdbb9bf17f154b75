"""The timeline of statements: how many each side made, by day, month, quarter or year."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.drawing.charts.placing import legible, tick
from app.drawing.charts.plots import Tick
from app.drawing.charts.timeline import Row, Span, Tall, Timeline
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import date_in_words_of

# In the narrowest plot (296 pixels) a bar is then four pixels wide.
MAX_BINS = 73
ROW, _NAME, _BARS = 46, 18, 24
_MONTHS_OF = (1, 3, 12, 60, 120)
_OTHERS = "others"
# A lower bar could not be seen against its base line.
_MIN_HEIGHT = 1.5


def statements_timeline(
    said: Mapping[tuple[int | None, int, str | None], int],
    names: Mapping[str, str],
    link: Callable[[int], str],
) -> Timeline | None:
    """Bars for each side; None where nothing has a day.

    `said` counts statements by their first and last possible day, given as ordinals, and side;
    `names` are by side in the dossier's order; what has none of them counts among the others. What
    reaches over the days of one bar is in none. `link` gives the address of the list from a day on.
    """
    # Python's calendar ends where EDTF goes on: such a day has no bar.
    drawable = {key: count for key, count in said.items() if 1 <= key[1] <= date.max.toordinal()}
    if not drawable:
        return None
    days = [day for _first, day, _side in drawable]
    bins = _bins(date.fromordinal(min(days)), date.fromordinal(max(days)))
    counts: Counter[tuple[int, str]] = Counter()
    left_out = 0
    for (first, day, side), count in drawable.items():
        # “December 2020” is none of its days: where a bar is a day, it has no bar.
        if first is None or first < bins[0].first or _bin_of(first, bins) != _bin_of(day, bins):
            left_out += count
            continue
        named = side if side in names else None
        counts[_bin_of(day, bins), named or _OTHERS] += count
    sides = {**names, _OTHERS: _("Others")}
    spans = [
        _span(number, bins, counts, sides, link)
        for number in sorted({number for number, _side in counts})
    ]
    return Timeline(
        rows=tuple(_rows(counts, sides)),
        spans=tuple(spans),
        ticks=_ticks(bins),
        height=ROW * len(sides),
        unit=" ".join(filter(None, (_unit(bins), _not_drawn(left_out)))),
    )


@dataclass(frozen=True, slots=True)
class _Bin:
    """A span of days as EDTF, from its first day's ordinal on."""

    first: int
    edtf: str
    year: int


def _bins(first: date, last: date) -> list[_Bin]:
    """Days where they are few, else months, quarters, years, or more of them."""
    if (last - first).days < MAX_BINS:
        days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
        return [_Bin(day.toordinal(), day.isoformat(), day.year) for day in days]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((n for n in _MONTHS_OF if months / n < MAX_BINS), _MONTHS_OF[-1])
    # At a multiple of the step: a bar of three months is a quarter, one of twelve a year.
    start = (first.year * 12 + first.month - 1) // step * step
    end = last.year * 12 + last.month - 1
    # Steps of five or ten years may begin in the year 0, which Python's calendar lacks.
    return [_months(max(number, 12), step) for number in range(start, end + 1, step)]


def _months(number: int, step: int) -> _Bin:
    year, month = divmod(number, 12)
    last_year, last_month = divmod(number + step - 1, 12)
    begin, end = f"{year:04d}-{month + 1:02d}", f"{last_year:04d}-{last_month + 1:02d}"
    edtf = begin if step == 1 else f"{year:04d}" if step == 12 else f"{begin}/{end}"
    return _Bin(date(year, month + 1, 1).toordinal(), edtf, year)


def _bin_of(day: int, bins: Sequence[_Bin]) -> int:
    # Bins differ in length, as months do: a day's is looked up, not computed.
    return bisect_right(bins, day, key=lambda found: found.first) - 1


def _span(
    number: int,
    bins: Sequence[_Bin],
    counts: Mapping[tuple[int, str], int],
    sides: Mapping[str, str],
    link: Callable[[int], str],
) -> Span:
    # One scale for all sides, so that their bars can be compared.
    most = max(counts.values())
    width = 100 / len(bins)
    said = {side: counts.get((number, side), 0) for side in sides}
    counted = ", ".join(f"{sides[side]} {count}" for side, count in said.items() if count)
    words = date_in_words_of(bins[number].edtf)
    return Span(
        at=round(number * width, 3),
        width=round(width, 3),
        url=link(bins[number].first),
        title=_("%(days)s: %(counts)s") % {"days": words, "counts": counted},
        bars=tuple(
            Tall(_rank(place, sides), _base(place) - high, high)
            for place, count in enumerate(said.values())
            if count and (high := max(round(_BARS * count / most, 2), _MIN_HEIGHT))
        ),
    )


def _rows(counts: Mapping[tuple[int, str], int], sides: Mapping[str, str]) -> Iterable[Row]:
    for place, (side, name) in enumerate(sides.items()):
        total = sum(count for (_number, said), count in counts.items() if said == side)
        words = ngettext("%d statement", "%d statements", total) % total
        yield Row(name, _rank(place, sides), _base(place), words)


def _rank(place: int, sides: Mapping[str, str]) -> int:
    return 0 if place == len(sides) - 1 else place + 1


def _base(place: int) -> int:
    return ROW * place + _NAME + _BARS


def _ticks(bins: Sequence[_Bin]) -> tuple[Tick, ...]:
    """A tick where a year begins; of days, at the first of them and the last."""
    if "-" in bins[0].edtf and len(bins[0].edtf) == len("2020-01-01"):
        ends = (0, len(bins) - 1)
        return legible(tick(100 * n / len(bins), date_in_words_of(bins[n].edtf)) for n in ends)
    years: dict[int, int] = {}
    for number, found in enumerate(bins):
        years.setdefault(found.year, number)
    return legible(tick(100 * n / len(bins), str(year)) for year, n in years.items())


def _not_drawn(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%d statement is in none, as its day is not known so closely.",
        "%d statements are in none, as their days are not known so closely.",
        count,
    )
    return words % count


def _unit(bins: Sequence[_Bin]) -> str:
    edtf = bins[0].edtf
    if "/" in edtf:
        return _("A bar counts several months.")
    parts = edtf.count("-")
    return [_("A bar counts a year."), _("A bar counts a month."), _("A bar counts a day.")][parts]
