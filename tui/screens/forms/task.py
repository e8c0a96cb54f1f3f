"""Something to be done, in a case or apart from any."""

from __future__ import annotations

from model.cases.records import Task
from model.cases.tasks import TaskView
from model.language import _
from tui.reader import Reader
from tui.screens.forms.job import Beginning, Done, Job, Seen


class NewTask(Job):
    NAME = "task"
    RECORD = Task

    def __init__(self, case_id: int | None) -> None:
        self._case_id = case_id
        self.subject = case_id or 0
        self.title = _("New task") if case_id is None else _("New task · case {n}").format(n=case_id)

    def save(self, reader: Reader, record: Task, seen: Seen) -> Done:
        from model.cases.tasks import add_task

        add_task(reader.store, reader.viewer, self._case_id, record)
        return Done(_("The task is added. u takes it back."))


class EditTask(Job):
    NAME = "task.edit"
    RECORD = Task

    def __init__(self, task: TaskView) -> None:
        self.subject = task.id
        self._case_id = task.case_id
        self.title = _("Task") if task.case_id is None else _("Task · case {n}").format(n=task.case_id)

    def begin(self, reader: Reader) -> Beginning:
        from model.cases.tasks import tasks
        from model.errors import NotFound

        with reader.store.read() as db:
            found = [task for task in tasks(db, reader.viewer, case_id=self._case_id) if task.id == self.subject]
        if not found:
            raise NotFound(_("The task is done or gone."))
        task = found[0]
        return Beginning({"title": task.title, "due_on": task.due_on, "note": task.note}, (task.batch,))

    def save(self, reader: Reader, record: Task, seen: Seen) -> Done:
        from model.cases.tasks import edit_task

        edit_task(reader.store, reader.viewer, self.subject, record, seen=seen[0])
        return Done(_("The task is changed. u takes it back."))
