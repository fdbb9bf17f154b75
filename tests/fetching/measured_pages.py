"""What it costs to read large and hostile pages, measured in a process of its own.

Memory is what this process and those that it started hold together beyond what they hold at rest,
sampled every few milliseconds; the page's own bytes are counted.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

from app.fetching.pages.reading import read_page
from app.fetching.pages.values import NotText
from tests.fetching.pdfs import pdf

SENTENCE = "Some words that were said. "
CYRILLIC = "Слова, которые были сказаны. "
NEWS = '<div class="a"><p>Some words with <a href="/b">a link</a> in a paragraph.</p></div>\n'


def filled(unit: str | bytes, size: int = 5_000_000) -> bytes:
    """The unit, again and again, up to so many bytes."""
    part = unit.encode() if isinstance(unit, str) else unit
    return (part * (size // len(part) + 1))[:size]


PAGES: dict[str, Callable[[], tuple[bytes, str | None]]] = {
    "news-30-kb": lambda: (filled(NEWS, 30_000), "text/html"),
    "news-500-kb": lambda: (filled(NEWS, 500_000), "text/html"),
    "news-5-mb": lambda: (filled(SENTENCE * 8 + NEWS), "text/html"),
    "long-text": lambda: (filled(SENTENCE * 20 + "<br>"), "text/html"),
    "long-cyrillic": lambda: (filled(CYRILLIC * 20 + "<p>"), "text/html; charset=utf-8"),
    "one-emoji": lambda: ("😀".encode() + filled(SENTENCE * 20 + "<br>", 4_999_000), "text/html"),
    "news-1-mb": lambda: (filled(NEWS, 1_000_000), "text/html"),
    "nested-b": lambda: (filled("<b>"), "text/html"),
    "fewer-nested-b": lambda: (filled("<b>", 440_000), "text/html"),
    "nested-div": lambda: (filled("<div>", 700_000), "text/html"),
    "nested-tables": lambda: (filled("<table>", 1_000_000), "text/html"),
    "reopened": lambda: (
        b"".join(b"<b id=%d>" % n for n in range(5_000)) + b"<p>a" * 40_000,
        "text/html",
    ),
    "attributes": lambda: (b"<p " + b" ".join(b"a%d" % n for n in range(500_000)), "text/html"),
    "long-attribute": lambda: (b'<p a="' + b"x" * 4_900_000 + b'">x', "text/html"),
    "unclosed-comments": lambda: (filled("<!-- "), "text/html"),
    "nuls": lambda: (bytes(5_000_000), "text/html"),
    "entities": lambda: (filled("&lt;"), "text/html"),
    "blank-lines": lambda: (b"<pre>" + b"\n" * 4_900_000 + b"x", "text/html"),
    "noise": lambda: (random.Random(1).randbytes(5_000_000), "text/html"),
    "noise-as-pdf": lambda: (b"%PDF-1.7\n" + random.Random(1).randbytes(4_900_000), None),
    "inflating-pdf": lambda: (pdf(zlib.compress(b"(a) Tj " * 9_000_000), inflated=True), None),
    "pages-pdf": lambda: (pdf(b"", kids=b"3 0 R " * 800_000, count=2_000_000_000), None),
}


class Watch:
    """Samples the memory of this process and its children."""

    def __init__(self) -> None:
        self.most = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Watch:
        self.rest = held()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def growth(self) -> float:
        """In MB."""
        return max(0, self.most - self.rest) / 1e6

    def _run(self) -> None:
        while not self._stop.wait(0.003):
            self.most = max(self.most, held())


def held() -> int:
    """Bytes in memory of this process and those that it started."""
    return sum(map(_resident, ["self", *children()]))


def children() -> set[str]:
    """The ids of the processes that this one started and that still run."""
    tasks = Path("/proc/self/task").iterdir()
    return {pid for task in tasks for pid in _text(task / "children").split()}


def _resident(pid: str) -> int:
    fields = _text(Path("/proc") / pid / "statm").split()
    return int(fields[1]) * 4096 if fields else 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading one page took; `outcome` is its kind, or the rule by which it is not read."""

    name: str
    size: int
    outcome: str
    seconds: float
    megabytes: float


def cost(name: str) -> Cost:
    """Read one of the pages while watching; in a process that does nothing else."""
    for warm in (b"<p>x", pdf(b"")):  # at rest, the processes that read pages are there
        read_page(warm, None)
    body, content_type = PAGES[name]()
    with Watch() as watch:
        began = time.perf_counter()
        page = read_page(body, content_type)
        seconds = time.perf_counter() - began
    outcome = page.rule if isinstance(page, NotText) else page.kind
    megabytes = watch.growth + len(body) / 1e6
    return Cost(name, len(body), outcome, round(seconds, 4), round(megabytes, 1))


def costs(*names: str) -> list[Cost]:
    """The costs of some pages, measured in a new process."""
    command = [sys.executable, "-m", __name__, *names]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [Cost(*json.loads(line)) for line in told.splitlines()]


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        sys.stdout.write(json.dumps(astuple(cost(asked))) + "\n")
