"""Two bodies of a subject side by side, and what changed between them in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.disagreement.comparison import Comparison
from app.domain.records.registers import Registers
from app.domain.revisions.differences import FieldChange, PartChange, TextRun, compared_texts
from app.web.history import field_names
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.messages import explanations

_MAX_PHRASES = 4


@dataclass(frozen=True, slots=True)
class RowView:
    """One field with its values before and after; empty where it had none."""

    name: str
    before: tuple[TextRun, ...]
    after: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a body with the fields that changed; `key` is `added`, `removed` or `changed`.

    The body itself has no heading.
    """

    heading: str
    key: str
    kind: str
    rows: tuple[RowView, ...]


def part_views(changes: Iterable[PartChange]) -> tuple[PartView, ...]:
    """What changed, part by part."""
    return tuple(
        PartView(
            heading=_heading(change.path),
            key=change.kind,
            kind=_kind(change.kind) if change.path else "",
            rows=tuple(
                map(_row, sorted(change.fields, key=lambda field: field_names.place(field.name)))
            ),
        )
        for change in changes
    )


def comparison_view(
    before: Comparison | None, after: Comparison | None, registers: Registers
) -> PartView | None:
    """What the program found at two revisions, as far as it differs."""
    rows = [
        RowView(name, *_texts(old, new))
        for name, old, new in (
            (_("State"), _state(before), _state(after)),
            (_("Flags"), _flags(before), _flags(after)),
            (_("In words"), _explained(before, registers), _explained(after, registers)),
        )
        if old != new
    ]
    return PartView(_("Effect on the comparison"), "changed", "", tuple(rows)) if rows else None


def phrases(changes: Sequence[PartChange]) -> tuple[str, ...]:
    """What changed, in a few phrases: “2 citations added”, “Question changed”."""
    own = [field for change in changes if not change.path for field in change.fields]
    found = [_("%s changed") % field_names.field(field.name) for field in own]
    counts = Counter((change.path[-2], change.kind) for change in changes if change.path)
    found += [_counted(name, kind, count) for (name, kind), count in counts.items()]
    rest = len(found) - _MAX_PHRASES
    more = [ngettext("%d more change", "%d more changes", rest) % rest] if rest > 0 else []
    return (*found[:_MAX_PHRASES], *more)


def _counted(name: str, kind: str, count: int) -> str:
    what = field_names.part(name)
    phrase = {
        "added": ngettext("%(what)s added", "%(what)s added: %(count)d", count),
        "removed": ngettext("%(what)s removed", "%(what)s removed: %(count)d", count),
        "changed": ngettext("%(what)s changed", "%(what)s changed: %(count)d", count),
    }[kind]
    return phrase % {"what": what, "count": count}


def _kind(kind: str) -> str:
    return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[kind]


def _heading(path: tuple[str, ...]) -> str:
    steps = [
        f"{field_names.part(name)} {key}" for name, key in zip(path[::2], path[1::2], strict=True)
    ]
    return " › ".join(steps)


def _row(change: FieldChange) -> RowView:
    return RowView(
        field_names.field(change.name), *_texts(_in_words(change.before), _in_words(change.after))
    )


def _texts(before: str, after: str) -> tuple[tuple[TextRun, ...], tuple[TextRun, ...]]:
    """Both texts with what differs marked; where there is only one, nothing needs a mark."""
    if before and after:
        return compared_texts(before, after)
    return _whole(before), _whole(after)


def _whole(text: str) -> tuple[TextRun, ...]:
    return (TextRun(text, changed=False),) if text else ()


def _in_words(value: object) -> str:
    """A JSON value as text: lists in a row, entries of lists on a line each."""
    match value:
        case None:
            return ""
        # Not left to the last case, which would show Python's own `True`.
        case bool():
            return _("yes") if value else _("no")
        case str():
            return value
        case Mapping():
            fields = (f"{field_names.field(key)}: {_in_words(item)}" for key, item in value.items())
            return "; ".join(fields)
        case Sequence():
            entries = any(isinstance(item, Mapping) for item in value)
            return ("\n" if entries else ", ").join(map(_in_words, value))
        case _:
            return str(value)


def _state(comparison: Comparison | None) -> str:
    return terms.state(comparison.state).name if comparison else ""


def _flags(comparison: Comparison | None) -> str:
    return ", ".join(terms.flag(key).name for key in comparison.flags) if comparison else ""


def _explained(comparison: Comparison | None, registers: Registers) -> str:
    return "\n".join(explanations(comparison, registers)) if comparison else ""
