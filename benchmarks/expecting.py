"""What the caseload should show, asked of the model beside the screen: a measure waits for it to be painted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.bench import Demo
from model import clock, configfile
from model.caseload.order import Caseload, Memory, View, caseload
from model.caseload.urgency import Limits
from model.caseload.window import rows
from model.workplace import Workplace, open_workplace


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the list."""

    id: int
    name: str

    @property
    def painted(self) -> str:
        """A pattern of the row, wherever the cursor is."""
        return rf"\b{self.id} +{re.escape(self.name[:5])}"

    @property
    def under_cursor(self) -> str:
        return rf"›.{{0,8}}{self.painted}"


class Expecting:
    """One store's caseload, as its viewer sees it."""

    def __init__(self, work: Workplace) -> None:
        self.work = work
        self.limits = Limits.of(work.settings)
        self.memory = Memory()

    def caseload(self, view: View, *, memory: Memory | None = None) -> Caseload:
        with self.work.store.read() as db:
            return caseload(db, self.work.viewer, view, self.limits, clock.today(), memory or self.memory)

    def lines(self, view: View, first: int) -> list[Line]:
        """The first lines of a view."""
        ids = self.caseload(view).ids[:first]
        with self.work.store.read() as db:
            found = rows(db, self.work.viewer, ids, self.limits, clock.today())
        return [Line(row.id, row.name) for row in found]


@contextmanager
def expecting(made: Demo) -> Iterator[Expecting]:
    work = open_workplace(configfile.load(made.config))
    try:
        yield Expecting(work)
    finally:
        work.store.close()
