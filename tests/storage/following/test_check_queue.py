from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.storage.database.engine import Database
from app.storage.following.check_queue import (
    Lease,
    Planned,
    bring_forward,
    finish,
    lease,
    next_due,
    plan,
    release,
)
from tests.domain.factories import account, cite, claim
from tests.storage.factories import NOON, put, save, save_registers
from tests.storage.following_factories import a_document
from tests.storage.lease_workers import start_hanging

SECONDS = 60.0
MINUTE = timedelta(minutes=1)
MONTH = timedelta(days=30)


def addresses(hosts: int, each: int = 1) -> dict[str, str]:
    """Pages on hosts, as `plan` wants them."""
    names = [f"host-{number}.example" for number in range(hosts)]
    return {f"https://{name}/{page}": name for name in names for page in range(each)}


def take(database: Database, now: datetime = NOON, most: int = 99) -> list[Lease]:
    with database.writing() as session:
        return lease(session, "a worker", now, most=most, seconds=SECONDS)


def end(database: Database, leased: Lease, now: datetime = NOON, **how: object) -> bool:
    with database.writing() as session:
        arguments = {"due_at": now + MONTH, "failed": False} | how
        return finish(session, leased, now, **arguments)  # type: ignore[arg-type]


def planned(database: Database, wanted: dict[str, str], now: datetime = NOON) -> Planned:
    with database.writing() as session:
        return plan(session, wanted, now)


def due_next(database: Database, now: datetime = NOON) -> datetime | None:
    with database.reading() as session:
        return next_due(session, now)


def test_pages_that_are_new_are_due_at_once(database: Database) -> None:
    assert due_next(database) is None
    assert planned(database, addresses(2)) == Planned(added=2, removed=0)
    assert due_next(database) == NOON
    first, second = take(database)
    assert first == Lease(
        token=first.token,
        url="https://host-0.example/0",
        host="host-0.example",
        worker="a worker",
        at=NOON,
        until=NOON + MINUTE,
        failures=0,
        host_failures=0,
        asked_at=None,
    )
    assert second.host == "host-1.example"
    assert first.token != second.token


def test_planning_again_changes_nothing(database: Database) -> None:
    planned(database, addresses(2))
    for leased in take(database):
        end(database, leased)
    assert planned(database, addresses(2), NOON + MINUTE) == Planned(added=0, removed=0)
    assert due_next(database) == NOON + MONTH


def test_pages_that_are_cited_no_more_leave_the_queue(database: Database) -> None:
    planned(database, addresses(3))
    (leased,) = take(database, most=1)
    assert planned(database, addresses(1, each=2) | addresses(2)) == Planned(1, 1)
    assert planned(database, {}) == Planned(added=0, removed=3)
    assert due_next(database) is None
    assert end(database, leased)
    assert due_next(database) is None


def test_addresses_that_differ_in_the_fragment_alone_are_looked_at_once(
    database: Database,
) -> None:
    wanted = dict.fromkeys(("https://a.example/#one", "https://a.example/#two"), "a.example")
    assert planned(database, wanted) == Planned(added=1, removed=0)


def test_a_page_is_not_looked_at_before_it_is_due_again(database: Database) -> None:
    planned(database, addresses(1))
    (leased,) = take(database)
    assert end(database, leased, NOON + MINUTE / 2, due_at=NOON + MONTH)
    assert take(database, NOON + MONTH - MINUTE) == []
    (again,) = take(database, NOON + MONTH)
    assert (again.url, again.asked_at) == (leased.url, NOON)


def test_the_longest_due_pages_come_first(database: Database) -> None:
    planned(database, addresses(4))
    for leased in take(database):
        late = timedelta(days=int(leased.host[5]))
        end(database, leased, due_at=NOON + MONTH - late)
    order = [leased.host for leased in take(database, NOON + MONTH, most=3)]
    assert order == ["host-3.example", "host-2.example", "host-1.example"]


def test_a_host_has_one_live_lease_at_a_time(database: Database) -> None:
    planned(database, addresses(2, each=3))
    assert [leased.host for leased in take(database)] == ["host-0.example", "host-1.example"]
    assert take(database) == []
    assert due_next(database) == NOON + MINUTE


def test_the_next_page_of_a_host_follows_when_the_first_is_done(database: Database) -> None:
    planned(database, addresses(1, each=2))
    (first,) = take(database)
    assert end(database, first, pause=2.5)
    assert take(database, NOON + timedelta(seconds=2)) == []
    assert due_next(database) == NOON + timedelta(seconds=2.5)
    (second,) = take(database, NOON + timedelta(seconds=2.5))
    assert second.url != first.url


