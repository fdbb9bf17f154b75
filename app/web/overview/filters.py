"""The filter bar of the overview: what an address asks for, and what a reader can choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from app.domain.disagreement.comparison import Flag, State
from app.domain.records.claim_filter import MAX_COUNTED, ClaimFilter
from app.domain.records.claims import Kind
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day
from app.web.html import urls
from app.web.html.urls import Link
from app.web.http.parameters import PageQuery
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view
from app.web.wording.numbers_and_dates import figure as in_digits
from app.web.wording.record_text import event_of, name_of


class ListQuery(PageQuery):
    """What the address of an overview can ask for; an empty value asks for nothing."""

    state: State | None = None
    topic: str | None = Field(None, max_length=64)
    side: str | None = Field(None, max_length=64)
    place: str | None = Field(None, max_length=64)
    kind: Kind | None = None
    flag: Flag | None = None
    event: str | None = Field(None, max_length=64)
    q: str | None = Field(None, max_length=200)
    sort: str | None = Field(None, max_length=20)
    # Not `KnownOn`, which refuses the request: the page leaves a bad day in its field, with the
    # error beside it and the rest of the view intact.
    as_known_on: str | None = Field(None, max_length=40)
    density: Literal["reading", "compact"] | None = None
    after: str | None = Field(None, max_length=1000)
    before: str | None = Field(None, max_length=1000)

    def claim_filter(self, dossier: str) -> ClaimFilter:
        """What the lists of a dossier's claims are asked for."""
        return ClaimFilter(
            dossier=dossier,
            state=self.state,
            topic=self.topic,
            side=self.side,
            place=self.place,
            kind=self.kind,
            flag=self.flag,
            event=self.event,
            q=self.q,
        )

    def parameters(self, *without: str) -> dict[str, str]:
        """The view as an address has it, without the place in the list and these names."""
        # A cursor belongs to one order and one set of filters; in another list it would begin
        # anywhere.
        left_out = {"after", "before", *without}
        return {name: value for name, value in self.model_dump(exclude=left_out).items() if value}

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.parameters("sort", "as_known_on", "density"))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a reader can choose; its label says how many claims it leaves, where known."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter, with what can be chosen; the first option chooses nothing."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, in words, and the address of the same list without it."""

    filter: str
    value: str
    url: str


def choices(
    query: ListQuery,
    dossier: Dossier,
    registers: Registers,
    counts: Mapping[str, Mapping[str, int]],
) -> list[Choice]:
    """Every filter of a dossier; `counts` are by the filter's name and value, where known."""
    return [
        Choice(name, label, tuple(_options(name, options, query, counts.get(name))))
        for name, label, options in _filters(dossier, registers)
    ]


def sorts(query: ListQuery) -> Choice:
    """The orders in which a list can be read."""
    offered = [
        ("", _("disputed first, then by date")),
        ("date", _("by date")),
        ("gap", _("widest gap first")),
        ("changed", _("last changed first")),
        ("question", _("by question")),
    ]
    now = "" if query.sort in (None, "state") else query.sort
    options = (Option(value, label, value == now) for value, label in offered)
    return Choice("sort", _("Order"), tuple(options))


def densities(query: ListQuery, dossier: str) -> list[tuple[Link, bool]]:
    """The two ways of setting the list, each with whether it is the one in force."""
    asked = query.parameters("density")
    compact = query.density == "compact"
    return [
        (Link(urls.dossier(dossier, asked), _("Reading")), not compact),
        (Link(urls.dossier(dossier, asked | {"density": "compact"}), _("Compact")), compact),
    ]


def chips(query: ListQuery, dossier: Dossier, registers: Registers, *, dated: bool) -> list[Chip]:
    """What narrows the list now; a day only where `dated`, which is where it is one."""
    found = []
    for name, label, options in _filters(dossier, registers):
        value = getattr(query, name)
        if value:
            # An old link may name an id that is gone: its chip shows the id, so that it can be
            # removed.
            words = next((words for key, words in options if key == value), value)
            found.append(_chip(query, dossier.id, name, label, words))
    if query.event:
        found.append(
            _chip(
                query,
                dossier.id,
                "event",
                _("Event"),
                event_of(dossier, query.event) or query.event,
            )
        )
    if query.q:
        found.append(_chip(query, dossier.id, "q", _("Words"), _("“%s”") % query.q))
    day = day_view(query.as_known_on) if dated else None
    if day:
        found.append(_chip(query, dossier.id, "as_known_on", _("As known on"), day.words))
    return found


def figure(number: int) -> str:
    """A count as people write it; what is not counted exactly is said to be over the bound."""
    if number > MAX_COUNTED:
        return _("over %s") % in_digits(MAX_COUNTED)
    return in_digits(number)


def _chip(query: ListQuery, dossier: str, name: str, label: str, words: str) -> Chip:
    return Chip(label, words, urls.dossier(dossier, query.parameters(name)))


def _filters(
    dossier: Dossier, registers: Registers
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The name of each filter, what it is called, and its values with their names."""
    return [
        ("state", _("State"), [(key, terms.state(key).name) for key in get_args(State)]),
        ("topic", _("Topic"), [(topic.id, name_of(topic)) for topic in dossier.topics]),
        (
            "side",
            _("Answered by"),
            [(side, name_of(registers.sides[side])) for side in dossier.sides],
        ),
        ("place", _("Place"), [(place.id, place.name) for place in dossier.places]),
        ("kind", _("Kind"), [(key, terms.kind(key)) for key in get_args(Kind)]),
        ("flag", _("Marked"), [(key, terms.flag(key).name) for key in get_args(Flag)]),
    ]


def _options(
    name: str,
    options: Iterable[tuple[str, str]],
    query: ListQuery,
    counts: Mapping[str, int] | None,
) -> Iterable[Option]:
    now = getattr(query, name)
    yield Option("", _("all"), now is None)
    for value, label in options:
        count = None if counts is None else counts.get(value, 0)
        if count is None:
            yield Option(value, label, value == now)
        # Options that would leave nothing are not offered. The chosen one stays, or the menu would
        # say “all” of a filtered list.
        elif count or value == now:
            counted = _("%(option)s (%(count)s)") % {"option": label, "count": figure(count)}
            yield Option(value, counted, value == now)


_LAST_YEAR = 9999  # what can be written as YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class KnownDays:
    """What the field holds, what is wrong with it, and where else one can go.

    `hidden` are the further parameters of the address, which the form sends along.
    """

    typed: str
    wrong: str
    hidden: Sequence[tuple[str, str]]
    previous: Link | None
    following: Link | None
    now_url: str


def known_days(
    query: ListQuery, dossier: str, neighbours: tuple[Day | None, Day | None], *, wrong: str
) -> KnownDays:
    """The control for a list; `neighbours` are the days before and after to which it links."""
    before, after = neighbours
    return KnownDays(
        typed=query.as_known_on or "",
        wrong=wrong,
        hidden=sorted(query.parameters("as_known_on").items()),
        previous=_link(query, dossier, before),
        following=_link(query, dossier, after),
        now_url=urls.dossier(dossier, query.parameters("as_known_on")),
    )


def _link(query: ListQuery, dossier: str, day: Day | None) -> Link | None:
    if day is None or not 0 <= day.year <= _LAST_YEAR:
        return None
    view = day_view(day.isoformat())
    address = urls.dossier(dossier, query.parameters() | {"as_known_on": day.isoformat()})
    return Link(address, view.words if view else _("undated"))
