"""The filter bar of the overview: what an address asks for, and what a reader can choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.domain.claims import Kind
from app.domain.disagreement.comparison import Flag, State
from app.domain.registers import Dossier, Registers
from app.storage.claims import ClaimFilter
from app.web.dated import KnownOn
from app.web.i18n import gettext as _
from app.web.views import terms
from app.web.views.written import name_of


class ListQuery(BaseModel):
    """What the address of an overview can ask for; an empty value asks for nothing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    state: State | None = None
    topic: str | None = Field(None, max_length=64)
    side: str | None = Field(None, max_length=64)
    place: str | None = Field(None, max_length=64)
    kind: Kind | None = None
    flag: Flag | None = None
    q: str | None = Field(None, max_length=200)
    sort: str | None = Field(None, max_length=20)
    as_known_on: KnownOn | None = None
    after: str | None = Field(None, max_length=1000)

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    def claim_filter(self, dossier: str) -> ClaimFilter:
        """What storage is asked for."""
        return ClaimFilter(
            dossier=dossier,
            state=self.state,
            topic=self.topic,
            side=self.side,
            place=self.place,
            kind=self.kind,
            flag=self.flag,
            q=self.q,
        )

    def parameters(self) -> dict[str, str]:
        """The filters as they stand in an address, without the place in the list."""
        return {name: value for name, value in self.model_dump(exclude={"after"}).items() if value}

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.parameters().keys() - {"sort", "as_known_on"})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a reader can choose; `count` is how many claims it leaves, where known."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter, with what can be chosen; the first option chooses nothing."""

    name: str
    label: str
    options: tuple[Option, ...]


def choices(
    query: ListQuery,
    dossier: Dossier,
    registers: Registers,
    counts: Mapping[str, Mapping[str, int]],
) -> list[Choice]:
    """Every filter of a dossier; `counts` are by the filter's name and value."""
    names = {
        "state": [(key, terms.state(key).name) for key in get_args(State)],
        "topic": [(topic.id, name_of(topic)) for topic in dossier.topics],
        "side": [(side, name_of(registers.sides[side])) for side in dossier.sides],
        "place": [(place.id, place.name) for place in dossier.places],
        "kind": [(key, terms.kind(key)) for key in get_args(Kind)],
        "flag": [(key, terms.flag(key).name) for key in get_args(Flag)],
        "sort": [
            ("date", _("by date")),
            ("gap", _("widest gap first")),
            ("changed", _("last changed first")),
            ("question", _("by question")),
        ],
    }
    labels = {
        "state": _("State"),
        "topic": _("Topic"),
        "side": _("Answered by"),
        "place": _("Place"),
        "kind": _("Kind"),
        "flag": _("Marked"),
        "sort": _("Order"),
    }
    return [
        Choice(name, labels[name], tuple(_options(name, options, query, counts.get(name))))
        for name, options in names.items()
    ]


def _options(
    name: str,
    options: Iterable[tuple[str, str]],
    query: ListQuery,
    counts: Mapping[str, int] | None,
) -> Iterable[Option]:
    now = getattr(query, name)
    nothing = _("disputed first") if name == "sort" else _("all")
    yield Option("", nothing, now is None)
    for value, label in options:
        count = None if counts is None else counts.get(value, 0)
        if count != 0 or value == now:
            yield Option(value, label, value == now, count)
