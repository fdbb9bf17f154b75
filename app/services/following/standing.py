"""How words stood on a page, in the columns in which citations and submissions keep it."""

from __future__ import annotations

import json
from typing import TypedDict

from app.domain.following import Finding
from app.services.following.looking import QuoteSeen


class Standing(TypedDict):
    """What `storage.following.CheckedQuote` and `storage.contributions.SubmissionCheck` share."""

    finding: Finding
    exact: str | None
    prefix: str | None
    suffix: str | None
    directive: str | None
    differences: str | None
    context_before: str | None
    context_exact: str | None
    context_after: str | None


def standing(seen: QuoteSeen) -> Standing:
    """How words stood that were looked for."""
    selector = seen.check.selector if seen.check else None
    context = seen.context
    return Standing(
        finding=seen.finding,
        exact=selector.exact if selector else None,
        prefix=selector.prefix if selector else None,
        suffix=selector.suffix if selector else None,
        directive=seen.directive,
        differences=_differences(seen),
        context_before=context.before if context else None,
        context_exact=context.exact if context else None,
        context_after=context.after if context else None,
    )


def _differences(seen: QuoteSeen) -> str | None:
    found = seen.check.differences if seen.check else ()
    return json.dumps([[d.kind, d.text] for d in found], ensure_ascii=False) if found else None
