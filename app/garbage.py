"""How often Python looks for objects that nothing but each other refers to."""

from __future__ import annotations

import gc

_YOUNG = 50_000


def collect_seldom() -> None:
    """Look after 50,000 new objects instead of after 700, and never at those that are there now.

    Records and comparisons are trees of many small objects without cycles, which are freed as soon
    as nothing refers to them: looking for cycles among them took a quarter of a large comparison.
    For a process to call once, when all that it needs is imported.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
