"""`samlop tasks`: what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Day
from model.language import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from model.cases.tasks import TaskView

command = Group("tasks", help=_("What is due, and when."))


@command.command("list", help=_("List the tasks that are open, the earliest first."))
@click.option("--mine", is_flag=True, help=_("Only those you are to do."))
@click.option("--case", "case_id", type=ID, metavar="N", help=_("Only those of one case."))
@click.option("--done", is_flag=True, help=_("Those that are done instead."))
@click.pass_obj
def list_(call: Call, mine: bool, case_id: int | None, done: bool) -> Result:
    from model.cases.tasks import tasks

    work = call.workplace
    with work.store.read() as db:
        found = tasks(db, work.viewer, case_id=case_id, mine=mine, done=done)
    table = Table(
        (_("task"), _("due"), "", _("what"), _("case"), _("youth"), _("who")),
        [
            (
                task.id,
                task.due_on,
                _("overdue") if task.overdue else "",
                task.title,
                task.case_id,
                task.youth,
                task.owner,
            )
            for task in found
        ],
        empty=_("There are no such tasks. Make one with: samlop tasks add CASE --due DAY"),
    )
    return Result([_data(task) for task in found], table)


@command.command(
    "add",
    help=_(
        "Add a task to the case with the number CASE. What is to be done is asked for, or read from standard input: "
        "arguments are seen by others on the machine, and tasks name people."
    ),
)
@click.argument("case_id", type=ID, metavar=_("CASE"))
@click.option("--due", "due_on", type=Day(), help=_("When it is to be done: 18.11, +2w, fri."))
@click.option("--to", "owner_id", type=ID, metavar="ID", help=_("Who is to do it: a contact's number (you)."))
@click.option("--file", metavar="FILE", help=_("Read what is to be done from FILE; - is standard input."))
@click.pass_obj
def add(call: Call, case_id: int, due_on: date | None, owner_id: int | None, file: str | None) -> Result:
    from commands import asking, given
    from model.cases.records import Task
    from model.cases.tasks import add_task

    if file is None and call.interactive:
        values = asking.record(Task, ("title", *(() if due_on else ("due_on",)), "note"))
    else:
        title, _newline, note = given.text(file or "-").strip().partition("\n")
        values = {"title": title, "note": note}
    if due_on is not None:
        values["due_on"] = due_on
    work = call.workplace
    added = add_task(work.store, work.viewer, case_id, given.record(Task, values), owner_id=owner_id)
    told = _("Task {n} is added to case {case}.").format(n=added.task_id, case=case_id)
    return Result({"id": added.task_id, "case_id": case_id, "batch": added.receipt.batch}, told)


@command.command("give", help=_("Let the contact with the number --to do the tasks with the numbers ID."))
@click.argument("tasks", type=ID, nargs=-1, required=True, metavar="ID...")
@click.option("--to", "owner_id", type=ID, required=True, metavar="ID", help=_("A contact's number."))
@click.pass_obj
def give(call: Call, tasks: tuple[int, ...], owner_id: int) -> Result:
    from model.cases.tasks import give_tasks

    work = call.workplace
    receipt = give_tasks(work.store, work.viewer, tasks, owner_id)
    n = receipt.updated.get("tasks", 0)
    told = ngettext("{n} task is theirs now.", "{n} tasks are theirs now.", n).format(n=n)
    return Result({"ids": tasks, "owner_id": owner_id, "batch": receipt.batch}, told)


@command.command("done", help=_("Say that the task with the number ID is done."))
@click.argument("task_id", type=ID, metavar="ID")
@click.option("--on", type=Day(past=True), help=_("When it was done (today)."))
@click.pass_obj
def done(call: Call, task_id: int, on: date | None) -> Result:
    from model.cases.tasks import finish_task

    work = call.workplace
    receipt = finish_task(work.store, work.viewer, task_id, on=on)
    if receipt.batch is None:
        told = _("Task {n} was done already.").format(n=task_id)
    else:
        told = _("Task {n} is done.").format(n=task_id)
    return Result({"id": task_id, "batch": receipt.batch}, told)


def _data(task: TaskView) -> dict[str, Any]:
    names = ("id", "case_id", "youth", "title", "note", "due_on", "overdue", "owner", "owner_id", "service", "done_on")
    return {name: getattr(task, name) for name in names}
