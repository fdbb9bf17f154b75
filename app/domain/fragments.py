"""Links that open a page at quoted words.

Source: WICG, URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

from urllib.parse import quote as percent_encode

_DIRECTIVE = ":~:"


def text_fragment_link(url: str, quotation: str) -> str:
    """The URL with a text directive for the quotation; its own fragment is kept.

    Line breaks count as spaces. `-`, `,` and `&` have a meaning in the directive and are escaped,
    as is everything but ASCII letters, digits and `_.~`.
    """
    base, _, _ = url.partition(_DIRECTIVE)
    separator = "" if "#" in base else "#"
    words = " ".join(quotation.split())
    directive = percent_encode(words, safe="").replace("-", "%2D")
    return f"{base}{separator}{_DIRECTIVE}text={directive}"