def test_a_lease_that_ended_by_itself_can_be_had_by_anybody_once(database: Database) -> None:
    planned(database, addresses(1))
    (first,) = take(database)
    assert take(database, first.until - timedelta(seconds=1)) == []
    (second,) = take(database, first.until)
    assert (second.url, second.failures) == (first.url, 0)
    assert take(database, first.until) == []


@pytest.mark.parametrize("retaken", [False, True])
def test_work_on_a_lease_that_has_ended_is_refused(database: Database, retaken: bool) -> None:
    planned(database, addresses(1))
    (first,) = take(database)
    second = take(database, first.until) if retaken else []
    assert not end(database, first, first.until, failed=True)
    with database.writing() as session:
        release(session, first)
    for leased in second:
        assert end(database, leased, first.until)
        assert due_next(database) == first.until + MONTH


def test_a_lease_is_ended_once(database: Database) -> None:
    planned(database, addresses(1))
    (leased,) = take(database)
    assert not end(database, replace(leased, token="another's"))
    assert end(database, leased, pause=5)
    assert not end(database, leased)


def test_what_is_given_back_is_due_at_once_and_counts_as_no_failure(database: Database) -> None:
    planned(database, addresses(1))
    (first,) = take(database)
    end(database, first, failed=True, due_at=NOON, host_not_before=NOON)
    (leased,) = take(database)
    with database.writing() as session:
        release(session, leased)
    (again,) = take(database)
    assert (again.url, again.failures, again.host_failures) == (leased.url, 1, 1)


def test_failures_in_a_row_are_counted_and_a_success_forgets_them(database: Database) -> None:
    planned(database, addresses(1))
    counted = []
    for failed in (True, True, False, False):
        (leased,) = take(database)
        counted.append((leased.failures, leased.host_failures))
        end(database, leased, due_at=NOON, failed=failed, host_not_before=NOON if failed else None)
    assert counted == [(0, 0), (1, 1), (2, 2), (0, 0)]


def test_a_page_that_is_gone_says_nothing_against_its_host(database: Database) -> None:
    planned(database, addresses(1, each=2))
    (first,) = take(database)
    end(database, first, failed=True)
    (second,) = take(database)
    assert (second.failures, second.host_failures) == (0, 0)


def test_a_host_that_failed_is_left_alone_with_all_its_pages(database: Database) -> None:
    planned(database, addresses(2, each=2))
    first, second = take(database)
    end(database, first, failed=True, due_at=NOON + MINUTE, host_not_before=NOON + 5 * MINUTE)
    end(database, second, due_at=NOON + MONTH)
    (other,) = take(database, NOON + MINUTE)
    assert other.host == second.host
    end(database, other, NOON + MINUTE)
    (again,) = take(database, NOON + 5 * MINUTE)
    assert (again.host, again.host_failures) == (first.host, 1)


def test_a_host_is_left_alone_even_when_its_pages_come_back(database: Database) -> None:
    planned(database, addresses(1))
    (leased,) = take(database)
    end(database, leased, failed=True, host_not_before=NOON + 5 * MINUTE)
    planned(database, {})
    planned(database, addresses(1))
    assert take(database) == []
    assert due_next(database) == NOON + 5 * MINUTE


def test_a_page_is_due_at_once_when_a_claim_that_cites_it_changes(database: Database) -> None:
    cited = claim("yes-no", account("yes", "yes", cite("n-min", document="daily-doc")))
    wanted = {f"https://{name}.example/": name for name in ("daily", "weekly")}
    with database.writing() as session:
        save_registers(session)
        for name in ("daily", "weekly"):
            save(session, "document", a_document(f"{name}-doc", f"https://{name}.example/#part"))
        put(session, cited, at=NOON)
    planned(database, wanted)
    looks = take(database, NOON + MINUTE)
    for leased in looks:
        end(database, leased, NOON + 1.5 * MINUTE)

    def due_when_changed(at: datetime) -> list[str]:
        with database.writing() as session:
            put(session, cited, at=at)
            bring_forward(session, NOON + 3 * MINUTE)
        return [leased.host for leased in take(database, NOON + 3 * MINUTE)]

    assert due_when_changed(NOON + MINUTE / 2) == []
    assert due_when_changed(NOON + 1.2 * MINUTE) == ["daily"]


