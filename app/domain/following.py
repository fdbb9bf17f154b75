"""How a page answered when its link was followed: the words that every floor uses for it."""

from __future__ import annotations

from typing import Literal

PageState = Literal["read", "gone", "blocked", "unreachable", "not-text"]
"""What became of asking for a page.

`read`: its bytes are here. `gone`: the server says that it is no more (404, 410). `blocked`: the
publisher does not let this program read it (401, 403, 429, 451, robots.txt). `unreachable`: no
whole answer came, for whichever reason. `not-text`: its media type alone shows that no words can
stand in it.
"""

AddressRule = Literal[
    "too-long",
    "control-characters",
    "scheme",
    "no-host",
    "userinfo",
    "unreadable",
    "port",
    "local-name",
    "address",
]
"""Which rule refuses an address before anything is asked; `address` is an IP that is not public."""

FetchRule = Literal[
    "status",
    "robots",
    "robots-unreachable",
    "media-type",
    "address",
    "redirects",
    "redirect-loop",
    "redirect-refused",
    "redirect-to-private",
    "dns",
    "connect",
    "tls",
    "timeout",
    "disconnected",
    "incomplete",
    "protocol",
    "headers-too-large",
    "too-large",
    "encoding",
    "broken-encoding",
    "busy",
    "stopped",
]
"""Why a page was not read. With `busy` and `stopped` it was this program's own doing: nothing is
known of the page, and it may be asked for again at once."""

Finding = Literal[
    "verbatim", "altered", "missing", "gone", "blocked", "unreachable", "not-text", "unchecked"
]
"""How a quotation stands: the quote check's verdict where its page was read, else the page's state.

`unchecked` is what no check has looked at.
"""
