"""The threads beside the screen."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from model.errors import Interrupted
from tests.tui.kit import Kit, Work, until
from tui.store_threads import StoreThreads

SLOW = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000000) select count(*) from n"


class Shelf:
    """Counts what is made and closed, and where."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.closed: list[str] = []

    def make(self) -> sqlite3.Connection:
        self.made.append(threading.current_thread().name)
        return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)

    def close(self, connection: sqlite3.Connection) -> None:
        connection.close()
        self.closed.append(threading.current_thread().name)


def run(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()[0]


def threads_for(app: Kit, shelf: Shelf, failed: Callable[[Exception], object]) -> StoreThreads[sqlite3.Connection]:
    return StoreThreads(app, shelf.make, close=shelf.close, interrupt=sqlite3.Connection.interrupt, failed=failed)


async def test_answers_come_on_the_loop_and_resources_live_on_their_threads() -> None:
    app, shelf, errors = Kit(Work([])), Shelf(), []
    async with app.run_test() as pilot:
        threads = threads_for(app, shelf, errors.append)
        answers: list[tuple[Any, str]] = []
        here = threading.current_thread().name
        threads.ask(run, "select 1", then=lambda answer: answers.append((answer, threading.current_thread().name)))
        threads.ask_long(
            lambda connection, tell: run(connection, "select 2"),
            then=lambda answer: answers.append((answer, threading.current_thread().name)),
        )
        await until(pilot, lambda: len(answers) == 2)
        assert sorted(answers) == [(1, here), (2, here)]
        assert sorted(shelf.made) == ["samlop-long", "samlop-quick"]
        threads.close()
        assert sorted(shelf.closed) == ["samlop-long", "samlop-quick"]
        assert not [t for t in threading.enumerate() if t.name.startswith("samlop")]
    assert errors == []


async def test_a_newer_question_makes_the_older_stale_and_stops_it() -> None:
    app, errors = Kit(Work([])), []
    async with app.run_test() as pilot:
        threads = threads_for(app, Shelf(), errors.append)
        answers: list[Any] = []
        began = time.monotonic()
        threads.ask(run, SLOW, then=answers.append, slot="rows")
        await pilot.pause(0.1)
        for number in range(20):
            threads.ask(run, f"select {number}", then=answers.append, slot="rows")
        await until(pilot, lambda: answers)
        assert answers == [19]
        assert time.monotonic() - began < 5
        threads.close()
    assert errors == []


async def test_a_question_without_a_slot_is_never_dropped_not_even_at_the_end() -> None:
    app = Kit(Work([]))
    async with app.run_test() as pilot:
        threads = threads_for(app, Shelf(), lambda error: None)
        written: list[int] = []

        def write(connection: sqlite3.Connection, number: int) -> None:
            time.sleep(0.02)
            written.append(number)

        for number in range(5):
            threads.ask(write, number)
        threads.ask(run, SLOW, slot="rows")
        threads.close()
        assert written == [0, 1, 2, 3, 4]
        await pilot.pause()


async def test_errors_come_back_to_who_asked_or_to_the_app() -> None:
    app = Kit(Work([]))
    async with app.run_test() as pilot:
        mine: list[Exception] = []
        everybodys: list[Exception] = []
        threads = threads_for(app, Shelf(), everybodys.append)
        threads.ask(run, "select nothing", failed=mine.append)
        threads.ask(run, "select nothing")
        await until(pilot, lambda: mine and everybodys)
        assert isinstance(mine[0], sqlite3.OperationalError)
        threads.close()


async def test_long_work_tells_how_far_it_is_and_can_be_stopped() -> None:
    app = Kit(Work([]))
    async with app.run_test() as pilot:
        told: list[tuple[int, int]] = []
        errors: list[Exception] = []
        threads = threads_for(app, Shelf(), errors.append)

        def work(connection: sqlite3.Connection, tell: Callable[[int, int], None]) -> None:
            for number in range(10_000):
                tell(number, 10_000)
                time.sleep(0.002)

        ticket = threads.ask_long(work, progress=lambda done, total: told.append((done, total)))
        await until(pilot, lambda: told)
        threads.cancel(ticket)
        await until(pilot, lambda: errors)
        assert isinstance(errors[0], Interrupted)
        assert told[0] == (0, 10_000)
        threads.close()


async def test_nobody_is_told_when_who_asked_has_gone() -> None:
    app = Kit(Work([]))
    async with app.run_test() as pilot:
        threads = threads_for(app, Shelf(), lambda error: pytest.fail(str(error)))
        answers: list[Any] = []

        class Asker(Work):
            def heard(self, answer: Any) -> None:
                answers.append(answer)

        asker = Asker([])
        await app.push_screen(asker)
        threads.ask(lambda connection: time.sleep(0.1), then=asker.heard)
        await app.pop_screen()
        threads.ask(run, "select 5", then=answers.append)
        await until(pilot, lambda: answers)
        assert answers == [5]
        threads.close()