def test_a_host_that_rests_is_not_asked_sooner_for_a_changed_claim(database: Database) -> None:
    cited = claim("yes-no", account("yes", "yes", cite("n-min", document="daily-doc")))
    with database.writing() as session:
        save_registers(session)
        save(session, "document", a_document("daily-doc", "https://daily.example/"))
        plan(session, {"https://daily.example/": "daily"}, NOON)
    (leased,) = take(database)
    end(database, leased, failed=True, host_not_before=NOON + 9 * MINUTE)
    with database.writing() as session:
        put(session, cited, at=NOON + MINUTE)
        bring_forward(session, NOON + 2 * MINUTE)
    assert due_next(database, NOON + 2 * MINUTE) == NOON + 9 * MINUTE


def test_what_is_overdue_is_due_now(database: Database) -> None:
    planned(database, addresses(1))
    assert due_next(database, NOON + MONTH) == NOON + MONTH


class Work:
    """What several workers do with the same queue, with the intervals for which they held pages."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.held: list[tuple[float, float, Lease]] = []
        self.faults: list[BaseException] = []

    def run(self, workers: int) -> None:
        threads = [
            threading.Thread(target=self._work, args=(f"worker-{number}",))
            for number in range(workers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)

    def _work(self, name: str) -> None:
        try:
            while self._turn(name):
                pass
        except BaseException as fault:  # noqa: BLE001 - told below, in the test's own thread
            self.faults.append(fault)

    def _turn(self, name: str) -> bool:
        """Lease some pages and finish them; False when nothing is left to do."""
        with self.database.writing() as session:
            leases = lease(session, name, datetime.now(UTC), most=3, seconds=SECONDS)
        for leased in leases:
            begun = time.monotonic()
            with self.database.writing() as session:
                # Noted before the commit: from then on the page's host is anybody's.
                self.held.append((begun, time.monotonic(), leased))
                now = datetime.now(UTC)
                assert finish(session, leased, now, now + MONTH, failed=False)
        with self.database.reading() as session:
            now = datetime.now(UTC)
            upcoming = next_due(session, now)
        return upcoming is not None and upcoming < now + MONTH / 2


def test_four_workers_look_at_every_page_once_and_never_at_a_host_together(
    database: Database,
) -> None:
    planned(database, addresses(20, each=10), datetime.now(UTC))
    work = Work(database)
    work.run(workers=4)
    assert work.faults == []
    assert Counter(leased.url for _, _, leased in work.held) == dict.fromkeys(
        addresses(20, each=10), 1
    )
    assert len({leased.worker for _, _, leased in work.held}) > 1
    for host in {leased.host for _, _, leased in work.held}:
        held = sorted((begun, done) for begun, done, leased in work.held if leased.host == host)
        assert all(done <= begun for (_, done), (begun, _) in pairwise(held))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_worker_that_leases_does_not_wait_for_another_on_postgresql(database: Database) -> None:
    planned(database, addresses(3))
    others: list[Lease] = []
    second = threading.Thread(target=lambda: others.extend(take(database)))
    with database.writing() as first:
        (held,) = lease(first, "first", NOON, most=1, seconds=SECONDS)
        second.start()
        second.join(5)
        assert not second.is_alive()
    assert {leased.host for leased in others}.isdisjoint({held.host})
    assert len(others) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_page_that_another_worker_is_just_done_with_is_not_leased_again(
    database: Database,
) -> None:
    planned(database, addresses(1))
    (leased,) = take(database)
    with database.writing() as finishing:
        assert finish(finishing, leased, NOON, NOON + MONTH, failed=False)
        late: list[list[Lease]] = []
        other = threading.Thread(target=lambda: late.append(take(database, NOON + MINUTE)))
        other.start()
        other.join(0.3)
    other.join(10)
    assert late == [[]]


def test_what_a_killed_worker_held_is_taken_exactly_once_more(
    database: Database, database_url: str
) -> None:
    planned(database, addresses(6))
    process, held = start_hanging(database_url, NOON, most=4, seconds=SECONDS)
    process.kill()
    process.join(60)
    assert len(held) == 4
    rest = {leased.url for leased in take(database)}
    assert rest == addresses(6).keys() - {leased.url for leased in held}
    after = NOON + timedelta(seconds=SECONDS)
    with closing(Database(database_url)) as another:
        again = take(another, after - timedelta(seconds=1))
        assert again == []
        again = take(another, after)
    assert {leased.url for leased in held} <= {leased.url for leased in again}
    assert take(database, after) == []
    assert not any(end(database, leased, after) for leased in held)
    assert all(end(database, leased, after) for leased in again)
