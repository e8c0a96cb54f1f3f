"""Meetings as people read them: who comes, what is on the agenda, what went out, what came of it.

A meeting of a case is there for those who see the case, and for nobody else: to others it does not exist.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from model.contacts.directory import role_label
from model.errors import NotFound
from model.language import _
from model.meetings import kinds as kinds_
from model.meetings import queries
from model.meetings.views import (
    ActionView,
    AgendaView,
    InvitationView,
    MeetingRow,
    MeetingView,
    ParticipantView,
    PublicationView,
    UnitCount,
    by_unit,
)
from model.store.connection import Connection
from model.terms import Attendance, LanguageForm, MeetingKind, MeetingStatus, Reply
from model.viewer import Viewer

__all__ = [
    "ActionView",
    "AgendaView",
    "InvitationView",
    "MeetingRow",
    "MeetingView",
    "ParticipantView",
    "PublicationView",
    "UnitCount",
    "by_unit",
    "meeting",
    "meetings",
    "not_found",
    "open_points",
    "participants",
    "status",
]


def meetings(db: Connection, viewer: Viewer, year: int | None = None, kind: str | None = None) -> list[MeetingRow]:
    """The meetings the viewer may see, by day; of one year, of one kind (its code or a name). Errors: NotFound."""
    code = kinds_.kind(db, kind).code if kind else None
    names = {found.code: found.name for found in kinds_.kinds(db)}
    counts = queries.participant_counts(db)
    called = queries.called(db)
    rows = []
    for row in queries.meetings(db, viewer, year=year, kind=code):
        said = _Said(row, called.get(row[0]))
        invited, accepted, present = counts.get(said["id"], (0, 0, 0))
        rows.append(
            MeetingRow(
                **said.common(names.get(said["kind"])),
                minutes_version=said.minutes,
                invited=invited,
                accepted=accepted,
                present=present,
            )
        )
    return rows


def meeting(db: Connection, viewer: Viewer, meeting_id: int) -> MeetingView:
    """Errors: NotFound, also when it is about a case the viewer may not see."""
    row = queries.meeting(db, viewer, meeting_id)
    if row is None:
        raise not_found(meeting_id)
    invitations = tuple(_invitation(each) for each in queries.invitations(db, meeting_id))
    called = min((sent.on_date for sent in invitations if sent.method == "REQUEST"), default=None)
    said = _Said(row, called.isoformat() if called else None)
    names = {found.code: found.name for found in kinds_.kinds(db)}
    follows = said["follows_id"]
    return MeetingView(
        **said.common(names.get(said["kind"])),
        note=said["note"],
        language_form=_form(said["language_form"]),
        follows_id=follows,
        uid=said["uid"],
        sequence=said["sequence"],
        participants=participants(db, meeting_id),
        agenda=tuple(AgendaView(*each) for each in queries.agenda(db, meeting_id)),
        actions=tuple(_action(db, each) for each in queries.actions(db, meeting_id)),
        open_points=open_points(db, follows),
        invitations=invitations,
        minutes_version=said.minutes,
        filed_on=_day(queries.filed_on(db, meeting_id)),
        published=tuple(_publication(each) for each in queries.publications(db, meeting_id)),
    )


def participants(db: Connection, meeting_id: int) -> tuple[ParticipantView, ...]:
    """The meeting's people, in the order they were invited. Ask `meeting` whether it may be seen."""
    return tuple(_participant(row) for row in queries.participants(db, meeting_id))


def open_points(db: Connection, follows_id: int | None) -> tuple[ActionView, ...]:
    """What a meeting, and those it goes on from, left undone: the earliest due first."""
    return tuple(_action(db, row) for row in queries.open_points(db, follows_id)) if follows_id else ()


def not_found(meeting_id: int) -> NotFound:
    return NotFound(_("There is no meeting {n}. See: samlop meetings list").format(n=meeting_id))


def status(
    *,
    called_on: object,
    held_on: object,
    cancelled_on: object,
    minutes: int | None,
    published: int | None,
) -> MeetingStatus:
    """How far a meeting has come. Minutes filed anew are not published before the new ones are."""
    if cancelled_on:
        return MeetingStatus.CANCELLED
    if minutes is not None:
        return MeetingStatus.PUBLISHED if published == minutes else MeetingStatus.FILED
    if held_on:
        return MeetingStatus.HELD
    return MeetingStatus.CALLED if called_on else MeetingStatus.PLANNED


class _Said:
    """A row of a meeting, by name."""

    def __init__(self, row: tuple[Any, ...], called: str | None) -> None:
        self.values = dict(zip(queries.MEETING, row, strict=False))
        self.group, self.minutes, self.published = row[len(queries.MEETING) :]
        # An invitation that went out did go out, whatever was undone since.
        self.values["called_on"] = self.values["called_on"] or called

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def common(self, kind_name: str | None) -> dict[str, Any]:
        """What the line of a year and the whole meeting both say."""
        names = ("id", "batch", "kind", "title", "year", "number", "case_id", "group_id", "county_no", "starts_at")
        days = ("on_date", "called_on", "held_on", "cancelled_on")
        return {
            **{name: self[name] for name in (*names, "ends_at", "place")},
            **{name: _day(self[name]) for name in days},
            "kind_name": kind_name or _kind_name(self["kind"]),
            "group": self.group,
            "status": status(
                called_on=self["called_on"],
                held_on=self["held_on"],
                cancelled_on=self["cancelled_on"],
                minutes=self.minutes,
                published=self.published,
            ),
        }


def _kind_name(code: str) -> str:
    """Of a kind that a county has undone."""
    known = MeetingKind.read(code)
    return known.label if known else code


def _participant(row: tuple[Any, ...]) -> ParticipantView:
    number, batch, _meeting, contact, name, role, unit_id, unit, email, form, reply, replied, came, note, *late = row
    return ParticipantView(
        number,
        batch,
        contact,
        name,
        role,
        role_label(role),
        unit_id,
        unit,
        email,
        _form(form),
        Reply(reply),
        _day(replied),
        Attendance(came),
        note,
        _day(late[0]),
        _day(late[1]),
    )


def _action(db: Connection, row: tuple[Any, ...]) -> ActionView:
    number, kind, key, text, owner_id, owner, due_on, done_on, task_id, meeting_id, from_id, batch = row
    first, since = queries.first_said(db, number)
    return ActionView(
        number,
        kind,
        key,
        text,
        owner_id,
        owner,
        _day(due_on),
        _day(done_on),
        kind == "action" and done_on is None,
        task_id,
        meeting_id,
        first,
        _day(since),
        from_id,
        batch,
    )


def _invitation(row: tuple[Any, ...]) -> InvitationView:
    number, sequence, method, on_date, recipients = row
    return InvitationView(number, sequence, method, _date(on_date), tuple(json.loads(recipients)))


def _publication(row: tuple[Any, ...]) -> PublicationView:
    number, version, format_, language, on_date = row
    return PublicationView(number, version, format_, language, _date(on_date))


def _form(stored: str | None) -> LanguageForm | None:
    return LanguageForm(stored) if stored else None


def _date(stored: str) -> date:
    return date.fromisoformat(stored)


def _day(stored: str | None) -> date | None:
    return _date(stored) if stored else None
