"""Tasks: what is to be done by when, on a case or apart from any. A task belongs to a service and has an owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model import clock
from model.cases import changes, columns
from model.cases.assignment import active_contact
from model.cases.records import Task
from model.errors import BadInput
from model.language import _
from model.store.connection import Connection
from model.store.door import Receipt
from model.store.store import Store
from model.terms import Service
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as a viewer may see it."""

    id: int
    batch: int
    case_id: int | None
    youth: str | None
    """The youth's name; None for a task without a case, and where the viewer may not see the case."""
    title: str
    note: str | None
    due_on: date | None
    owner: str | None
    owner_id: int | None
    service: Service
    done_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class TaskAdded:
    task_id: int
    receipt: Receipt


def tasks(
    db: Connection, viewer: Viewer, *, case_id: int | None = None, mine: bool = False, done: bool = False
) -> list[TaskView]:
    """Open tasks, the earliest due first and those without a date last; with `done` the done ones, the latest first.

    `mine`: those the viewer owns.
    """
    today = clock.today()
    found = []
    for row in changes.tasks(db, viewer, case_id=case_id, mine=mine, done=done):
        task_id, batch, of_case, youth, title, note, due, owner, owner_id, service, done_on = row
        due_on = date.fromisoformat(due) if due else None
        found.append(
            TaskView(
                id=task_id,
                batch=batch,
                case_id=of_case,
                youth=youth,
                title=title,
                note=note,
                due_on=due_on,
                owner=owner,
                owner_id=owner_id,
                service=Service(service),
                done_on=date.fromisoformat(done_on) if done_on else None,
                overdue=done_on is None and due_on is not None and due_on < today,
            )
        )
    return found


def add_task(
    store: Store, viewer: Viewer, case_id: int | None, task: Task, *, owner_id: int | None = None
) -> TaskAdded:
    """A new task, the viewer's own unless `owner_id` says whose. Errors: NotFound, BadInput."""
    values = columns.task(task)
    with store.write(by=viewer, why="task.add") as w:
        if case_id is not None:
            changes.case(w.db, viewer, case_id)
        if owner_id is not None:
            active_contact(w.db, owner_id)
        task_id = w.insert(
            "tasks",
            case_id=case_id,
            service=viewer.service.value,
            unit_id=viewer.unit_id,
            owner_id=viewer.contact_id if owner_id is None else owner_id,
            **values,
        )
    return TaskAdded(task_id, w.receipt)


def edit_task(
    store: Store, viewer: Viewer, task_id: int, task: Task, *, seen: int, owner_id: int | None = None
) -> Receipt:
    """Change a task; `owner_id` hands it to somebody else, None leaves it with its owner.

    Errors: NotFound, Conflict, BadInput.
    """
    values = columns.task(task)
    with store.write(by=viewer, why="task.edit") as w:
        changes.task(w.db, viewer, task_id)
        if owner_id is not None:
            active_contact(w.db, owner_id)
            values["owner_id"] = owner_id
        w.update("tasks", task_id, values, seen=seen)
    return w.receipt


def give_tasks(store: Store, viewer: Viewer, task_ids: Iterable[int], owner_id: int) -> Receipt:
    """Somebody else is to do the tasks, from now on. One batch. Errors: NotFound, BadInput."""
    with store.write(by=viewer, why="task.edit") as w:
        active_contact(w.db, owner_id)
        for task_id in dict.fromkeys(task_ids):
            changes.task(w.db, viewer, task_id)
            w.update("tasks", task_id, {"owner_id": owner_id})
    return w.receipt


def finish_task(store: Store, viewer: Viewer, task_id: int, *, on: date | None = None) -> Receipt:
    """The task is done, today unless `on` says when; one that is done stays so. Errors: NotFound, BadInput."""
    day = on or clock.today()
    if day > clock.today():
        raise BadInput(_("A task cannot be done on a day that has not been yet."))
    with store.write(by=viewer, why="task.done") as w:
        if changes.task(w.db, viewer, task_id).done_on is None:
            w.update("tasks", task_id, {"done_on": day.isoformat()})
    return w.receipt


def reopen_task(store: Store, viewer: Viewer, task_id: int) -> Receipt:
    """The task is to be done after all. Errors: NotFound."""
    with store.write(by=viewer, why="task.reopen") as w:
        changes.task(w.db, viewer, task_id)
        w.update("tasks", task_id, {"done_on": None})
    return w.receipt
