"""The day in a few numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import clock
from model.caseload import summary
from model.caseload.summary import Summary, lines
from model.caseload.urgency import Limits
from tests.model.cases.world import NILS, OLA, TODAY, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    with world.store, clock.fixed(TODAY):
        yield world


def told(world: World, contact_id: int = OLA) -> Summary:
    with world.store.read() as db:
        return summary.today(db, world.viewer(contact_id=contact_id), Limits())


def talked(world: World) -> int:
    case = world.case()
    world.entry(case, kind="conversation", with_youth=1, on_date="2026-11-20")
    return case


def test_the_day_counts_ones_own_cases(world: World) -> None:
    overdue, due_today, due, silent, well = (talked(world) for _ in range(5))
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        for row in w.db.execute("SELECT id FROM entries WHERE case_id = ?", (silent,)).fetchall():
            w.update("entries", row[0], {"on_date": "2026-10-01"})
    world.task(overdue, due_on="2026-11-20")
    world.task(due_today, due_on="2026-11-21")
    world.task(due, due_on="2026-11-25")
    for case in (overdue, due_today, due, silent, well):
        world.responsible(case, "ot", OLA)
    world.case()  # nobody's
    found = told(world)
    assert (found.mine, found.open, found.needing, found.unassigned) == (True, 5, 3, 1)
    assert (found.overdue, found.due, found.silent, found.unknown, found.new) == (1, 2, 1, 0, 0)
    assert [row.id for row in found.top] == [overdue, due_today, silent]
    assert (found.needing, found.silent) == (3, 1)
    assert lines(found) == [
        "You are responsible for 5 open cases.",
        "1 has a task overdue.",
        "2 have a task due soon.",
        "1 is silent.",
        "1 has no responsible.",
    ]


def test_whoever_is_responsible_for_none_hears_of_all(world: World) -> None:
    unknown, new = talked(world), talked(world)
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", unknown, {"ot_status": "OTUK"})
        w.update("cases", new, {"status": "referred", "opened_on": "2026-11-15"})
    found = told(world, contact_id=NILS)
    assert (found.mine, found.open, found.needing, found.unknown, found.new) == (False, 2, 1, 1, 1)
    assert lines(found)[0] == "There are 2 open cases."


def test_no_more_than_the_first_ten_are_named(world: World) -> None:
    cases = [world.case() for _ in range(12)]
    found = told(world)
    assert found.needing == 12
    assert [row.id for row in found.top] == cases[:10]


def test_an_empty_store_says_so(world: World) -> None:
    found = told(world)
    assert found.needing == 0
    assert lines(found) == ["There is no open case to show."]
