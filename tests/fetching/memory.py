"""How far the memory of a process rises at most while it asks hostile servers, in megabytes.

`python -m tests.fetching.memory [NAME]` asks all of them, or the one of that name, one after the
other. The servers run in a process of their own.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fetching.hostile import ROBOTS, SERVERS
from tests.fetching.servers import Server, answer, fetcher, raw_server, site


def main(name: str | None) -> None:
    ours, theirs = get_context("spawn").Pipe()
    serving = get_context("spawn").Process(target=serve, args=(theirs, name), daemon=True)
    serving.start()
    calm, *hostile = ours.recv()
    ask(*calm)
    resting = megabytes("VmRSS")
    for server in hostile:
        ask(*server)
    sys.stdout.write(f"{megabytes('VmHWM') - resting:.1f}\n")
    ours.send("done")
    serving.join(10)


def serve(pipe: Connection, name: str | None) -> None:
    with ExitStack() as running:
        calm = running.enter_context(site({"/": answer("words")}))
        asked: list[tuple[tuple[str, int], bool, float]] = [(calm.place, True, 5.0)]
        for hostile in (*SERVERS, *ROBOTS):
            if name not in (None, hostile.name):
                continue
            robots = hostile in ROBOTS
            pages = {"/robots.txt": hostile, "/": answer("words")}
            server = running.enter_context(site(pages) if robots else raw_server(hostile))
            asked.append((server.place, robots, 0.2 if hostile.rule == "timeout" else 3.0))
        pipe.send(asked)
        pipe.recv()


def ask(place: tuple[str, int], robots: bool, deadline: float) -> None:
    with fetcher(Server(*place), deadline=deadline, robots=robots) as fetching:
        fetching.fetch("http://a.test/")


def megabytes(field: str) -> float:
    """`VmRSS` is what this process has now, `VmHWM` the most that it ever had.

    `getrusage` would also count what the process that started it had.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{field}:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
