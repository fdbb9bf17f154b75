"""The database as readers and verbs see it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")


# A protocol, so that services can be typed without importing the engine, and web without storage.
class Transactions(Protocol):
    """Transactions on the record, and nothing of what they run on.

    For callers that must choose when a transaction ends: those that wait for a page of the web, or
    prepare a change before writing it. `storage.database.engine.Database` is one; floors
    that do not import storage are handed it as this.
    """

    def reading(self) -> AbstractContextManager[Session]:
        """A session that sees the record as it was at its first read, and cannot write."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """A session whose changes are all committed at the end, or none of them on any error."""
        ...

    def write(self, work: Callable[[Session], T]) -> T:
        """What the work returns, once its changes are committed; none are where it raises.

        For short work of which many threads have some at once. It may run in another thread, and
        twice, so that it changes nothing but what the session holds.
        """
        ...
