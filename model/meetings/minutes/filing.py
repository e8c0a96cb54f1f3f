"""Minutes filed: one batch holds who came, what was said and decided, and the tasks that come of it.

Filed minutes are an event: corrected by later ones, never undone. An undo takes back what they set going (attendance,
texts, tasks) and leaves the minutes; the same file filed again sets it going anew.

Source: S3, R19; safety rules 5 and 13.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from model import clock
from model.errors import BadInput
from model.language import _, ngettext
from model.meetings import reading
from model.meetings.minutes import queries
from model.meetings.minutes.checking import check
from model.meetings.minutes.records import Checked, Minutes, Person, as_data
from model.meetings.minutes.tasks import Tasks
from model.meetings.reading import MeetingView
from model.store.door import Value, Writer
from model.store.store import Store
from model.terms import Attendance, Role
from model.text import fold
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing did. `batch` None: nothing, because of what is wrong or because it had been done."""

    checked: Checked
    batch: int | None = None
    version: int | None = None
    tasks: int = 0
    """How many were made."""
    left: tuple[str, ...] = ()
    """What is for a person to settle: actions that the minutes no longer have."""

    @property
    def is_filed(self) -> bool:
        return self.version is not None


def file(store: Store, viewer: Viewer, text: str, *, correct: bool = False) -> Filed:
    """File a minutes file; with something severe in it, nothing is. The same file again changes nothing.

    `correct`: it is another file than the one filed for the meeting, and it is to stand instead.

    Errors: BadInput, when other minutes are filed and `correct` is not said, or the meeting has not been yet.
    """
    with store.read() as db:
        checked = check(db, viewer, text)
        if checked.minutes is not None:
            _refuse(queries.newest(db, checked.minutes.meeting_id), checked.minutes, correct=correct)
    if checked.minutes is None:
        return Filed(checked)
    details = {"meeting": checked.minutes.meeting_id}
    with store.write(by=viewer, why="minutes.file", details=details) as w:
        checked = check(w.db, viewer, text)  # under the pen: somebody may have been before us
        if checked.minutes is None:
            return Filed(checked)
        filed = put_down(w, viewer, checked, checked.minutes, correct=correct)
    return replace(filed, batch=w.receipt.batch)


def put_down(w: Writer, viewer: Viewer, checked: Checked, minutes: Minutes, *, correct: bool = False) -> Filed:
    """Checked minutes, inside a batch. Errors: as `file`."""
    meeting = reading.meeting(w.db, viewer, minutes.meeting_id)
    before = queries.newest(w.db, meeting.id)
    same = _refuse(before, minutes, correct=correct)
    version = (before[0] if before else 0) + (0 if same else 1)
    done = _Filing(w, viewer, meeting, minutes, json.loads(before[2]) if before else {})
    if not same:
        _keep(w, minutes, version, checked.lacking)
    if not same or not done.stands():
        done.set_going()
    return Filed(checked, None, version, done.tasks.made, tuple(done.tasks.left))


def _refuse(before: queries.Row | None, minutes: Minutes, *, correct: bool) -> bool:
    """Errors: BadInput. Gives whether these very minutes are filed already."""
    if minutes.day is None:
        raise BadInput(_("On which day was the meeting held? Write it as date, under [meeting]; nothing was filed."))
    if minutes.day > clock.today():
        sentence = _("Minutes are filed when the meeting has been held: {day}. Nothing was filed.")
        raise BadInput(sentence.format(day=minutes.day))
    if before is None:
        return False
    if before[3] == minutes.digest or before[2] == _content(minutes):
        return True
    if not correct:
        sentence = _(
            "Meeting {n} has other minutes: version {version}, filed {day}. Nothing was filed. If these are to stand "
            "instead, say --correct."
        )
        raise BadInput(sentence.format(n=minutes.meeting_id, version=before[0], day=before[1]))
    return False


def _keep(w: Writer, minutes: Minutes, version: int, lacking: int) -> None:
    w.insert(
        "minutes",
        meeting_id=minutes.meeting_id,
        version=version,
        filed_on=clock.today().isoformat(),
        content=_content(minutes),
        digest=minutes.digest,
        missing=lacking,
    )


