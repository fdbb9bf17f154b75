"""How long a quotation's check takes, from two plain strings.

Targets: a 30 KB page and a quotation of 15 words in at most 0.5 ms where it is verbatim and
2 ms where it is missing; a page of 5 MB in proportion. Pages are invented words with the signs of
print, sizes are in characters. Times are processor time, the least of several runs, so that other
work on the machine counts for little.

`--against FOLDER` measures another checkout of the project too, each quotation by turns in both,
and prints how many times as long this one takes:

    .venv/bin/python -m bench.quotations --against ../other

`verbatim` is in the middle of the page, with other quote signs and over a line end; `near` is
the same, searched for where it was before; `altered` has two words changed; `missing` is of other
words, and `kindred` of the page's own words in another order.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from app.domain.quotations.check import check_quote
from app.domain.quotations.pages import Selector

ALPHABETS = {
    "Latin": "aaabcdeeefghiiklmnnoooprrssttuvwy",
    "Cyrillic": "аааабвгдеееежзиииклмнноооопррссттуыья",
    "Armenian": "աաաաբգդեեզէըթժիլխծկհձղճմյնննշոոպջռսսվտրրցւփք",
}
SIZES = (3_000, 30_000, 300_000, 5_000_000)
WORDS = 15
NAMES = ("verbatim", "near", "altered", "missing", "kindred")
TURNS = 15


def a_page(letters: str, size: int, rng: random.Random) -> list[str]:
    """Words of invented text; the same few thousand come again, short ones most often."""
    known = ["".join(rng.choices(letters, k=rng.choice((2, 3, 5, 7, 9)))) for _ in range(5_000)]
    signs = (*[""] * 30, ",", ",", ".\n", ".", " —")
    words, length = [], 0
    while length < size:
        word = known[min(int(rng.expovariate(0.002)), 4_999)] + rng.choice(signs)
        words.append(f"“{word}”" if rng.random() < 0.02 else word)
        length += len(words[-1]) + 1
    return words


def cases(words: list[str], letters: str, rng: random.Random) -> dict[str, str]:
    """Quotations of `WORDS` words, by what the check should find."""
    middle = len(words) // 2
    chosen = words[middle : middle + WORDS]
    quote = " ".join(chosen).replace("“", '"').replace("”", '"').strip(" .,—\n")
    changed = quote.split(" ")
    changed[3] = changed[-4] = "".join(rng.choices(letters, k=7))
    return {
        "verbatim": quote,
        "altered": " ".join(changed),
        "missing": " ".join("".join(rng.choices(letters, k=6)) for _ in range(WORDS)),
        "kindred": " ".join(rng.sample(words, WORDS)),
    }


def least(act: Callable[[], object], rounds: int) -> float:
    """The least processor time in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def peak(act: Callable[[], object]) -> float:
    """The most memory that it takes, in MiB."""
    tracemalloc.start()
    act()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


Case = tuple[str, str, Selector | None]


def cases_on(script: str, size: int) -> tuple[str, list[Case]]:
    """A page, and the quotations to check on it with their names."""
    letters = ALPHABETS[script]
    rng = random.Random(size)
    words = a_page(letters, size, rng)
    page = " ".join(words)
    near = check_quote(cases(words, letters, random.Random(1))["verbatim"], page).selector
    rows: list[Case] = [(name, quote, None) for name, quote in cases(words, letters, rng).items()]
    rows.insert(1, ("near", rows[0][1], near))
    return page, rows


def answer() -> None:
    """Measure what standard input asks for: script, size and number of a quotation in a line."""
    page, rows, asked_before = "", [], ("", 0)
    for line in sys.stdin:
        script, size, number = line.split()
        if (script, int(size)) != asked_before:
            page, rows = cases_on(script, int(size))
            asked_before = script, int(size)
        _, quote, near = rows[int(number)]
        act = lambda q=quote, p=page, n=near: check_quote(q, p, n)  # noqa: E731
        print(least(act, 1 if int(size) > 100_000 else 10), flush=True)


def compare(folder: str) -> None:
    """Print how long each quotation takes here and in another checkout, and the ratio."""
    own, other = _measurer("."), _measurer(folder)
    sums = [0.0, 0.0]
    print(f"{'script':9} {'size':>9} {'quotation':10} {'before':>9} {'now':>9} {'ratio':>6}")
    for script in ALPHABETS:
        for size in SIZES[:3]:
            for number, name in enumerate(NAMES):
                line = f"{script} {size} {number}\n"
                # By turns, so that other work on the machine slows down both.
                times = [(_ask(other, line), _ask(own, line)) for _ in range(TURNS)]
                before, now = (min(both) for both in zip(*times, strict=True))
                sums = [sums[0] + before, sums[1] + now]
                row = f"{script:9} {size:9} {name:10} {before:9.3f} {now:9.3f} {now / before:6.2f}"
                print(row, flush=True)
    print(f"all together: {sums[1] / sums[0]:.2f}")


def _measurer(folder: str) -> subprocess.Popen[str]:
    # This module in both, so that the pages and the way of measuring are the same.
    program = (
        f"import sys, runpy; sys.path.insert(0, {str(Path(folder).resolve())!r});"
        f" runpy.run_path({__file__!r}, run_name='bench')['answer']()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
    )


def _ask(measurer: subprocess.Popen[str], line: str) -> float:
    questions, answers = measurer.stdin, measurer.stdout
    if questions is None or answers is None:
        raise RuntimeError("The other process has no pipes.")
    questions.write(line)
    questions.flush()
    return float(answers.readline())


def main() -> None:
    """Print one table."""
    print(f"{'script':9} {'size':>9} {'quotation':10} {'verdict':9} {'ms':>9} {'peak MiB':>9}")
    for script in ALPHABETS:
        for size in SIZES:
            page, rows = cases_on(script, size)
            for name, quote, earlier in rows:
                act = lambda q=quote, p=page, n=earlier: check_quote(q, p, n)  # noqa: E731
                verdict = act().verdict
                took = least(act, 5 if size > 100_000 else 100)
                row = f"{script:9} {size:9} {name:10} {verdict:9} {took:9.3f} {peak(act):9.2f}"
                print(row, flush=True)


if __name__ == "__main__":
    compare(sys.argv[2]) if sys.argv[1:2] == ["--against"] else main()
