"""Answers as files: one each, with a few lines on top, then the body."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx

from tools.answers.normalising import Words

DATABASE = "record.sqlite3"
SAMPLE = "sample.txt"
_MAX_NAME_LENGTH = 150
_SUFFIX = ".txt"
_TEXTS = ("text/", "json", "xml", "javascript")
_LEFT_OUT = (
    *("date", "server", "content-length", "last-modified", "connection", "transfer-encoding"),
    *("keep-alive", "accept-ranges"),
)


@dataclass(frozen=True)
class Kept:
    """An answer as it is written: its kind (a folder), what was asked, and the whole text."""

    kind: str
    asked: str
    text: str


class Folder:
    """The folder of a run; what is written there can be read back in the order of names."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, kept: Kept) -> None:
        """Write an answer into its file."""
        file = self.path / kept.kind / file_name(kept.asked)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"{kept.asked}\n{kept.text}".encode())

    def files(self) -> Iterator[str]:
        """The names of all answers' files below the folder, sorted."""
        yield from sorted(
            path.relative_to(self.path).as_posix()
            for path in self.path.glob(f"*/**/*{_SUFFIX}")
            if path.is_file()
        )

    def mark_sampled(self, every: int) -> None:
        """Note that only every so-many-th address was asked for."""
        (self.path / SAMPLE).write_text(f"{every}\n", encoding="utf-8")

    def is_sampled(self) -> bool:
        """Whether only a part of the addresses was asked for."""
        return (self.path / SAMPLE).exists()


def file_name(asked: str) -> str:
    """A file name for what was asked, which no other question has."""
    name = quote(asked.removeprefix("GET "), safe="=?&,+ ").replace("%2F", "~").replace(" ", "_")
    if len(name) > _MAX_NAME_LENGTH:
        digest = hashlib.sha256(asked.encode()).hexdigest()[:10]
        name = f"{name[:_MAX_NAME_LENGTH]}-{digest}"
    return name + _SUFFIX


def text_of(answer: httpx.Response, words: Words, *, is_file: bool) -> str:
    """An answer's status, headers and body; `is_file` where its tag is made of a file's time."""
    lines = [f"status: {answer.status_code}"]
    for name, value in sorted(answer.headers.multi_items()):
        if name in _LEFT_OUT or (is_file and name == "etag"):
            continue
        if name == "allow":  # from a set, whose order differs in each process
            value = ", ".join(sorted(value.split(", ")))
        lines.append(f"{name}: {words.normal(value)}")
    return "\n".join([*lines, "", _body(answer, words)])


def _body(answer: httpx.Response, words: Words) -> str:
    """The body as text; of a picture or font, its hash and length."""
    kind = answer.headers.get("content-type", "")
    if answer.content and not any(part in kind for part in _TEXTS):
        return f"sha256 {hashlib.sha256(answer.content).hexdigest()}, {len(answer.content)} bytes"
    return words.normal(answer.content.decode("utf-8", "backslashreplace"))
