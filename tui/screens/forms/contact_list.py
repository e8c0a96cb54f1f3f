"""What is said of a contact list: its name and title, whom it is of and for, how often it is asked about.

Who answers for it is chosen apart: by part of the name, among everybody.
"""

from __future__ import annotations

from model.language import _
from model.lists.records import List
from model.record import fields
from tui.reader import Reader
from tui.screens.forms.job import Beginning, Done, Job, Seen


class NewList(Job):
    NAME = "list.new"
    RECORD = List

    def __init__(self) -> None:
        self.title = _("New list")

    def save(self, reader: Reader, record: List, seen: Seen) -> Done:
        from model.lists import editing

        editing.add(reader.store, reader.viewer, record)
        return Done(_("The list is made. u takes it back."))

    def shown(self, raws: object) -> list[str]:
        return [spec.name for spec in fields(List) if spec.name != "owner_id"]


class EditList(NewList):
    NAME = "list"

    def __init__(self, list_id: int, name: str) -> None:
        self.subject = list_id
        self._name = name
        self.title = _("List · {name}").format(name=name)

    def begin(self, reader: Reader) -> Beginning:
        from model.lists import editing, overview

        with reader.store.read() as db:
            row = overview.find(db, self._name)
        return Beginning(editing.record(row), (row.batch,))

    def save(self, reader: Reader, record: List, seen: Seen) -> Done:
        from model.lists import editing

        editing.edit(reader.store, reader.viewer, self._name, record, seen=seen[0])
        return Done(_("The list is changed. u takes it back."))
