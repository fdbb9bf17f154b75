"""A worker in a process of its own, as `variorum work` runs one, that may reach a test's server."""

from __future__ import annotations

import json
import signal
import ssl
import sys
from datetime import timedelta
from pathlib import Path

from app.fetching.fetcher import Fetcher
from app.fetching.rules import Allowance, FetchRules
from app.services.following.visit import VisitContext
from app.services.following.worker import Worker
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots


def main(told: dict[str, str], hosts: dict[str, list[object]]) -> None:
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.load_verify_locations(told["authority"])
    places = {name: (str(place[0]), int(str(place[1]))) for name, place in hosts.items()}
    follower = VisitContext(
        database=Database(told["database"]),
        fetcher=Fetcher(
            FetchRules("https://example.org/us", pause=0.0, deadline=10.0),
            Allowance(places, trusting),
        ),
        snapshots=Snapshots(Path(told["folder"])),
        archives=(),
        recheck=timedelta(days=30),
        pause=0.0,
    )
    worker = Worker(follower, print, print, lease_seconds=float(told["lease_seconds"]))
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.run()


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
