"""The measures, side by side in one run: `python -m benchmarks [--quick] [--only ROW …] [--write]`.

Everything is a ratio to something measured beside it, so that the numbers mean the same on any machine. What it needs
it makes in `.bench/`: synthetic stores, and the other programs, each in an environment of its own, from the package
index.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator

from benchmarks import duties, growth, imports, keys, page, screens, starting
from benchmarks.bench import BENCH, HOME, SCRATCH, Bench, say
from benchmarks.measure import Missing, NotMeasured
from benchmarks.terminal import NotShown

ROWS: dict[str, Callable[[Bench], Iterator[page.Found]]] = {
    "start": starting.start,
    "contacts": starting.contacts,
    "ready": screens.ready,
    "all": screens.everybody,
    "down": keys.down,
    "filter": keys.typed,
    "memory": screens.memory,
    "import": imports.imports,
    "minutes": duties.minutes,
    "check": duties.check,
    "growth": growth.growth,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs: to see that all of it works")
    parser.add_argument("--only", metavar="ROW", action="append", choices=ROWS, help=f"one of {', '.join(ROWS)}")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    given = parser.parse_args(arguments)
    if given.write and (given.only or given.quick):
        parser.error("--write takes a whole run")
    HOME.mkdir(parents=True, exist_ok=True)
    try:
        found = [one for name in given.only or ROWS for one in _row(name, Bench(quick=given.quick))]
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)
    print(page.plain(found))
    if any(isinstance(one, Missing) for one in found):
        return 1
    if given.write:
        page.write(found)
    return 0


def _row(name: str, bench: Bench) -> Iterator[page.Found]:
    """What a row measures; where something goes wrong, that is its result, and the others are still measured."""
    say(f"{name} …")
    try:
        for found in ROWS[name](bench):
            say(f"  {'  '.join(page.line(found))}")
            yield found
    except (NotMeasured, NotShown, OSError) as trouble:
        yield Missing(name, str(trouble).replace(str(BENCH), ".bench"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
