"""Text that XML can hold: control characters, which it cannot, are replaced."""

from __future__ import annotations

import re

# Extensible Markup Language (XML) 1.0, section 2.2: the characters that a document may hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """The text with every character that XML does not allow replaced by U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)
