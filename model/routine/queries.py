"""All SQL of the checks. Days are ISO text here; what belongs to cases is read through the lens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from model.cases.changes import chunks, named_marks
from model.privacy import lens
from model.store.connection import Connection
from model.viewer import Viewer

_RUNNING = "({0}.starts_on IS NULL OR {0}.starts_on <= :on) AND ({0}.ends_on IS NULL OR {0}.ends_on >= :on)"


class Contact(NamedTuple):
    id: int
    name: str
    left_on: str | None
    bounced_on: str | None


class Role(NamedTuple):
    """A role over all time, and where it is."""

    contact_id: int
    role: str
    unit_id: int | None
    unit: str | None
    service: str | None
    """The unit's."""
    municipality_no: str | None
    starts_on: str | None
    ends_on: str | None


class Hanging(NamedTuple):
    """Something that hangs on a contact."""

    contact_id: int
    service: str | None
    """The one they do it for; None where it is for no service in particular."""
    subject_id: int
    name: str
    day: str | None
    """When it is due or held."""
    whose: str
    """The service that has the duty to put it right."""
    protected: bool
    """It is about a youth whose address is protected: nothing may be told that locates the youth."""


def contacts(db: Connection) -> list[Contact]:
    rows = db.execute("SELECT id, name, left_on, bounced_on FROM contacts WHERE merged_into IS NULL")
    return [Contact(*row) for row in rows]


def roles(db: Connection) -> list[Role]:
    rows = db.execute(
        "SELECT r.contact_id, r.role, r.unit_id, u.name, u.service, u.municipality_no, r.starts_on, r.ends_on "
        "FROM contact_roles r LEFT JOIN units u ON u.id = r.unit_id ORDER BY r.id"
    )
    return [Role(*row) for row in rows]


def deputies(db: Connection, on: str) -> list[tuple[int, int]]:
    """(contact, deputy) of those who answer for somebody on a day."""
    rows = db.execute(
        f"SELECT contact_id, deputy_id FROM deputies d WHERE {_RUNNING.format('d')} ORDER BY id", {"on": on}
    )
    return [(row[0], row[1]) for row in rows]


def _hanging(db: Connection, viewer: Viewer, ids: Iterable[int], on: str, sql: str) -> Iterator[Hanging]:
    """`sql` has {ids}, {case} (the case may be seen), for tasks {task}, and for meetings {on_case}."""
    case, task, on_case = lens.case_visible(viewer), lens.task_visible(viewer), lens.on_case(viewer)
    for chunk in chunks(ids):
        marks, params = named_marks(chunk)
        asked = sql.format(ids=marks, case=case.sql, task=task.sql, on_case=on_case.sql)
        for row in db.execute(asked, {"on": on, **params, **case.params, **task.params}):
            yield Hanging(*row)


_RESPONSIBLE = """
SELECT r.contact_id, r.service, c.id, y.name, r.starts_on, r.service, y.protection <> 'none'
FROM responsibles r JOIN cases c ON c.id = r.case_id JOIN youths y ON y.id = c.youth_id
WHERE r.contact_id IN ({ids}) AND r.ends_on IS NULL AND c.closed_on IS NULL AND {case}"""
_CONTACT_PERSON = """
SELECT c.contact_person_id, NULL, c.id, y.name, c.contact_person_on, c.service,
    y.protection <> 'none'
FROM cases c JOIN youths y ON y.id = c.youth_id
WHERE c.contact_person_id IN ({ids}) AND c.closed_on IS NULL AND {case}"""
_PARTY = """
SELECT p.contact_id, p.service, c.id, y.name, p.starts_on, p.service, y.protection <> 'none'
FROM parties p JOIN cases c ON c.id = p.case_id JOIN youths y ON y.id = c.youth_id
WHERE p.contact_id IN ({ids}) AND (p.ends_on IS NULL OR p.ends_on >= :on) AND c.closed_on IS NULL AND {case}"""
_TASK = """
SELECT t.owner_id, t.service, t.id, t.title, t.due_on, t.service, y.protection <> 'none'
FROM tasks t LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN youths y ON y.id = c.youth_id
WHERE t.owner_id IN ({ids}) AND t.done_on IS NULL AND {task}"""
_MEETING = """
SELECT DISTINCT p.contact_id, NULL, m.id, m.title, m.on_date, coalesce(c.service, 'county'), y.protection <> 'none'
FROM participants p JOIN meetings m ON m.id = p.meeting_id LEFT JOIN cases c ON c.id = m.case_id
    LEFT JOIN youths y ON y.id = c.youth_id
WHERE p.contact_id IN ({ids}) AND p.reply <> 'declined' AND m.on_date >= :on AND m.cancelled_on IS NULL
    AND (m.case_id IS NULL OR {on_case})"""
_LIST = "SELECT owner_id, NULL, id, name, NULL, 'county', 0 FROM lists WHERE owner_id IN ({ids})"

HANGING = {
    "responsible": _RESPONSIBLE,
    "contact_person": _CONTACT_PERSON,
    "party": _PARTY,
    "task": _TASK,
    "meeting": _MEETING,
    "list": _LIST,
}
"""What may hang on a contact."""


def hanging(db: Connection, viewer: Viewer, ids: Iterable[int], on: str, what: str) -> Iterator[Hanging]:
    """What the viewer may see of `what` (a name in `HANGING`) that hangs on the contacts, as open on a day."""
    return _hanging(db, viewer, ids, on, HANGING[what])
