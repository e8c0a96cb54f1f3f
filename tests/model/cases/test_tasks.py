"""What is to be done, by whom and by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from model import clock
from model.cases.records import Task
from model.cases.tasks import add_task, edit_task, finish_task, reopen_task, tasks
from model.errors import BadInput, NotFound
from model.store.door import Conflict
from model.terms import Service
from model.viewer import Viewer
from tests.model.cases.sealed import SealedWorld
from tests.model.cases.world import KARI, NAV_A, NILS, NORD, OLA, OT_A, SIRI, SYD, TODAY


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SealedWorld]:
    with clock.fixed(TODAY):
        made = SealedWorld(tmp_path)
        yield made
        made.store.close()


@pytest.fixture
def ot(world: SealedWorld) -> Viewer:
    return world.viewer(Service.OT, OT_A, OLA)


def titles(world: SealedWorld, viewer: Viewer, **which: object) -> list[str]:
    with world.store.read() as db:
        return [task.title for task in tasks(db, viewer, **which)]  # type: ignore[arg-type]


def test_tasks_come_by_date_and_say_whose_they_are(world: SealedWorld, ot: Viewer) -> None:
    case = world.case()
    add_task(world.store, ot, case, Task(title="someday"))
    add_task(world.store, ot, case, Task(title="later", due_on=TODAY + timedelta(days=9)), owner_id=NILS)
    add_task(world.store, ot, None, Task(title="late", due_on=TODAY - timedelta(days=1)))
    add_task(world.store, ot, case, Task(title="today", due_on=TODAY))
    assert titles(world, ot) == ["late", "today", "later", "someday"]
    assert titles(world, ot, case_id=case) == ["today", "later", "someday"]
    assert titles(world, ot, mine=True) == ["late", "today", "someday"]
    with world.store.read() as db:
        late, today, later, _someday = tasks(db, ot)
    assert (late.overdue, late.case_id, late.youth, late.owner) == (True, None, None, "Ola Berg")
    assert (today.overdue, today.youth) == (False, "Youth 1")
    assert (later.owner, later.owner_id, later.service, later.due_on) == (
        "Nils Dahl",
        NILS,
        Service.OT,
        date(2026, 11, 30),
    )


def test_other_services_see_only_what_they_are_to_do_and_not_on_whose_case(world: SealedWorld, ot: Viewer) -> None:
    case = world.case()
    add_task(world.store, ot, case, Task(title="OT's own"))
    handed = add_task(world.store, ot, case, Task(title="for Nils"), owner_id=NILS).task_id
    nav = world.viewer(Service.NAV, NAV_A, NILS)
    with world.store.read() as db:
        (seen,) = tasks(db, nav)
    assert (seen.title, seen.youth) == ("for Nils", None)
    finish_task(world.store, nav, handed)
    assert titles(world, ot) == ["OT's own"]
    with pytest.raises(NotFound):
        add_task(world.store, nav, case, Task(title="x"))


def test_a_schools_tasks_are_its_own(world: SealedWorld) -> None:
    nord, syd = world.viewer(Service.SCHOOL, NORD, KARI), world.viewer(Service.SCHOOL, SYD, SIRI)
    task = add_task(world.store, nord, None, Task(title="call the parents")).task_id
    assert titles(world, syd) == []
    for act in (
        lambda: edit_task(world.store, syd, task, Task(title="x"), seen=1),
        lambda: finish_task(world.store, syd, task),
        lambda: reopen_task(world.store, syd, task),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_task_is_changed_handed_over_done_and_opened_again(world: SealedWorld, ot: Viewer) -> None:
    task = add_task(world.store, ot, world.case(), Task(title="call")).task_id
    seen = world.batch_of("tasks", task)
    edit_task(world.store, ot, task, Task(title="call mum", due_on=TODAY), seen=seen, owner_id=NILS)
    assert world.one("SELECT title, due_on, owner_id FROM tasks") == ("call mum", TODAY.isoformat(), NILS)
    with pytest.raises(Conflict):
        edit_task(world.store, ot, task, Task(title="call dad"), seen=seen)
    assert finish_task(world.store, ot, task).updated == {"tasks": 1}
    assert finish_task(world.store, ot, task, on=TODAY - timedelta(days=3)).batch is None
    assert (titles(world, ot), titles(world, ot, done=True)) == ([], ["call mum"])
    reopen_task(world.store, ot, task)
    assert titles(world, ot) == ["call mum"]


def test_tasks_that_cannot_be(world: SealedWorld, ot: Viewer) -> None:
    with pytest.raises(BadInput, match="What is to be done"):
        add_task(world.store, ot, None, Task(title="call 01010750160"))
    with pytest.raises(BadInput, match="no contact 99"):
        add_task(world.store, ot, None, Task(title="call"), owner_id=99)
    task = add_task(world.store, ot, None, Task(title="call")).task_id
    with pytest.raises(BadInput, match="not been yet"):
        finish_task(world.store, ot, task, on=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        finish_task(world.store, ot, 99)


def test_an_open_task_is_among_the_facts(world: SealedWorld, ot: Viewer) -> None:
    case = world.case()
    task = add_task(world.store, ot, case, Task(title="call", due_on=TODAY)).task_id
    next_task = "SELECT next_task_on FROM facts WHERE case_id = ? AND service = 'ot'"
    assert world.one(next_task, case) == (TODAY.isoformat(),)
    finish_task(world.store, ot, task)
    assert [row for row in world.all(next_task, case) if row[0]] == []
