"""What came of following one link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.following import FetchRule, PageState


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to one fetch; a failure is a state, with what is known of it.

    `url` is what was asked for, `hops` every address that it led to, in order, as they go over the
    wire, and `final_url` the last of them, which is asked for unless a rule forbids it. `rule` is
    None exactly where the state is `read`; `reason` is one sentence for a person. `status` and
    `headers` are those of the last answer (None and empty where none came), header names in lower
    case, in the order of the server. `body` is the page after inflating, empty unless `read`: a
    Content-Encoding among the headers tells how it travelled, not how it is here. `at` is the time
    (UTC) at which the answer was complete. `retry_after` is how many seconds the server asks to be
    left alone, from 0 on.
    """

    url: str
    final_url: str
    hops: tuple[str, ...]
    state: PageState
    rule: FetchRule | None
    reason: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime
    retry_after: float | None
