"""A meeting is planned: a day, a place, those to invite and an agenda are proposed, shown, and put down in one batch.

The same kind, year, number, group, case and county is the same meeting: planning it again changes nothing.
Source: S3, R17 to R19; S1 and S2, R37.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from model import clock
from model.cases.changes import case as visible_case
from model.contacts import places
from model.errors import BadInput, NotFound, Refused
from model.language import _, current, ngettext, speaking
from model.meetings import agenda, calendar, columns, queries, reading
from model.meetings import kinds as kinds_
from model.meetings.agenda import Proposed
from model.meetings.invitees import Invitee, invitees
from model.meetings.kinds import Kind
from model.meetings.records import Meeting
from model.store.connection import Connection
from model.store.door import Receipt, Writer
from model.store.store import Store
from model.terms import LanguageForm, Role
from model.text import fold
from model.viewer import Viewer

STARTS, ENDS = "10:00", "15:00"
"""When nobody says otherwise, and the meeting follows none that said it."""
NOTICE = 10
"""Days ahead that a day is proposed, rather than the middle of its month."""


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What planning would put down. `meeting_id`: the meeting that is there already; the rest is then as it stands."""

    meeting_id: int | None
    kind: Kind
    year: int
    number: int
    group_id: int | None
    group: str | None
    case_id: int | None
    county_no: str | None
    record: Meeting
    follows_id: int | None
    invitees: tuple[Invitee, ...]
    agenda: tuple[Proposed, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The meeting, and what planning it did: `receipt.batch` is None when it was there already."""

    id: int
    receipt: Receipt


def plan_meeting(
    db: Connection,
    viewer: Viewer,
    kind: str,
    year: int | None = None,
    *,
    on: date | None = None,
    number: int = 1,
    group_id: int | None = None,
    case_id: int | None = None,
    county: str | None = None,
    units: Sequence[str] = (),
    title: str | None = None,
    starts_at: str | None = None,
    ends_at: str | None = None,
    place: str | None = None,
    form: LanguageForm | None = None,
) -> MeetingPlan:
    """Propose what is not said. `form`: the language the agenda is written in, else the reader's own when that is
    Norwegian, else the last meeting's; `units`: parts of names, when only people from such units are asked to come.

    Errors: NotFound (kind, group, case), BadInput (a kind that needs a group or a case, a day of another year).
    """
    year = year or (on.year if on else clock.today().year)
    if on is not None and on.year != year:
        raise BadInput(_("That day is not in {year}. Give the year of the day, or another day.").format(year=year))
    found = kinds_.kind(db, kind)
    group = _group(db, found, group_id)
    _case(db, viewer, found, case_id)
    of: dict[str, Any] = {"group_id": group_id, "case_id": case_id, "county_no": _county(county)}
    there = queries.same_meeting(db, found.code, year, number, **of)
    common: dict[str, Any] = {"year": year, "number": number, "group": group, **of}
    if there is not None:
        return _as_it_stands(db, viewer, there, {"kind": found, **common})
    today = clock.today()
    earlier = queries.followed(db, found.code, on.isoformat() if on else f"{year}-12-31", year, number, **of)
    last = reading.meeting(db, viewer, earlier) if earlier is not None else None
    day = on or _propose(found, year, number, today, last.on_date if last else None)
    if starts_at is None and ends_at is None:
        starts_at, ends_at = (last.starts_at, last.ends_at) if last and last.starts_at else (STARTS, ENDS)
    form = form or _form(last)
    with speaking(form.value):
        found = kinds_.kind(db, found.code)  # its name and its standing items in the meeting's language
        record = Meeting(
            title=title or _title(found, year, number, group, case_id),
            on_date=day,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place or (last.place if last else None),
            language_form=form,
        )
        points = reading.open_points(db, last.id if last else None)
        proposed = agenda.propose(db, viewer, found, points, today)
    columns.meeting(record)
    parts = [fold(unit) for unit in units]
    asked = tuple(
        who
        for who in invitees(db, found, day.isoformat(), **of)
        if not parts or any(part in fold(who.unit or "") for part in parts)
    )
    return MeetingPlan(
        meeting_id=None,
        kind=found,
        record=record,
        follows_id=last.id if last else None,
        invitees=asked,
        agenda=proposed,
        warnings=tuple(_warnings(found, day, today, asked, parts or group_id)),
        **common,
    )


def apply(store: Store, viewer: Viewer, plan: MeetingPlan) -> Planned:
    """Put the meeting down, unless it has come to be there meanwhile. Errors: NotFound, BadInput."""
    with store.write(by=viewer, why="meeting.plan", details={"kind": plan.kind.code, "year": plan.year}) as w:
        _case(w.db, viewer, plan.kind, plan.case_id)
        there = queries.same_meeting(w.db, plan.kind.code, plan.year, plan.number, **_of(plan))
        if there is None:
            there = put_down(w, plan, f"{os.urandom(16).hex()}@samlop.invalid")
    return Planned(there, w.receipt)


def put_down(w: Writer, plan: MeetingPlan, uid: str) -> int:
    """The meeting with its people and agenda, inside a batch; its number. `uid`: what calendars are to know it by.

    Errors: BadInput.
    """
    row = columns.meeting(plan.record)
    number = w.insert(
        "meetings",
        kind=plan.kind.code,
        year=plan.year,
        number=plan.number,
        follows_id=plan.follows_id,
        uid=uid,
        **_of(plan),
        **row,
    )
    names = ("meeting_id", "contact_id", "name", "role", "unit_id", "unit", "email", "language_form")
    w.insert_many(
        "participants",
        names,
        [
            (number, who.contact_id, who.name, who.role, who.unit_id, who.unit, who.email, who.language_form)
            for who in plan.invitees
        ],
    )
    w.insert_many(
        "agenda_items",
        ("meeting_id", "position", "title", "text", "origin", "action_id"),
        [(number, n, i.title, i.text, i.origin, i.action_id) for n, i in enumerate(plan.agenda, 1)],
    )
    return number


def _of(plan: MeetingPlan) -> dict[str, Any]:
    return {"group_id": plan.group_id, "case_id": plan.case_id, "county_no": plan.county_no}


def day_warnings(day: date, today: date) -> list[str]:
    """What is odd about a day to meet on."""
    found = []
    name = calendar.holiday(day)
    if name:
        found.append(_("{day} is a public holiday ({name}).").format(day=day, name=name))
    elif not calendar.is_working_day(day):
        found.append(_("{day} is no working day.").format(day=day))
    if day < today:
        found.append(_("{day} has been.").format(day=day))
    return found


def _propose(kind: Kind, year: int, number: int, today: date, last: date | None) -> date:
    """After the last meeting, and with time to ask people: the days of the kind, or as many as most calendars need."""
    month = calendar.month_of(kind.month, kind.per_year, number)
    earliest = max(today + timedelta(days=1), last + timedelta(days=1)) if last else today + timedelta(days=1)
    at_best = max(earliest, today + timedelta(days=min(kind.call_days, NOTICE)))
    in_time = max(earliest, today + timedelta(days=kind.call_days))
    return calendar.propose(year, month, earliest=earliest, at_best=at_best, in_time=in_time)


def _warnings(kind: Kind, day: date, today: date, asked: tuple[Invitee, ...], chosen: object) -> list[str]:
    """`chosen`: people are of a group or of some units, so that not every role of the kind need be there."""
    found = day_warnings(day, today)
    if kind.month and day.month != kind.month:
        sentence = _("{name} is held in month {month}, and this day is not in it.")
        found.append(sentence.format(name=kind.name, month=kind.month))
    if today <= day < today + timedelta(days=kind.call_days):
        sentence = _("{name} is to be called {n} days before, and {day} is nearer.")
        found.append(sentence.format(name=kind.name, n=kind.call_days, day=day))
    if not asked:
        found.append(_("There is nobody to invite. Take in the contact lists first, or add people: meetings add"))
    elif not chosen and not kind.of_a_case:
        here = {who.role for who in asked}
        for missing in (role for role in kind.roles if role not in here):
            known = next((role.label for role in Role if role == missing), missing)
            found.append(_("Nobody in the directory has the role {role} on that day.").format(role=known))
    if silent := sum(not who.email for who in asked):
        sentence = ngettext("{n} of them has no e-mail address.", "{n} of them have no e-mail address.", silent)
        found.append(sentence.format(n=silent))
    if bounced := sum(who.bounced_on is not None for who in asked):
        sentence = ngettext("Mail to {n} of them has come back.", "Mail to {n} of them has come back.", bounced)
        found.append(sentence.format(n=bounced))
    return found


def _as_it_stands(db: Connection, viewer: Viewer, meeting_id: int, common: dict[str, Any]) -> MeetingPlan:
    there = reading.meeting(db, viewer, meeting_id)
    record = Meeting(**{name: getattr(there, name) for name in Meeting.__dataclass_fields__})
    asked = tuple(
        Invitee(p.contact_id, p.name, p.role, p.unit_id, p.unit, p.email, p.language_form) for p in there.participants
    )
    items = tuple(Proposed(item.title, item.text, item.origin, item.action_id) for item in there.agenda)
    return MeetingPlan(
        meeting_id=meeting_id,
        record=record,
        follows_id=there.follows_id,
        invitees=asked,
        agenda=items,
        warnings=(),
        **common,
    )


def _form(last: reading.MeetingView | None) -> LanguageForm:
    spoken = current()
    if spoken in ("nb", "nn"):
        return LanguageForm(spoken)
    return (last.language_form if last else None) or LanguageForm.NB


def _title(kind: Kind, year: int, number: int, group: str | None, case_id: int | None) -> str:
    if case_id is not None:
        said = _("{kind}, case {n}").format(kind=kind.name, n=case_id)
    else:
        several = (kind.per_year or 1) > 1 or number > 1
        said = f"{kind.name} {number}/{year}" if several else f"{kind.name} {year}"
        said = f"{group}: {said}" if group else said
    return said[:1].upper() + said[1 : agenda.LONGEST_TITLE]


def _group(db: Connection, kind: Kind, group_id: int | None) -> str | None:
    if group_id is None:
        if kind.by_group:
            raise BadInput(_("This kind of meeting is a group's: say which with --group. See: samlop groups list"))
        return None
    row = queries.group(db, group_id)
    if row is None:
        raise NotFound(_("There is no group {n}. See: samlop groups list").format(n=group_id))
    name, ended_on = row
    if ended_on is not None and ended_on <= clock.today().isoformat():
        raise BadInput(_("That group has ended. See: samlop groups list"))
    return str(name)


def _case(db: Connection, viewer: Viewer, kind: Kind, case_id: int | None) -> None:
    if case_id is not None:
        visible_case(db, viewer, case_id)
        if not queries.is_on_case(db, viewer, case_id):
            raise Refused(_("Only those who are on the case call its meetings. Ask one of them."))
    if kind.of_a_case != (case_id is not None):
        if kind.of_a_case:
            raise BadInput(_("This kind of meeting is about one case: it is planned from the case."))
        raise BadInput(_("This kind of meeting is not about a case."))


def _county(written: str | None) -> str | None:
    if not written:
        return None
    for county in places.counties():
        if written.strip() == county.no or fold(written) == fold(county.name):
            return county.no
    raise BadInput(_("There is no county with that number or name."))
