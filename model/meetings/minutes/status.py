"""How far a year's meetings have come, whom they reached, and what is overdue.

Source: S3, R17 to R19; S1 and S2, R37.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.contacts.directory import role_label
from model.finding import Finding
from model.meetings import duties, kinds, reading
from model.meetings.minutes import queries
from model.store.connection import Connection
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting of the year."""

    id: int
    kind: str
    kind_name: str
    title: str
    group: str | None
    county_no: str | None
    on_date: date | None
    status: str
    called_on: date | None
    held_on: date | None
    filed_on: date | None
    version: int | None
    lacking: int | None
    """How much the filed minutes lack."""
    published: bool
    """The newest version is."""
    invited: int
    accepted: int
    present: int


@dataclass(frozen=True, slots=True)
class Of:
    """The meetings of one kind: how many have come how far. `per_year`: how many there are to be, if that is said."""

    kind: str
    kind_name: str
    per_year: int | None
    planned: int
    called: int
    held: int
    filed: int
    published: int


@dataclass(frozen=True, slots=True)
class Reached:
    """Units of one county where somebody has a role that the kind invites: how many were invited, how many came."""

    kind: str
    kind_name: str
    role: str
    role_label: str
    county_no: str | None
    units: int
    invited: int
    came: int
    missing: tuple[str, ...]
    """Names of the units that nobody was invited from."""


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    kinds: tuple[Of, ...]
    meetings: tuple[Held, ...]
    coverage: tuple[Reached, ...]
    findings: tuple[Finding, ...]

    def overdue(self, today: date) -> bool:
        return any(finding.overdue(today) for finding in self.findings)


def year(db: Connection, viewer: Viewer, of_year: int, today: date) -> Year:
    """The year as the viewer may see it; meetings of cases they may not see are not in it."""
    found = [_held(db, row) for row in reading.meetings(db, viewer, of_year) if row.cancelled_on is None]
    known = kinds.kinds(db)
    return Year(
        of_year,
        tuple(_of(kind, [m for m in found if m.kind == kind.code]) for kind in known if _counts(kind, found)),
        tuple(found),
        tuple(reached for kind in known for reached in _coverage(db, kind, found, _day(of_year, today))),
        tuple(duties.findings(db, viewer, today, of_year)),
    )


def _counts(kind: kinds.Kind, found: Sequence[Held]) -> bool:
    return kind.per_year is not None or any(meeting.kind == kind.code for meeting in found)


def _day(of_year: int, today: date) -> date:
    """The day on which the directory is asked: today, or the last of a year that has been."""
    return min(today, date(of_year, 12, 31))


def _held(db: Connection, row: reading.MeetingRow) -> Held:
    minutes = queries.newest(db, row.id)
    return Held(
        row.id,
        row.kind,
        row.kind_name,
        row.title,
        row.group,
        row.county_no,
        row.on_date,
        row.status.value,
        row.called_on,
        row.held_on,
        date.fromisoformat(minutes[1]) if minutes else None,
        minutes[0] if minutes else None,
        minutes[4] if minutes else None,
        row.status == "published",
        row.invited,
        row.accepted,
        row.present,
    )


def _of(kind: kinds.Kind, meetings: Sequence[Held]) -> Of:
    return Of(
        kind.code,
        kind.name,
        kind.per_year,
        len(meetings),
        sum(meeting.called_on is not None for meeting in meetings),
        sum(meeting.held_on is not None or meeting.version is not None for meeting in meetings),
        sum(meeting.version is not None for meeting in meetings),
        sum(meeting.published for meeting in meetings),
    )


def _coverage(db: Connection, kind: kinds.Kind, found: Sequence[Held], on: date) -> list[Reached]:
    """By role and county. A kind that is held county by county is reckoned in the counties it is held in."""
    mine = [meeting for meeting in found if meeting.kind == kind.code]
    if not mine or kind.by_group or kind.of_a_case:
        return []
    came: dict[int, bool] = {}
    for meeting in mine:
        for unit_id, was_there in queries.units_at(db, meeting.id):
            came[unit_id] = came.get(unit_id, False) or bool(was_there)
    held_in = {meeting.county_no for meeting in mine}
    reached = []
    for role in kind.roles:
        units = queries.units_with(db, role, on.isoformat())
        counties = sorted({county for _id, _name, county in units}, key=lambda county: county or "")
        for county in counties:
            if None not in held_in and county not in held_in:
                continue
            here = [(unit_id, name) for unit_id, name, of_county in units if of_county == county]
            reached.append(
                Reached(
                    kind.code,
                    kind.name,
                    role,
                    role_label(role),
                    county,
                    len(here),
                    sum(unit_id in came for unit_id, _name in here),
                    sum(came.get(unit_id, False) for unit_id, _name in here),
                    tuple(name for unit_id, name in here if unit_id not in came),
                )
            )
    return reached
