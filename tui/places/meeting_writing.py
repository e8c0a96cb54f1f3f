"""What the keys of one meeting write, on the quick thread; each is one batch, which u takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from model.language import _
from model.terms import Attendance, Reply
from tui.reader import Reader
from tui.screens.picker import Choice

if TYPE_CHECKING:
    from model.meetings.editing import People

T = TypeVar("T")

GUEST = 0
"""No contact has this number."""

_CAME = (Attendance.UNKNOWN, Attendance.PRESENT, Attendance.EXCUSED, Attendance.ABSENT)
_ANSWERED = (Reply.NONE, Reply.ACCEPTED, Reply.DECLINED, Reply.TENTATIVE)


def following(there: Sequence[T], order: Sequence[T]) -> T:
    """What one key makes of it: where all are alike the next in order, and else the first that says something."""
    alike = len(set(there)) == 1
    return order[(order.index(there[0]) + 1) % len(order)] if alike else order[1]


def step_attendance(reader: Reader, meeting_id: int, ids: Sequence[int]) -> Attendance:
    from model.meetings import editing
    from model.meetings.reading import meeting

    with reader.store.read() as db:
        view = meeting(db, reader.viewer, meeting_id)
    how = following([who.attendance for who in view.participants if who.id in ids] or [Attendance.UNKNOWN], _CAME)
    editing.set_attendance(reader.store, reader.viewer, meeting_id, dict.fromkeys(ids, how))
    return how


def step_reply(reader: Reader, meeting_id: int, ids: Sequence[int]) -> Reply:
    from model.meetings import editing
    from model.meetings.reading import meeting

    with reader.store.read() as db:
        view = meeting(db, reader.viewer, meeting_id)
    how = following([who.reply for who in view.participants if who.id in ids] or [Reply.NONE], _ANSWERED)
    editing.set_replies(reader.store, reader.viewer, meeting_id, dict.fromkeys(ids, how))
    return how


def take_off(reader: Reader, meeting_id: int, ids: Sequence[int]) -> int:
    """How many of them had been invited, and so have to be told."""
    from model.meetings import editing
    from model.meetings.reading import meeting

    with reader.store.read() as db:
        view = meeting(db, reader.viewer, meeting_id)
    told = {to["id"] for sent in view.invitations for to in sent.recipients}
    editing.remove_participants(reader.store, reader.viewer, meeting_id, ids)
    return len(told.intersection(ids))


def askable(reader: Reader, meeting_id: int) -> list[Choice]:
    """A guest, then everybody in the directory who is not asked already."""
    from model.meetings.reading import meeting
    from model.text import fold
    from tui.screens.assign import colleagues

    with reader.store.read() as db:
        there = {who.contact_id for who in meeting(db, reader.viewer, meeting_id).participants}
    label = _("A guest who is not in the directory")
    return [Choice(GUEST, label, "", fold(label)), *(one for one in colleagues(reader) if one.id not in there)]


def add(reader: Reader, meeting_id: int, contact_id: int) -> People:
    from model.meetings import editing

    return editing.add_participants(reader.store, reader.viewer, meeting_id, [contact_id])


def move_point(reader: Reader, meeting_id: int, item_id: int, by: int) -> object:
    from model.meetings import editing

    return editing.move_agenda_item(reader.store, reader.viewer, meeting_id, item_id, by)


def drop_point(reader: Reader, meeting_id: int, item_id: int) -> object:
    from model.meetings import editing

    return editing.remove_agenda_item(reader.store, reader.viewer, meeting_id, item_id)
