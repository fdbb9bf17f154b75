"""Texts of strangers, made such that both databases can store them."""

from __future__ import annotations

import re
from typing import Any

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(row: dict[str, Any]) -> dict[str, Any]:
    """The row with U+FFFD in its texts for U+0000 and lone surrogates, which PostgreSQL refuses."""
    return {
        name: _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in row.items()
    }
