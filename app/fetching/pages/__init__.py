"""From the bytes of a page to its words and to what it says of itself.

Total: any bytes give a `PageText` or a `NotText`, in bounded time and memory.
"""

from app.fetching.pages.reading import read_page
from app.fetching.pages.values import NotText, NotTextRule, PageKind, PageText, SaidOfItself

__all__ = ["NotText", "NotTextRule", "PageKind", "PageText", "SaidOfItself", "read_page"]
