"""What people read of a meeting. `reading` makes these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.terms import Attendance, LanguageForm, MeetingStatus, Reply


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """Somebody who is asked to come. `contact_id` None: a guest. `email` is the directory's, where they are in it."""

    id: int
    batch: int
    contact_id: int | None
    name: str
    role: str
    role_label: str
    unit_id: int | None
    unit: str | None
    email: str | None
    language_form: LanguageForm | None
    reply: Reply
    replied_on: date | None
    attendance: Attendance
    note: str | None
    left_on: date | None = None
    """They have left, says the directory."""
    bounced_on: date | None = None
    """Mail to them came back."""


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A point of the agenda. `origin`: standing, open_point, lists, numbers or added."""

    id: int
    batch: int
    position: int
    title: str
    text: str | None
    origin: str
    action_id: int | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """A decision, or what somebody is to do. `open`: an action that is not done."""

    id: int
    kind: str
    key: str
    text: str
    owner_id: int | None
    owner: str | None
    due_on: date | None
    done_on: date | None
    open: bool
    task_id: int | None
    meeting_id: int
    """In whose minutes it stands."""
    from_meeting: int
    """Where it was first said; carried on since, when this is another."""
    since: date | None
    """The day it was first said."""
    from_id: int | None
    """The action of an earlier meeting that it carries on."""
    batch: int


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What went out once. `recipients`: {id (of the participant), name, email}."""

    id: int
    sequence: int
    method: str
    on_date: date
    recipients: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class PublicationView:
    id: int
    version: int
    format: str
    language: str
    on_date: date


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Of a unit's people: how many were invited, have accepted, came, were excused, and are missing."""

    unit_id: int | None
    unit: str | None
    invited: int
    accepted: int
    came: int
    excused: int
    missing: int
    """Neither came nor excused: absent, or nobody has said."""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One line of the year."""

    id: int
    batch: int
    kind: str
    kind_name: str
    title: str
    year: int
    number: int
    status: MeetingStatus
    case_id: int | None
    group_id: int | None
    group: str | None
    county_no: str | None
    on_date: date | None
    starts_at: str | None
    ends_at: str | None
    place: str | None
    called_on: date | None
    held_on: date | None
    cancelled_on: date | None
    minutes_version: int | None
    invited: int
    accepted: int
    present: int


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Everything about one meeting. `batch` is what an edit gives as seen."""

    id: int
    batch: int
    kind: str
    kind_name: str
    title: str
    year: int
    number: int
    status: MeetingStatus
    case_id: int | None
    group_id: int | None
    group: str | None
    county_no: str | None
    on_date: date | None
    starts_at: str | None
    ends_at: str | None
    place: str | None
    note: str | None
    language_form: LanguageForm | None
    follows_id: int | None
    called_on: date | None
    held_on: date | None
    cancelled_on: date | None
    uid: str
    sequence: int
    participants: tuple[ParticipantView, ...]
    agenda: tuple[AgendaView, ...]
    actions: tuple[ActionView, ...]
    """Of this meeting's own minutes: decisions, then actions."""
    open_points: tuple[ActionView, ...]
    """What the meeting it follows left undone."""
    invitations: tuple[InvitationView, ...]
    minutes_version: int | None
    filed_on: date | None
    published: tuple[PublicationView, ...]


def by_unit(people: Iterable[ParticipantView]) -> list[UnitCount]:
    """Units in the order they are met; guests and others by the name of where they come from."""
    there: dict[tuple[int | None, str | None], list[ParticipantView]] = {}
    for who in people:
        there.setdefault((who.unit_id, who.unit), []).append(who)
    return [
        UnitCount(
            unit_id,
            unit,
            len(all_),
            sum(who.reply is Reply.ACCEPTED for who in all_),
            sum(who.attendance is Attendance.PRESENT for who in all_),
            sum(who.attendance is Attendance.EXCUSED for who in all_),
            sum(who.attendance in (Attendance.ABSENT, Attendance.UNKNOWN) for who in all_),
        )
        for (unit_id, unit), all_ in there.items()
    ]
