"""Keys, from the press to what they paint: the cursor down a list, and a filter as it is typed."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from benchmarks.bench import Bench, demo
from benchmarks.expecting import Expecting, Line, expecting
from benchmarks.measure import NotMeasured, Result, alternate, percentile
from benchmarks.screens import ESCAPE, at_all, first_of_all
from benchmarks.table_app import name
from benchmarks.terminal import Terminal
from model.caseload.order import View

TABLE_APP = (sys.executable, "-m", "benchmarks.table_app")
DOWN, TOP, BOTTOM = "\x1b[B", "g", "G"
_TIMELINE_SECONDS = 0.060
_WORDS = ("hansen", "kari", "moe", "ali")


class Pauses:
    """The screen paints sixty times a second: presses must not fall in step with that."""

    def __init__(self) -> None:
        self._dice = random.Random(1)

    def wait(self) -> None:
        time.sleep(0.03 + 0.05 * self._dice.random())


def down(bench: Bench) -> Iterator[Result]:
    """A row down the list, both on a terminal, in turns of some presses each: the whole list is gone through once."""
    presses = bench.runs(200)
    national = demo("national")
    with expecting(national) as there:
        lines = there.lines(View(), presses + 1)
    pauses = Pauses()
    ours: list[float] = []
    theirs: list[float] = []
    timelines: list[float] = []
    with Terminal(at_all(national)) as screen, Terminal(TABLE_APP) as table:
        screen.until(lines[0].painted)
        table.until(name(1))
        screen.settle()
        table.settle()
        for place, line in enumerate(lines[1:], 1):
            screen.press(DOWN)
            ours.append(screen.until(line.under_cursor))
            timelines.append(screen.until(rf"Timeline · {line.id}\b"))
            pauses.wait()
            screen.settle(0.02)
            table.press(DOWN)
            theirs.append(table.until(name(place)))
            pauses.wait()
            table.settle(0.02)
    against = "DataTable with 1,000 rows"
    for said, part in (("p50", 0.5), ("p95", 0.95)):
        yield Result(
            f"key down to painted row, national, {said}",
            against,
            1.25,
            percentile(ours, part),
            percentile(theirs, part),
        )
    yield Result(
        "key down to the new row's timeline, national, p50", "60 ms", 1.0, percentile(timelines, 0.5), _TIMELINE_SECONDS
    )


def typed(bench: Bench) -> Iterator[Result]:
    """A filter letter by letter, to the list with what it leaves."""
    with _Typing("national") as national, _Typing("county") as county:
        ours, theirs = alternate(bench.runs(8) // 2, national.round, county.round)
        yield Result("filter while typing, national, view all, p50", "the same, county", 2.0, ours, theirs)


class _Typing:
    """One screen that filters are typed on. The list knows what each should leave before it is typed."""

    def __init__(self, size: str) -> None:
        made = demo(size)
        self._first = first_of_all(made)
        with expecting(made) as there:
            self._words = [_steps(there, word) for word in _WORDS]
        if not any(counted for steps in self._words for _letter, counted, _line, _total in steps):
            raise NotMeasured("no letter of the filters takes anything away")
        self._terminal = Terminal(at_all(made))
        self._pauses = Pauses()

    def __enter__(self) -> _Typing:
        self._terminal.until(self._first.painted)
        self._terminal.settle()
        return self

    def __exit__(self, *_what: object) -> None:
        self._terminal.__exit__(None, None, None)

    def round(self) -> float:
        """The median over the letters of all words."""
        times = [taken for steps in self._words for taken in self._type(steps)]
        return percentile(times, 0.5)

    def _type(self, steps: list[tuple[str, bool, Line | None, int]]) -> Iterator[float]:
        terminal = self._terminal
        terminal.press("/")
        terminal.settle(0.2)
        for letter, counted, line, total in steps:
            terminal.press(letter)
            if counted and line is not None:
                yield terminal.until(line.under_cursor, rf"\b{total} shown")
            terminal.settle(0.1)
            self._pauses.wait()
        for key in (ESCAPE, BOTTOM):
            terminal.press(key)
            terminal.settle(0.2)
        terminal.press(TOP)
        terminal.until(self._first.under_cursor)
        terminal.settle(0.2)


def _steps(there: Expecting, word: str) -> list[tuple[str, bool, Line | None, int]]:
    """For each letter: whether it takes anything away, the first line it leaves, and how many."""
    steps: list[tuple[str, bool, Line | None, int]] = []
    before = there.caseload(View()).total
    for end in range(1, len(word) + 1):
        view = View(text=word[:end])
        total = there.caseload(view).total
        lines = there.lines(view, 1)
        steps.append((word[end - 1], total != before, lines[0] if lines else None, total))
        before = total
    return steps
