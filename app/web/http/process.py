"""How many threads a process answers with: few for what computes, others for what waits.

Threads that compute take turns at Python's lock: with many of them each request takes longer, and
none are answered sooner. What waits for pages of the web has threads of its own, so that slow pages
delay no other answer.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response

_COMPUTE = 8
_WAIT = 16


def set_up_process(app: FastAPI) -> None:
    """Make a process ready to answer; to be called in the event loop that the application runs in.

    In each worker, which is a process of its own; threads belong to its event loop.
    """
    end_with_parent()
    limit_arenas()
    tune_garbage_collection()
    limit_threads(app)


def limit_threads(app: FastAPI) -> None:
    """Set both numbers for an application; to be called in the event loop that it runs in."""
    to_thread.current_default_thread_limiter().total_tokens = _COMPUTE
    app.state.waiters = CapacityLimiter(_WAIT)


def blocking_route(route: Callable[..., Response]) -> Callable[..., Awaitable[Response]]:
    """A route that may wait long for others, in a thread of those that do; it takes the request."""

    @wraps(route)
    async def waiting(request: Request, **given: Any) -> Response:
        waiters: CapacityLimiter = request.app.state.waiters
        return await to_thread.run_sync(partial(route, request, **given), limiter=waiters)

    return waiting


_YOUNG = 50_000


def tune_garbage_collection() -> None:
    """Collect after 50,000 new objects instead of 700, and never those that exist now.

    Records and comparisons are trees of many small objects without cycles, which are freed as soon
    as nothing refers to them: looking for cycles among them took a quarter of a large comparison.
    For a process to call once, when all that it needs is imported.
    """
    # First collected, or garbage of the imports would be frozen for good.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)


_M_ARENA_MAX = -8  # glibc's <malloc.h>
_ARENAS = 2


def limit_arenas() -> None:
    """Let all threads take memory from two arenas, where the C library is glibc.

    It gives each thread one of its own, up to eight a core, and what one frees another cannot use:
    a quarter of the memory under attack, and no faster, as Python computes in one thread at a time.
    Source: mallopt(3).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)


def end_with_parent() -> None:
    """End this process, where it is a worker, when the process that started it is gone.

    Also where that one was killed: its workers would go on answering with an old program, and hold
    the port.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
