"""Why a request gave no page: each way of failing, as one exception with its state and rule."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime

import httpcore

from app.domain.records.page_checks import FetchRule, PageState
from app.errors import VariorumError

_HEADERS_TOO_LARGE = 431  # how h11 says that the head of an answer outgrew its bound


class NotRead(VariorumError):
    """No page came; `str(error)` says why to a person. Never leaves `app.fetching`."""

    def __init__(self, rule: FetchRule, message: str, state: PageState = "unreachable") -> None:
        super().__init__(message)
        self.rule = rule
        self.state = state

    def again(self) -> NotRead:
        """The same without what it holds on to: where it was raised, and what was in hand there."""
        return NotRead(self.rule, str(self), self.state)


def timed_out() -> NotRead:
    """The time that a fetch may take is over."""
    return NotRead("timeout", "The server did not answer in full in the time that it was given.")


def failure_of(error: Exception) -> NotRead:
    """What an error of httpcore, raised while connecting, asking or reading, means for the page."""
    cause = error.args[0] if error.args else None  # httpcore hands on what it translates
    if isinstance(error, httpcore.TimeoutException):
        return timed_out()
    if isinstance(cause, ssl.SSLError):
        return NotRead("tls", f"No trusted TLS connection came about: {_tls_reason(cause)}.")
    if isinstance(error, httpcore.ConnectError):
        return NotRead("connect", "The server did not accept the connection.")
    if isinstance(error, httpcore.RemoteProtocolError):
        return _protocol_failure(cause)
    return NotRead("disconnected", "The connection broke off before the answer was complete.")


def _tls_reason(cause: ssl.SSLError) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message.rstrip(".")
    return "the handshake failed"


def _protocol_failure(cause: object) -> NotRead:
    if not isinstance(cause, Exception):  # httpcore's own: closed before any answer
        return NotRead("disconnected", "The server hung up without answering in HTTP.")
    if getattr(cause, "error_status_hint", None) == _HEADERS_TOO_LARGE:
        return NotRead("headers-too-large", "The head of the answer is too large.")
    if "peer closed connection" in str(cause):
        return NotRead("incomplete", "The answer ended before it was complete.")
    return NotRead("protocol", "The server's answer is not HTTP.")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to one fetch; a failure is a state, with what is known of it.

    `url` is what was asked for, `hops` every address that it led to, in order, as they go over the
    wire, and `final_url` the last of them, which is asked for unless a rule forbids it. `rule` is
    None exactly where the state is `read`; `reason` is one sentence for a person. `status` and
    `headers` are those of the last answer (None and empty where none came), header names in lower
    case, in the order of the server. `body` is the page after inflating, empty unless `read`: a
    Content-Encoding among the headers says how it was sent, not how it is here. `at` is the time
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
