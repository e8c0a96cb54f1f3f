"""Who is asked to come: straight from the directory, on the day of the meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from model.meetings import queries
from model.meetings.kinds import Kind
from model.store.connection import Connection
from model.text import sort_key


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite, as they stand in the directory. `bounced_on`: mail to them came back that day."""

    contact_id: int | None
    name: str
    role: str
    unit_id: int | None
    unit: str | None
    email: str | None
    language_form: str | None
    bounced_on: str | None = None


def invitees(
    db: Connection, kind: Kind, on: str, *, group_id: int | None, case_id: int | None, county_no: str | None
) -> tuple[Invitee, ...]:
    """A group's members; the parties of a case; else those whose roles on the day are the kind's.

    Everybody once: somebody with several of the roles comes as the first that the kind names. By unit and name. With a
    county, only those whose unit (or who themselves) are known to be there.
    """
    if case_id is not None:
        people = _of(queries.people_on_case(db, on, case_id))
        if queries.is_of_protected(db, case_id):  # where they work is where the youth is
            people = tuple(replace(who, unit_id=None, unit=None) for who in people)
        return people
    if group_id is not None:
        # Somebody who left a group and came back the same day is in it once, as what they are now.
        return _of({row[0]: row for row in queries.people_in_group(db, on, group_id)}.values())
    place = {role: n for n, role in enumerate(kind.roles)}
    best: dict[int, tuple[object, ...]] = {}
    for row in queries.people_in_roles(db, on):
        if row[2] not in place or (county_no is not None and row[8] != county_no):
            continue
        if row[0] not in best or place[row[2]] < place[str(best[row[0]][2])]:
            best[row[0]] = row
    found = _of(best.values())
    return tuple(sorted(found, key=lambda who: (who.unit is None, sort_key(who.unit or ""), sort_key(who.name))))


def invitee(db: Connection, on: str, contact_id: int) -> Invitee | None:
    """One contact, with the first role that runs on the day."""
    row = queries.person(db, on, contact_id)
    return _of([row])[0] if row is not None else None


def _of(rows: Iterable[tuple[object, ...]]) -> tuple[Invitee, ...]:
    return tuple(Invitee(*row[:8]) for row in rows)  # type: ignore[arg-type]