def _content(minutes: Minutes) -> str:
    """The minutes as they are kept: files that write the same in other words give the same."""
    return json.dumps(as_data(minutes), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True)
class _Filing:
    """What minutes set going, inside their batch."""

    w: Writer
    viewer: Viewer
    meeting: MeetingView
    minutes: Minutes
    before: Mapping[str, Any]
    """The minutes that stood until now, as they are kept."""
    tasks: Tasks = field(init=False)

    def __post_init__(self) -> None:
        self.tasks = Tasks(self.w, self.viewer, self.meeting, self.minutes, self.before)

    def stands(self) -> bool:
        """What these minutes set going has not been undone since."""
        return self.meeting.held_on is not None and self.tasks.stand()

    def set_going(self) -> None:
        assert self.minutes.day is not None
        self.w.update("meetings", self.meeting.id, {"held_on": self.minutes.day.isoformat()})
        self._participants()
        self._agenda()
        self.tasks.write()

    def _participants(self) -> None:
        by_number = {p.contact_id: p for p in self.meeting.participants if p.contact_id is not None}
        guests = {fold(p.name): p for p in self.meeting.participants if p.contact_id is None}
        for person in self.minutes.participants:
            there = guests.get(fold(person.name)) if person.contact_id is None else by_number.get(person.contact_id)
            if there is None:
                self.w.insert("participants", meeting_id=self.meeting.id, **self._newcomer(person))
            elif person.attendance is not Attendance.UNKNOWN:
                self.w.update("participants", there.id, {"attendance": person.attendance.value})

    def _newcomer(self, person: Person) -> dict[str, Value]:
        """Somebody who came uninvited: what the directory says of them, where they are in it."""
        values: dict[str, Value] = {
            "contact_id": person.contact_id,
            "name": person.name,
            "unit": person.unit or None,
            "attendance": person.attendance.value,
        }
        role = Role.read(person.role)
        values["role"] = role.value if role else person.role
        if person.contact_id is not None:
            assert self.minutes.day is not None
            roles = queries.roles_of(self.w.db, person.contact_id, self.minutes.day.isoformat())
            mine = [one for one in roles if one[0] == values["role"]] or roles
            if mine:
                values |= {"role": mine[0][0], "unit_id": mine[0][1], "unit": mine[0][2] or person.unit or None}
            email, form = queries.reach(self.w.db, person.contact_id)
            values |= {"email": email, "language_form": form}
        return values

    def _agenda(self) -> None:
        """Texts go to the items of the same title; what was taken up besides is added, what was not stays as called."""
        waiting = list(self.meeting.agenda)
        for place, item in enumerate(self.minutes.agenda, 1):
            found = next((one for one in waiting if fold(one.title) == fold(item.title)), None)
            if found is None:
                values = {"title": item.title, "text": item.text or None, "origin": "added"}
                self.w.insert("agenda_items", meeting_id=self.meeting.id, position=place, **values)
            else:
                waiting.remove(found)
                self.w.update("agenda_items", found.id, {"text": item.text or None, "position": place})
        for place, left in enumerate(waiting, len(self.minutes.agenda) + 1):
            self.w.update("agenda_items", left.id, {"position": place})


def sentences(filed: Filed) -> list[str]:
    """What was filed, in words."""
    minutes = filed.checked.minutes
    if minutes is None:
        n = filed.checked.severe
        said = ngettext("{n} thing is wrong. Nothing was filed.", "{n} things are wrong. Nothing was filed.", n)
        return [said.format(n=n)]
    if filed.batch is None:
        sentence = _("These minutes of meeting {n} are filed already, as version {version}. Nothing was changed.")
        return [sentence.format(n=minutes.meeting_id, version=filed.version)]
    told = _("The minutes of meeting {n} are filed, as version {version}.")
    lines = [told.format(n=minutes.meeting_id, version=filed.version)]
    if filed.tasks:
        lines.append(ngettext("{n} task came of them.", "{n} tasks came of them.", filed.tasks).format(n=filed.tasks))
    if filed.checked.lacking:
        n = filed.checked.lacking
        lines.append(ngettext("{n} thing is lacking in them.", "{n} things are lacking in them.", n).format(n=n))
    return lines
