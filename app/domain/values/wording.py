"""Values as English words: dates, numbers and lists."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.values.dates import Day, EdtfDate

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUALIFIED = {"?": "{}, uncertain", "~": "about {}", "%": "about {}, uncertain"}


def date_in_words(date: EdtfDate) -> str:
    """An EDTF date as people write it: “27 March 2022”, “11–13 December 2020”, “from 2020”."""
    if date.is_interval:
        return _interval(date)
    text, form = date.text, "{}"
    if text[-1] in _QUALIFIED:
        text, form = text[:-1], _QUALIFIED[text[-1]]
    if date.has_time:
        day, time = text.split("T")
        zone = f" UTC{date.zone}" if date.zone and date.zone != "Z" else " UTC" if date.zone else ""
        return f"{_written(day)}, {time[:5]}{zone}"
    return form.format(_written(text))


def day_in_words(day: Day) -> str:
    """One day: “27 March 2022”."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def join(words: Sequence[str], last: str = "and") -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def number_in_words(text: str) -> str:
    """A quantity as it is read: thousands apart, a range with a dash."""
    if ".." in text:
        low, _, high = text.partition("..")
        return f"{number_in_words(low)}–{number_in_words(high)}"
    return " ".join(map(_apart, text.split(" ")))


def _apart(word: str) -> str:
    whole, point, decimals = word.partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole.isdigit() else word


def _interval(date: EdtfDate) -> str:
    start, end = date.text.split("/")
    if start in ("", ".."):
        return f"until {_written(end)}"
    if end in ("", ".."):
        return f"from {_written(start)}"
    if len(start) == len(end) == 10 and start[:7] == end[:7]:
        return f"{int(start[8:])}–{_written(end)}"
    return f"{_written(start)} – {_written(end)}"


def _written(text: str) -> str:
    if not text[:4].isdigit() or "X" in text:
        return text
    form = _QUALIFIED.get(text[-1], "{}")
    year, *rest = text.rstrip("?~%").split("-")
    if not rest:
        return form.format(year)
    month = _SEASONS.get(rest[0]) or _MONTHS[int(rest[0]) - 1]
    day = f"{int(rest[1])} " if len(rest) == 2 else ""
    return form.format(f"{day}{month} {year}")
