"""A meeting as it is changed by hand: its day and place, its people, their replies and attendance, its agenda.

A meeting that was called off is not changed any more. A new day makes earlier replies void: nobody has answered for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from model import clock
from model.errors import BadInput, NotFound
from model.language import _
from model.meetings import columns, queries
from model.meetings.invitees import invitee
from model.meetings.reading import not_found
from model.meetings.records import AgendaItem, Guest, Meeting
from model.store.connection import Connection
from model.store.door import Receipt, Value
from model.store.store import Store
from model.terms import Attendance, Reply
from model.text import fold
from model.viewer import Viewer

T = TypeVar("T")

_TOLD = ("title", "on_date", "starts_at", "ends_at", "place")
"""What calendars show: when it changes after the invitation went out, they have to be told."""
_WHEN = ("on_date", "starts_at", "ends_at")
MAX_AGENDA = 100


@dataclass(frozen=True, slots=True)
class People:
    """Who was put down (participants' numbers), and the receipt; `batch` None when all of them were there."""

    ids: tuple[int, ...]
    receipt: Receipt


def edit_meeting(store: Store, viewer: Viewer, meeting_id: int, changes: Meeting, *, seen: int) -> Receipt:
    """Change what is said of a meeting. `seen`: its `batch` when it was read.

    After it was called, a change of what calendars show raises its sequence once, so that the next invitation takes
    the place of the last; a change of the day or the hours takes the replies back.
    Errors: NotFound, BadInput, Conflict.
    """
    row = columns.meeting(changes)
    with store.write(by=viewer, why="meeting.edit") as w:
        before = changeable(w.db, viewer, meeting_id)
        if before["case_id"] is not None and row["place"] is None and before["place"] is None:
            del row["place"]  # the lens kept it from the one who edits
        changed = {name for name, value in row.items() if before[name] != value}
        sent = last_sequence(w.db, meeting_id)
        if sent is not None and changed.intersection(_TOLD):
            row["sequence"] = max(int(before["sequence"] or 0), sent + 1)
            if changed.intersection(_WHEN):
                for number in queries.replied(w.db, meeting_id):
                    w.update("participants", number, {"reply": Reply.NONE.value, "replied_on": None})
        w.update("meetings", meeting_id, row, seen=seen)
    return w.receipt


def add_participants(store: Store, viewer: Viewer, meeting_id: int, contact_ids: Iterable[int]) -> People:
    """Ask more people of the directory to come; those who are asked already stay as they are.

    Errors: NotFound, BadInput (somebody who has left).
    """
    ids = []
    with store.write(by=viewer, why="meeting.people") as w:
        meeting = changeable(w.db, viewer, meeting_id)
        on = str(meeting["on_date"] or clock.today().isoformat())
        there = {row[3]: row[0] for row in queries.participants(w.db, meeting_id)}
        for contact_id in dict.fromkeys(contact_ids):
            if contact_id in there:
                ids.append(there[contact_id])
                continue
            who = invitee(w.db, on, contact_id)
            if who is None:
                raise NotFound(_("There is no contact {n}. See: samlop contacts list").format(n=contact_id))
            if queries.has_left(w.db, on, contact_id):
                sentence = _("Contact {n} will not be there on that day: they have left. Ask whoever came after them.")
                raise BadInput(sentence.format(n=contact_id))
            ids.append(
                w.insert(
                    "participants",
                    meeting_id=meeting_id,
                    contact_id=contact_id,
                    name=who.name,
                    role=who.role,
                    unit_id=who.unit_id,
                    unit=who.unit,
                    email=who.email,
                    language_form=who.language_form,
                )
            )
    return People(tuple(ids), w.receipt)


def add_guest(store: Store, viewer: Viewer, meeting_id: int, guest: Guest) -> People:
    """Ask somebody who is not in the directory. The same name and address is the same guest.

    Errors: NotFound, BadInput.
    """
    row = columns.guest(guest)
    with store.write(by=viewer, why="meeting.people") as w:
        changeable(w.db, viewer, meeting_id)
        there = [
            one[0]
            for one in queries.participants(w.db, meeting_id)
            if one[3] is None and fold(one[4]) == fold(guest.name) and one[8] == row["email"]
        ]
        number = there[0] if there else w.insert("participants", meeting_id=meeting_id, **row)
    return People((number,), w.receipt)


def remove_participants(store: Store, viewer: Viewer, meeting_id: int, participant_ids: Iterable[int]) -> Receipt:
    """Errors: NotFound, BadInput."""
    with store.write(by=viewer, why="meeting.people") as w:
        changeable(w.db, viewer, meeting_id)
        there = _people(w.db, meeting_id)
        for number in dict.fromkeys(participant_ids):
            _there(there, number)
            w.delete("participants", number)
    return w.receipt


def set_replies(
    store: Store, viewer: Viewer, meeting_id: int, replies: Mapping[int, Reply], *, on: date | None = None
) -> Receipt:
    """What participants have answered, today unless `on` says when. Errors: NotFound, BadInput."""
    day = (on or clock.today()).isoformat()
    with store.write(by=viewer, why="meeting.replies") as w:
        changeable(w.db, viewer, meeting_id)
        there = _people(w.db, meeting_id)
        for number, reply in replies.items():
            if _there(there, number)[10] != reply:
                replied_on = None if reply is Reply.NONE else day
                w.update("participants", number, {"reply": reply.value, "replied_on": replied_on})
    return w.receipt


def set_attendance(store: Store, viewer: Viewer, meeting_id: int, attendance: Mapping[int, Attendance]) -> Receipt:
    """Who was there. With the first who was, the meeting was held, on its day. Errors: NotFound, BadInput."""
    today = clock.today().isoformat()
    with store.write(by=viewer, why="meeting.attendance") as w:
        meeting = changeable(w.db, viewer, meeting_id)
        came = any(how in (Attendance.PRESENT, Attendance.ABSENT) for how in attendance.values())
        if came and str(meeting["on_date"] or "") > today:
            sentence = _("The meeting is on {day}: who is there is recorded on that day or after it.")
            raise BadInput(sentence.format(day=meeting["on_date"]))
        there = _people(w.db, meeting_id)
        for number, how in attendance.items():
            _there(there, number)
            w.update("participants", number, {"attendance": how.value})
        if Attendance.PRESENT in attendance.values() and not meeting["held_on"]:
            w.update("meetings", meeting_id, {"held_on": meeting["on_date"] or today})
    return w.receipt


def add_agenda_item(store: Store, viewer: Viewer, meeting_id: int, item: AgendaItem) -> Receipt:
    """Put a point last. Errors: NotFound, BadInput."""
    row = columns.agenda_item(item)
    with store.write(by=viewer, why="meeting.edit") as w:
        changeable(w.db, viewer, meeting_id)
        there = queries.agenda(w.db, meeting_id)
        _few_enough(len(there) + 1)
        position = max((each[2] for each in there), default=0) + 1
        w.insert("agenda_items", meeting_id=meeting_id, position=position, **row)
    return w.receipt


def set_agenda(store: Store, viewer: Viewer, meeting_id: int, items: Sequence[AgendaItem]) -> Receipt:
    """The agenda as it shall be. A point whose title stays is the same point, so it keeps what it is about, and its
    text where None is given.

    Errors: NotFound, BadInput.
    """
    _few_enough(len(items))
    rows = [columns.agenda_item(item) for item in items]
    with store.write(by=viewer, why="meeting.edit") as w:
        changeable(w.db, viewer, meeting_id)
        there: dict[str, list[int]] = {}
        for each in queries.agenda(w.db, meeting_id):
            there.setdefault(fold(each[3]), []).append(each[0])
        for position, (item, row) in enumerate(zip(items, rows, strict=True), 1):
            if item.text is None:
                del row["text"]
            same = there.get(fold(str(row["title"])))
            if same:
                w.update("agenda_items", same.pop(0), {**row, "position": position})
            else:
                w.insert("agenda_items", meeting_id=meeting_id, position=position, **row)
        for number in [number for left in there.values() for number in left]:
            w.delete("agenda_items", number)
    return w.receipt


def edit_agenda_item(
    store: Store, viewer: Viewer, meeting_id: int, item_id: int, item: AgendaItem, *, seen: int
) -> Receipt:
    """Say a point otherwise; it stays what it was about. `seen`: its `batch` when it was read.

    Errors: NotFound, BadInput, Conflict.
    """
    row = columns.agenda_item(item)
    with store.write(by=viewer, why="meeting.edit") as w:
        changeable(w.db, viewer, meeting_id)
        if all(each[0] != item_id for each in queries.agenda(w.db, meeting_id)):
            raise NotFound(_("That point is not on the agenda any more."))
        w.update("agenda_items", item_id, row, seen=seen)
    return w.receipt


def move_agenda_item(store: Store, viewer: Viewer, meeting_id: int, item_id: int, by: int) -> Receipt:
    """Let a point change places with the one before it (-1) or after it (1); at the end it stays.

    Errors: NotFound, BadInput.
    """
    with store.write(by=viewer, why="meeting.edit") as w:
        changeable(w.db, viewer, meeting_id)
        order = [each[0] for each in queries.agenda(w.db, meeting_id)]
        if item_id not in order:
            raise NotFound(_("That point is not on the agenda any more."))
        for position, number in enumerate(moved(order, item_id, by), 1):
            w.update("agenda_items", number, {"position": position})
    return w.receipt


def moved(order: Sequence[T], one: T, by: int) -> list[T]:
    """The order with one of them moved by so many places, at most to an end."""
    at = order.index(one)
    left = [*order[:at], *order[at + 1 :]]
    left.insert(max(0, min(len(left), at + by)), one)
    return left


def remove_agenda_item(store: Store, viewer: Viewer, meeting_id: int, item_id: int) -> Receipt:
    """Errors: NotFound, BadInput."""
    with store.write(by=viewer, why="meeting.edit") as w:
        changeable(w.db, viewer, meeting_id)
        if all(each[0] != item_id for each in queries.agenda(w.db, meeting_id)):
            raise NotFound(_("That point is not on the agenda any more."))
        w.delete("agenda_items", item_id)
    return w.receipt


def changeable(db: Connection, viewer: Viewer, meeting_id: int) -> dict[str, Value]:
    """The meeting's row, if the viewer may see it and it was not called off. Errors: NotFound, BadInput."""
    found = queries.meeting(db, viewer, meeting_id)
    if found is None:
        raise not_found(meeting_id)
    row: dict[str, Value] = dict(zip(queries.MEETING, found, strict=False))
    if row["cancelled_on"]:
        raise BadInput(_("Meeting {n} was called off. Plan another one, or undo that.").format(n=meeting_id))
    return row


def last_sequence(db: Connection, meeting_id: int) -> int | None:
    """The highest sequence that calendars have been told; None when the meeting was never called."""
    return max((row[1] for row in queries.invitations(db, meeting_id)), default=None)


def _people(db: Connection, meeting_id: int) -> dict[int, queries.Row]:
    return {row[0]: row for row in queries.participants(db, meeting_id)}


def _there(people: Mapping[int, queries.Row], number: int) -> queries.Row:
    if number not in people:
        raise NotFound(_("That participant is not at this meeting any more."))
    return people[number]


def _few_enough(n: int) -> None:
    if n > MAX_AGENDA:
        raise BadInput(_("An agenda has at most {n} points.").format(n=MAX_AGENDA))
