"""Processes that read pages for this one, so that no page can break or fill it.

A C library that meets strangers' bytes may crash, and an HTML parser may need quadratic time:
100,000 nested `<div>` keep Lexbor busy for half a minute. In a process of its own both end at a
bound that the kernel enforces. A process is used again for the next page, since starting one takes
longer than reading most pages.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

_CHILD = Path(__file__).with_name("child")


class NoAnswer(Exception):
    """The process ended without an answer: it crashed, or a ration ran out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process found out about a page, and the page's text."""

    found: dict[str, Any]
    text: str


class Readers:
    """Processes that run one module of `child`, each for `uses` pages or one that is `large`.

    `room` is the memory in bytes that a process may take beyond what it holds at rest, `seconds`
    the processor time for a page; on a busy machine a page may take three times as long. Safe to
    use from several threads; there are as many processes as threads that ask at once.
    """

    def __init__(self, module: str, *, uses: int, large: int, room: int, seconds: int) -> None:
        self._command = [
            *(sys.executable, "-I", str(_CHILD / "serving.py")),
            *(str(_CHILD / module), str(room), str(seconds)),
        ]
        self._patience = 3.0 * seconds
        self._uses = uses
        self._large = large
        self._idle: list[_Reader] = []
        atexit.register(self.close)
        # Two processes that shared a pipe would read each other's answers.
        os.register_at_fork(after_in_child=self._idle.clear)

    def ask(self, body: bytes | bytearray) -> Answer:
        """What one of the processes says of a page; raises `NoAnswer`."""
        reader = self._ready()
        try:
            answer = reader.ask(body, self._patience)
        except NoAnswer:
            reader.close()
            raise
        if reader.asked < self._uses and len(body) < self._large:
            self._idle.append(reader)
        else:
            reader.close()
        return answer

    def close(self) -> None:
        """End the processes that wait for a page; the next page starts one again."""
        for reader in tuple(self._idle):
            self._idle.remove(reader)
            reader.close()

    def _ready(self) -> _Reader:
        while True:
            try:
                reader = self._idle.pop()  # one thread's: no other gets the same
            except IndexError:
                return _Reader(self._command)
            if reader.lives():
                return reader
            reader.close()


class _Reader:
    """One process and its pipes."""

    def __init__(self, command: list[str]) -> None:
        self.asked = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own program and arguments
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},  # no password of ours is near a stranger's bytes
            start_new_session=True,  # an interrupt from the keyboard is for the one who asks
        )

    def ask(self, body: bytes | bytearray, patience: float) -> Answer:
        self.asked += 1
        timer = threading.Timer(patience, self._process.kill)
        timer.start()
        try:
            return self._exchange(body)
        except OSError as error:
            raise NoAnswer from error
        finally:
            timer.cancel()

    def lives(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _exchange(self, body: bytes | bytearray) -> Answer:
        questions = cast(IO[bytes], self._process.stdin)
        answers = cast(IO[bytes], self._process.stdout)
        questions.write(len(body).to_bytes(8, "big"))
        questions.write(body)
        questions.flush()
        text = bytearray()
        while part := _part(answers):
            text += part
        return Answer(json.loads(_part(answers)), text.decode())


def _part(answers: IO[bytes]) -> bytes:
    head = answers.read(8)
    length = int.from_bytes(head, "big")
    part = answers.read(length) if len(head) == 8 else b""
    if len(head) < 8 or len(part) < length:
        raise NoAnswer
    return part
