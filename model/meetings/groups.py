"""Steering groups, and others that meet with the same people: who is in them, as what, and since when.

Their meetings are planned like all others, with the group's members as participants.
Source: S1 and S2, R37 (principal, NAV leader, county governor, NAV county, county, user representative).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from model import clock
from model.contacts.directory import role_label
from model.errors import BadInput, NotFound
from model.language import N_, _
from model.meetings import agreements, columns
from model.meetings import agreements_queries as queries
from model.meetings.kinds import STANDARD
from model.record import Field, MaxLen
from model.store.connection import Connection
from model.store.door import Receipt
from model.store.store import Store
from model.terms import MeetingKind, Role
from model.viewer import Viewer


@dataclass(slots=True, kw_only=True)
class Group:
    """A group. `agreement_id`: the agreement it steers."""

    name: Annotated[str, Field(N_("Name")), MaxLen(120)]
    agreement_id: int | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    id: int
    contact_id: int
    name: str
    role: str
    """A code of `Role`, or "" where nothing was said."""
    role_label: str
    unit: str | None
    starts_on: date
    ends_on: date | None
    runs: bool
    """In the group today."""
    left: bool
    """Has left the directory, and so comes to no meeting."""


@dataclass(frozen=True, slots=True)
class GroupMeeting:
    id: int
    title: str
    on_date: date | None
    held_on: date | None
    cancelled_on: date | None


@dataclass(frozen=True, slots=True)
class GroupView:
    id: int
    batch: int
    name: str
    agreement_id: int | None
    agreement: str | None
    ended_on: date | None
    ended: bool
    members: tuple[MemberView, ...]
    """Over all time, in the order they joined."""


@dataclass(frozen=True, slots=True)
class Added:
    id: int
    receipt: Receipt


def groups(db: Connection, *, ended: bool = True) -> list[GroupView]:
    """All groups in the order they were made; without those that have ended, where they are not asked for."""
    return [one for one in _views(db, None) if ended or not one.ended]


def group(db: Connection, group_id: int) -> GroupView:
    """Errors: NotFound."""
    found = _views(db, group_id)
    if not found:
        raise NotFound(_("There is no group {n}. See: samlop groups list").format(n=group_id))
    return found[0]


def meetings_of(db: Connection, group_id: int) -> list[GroupMeeting]:
    """The group's meetings, the latest first."""
    return [GroupMeeting(row[0], row[1], *map(_day, row[2:])) for row in queries.meetings_of(db, group_id)]


def add(store: Store, viewer: Viewer, record: Group) -> Added:
    """Errors: BadInput, NotFound (no such agreement)."""
    row = columns.plain(record)
    with store.write(by=viewer, why="group.add") as w:
        if record.agreement_id is not None:
            agreements.agreement(w.db, record.agreement_id)
        number = w.insert("meeting_groups", agreement_id=record.agreement_id, **row)
    return Added(number, w.receipt)


def join(
    store: Store, viewer: Viewer, group_id: int, contact_id: int, *, role: Role | None = None, since: date | None = None
) -> Receipt:
    """Somebody of the directory comes into a group, today unless `since` says when; who is in it keeps their place.

    Without a role: the first of theirs that a steering group asks for, else their first.
    Errors: NotFound, BadInput (the group has ended, the contact has left).
    """
    today = clock.today().isoformat()
    with store.write(by=viewer, why="group.edit") as w:
        found = group(w.db, group_id)
        if found.ended:
            raise BadInput(_("The group has ended: nobody joins it any more."))
        person = queries.contact(w.db, contact_id, today)
        if person is None:
            raise NotFound(_("There is no contact {n} in the directory.").format(n=contact_id))
        if person[1]:
            raise BadInput(_("Contact {n} has left.").format(n=contact_id))
        theirs = (m for m in found.members if m.contact_id == contact_id)
        there = next((m for m in theirs if m.ends_on is None or m.ends_on >= clock.today()), None)
        if there is None:
            w.insert(
                "group_members",
                group_id=group_id,
                contact_id=contact_id,
                role=role.value if role else _usual(queries.roles_of(w.db, contact_id, today)),
                starts_on=since.isoformat() if since else today,
            )
        else:
            w.update("group_members", there.id, {"role": role.value if role else there.role, "ends_on": None})
    return w.receipt


def leave(store: Store, viewer: Viewer, group_id: int, contact_id: int, *, on: date | None = None) -> Receipt:
    """Somebody goes out of a group: `on` (today) is their last day. Errors: NotFound."""
    day = on or clock.today()
    with store.write(by=viewer, why="group.edit") as w:
        found = group(w.db, group_id)
        theirs = [m for m in found.members if m.contact_id == contact_id]
        if not theirs:
            raise NotFound(_("Contact {n} is not in the group.").format(n=contact_id))
        for member in theirs:
            if member.starts_on > day:
                w.delete("group_members", member.id)
            elif member.ends_on is None or member.ends_on > day:
                w.update("group_members", member.id, {"ends_on": day.isoformat()})
    return w.receipt


def end(store: Store, viewer: Viewer, group_id: int, *, on: date | None = None) -> Receipt:
    """The group is no more, since today or the day given. Errors: NotFound."""
    with store.write(by=viewer, why="group.edit") as w:
        group(w.db, group_id)
        w.update("meeting_groups", group_id, {"ended_on": (on or clock.today()).isoformat()})
    return w.receipt


def _usual(roles: list[str]) -> str:
    asked = [role.value for role in STANDARD[MeetingKind.STEERING_GROUP].roles]
    return next((role for role in roles if role in asked), roles[0] if roles else "")


def _views(db: Connection, group_id: int | None) -> list[GroupView]:
    today = clock.today()
    members: dict[int, list[MemberView]] = {}
    for number, _batch, of, contact_id, role, starts, ends, name, unit, left in queries.members(
        db, today.isoformat(), group_id
    ):
        starts_on, ends_on = date.fromisoformat(starts), _day(ends)
        members.setdefault(of, []).append(
            MemberView(
                id=number,
                contact_id=contact_id,
                name=name,
                role=role,
                role_label=role_label(role),
                unit=unit,
                starts_on=starts_on,
                ends_on=ends_on,
                runs=starts_on <= today and (ends_on is None or ends_on >= today),
                left=bool(left),
            )
        )
    return [
        GroupView(
            id=number,
            batch=batch,
            name=name,
            agreement_id=agreement_id,
            agreement=title,
            ended_on=_day(ended_on),
            ended=ended_on is not None and ended_on <= today.isoformat(),
            members=tuple(members.get(number, ())),
        )
        for number, batch, name, agreement_id, ended_on, title in queries.groups(db, group_id)
    ]


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
