"""A link with its name, as breadcrumbs and lists show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Where to, and under which name."""

    url: str
    name: str
