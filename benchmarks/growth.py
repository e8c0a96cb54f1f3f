"""The same things at growing sizes: nothing may grow faster than n log n."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from benchmarks import imports
from benchmarks.bench import Bench, demo
from benchmarks.expecting import Expecting, expecting
from benchmarks.measure import Growth, NotMeasured
from model import clock
from model.caseload.order import Memory, View
from model.caseload.window import rows
from model.cases import reading

SIZES = ("coordinator", "county", "national")
_WINDOW = 60
_NAME, _WORD = "an", "praksis"


def growth(bench: Bench) -> Iterator[Growth]:
    """Reading in this process, at the demo's three sizes; the import by its command."""
    with ExitStack() as stack:
        stores = [stack.enter_context(expecting(demo(size))) for size in SIZES]
        for what, count, ask in (
            ("list: the order of all cases", _cases, _order),
            ("list: its first 60 rows", _cases, _window),
            ("filter by name", _cases, _filter),
            ("search in what is written", _entries, _search),
        ):
            times = tuple(_median(ask(store), bench.runs(20)) for store in stores)
            yield Growth(what, tuple(count(store) for store in stores), times)
    yield imports.growing(bench)


def _median(ask: Callable[[], bool], runs: int) -> float:
    times = []
    for _ in range(runs + 1):
        begun = time.perf_counter()
        if not ask():
            raise NotMeasured("something is found at every size, or the size says nothing")
        times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])


def _cases(store: Expecting) -> int:
    return store.caseload(View()).total


def _entries(store: Expecting) -> int:
    with store.work.store.read() as db:
        return int(db.execute("SELECT count(*) FROM entries").fetchone()[0])


def _order(store: Expecting) -> Callable[[], bool]:
    return lambda: bool(store.caseload(View(), memory=Memory()).ids)


def _filter(store: Expecting) -> Callable[[], bool]:
    return lambda: bool(store.caseload(View(text=_NAME)).ids)


def _window(store: Expecting) -> Callable[[], bool]:
    ids = store.caseload(View()).ids[:_WINDOW]

    def ask() -> bool:
        with store.work.store.read() as db:
            return len(rows(db, store.work.viewer, ids, store.limits, clock.today())) == _WINDOW

    return ask


def _search(store: Expecting) -> Callable[[], bool]:
    def ask() -> bool:
        with store.work.store.read() as db:
            return bool(reading.search(db, store.work.viewer, _WORD))

    return ask
