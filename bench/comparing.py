"""How long a comparison takes: a common claim, and a very large one.

Targets: 6 accounts and 20 citations in at most 1 ms; 200 accounts and 10,000 citations in at most
0.5 s, with memory in proportion to the citations. Times are processor time, the least of several
runs, so that other work on the machine counts for little.

In `random` rows 8 speakers say anything on any day: nearly every statement is a change of account
or a clash. In `steady` rows the speakers (300 in the large ones) mostly repeat themselves.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Sequence
from typing import Any

from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers, Speaker
from app.web.http.process import tune_garbage_collection
from tests.domain.factories import DOSSIER, SOURCES, account, cite, claim

SPEAKERS = ("n-min", "n-pm", "h-min", "n-party", "s-min", "s-party", "w-min", "f-min", None)
MANY = tuple(
    Speaker(
        id=f"{side}-{number}",
        name=f"Speaker {number}",
        side=side,
        speaks_for=body,
        standing="official" if number % 2 else "expert",
    )
    for side, body in (("north", "northland"), ("south", "southland"), ("west", "westland"))
    for number in range(100)
)
REGISTERS = Registers(SOURCES.model_copy(update={"speakers": (*SOURCES.speakers, *MANY)}))
DOCUMENTS = ("daily-doc", "weekly-doc", "wire-doc", "pedia-doc")


def a_claim(kind: str, accounts: int, citations: int, *, steady: bool = False) -> Claim:
    """A claim whose citations are spread over days and documents at random."""
    rng = random.Random(20201110)
    few: Sequence[str | None] = SPEAKERS
    speakers = [speaker.id for speaker in MANY] if steady and citations > 100 else few
    held = {speaker: rng.randrange(accounts) for speaker in speakers}
    cited: list[list[dict[str, Any]]] = [[] for _ in range(accounts)]
    for number in range(citations):
        day = f"20{rng.randint(10, 29)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        speaker = rng.choice(speakers)
        repeats = steady and number >= accounts and rng.random() < 0.95
        place = held[speaker] if repeats else number % accounts
        cited[place].append(cite(speaker, day, document=rng.choice(DOCUMENTS)))
    entries = [account(f"a{n}", an_answer(kind, n, rng), *own) for n, own in enumerate(cited)]
    return claim(kind, *entries)


def an_answer(kind: str, number: int, rng: random.Random) -> str:
    if kind == "quantity":
        return str(rng.randint(1, 5000))
    return ("yes", "no")[number % 2] if kind == "yes-no" else f"option-{number}"


def least(subject: Claim, rounds: int) -> float:
    """The least processor time of a comparison in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        compare(subject, REGISTERS, DOSSIER)
        times.append((time.process_time() - start) * 1000)
    return min(times)


def peak(subject: Claim) -> float:
    """The most memory that a comparison takes, in MiB."""
    tracemalloc.start()
    compare(subject, REGISTERS, DOSSIER)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def main() -> None:
    """Print one table, of a process that collects garbage as seldom as all of ours do."""
    tune_garbage_collection()
    print(f"{'speakers':8} {'kind':8} {'accounts':>8} {'citations':>9} {'ms':>8} {'peak MiB':>9}")
    sizes = ((6, 20, 300), (200, 2_500, 5), (200, 5_000, 5), (200, 10_000, 5))
    for steady in (False, True):
        for accounts, citations, rounds in sizes:
            for kind in ("yes-no", "quantity", "choice"):
                subject = a_claim(kind, accounts, citations, steady=steady)
                took, most = least(subject, rounds), peak(subject)
                name = "steady" if steady else "random"
                row = f"{name:8} {kind:8} {accounts:8} {citations:9} {took:8.2f} {most:9.1f}"
                print(row)


if __name__ == "__main__":
    main()
