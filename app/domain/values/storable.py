"""Which texts both databases can store."""

from __future__ import annotations

import re

# PostgreSQL has no U+0000 in a text (its manual, section 8.3), and half of a surrogate pair has no
# UTF-8 (RFC 3629, section 3), so that the drivers of both databases fail on it. SQLite stores the
# first: without a rule of our own a fault of this kind shows on PostgreSQL alone.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether the text holds neither U+0000 nor an unpaired surrogate."""
    return _UNSTORABLE.search(text) is None


def storable(text: str) -> str:
    """The text with U+FFFD in place of each character that cannot be stored."""
    return _UNSTORABLE.sub("\ufffd", text)
