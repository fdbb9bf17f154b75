"""Work of many threads in one transaction: all of it kept, or what fails undone alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.storage.database.engine import Database
from app.storage.database.group_commit import GroupCommit

MANY = 12
_who: ContextVar[str] = ContextVar("who", default="nobody")


class Book:
    """A table of numbers, and a first transaction that waits until it may end."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.transactions = 0
        self.begun, self.go_on = Event(), Event()
        with database.writing() as session:
            session.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        self.transactions += 1
        with self.database.writing() as session:
            yield session

    def hold(self, session: Session) -> None:
        self.begun.set()
        assert self.go_on.wait(10)
        note(1000)(session)

    def numbers(self) -> set[int]:
        with self.database.reading() as session:
            return set(session.scalars(text("SELECT number FROM numbers")))


def note(number: int) -> Callable[[Session], int]:
    def work(session: Session) -> int:
        session.execute(text("INSERT INTO numbers VALUES (:number)"), {"number": number})
        return number

    return work


def refuse(session: Session) -> int:
    note(500)(session)
    raise KeyError("not this one")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "book.sqlite3"
    path.touch()
    with closing(Database(f"sqlite:///{path}")) as database:
        yield Book(database)


def all_at_once(book: Book, *works: Callable[[Session], int]) -> list[Future[int]]:
    """Works that all queue up behind one that is held until they do."""
    group = GroupCommit(book.writing)
    with ThreadPoolExecutor(len(works) + 1) as threads:
        first = threads.submit(group.run, book.hold)
        assert book.begun.wait(10)
        others = [threads.submit(group.run, work) for work in works]
        while group.waiting < len(works):
            pass
        book.go_on.set()
        first.result()
    return others


def test_what_queues_up_is_committed_together(book: Book) -> None:
    done = all_at_once(book, *map(note, range(MANY)))
    assert [future.result() for future in done] == list(range(MANY))
    assert book.numbers() == {*range(MANY), 1000}
    assert book.transactions == 2


def test_what_fails_is_undone_alone_and_told_to_who_asked_for_it(book: Book) -> None:
    one, failed, taken, other = all_at_once(book, note(1), refuse, note(1000), note(2))
    assert (one.result(), other.result()) == (1, 2)
    with pytest.raises(KeyError, match="not this one"):
        failed.result()
    with pytest.raises(IntegrityError):
        taken.result()
    assert book.numbers() == {1, 2, 1000}
    assert book.transactions == 3


def test_what_fails_alone_leaves_nothing_behind(book: Book) -> None:
    with pytest.raises(KeyError):
        GroupCommit(book.writing).run(refuse)
    assert book.numbers() == set()


def test_nobody_is_told_that_it_is_kept_where_the_commit_fails(book: Book) -> None:
    @contextmanager
    def full_disk() -> Iterator[Session]:
        with book.writing() as session:
            yield session
            if book.transactions == 2:
                raise OSError("no space left")

    group = GroupCommit(full_disk)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(group.run, book.hold)
        assert book.begun.wait(10)
        others = [threads.submit(group.run, note(number)) for number in (1, 2)]
        while group.waiting < 2:
            pass
        book.go_on.set()
        first.result()
        for other in others:
            with pytest.raises(OSError, match="no space"):
                other.result()
    assert book.numbers() == {1000}


def test_work_runs_in_the_context_of_who_asked_for_it(book: Book) -> None:
    group = GroupCommit(book.writing)

    def ask(name: str) -> str:
        _who.set(name)
        return group.run(lambda _session: _who.get())

    names = [f"n{number}" for number in range(MANY)]
    with ThreadPoolExecutor(MANY + 1) as threads:
        threads.submit(group.run, book.hold)
        assert book.begun.wait(10)
        asked = [threads.submit(ask, name) for name in names]
        while group.waiting < MANY:
            pass
        book.go_on.set()
    assert [future.result() for future in asked] == names
