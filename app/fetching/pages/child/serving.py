"""Answer questions on standard input, one after another, within a ration of time and memory.

Run as `python -I serving.py MODULE ROOM SECONDS`: MODULE is the path of a module beside this one
with a function `read(body, write)` that gives what it found out as a dictionary and writes the text
in UTF-8 in parts; ROOM the bytes of memory that the process may take beyond what it holds at rest;
SECONDS the processor time for a question.

A question is its length (8 bytes, big-endian) and the bytes. An answer is several such: the parts
of the text, an empty one, and what `read` found out, as JSON. Where a ration runs out the process
ends, and the one who asked sees that no answer comes.
"""

from __future__ import annotations

import json
import math
import resource
import runpy
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

Write = Callable[[bytes | bytearray], object]
Read = Callable[[bytes, Write], dict[str, object]]


def serve(read: Read, questions: BinaryIO, answers: BinaryIO, seconds: int) -> None:
    """Answer until there are no more questions."""
    while head := questions.read(8):
        _ration_time(seconds)
        found = read(questions.read(int.from_bytes(head, "big")), partial(_write, answers))
        _write(answers, b"")
        _write(answers, json.dumps(found).encode())
        answers.flush()


def _write(answers: BinaryIO, part: bytes | bytearray) -> None:
    answers.write(len(part).to_bytes(8, "big"))
    answers.write(part)


def _ration_time(seconds: int) -> None:
    """End the process (SIGXCPU) once it has worked for so long from now on."""
    # Counted from now, as the kernel counts from the start of a process that reads many pages.
    until = math.ceil(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _ration_memory(room: int) -> None:
    """Let the address space grow by so many bytes and no more (Linux)."""
    # Beyond what it has: the limit counts what is mapped, and libraries map more than they use.
    statm = Path("/proc/self/statm")
    if statm.exists():
        held = int(statm.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + room, held + room))


if __name__ == "__main__":
    chosen: Read = runpy.run_path(sys.argv[1])["read"]
    _ration_memory(int(sys.argv[2]))
    serve(chosen, sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[3]))
