"""What the lines of the caseload say: only those that are seen are read and assessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model import dates
from model.caseload import queries
from model.caseload.urgency import Facts, Level, Limits, Reason, assess
from model.contacts import places
from model.store.connection import Connection
from model.terms import CaseStatus, OtStatus, Programme, Protection, Track
from model.terms import Level as SchoolLevel
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the caseload. School and municipality are None for protected people; days are the visible ones."""

    id: int
    batch: int
    name: str
    age: int | None
    protected: bool
    school: str | None
    programme: Programme | None
    level: SchoolLevel | None
    """Of the training: vg1, vg2 …"""
    municipality: str | None
    track: Track
    status: CaseStatus
    ot_status: OtStatus | None
    opened_on: date
    closed_on: date | None
    responsible: str | None
    """Of the viewer's own service; for the county, which follows no youth itself, of any."""
    contact_person: str | None
    urgency: Level
    reasons: tuple[Reason, ...]
    """Why it stands where it does, strongest first."""
    last_contact_on: date | None
    last_attempt_on: date | None
    last_guardian_on: date | None
    next_task_on: date | None


def rows(db: Connection, viewer: Viewer, ids: Sequence[int], limits: Limits, today: date) -> list[CaseRow]:
    """The lines of these cases, in the order of `ids`; a case that is gone, or not for the viewer, has none."""
    parts = [ids[first : first + queries.CHUNK] for first in range(0, len(ids), queries.CHUNK)]
    found = {row[0]: row for part in parts for row in db.execute(*queries.rows(viewer, part))}
    return [_row(found[number], limits, today) for number in ids if number in found]


def _row(values: tuple[Any, ...], limits: Limits, today: date) -> CaseRow:
    (
        number, batch, name, birth, protection, school, programme, level, municipality, track, status, ot_status,
        opened_on, closed_on, responsible, contact_person, inside, contact, attempt, guardian, note, task,
    ) = values  # fmt: skip
    facts = Facts(
        track=Track(track),
        status=CaseStatus(status),
        ot_status=OtStatus(ot_status) if ot_status else None,
        opened_on=_day(opened_on) or today,
        closed_on=_day(closed_on),
        last_contact_on=_day(contact),
        last_attempt_on=_day(attempt),
        last_guardian_on=_day(guardian),
        last_note_on=_day(note),
        next_task_on=_day(task),
        inside=bool(inside),
    )
    urgency = assess(facts, limits, today)
    born = _day(birth)
    place = places.municipality(str(municipality)) if municipality else None
    return CaseRow(
        id=_number(number),
        batch=_number(batch),
        name=str(name),
        age=dates.age(born, today) if born else None,
        protected=protection != Protection.NONE,
        school=_text(school),
        programme=Programme(programme) if programme else None,
        level=SchoolLevel(level) if level else None,
        municipality=place.name if place else _text(municipality),
        track=facts.track,
        status=facts.status,
        ot_status=facts.ot_status,
        opened_on=facts.opened_on,
        closed_on=facts.closed_on,
        responsible=_text(responsible),
        contact_person=_text(contact_person),
        urgency=urgency.level,
        reasons=urgency.reasons,
        last_contact_on=facts.last_contact_on,
        last_attempt_on=facts.last_attempt_on,
        last_guardian_on=facts.last_guardian_on,
        next_task_on=facts.next_task_on,
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
