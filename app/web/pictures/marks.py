"""Marks: each speaker of a side once for an account, with the way to its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.disagreement.statements import Cited
from app.web import urls
from app.web.i18n import gettext as _
from app.web.views import terms
from app.web.views.dates import day_view

Manner = Literal["says", "denies", "unanswered"]
MOST_MARKS = 24
_LONGEST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """Who says something, as a link to the first of the words; `title` has a line for each.

    `is_own` where it is an outlet in its own voice, and no speaker's statement.
    """

    url: str
    title: str
    manner: Manner
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A side's place in a picture: its name, its rank (0 for the others), and why it is silent."""

    side: str
    name: str
    rank: int
    silence: str


def marks_of(items: Iterable[Cited], page: str, answer: str) -> tuple[Mark, ...]:
    """A mark for each speaker (or publisher in its own voice) and manner, in file order.

    `page` is where the citations stand, `answer` the account in few words. At most 24.
    """
    groups: dict[tuple[str, Manner], list[Cited]] = {}
    for item in items:
        groups.setdefault((_who(item), _manner(item)), []).append(item)
    marks = [
        Mark(
            url=urls.citation_at(page, same[0].citation.id),
            title=_title(same, answer),
            manner=manner,
            is_own=not same[0].speakers,
        )
        for (_name, manner), same in groups.items()
    ]
    return tuple(marks[:MOST_MARKS])


def _who(item: Cited) -> str:
    return ", ".join(speaker.name for speaker in item.speakers) or item.publisher.name


def _manner(item: Cited) -> Manner:
    if item.citation.stance == "denies":
        return "denies"
    evades = item.citation.stance in ("sidesteps", "declines") or item.account.answer is None
    return "unanswered" if evades else "says"


def _title(same: Sequence[Cited], answer: str) -> str:
    """“The ministry, 27 March 2022: 5” and under it the words, as far as they are on record."""
    return "\n".join(dict.fromkeys((_told(same[0], answer), *map(_words, same)))).strip()


def _told(item: Cited, answer: str) -> str:
    stance = item.citation.stance
    what = answer if stance == "asserts" else f"{terms.stance(stance)} – {answer}"
    if item.account.answer is None:
        what = terms.stance("sidesteps" if stance == "asserts" else stance)
    said = day_view(item.citation.said)
    return _("%(who)s, %(day)s: %(what)s") % {
        "who": _who(item),
        "day": said.words if said else _("undated"),
        "what": what,
    }


def _words(item: Cited) -> str:
    """The quotation; only a speaker's own words stand in quotation marks."""
    quote = (item.citation.quote or "")[:_LONGEST_WORDS]
    if not quote:
        return ""
    if item.speakers and item.citation.voice == "quoted":
        return f"“{quote}”"
    return _("%(words)s (as %(publisher)s puts it)") % {
        "words": quote,
        "publisher": item.publisher.name,
    }
