"""The screen, from its start to a row that is known to be there, and the memory it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks.bench import Bench, Demo, demo, run, scratch
from benchmarks.expecting import Line, expecting
from benchmarks.measure import Result, alternate
from benchmarks.peers import peer
from benchmarks.terminal import Terminal
from model.caseload.order import View

AT_ALL = (sys.executable, "-m", "benchmarks.at_all")
ESCAPE, CTRL_P = "\x1b", "\x10"
_FIRST_OF_EMPTY, _NOTHING = "no cases here yet", r"Nothing fits\."


def at_all(made: Demo) -> list[str]:
    """The screen on the view "all"."""
    return [*AT_ALL, "--config", str(made.config)]


def ready(bench: Bench) -> Iterator[Result]:
    """The county's screen on one's own cases, against two large programs on Textual."""
    county = demo("county")
    with expecting(county) as there:
        row = there.lines(View(mine=True), 1)[0]
    folder = scratch()
    collection = folder / "collection"
    collection.mkdir()
    (collection / "known.posting.yaml").write_text("name: Known request\nurl: https://example.invalid/\n")
    posting = [str(peer("posting")), "--collection", str(collection)]
    database = folder / "known.db"
    run([str(peer("sqlite-utils")), "create-table", str(database), "known", "id", "integer", "--pk", "id"])
    harlequin = [str(peer("harlequin")), "--locale", "C", "-P", "None", "-a", "sqlite", str(database)]
    ours, first, second = alternate(
        bench.runs(8),
        lambda: _shown(county.samlop, row.painted),
        lambda: _shown(posting, "Known request"),
        lambda: _shown(harlequin, "main db"),
    )
    yield Result("screen ready, county", "posting, to a known request", 0.5, ours, first)
    yield Result("screen ready, county", "harlequin, to a known database", 0.5, ours, second)


def everybody(bench: Bench) -> Iterator[Result]:
    """The national screen on everybody's cases, against the county's."""
    ours, theirs = alternate(bench.runs(10), *[_Start(size) for size in ("national", "county")])
    yield Result("screen ready, national, view all", "the same, county", 1.2, ours, theirs)


class _Start:
    """One start of the screen on everybody's cases, to the first row."""

    def __init__(self, size: str) -> None:
        self.made = demo(size)
        self.row = first_of_all(self.made)

    def __call__(self) -> float:
        return _shown(at_all(self.made), self.row.painted)


def first_of_all(made: Demo) -> Line:
    with expecting(made) as there:
        return there.lines(View(), 1)[0]


def _shown(command: Sequence[str], pattern: str) -> float:
    with Terminal(command) as terminal:
        return terminal.until(pattern)


def memory(bench: Bench) -> Iterator[Result]:
    """The most the screen has had after a search over everything, against the same on an empty store."""
    national, empty = demo("national"), demo("empty")
    row = first_of_all(national)
    ours, theirs = alternate(
        bench.runs(4),
        lambda: _peak(national, row.painted, r"\d+: .*praksis"),
        lambda: _peak(empty, _FIRST_OF_EMPTY, _NOTHING),
        warm=False,
    )
    yield Result("memory of the screen after one search, national", "the same, empty store", 1.3, ours, theirs, "KiB")


def _peak(made: Demo, first: str, found: str) -> float:
    with Terminal(at_all(made)) as terminal:
        terminal.until(first)
        terminal.settle()
        terminal.press(CTRL_P)
        terminal.settle()
        terminal.press("praksis")
        terminal.until(found)
        terminal.settle()
        return float(terminal.peak_kib())
