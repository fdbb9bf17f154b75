"""Why a request gave no page: each way of failing, as one exception with its state and rule."""

from __future__ import annotations

import ssl

import httpcore

from app.domain.following import FetchRule, PageState
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
