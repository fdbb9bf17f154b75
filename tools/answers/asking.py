"""Asking servers for many addresses, and keeping what they answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Self, TypeVar

import httpx

from tools.answers.keeping import Folder, Kept, text_of
from tools.answers.normalising import Words, build_of
from tools.answers.serving import client_of

Read = TypeVar("Read")


@dataclass(frozen=True)
class Question:
    """A request, and the kind under which its answer is stored; `note` separates similar ones."""

    kind: str
    address: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    note: str = ""

    @property
    def asked(self) -> str:
        """What was asked, in a line."""
        return f"{self.method} {self.address}" + (f" ({self.note})" if self.note else "")


class Servers:
    """Several servers on the same record, each asked by one thread at a time."""

    def __init__(self, addresses: Sequence[str], folder: Folder, sample: int = 1) -> None:
        self._addresses = addresses
        self._folder = folder
        self._sample = sample
        self._idle: SimpleQueue[httpx.Client] = SimpleQueue()
        self._stack = ExitStack()
        self.words = Words()

    def __enter__(self) -> Self:
        """Open a client for each server, and learn the build's id."""
        self._pool = self._stack.enter_context(ThreadPoolExecutor(len(self._addresses)))
        for address in self._addresses:
            client = self._stack.enter_context(client_of(address))
            self.words = Words(build_of(client.get("/").text))
            self._idle.put(client)
        return self

    def __exit__(self, *_reason: object) -> None:
        self._stack.close()

    def takes(self, address: str) -> bool:
        """Whether an address belongs to the part that is asked for."""
        return self._sample == 1 or order(address) % self._sample == 0

    def ask(
        self, questions: Iterable[Question], read: Callable[[httpx.Response], Read]
    ) -> Iterator[tuple[Question, Read]]:
        """Ask and store; gives what `read` makes of each answer, in the order of the questions."""

        def one(question: Question) -> tuple[Question, Read]:
            return question, read(self.answer(question))

        yield from self._pool.map(one, questions)

    def ask_all(self, questions: Iterable[Question]) -> None:
        """Ask and store, and nothing else."""
        for _ in self.ask(questions, lambda _answer: None):
            pass

    def answer(self, question: Question) -> httpx.Response:
        """The answer to one question, which is stored."""
        client = self._idle.get()
        try:
            answer = client.request(
                question.method,
                question.address,
                headers=dict(question.headers),
                content=question.body,
            )
            client.cookies.clear()
        finally:
            self._idle.put(client)
        keep(self._folder, self.words, question, answer)
        return answer


def keep(folder: Folder, words: Words, question: Question, answer: httpx.Response) -> None:
    """Write an answer down, with what varies replaced."""
    is_file = question.address.startswith("/static/")
    text = text_of(answer, words, is_file=is_file)
    folder.write(Kept(question.kind, words.normal(question.asked), text))


def order(address: str) -> int:
    """A number by which addresses are mixed always in the same way."""
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:6], "big")
