"""How many more of a kind there are than a comparison gives one by one.

Whole sentences: what is counted is inflected with its number in other languages.
"""

from __future__ import annotations

from app.web.wording.locale import ngettext


def further(kind: str, count: int) -> str:
    """A sentence with `%s` for the number; raises `KeyError` for a kind that has none."""
    return (_changes(count) if kind.startswith("shift-") else _clashes(count))[kind]


def _clashes(count: int) -> dict[str, str]:
    return {
        "divided": ngettext(
            "%s more clash between officials of one side is on record.",
            "%s more clashes between officials of one side are on record.",
            count,
        ),
        "inner-dissent": ngettext(
            "%s more clash within one side is on record.",
            "%s more clashes within one side are on record.",
            count,
        ),
        "outside-dissent": ngettext(
            "%s more contradiction from outside the compared sides is on record.",
            "%s more contradictions from outside the compared sides are on record.",
            count,
        ),
        "unordered": ngettext(
            "%s more pair of answers of one speaker, in an order that is not known, is on record.",
            "%s more pairs of answers of one speaker, in an order that is not known, are on "
            "record.",
            count,
        ),
        "further": ngettext(
            "%s further answer is on record.", "%s further answers are on record.", count
        ),
        "part-exceeds-whole": ngettext(
            "%s more part of which a count lies above its whole is on record.",
            "%s more parts of which a count lies above their whole are on record.",
            count,
        ),
        "reports-differ": ngettext(
            "%s more pair of differing reports is on record.",
            "%s more pairs of differing reports are on record.",
            count,
        ),
    }


def _changes(count: int) -> dict[str, str]:
    return {
        "shift-update": ngettext(
            "%s more later account is on record.",
            "%s more later accounts are on record.",
            count,
        ),
        "shift-retraction": ngettext(
            "%s more account taken back is on record.",
            "%s more accounts taken back are on record.",
            count,
        ),
        "shift-clash": ngettext(
            "%s more change of account is on record.",
            "%s more changes of account are on record.",
            count,
        ),
    }
