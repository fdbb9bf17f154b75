"""How long a comparison takes: a common claim, and a very large one.

Targets: 6 accounts and 20 citations in at most 1 ms; 200 accounts and 10,000 citations in at most
0.5 s, with memory in proportion to the citations.
"""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from typing import Any

from app.domain.claims import Claim
from app.domain.disagreement import compare
from tests.domain.factories import REGISTERS, SIDES, account, cite, claim

SPEAKERS = ("n-min", "n-pm", "h-min", "n-party", "s-min", "s-party", "w-min", "f-min", None)


def a_claim(kind: str, accounts: int, citations: int) -> Claim:
    """A claim whose citations are spread over speakers, days and documents at random."""
    rng = random.Random(20201110)
    answers = {"yes-no": ("yes", "no"), "choice": tuple(f"option-{n}" for n in range(accounts))}
    cited: list[list[dict[str, Any]]] = [[] for _ in range(accounts)]
    for number in range(citations):
        day = f"20{rng.randint(10, 29)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        document = rng.choice(("daily-doc", "weekly-doc", "wire-doc", "pedia-doc"))
        cited[number % accounts].append(cite(rng.choice(SPEAKERS), day, document=document))
    entries = []
    for number, own in enumerate(cited):
        answer = str(rng.randint(1, 5000)) if kind == "quantity" else None
        options = answers.get(kind, (answer,))
        entries.append(account(f"a{number}", answer or options[number % len(options)], *own))
    return claim(kind, *entries)


def best(subject: Claim, rounds: int) -> float:
    """The median time of a comparison in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        compare(subject, REGISTERS, SIDES)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def peak(subject: Claim) -> float:
    """The most memory that a comparison takes, in MiB."""
    tracemalloc.start()
    compare(subject, REGISTERS, SIDES)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def main() -> None:
    """Print one table."""
    print(f"{'kind':10} {'accounts':>8} {'citations':>9} {'ms':>9} {'peak MiB':>9}")
    for accounts, citations, rounds in (
        (6, 20, 200),
        (200, 2_500, 5),
        (200, 5_000, 5),
        (200, 10_000, 5),
    ):
        for kind in ("yes-no", "quantity", "choice"):
            subject = a_claim(kind, accounts, citations)
            took, most = best(subject, rounds), peak(subject)
            print(f"{kind:10} {accounts:8} {citations:9} {took:9.2f} {most:9.1f}")


if __name__ == "__main__":
    main()
