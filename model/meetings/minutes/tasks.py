"""What comes of minutes: rows of decisions and actions, their tasks, and open points closed or carried on.

A task follows its action: what later minutes change of the one is changed of the other, and nothing else is, so that
what its owner has written or done meanwhile stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model import clock
from model.cases import changes
from model.language import _
from model.meetings.minutes import queries
from model.meetings.minutes.records import Action, Minutes, OpenPoint, Owner
from model.meetings.reading import MeetingView
from model.store.door import Value, Writer
from model.terms import PointStatus, Role, Service
from model.viewer import Viewer

_TITLE = 200


@dataclass(slots=True)
class Tasks:
    """The actions and tasks of one meeting's minutes, written inside the batch that files them."""

    w: Writer
    viewer: Viewer
    meeting: MeetingView
    minutes: Minutes
    before: Mapping[str, Any]
    made: int = 0
    left: list[str] = field(default_factory=list)
    _rows: dict[tuple[str, str], queries.Row] = field(init=False)

    def __post_init__(self) -> None:
        found = queries.actions(self.w.db, self.meeting.id)
        self._rows = {(row[1], row[2]): row for row in found}

    def stand(self) -> bool:
        """Every action has its row still."""
        return all((action.kind, action.key) in self._rows for action in self.minutes.actions)

    def write(self) -> None:
        """Errors: NotFound, when the meeting is about a case that the viewer may not see."""
        if self.meeting.case_id is not None:
            changes.case(self.w.db, self.viewer, self.meeting.case_id)
        for action in self.minutes.actions:
            self._action(action)
        for point in self.minutes.open_points:
            self._point(point)
        named = {(a.kind, a.key) for a in self.minutes.actions} | {("action", p.key) for p in self.minutes.open_points}
        for (kind, key), row in self._rows.items():
            if (kind, key) not in named and row[9] is None:
                sentence = _(
                    "{key} is not in these minutes any more. Its task stands: close it if it is not to be done."
                )
                self.left.append(sentence.format(key=key))

    # Decisions and actions -----------------------------------------------------------------------------------------

    def _action(self, action: Action) -> None:
        row = self._rows.get((action.kind, action.key))
        said = _said(action)
        if row is None:
            task = self._new_task(action) if action.owner else None
            self.w.insert("actions", meeting_id=self.meeting.id, kind=action.kind, key=action.key, task_id=task, **said)
            return
        self._change(row, action)

    def _change(self, row: queries.Row, action: Action | OpenPoint) -> None:
        """A row and its task take what is said otherwise now."""
        action_id, _kind, _key, text, owner_id, owner, due, task, _from, _done = row
        stood = {"text": text, "owner_id": owner_id, "owner": owner, "due_on": due}
        new = {name: value for name, value in _said(action).items() if stood[name] != value}
        if task is None and action.owner is not None:
            new["task_id"] = self._new_task(action)
        elif task is not None:
            self._change_task(task, action, new)
        if new:
            self.w.update("actions", action_id, new)

    def _change_task(self, task: int, action: Action | OpenPoint, new: Mapping[str, Value]) -> None:
        values: dict[str, Value] = {}
        if "text" in new:
            values |= self._words(action.text)
        if "due_on" in new:
            values["due_on"] = new["due_on"]
        if "owner_id" in new:
            values |= self._whose(action.owner)
        if values:
            self.w.update("tasks", task, values)

    def _new_task(self, action: Action | OpenPoint) -> int:
        self.made += 1
        return self.w.insert(
            "tasks",
            case_id=self.meeting.case_id,
            due_on=action.due.isoformat() if action.due else None,
            **self._words(action.text),
            **self._whose(action.owner),
        )

    def _words(self, text: str) -> dict[str, Value]:
        """A task's title is short; the whole of a longer text stands in its note, with the meeting it comes from."""
        line = " ".join(text.split())
        title = line if len(line) <= _TITLE else line[: _TITLE - 1].rsplit(" ", 1)[0] + "…"
        origin = f"{self.minutes.title}, {self.minutes.day}"
        return {"title": title, "note": origin if title == text else f"{text}\n\n{origin}"}

    def _whose(self, owner: Owner | None) -> dict[str, Value]:
        """The owner, and the service and unit they do it for; what nobody else has is the county's."""
        number = owner.contact_id if owner else None
        if number is None:
            return {"owner_id": None, "service": Service.COUNTY.value, "unit_id": None}
        there = next((p.unit_id for p in self.meeting.participants if p.contact_id == number), None)
        roles = queries.roles_of(self.w.db, number, clock.today().isoformat())
        roles.sort(key=lambda one: one[1] is None or one[1] != there)
        for role, unit_id, _unit, service in roles:
            known = Role.read(role)
            meant = service or (known.service if known else None)
            if meant:
                return {"owner_id": number, "service": str(Service(meant).value), "unit_id": unit_id}
        return {"owner_id": number, "service": Service.COUNTY.value, "unit_id": None}

    # Open points ---------------------------------------------------------------------------------------------------

    def _point(self, point: OpenPoint) -> None:
        row = self._rows.get(("action", point.key))
        first = queries.action(self.w.db, point.action_id)
        if point.status is PointStatus.OPEN:
            if self._was_closed(point.key):
                self._reopen(row or first)
                first = queries.action(self.w.db, point.action_id)
            if row is not None:
                self._change(row, point)
            elif first[9] is None:
                self._carry(first, point)
            return
        for one in (first, row):
            if one is not None:
                self._close(one)

    def _carry(self, first: queries.Row, point: OpenPoint) -> None:
        """The point goes on as this meeting's, with the task that it had."""
        task = first[7]
        carried = self.w.insert(
            "actions",
            meeting_id=self.meeting.id,
            kind="action",
            key=point.key,
            task_id=task,
            from_id=first[0],
            text=first[3],
            owner_id=first[4],
            owner=first[5],
            due_on=first[6],
        )
        row = (carried, "action", point.key, *first[3:7], task, first[0], None)
        self._change(row, point)

    def _close(self, row: queries.Row) -> None:
        """Done, or not to be done, as of the meeting; one that is closed already stays as it was closed."""
        assert self.minutes.day is not None
        day = self.minutes.day.isoformat()
        if row[7] is None:
            if row[9] is None:
                self.w.update("actions", row[0], {"done_on": day})
        elif queries.task(self.w.db, row[7])[1] is None:
            self.w.update("tasks", row[7], {"done_on": day})

    def _reopen(self, row: queries.Row) -> None:
        if row[7] is not None:
            self.w.update("tasks", row[7], {"done_on": None})
        elif row[9] is not None:
            self.w.update("actions", row[0], {"done_on": None})

    def _was_closed(self, key: str) -> bool:
        """The minutes that stood until now said that the point was done or dropped."""
        points = self.before.get("open_points", [])
        return any(one["key"] == key and one["status"] != PointStatus.OPEN.value for one in points)


def _said(action: Action | OpenPoint) -> dict[str, Value]:
    return {
        "text": action.text,
        "owner_id": action.owner.contact_id if action.owner else None,
        "owner": action.owner.name if action.owner else None,
        "due_on": action.due.isoformat() if action.due else None,
    }
