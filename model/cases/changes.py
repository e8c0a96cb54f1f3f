"""The SQL of those who write on cases: what is looked up, under the store's pen, before something is written.

Whatever names one case, entry or task asks the lens: what the viewer may not touch is not there (NotFound).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from model.errors import NotFound
from model.language import _
from model.privacy import lens
from model.store.connection import Connection
from model.store.door import Value
from model.terms import Role, Service
from model.viewer import Viewer

_CHUNK = 500


class CaseRow(NamedTuple):
    id: int
    batch: int
    youth_id: int
    track: str
    status: str
    ot_status: str | None
    closed_on: str | None


class YouthRow(NamedTuple):
    id: int
    batch: int
    folded: str
    birth_date: str | None
    local_id: str | None
    protection: str
    municipality_no: str | None
    district: str | None


class EntryRow(NamedTuple):
    id: int
    batch: int
    case_id: int
    kind: str
    own: int


class TaskRow(NamedTuple):
    id: int
    batch: int
    case_id: int | None
    done_on: str | None


class Known(NamedTuple):
    """A youth who may be the one that is written down."""

    youth: YouthRow
    visible: int


_CASE = "c.id, c.batch, c.youth_id, c.track, c.status, c.ot_status, c.closed_on"
_YOUTH = "y.id, y.batch, y.folded, y.birth_date, y.local_id, y.protection, y.municipality_no, y.district"


def case(db: Connection, viewer: Viewer, case_id: int) -> CaseRow:
    """Errors: NotFound, also when the viewer may not see the case."""
    visible = lens.case_visible(viewer)
    row = db.execute(
        f"SELECT {_CASE} FROM cases c WHERE c.id = :case_id AND {visible.sql}", {"case_id": case_id, **visible.params}
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no case {n}.").format(n=case_id))
    return CaseRow(*row)


def visible_cases(db: Connection, viewer: Viewer, ids: Iterable[int]) -> dict[int, CaseRow]:
    """Those of the cases that the viewer may see."""
    visible = lens.case_visible(viewer)
    found: dict[int, CaseRow] = {}
    for chunk in chunks(ids):
        marks, params = named_marks(chunk)
        for row in db.execute(
            f"SELECT {_CASE} FROM cases c WHERE c.id IN ({marks}) AND {visible.sql}", {**params, **visible.params}
        ):
            found[row[0]] = CaseRow(*row)
    return found


def open_case_of(db: Connection, viewer: Viewer, youth_id: int, track: str) -> tuple[int, bool] | None:
    """The youth's open case on the track, and whether the viewer may see it."""
    visible = lens.case_visible(viewer)
    row = db.execute(
        f"SELECT c.id, {visible.sql} FROM cases c "
        "WHERE c.youth_id = :youth AND c.track = :track AND c.closed_on IS NULL",
        {"youth": youth_id, "track": track, **visible.params},
    ).fetchone()
    return (row[0], bool(row[1])) if row else None


def youth(db: Connection, youth_id: int) -> YouthRow:
    return YouthRow(*db.execute(f"SELECT {_YOUTH} FROM youths y WHERE y.id = ?", (youth_id,)).fetchone())


def known_youths(
    db: Connection, viewer: Viewer, local_id: Value, folded: Value, birth_date: Value
) -> tuple[list[Known], list[Known]]:
    """Youths with the local id, and with the name and birth date; `visible`: the viewer sees a case of theirs."""
    visible = lens.case_visible(viewer)
    seen = f"EXISTS (SELECT 1 FROM cases c WHERE c.youth_id = y.id AND {visible.sql})"
    by_id = db.execute(
        f"SELECT {_YOUTH}, {seen} FROM youths y WHERE y.local_id = :local_id", {"local_id": local_id, **visible.params}
    ).fetchall()
    by_name = db.execute(
        f"SELECT {_YOUTH}, {seen} FROM youths y WHERE y.folded = :folded AND y.birth_date = :birth_date "
        "AND (y.local_id IS NULL OR :local_id IS NULL)",
        {"folded": folded, "birth_date": birth_date, "local_id": local_id, **visible.params},
    ).fetchall()
    as_known = [[Known(YouthRow(*row[:-1]), row[-1]) for row in rows] for rows in (by_id, by_name)]
    return as_known[0], as_known[1]


def guardians(db: Connection, youth_id: int) -> dict[int, tuple[str, int]]:
    """The youth's guardians: id to (name, batch)."""
    rows = db.execute("SELECT id, name, batch FROM guardians WHERE youth_id = ? ORDER BY id", (youth_id,))
    return {row[0]: (row[1], row[2]) for row in rows}


def entry(db: Connection, viewer: Viewer, entry_id: int) -> EntryRow:
    """Errors: NotFound, also when the viewer may not see the entry."""
    case_visible, visible, own = lens.case_visible(viewer), lens.entry_visible(viewer), lens.entry_own(viewer)
    row = db.execute(
        f"SELECT e.id, e.batch, e.case_id, e.kind, coalesce({own.sql}, 0) "
        "FROM entries e JOIN cases c ON c.id = e.case_id "
        f"WHERE e.id = :entry_id AND {case_visible.sql} AND {visible.sql}",
        {"entry_id": entry_id, **case_visible.params, **visible.params, **own.params},
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no entry {n}.").format(n=entry_id))
    return EntryRow(*row)


def is_followed(db: Connection, entry_id: int) -> bool:
    return db.execute("SELECT 1 FROM entries WHERE follows_id = ? LIMIT 1", (entry_id,)).fetchone() is not None


def party(db: Connection, viewer: Viewer, party_id: int) -> tuple[int, str, str | None]:
    """(case, from, until) of a party on a case the viewer may see. Errors: NotFound."""
    visible = lens.case_visible(viewer)
    row = db.execute(
        "SELECT p.case_id, p.starts_on, p.ends_on FROM parties p JOIN cases c ON c.id = p.case_id "
        f"WHERE p.id = :party_id AND {visible.sql}",
        {"party_id": party_id, **visible.params},
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no such party on a case."))
    return row[0], row[1], row[2]


def has_party(db: Connection, case_id: int, service: str, unit_id: int | None, contact_id: int | None) -> bool:
    row = db.execute(
        "SELECT 1 FROM parties "
        "WHERE case_id = ? AND service = ? AND unit_id IS ? AND contact_id IS ? AND ends_on IS NULL",
        (case_id, service, unit_id, contact_id),
    ).fetchone()
    return row is not None


def on_case(db: Connection, ids: Iterable[int], service: str) -> set[int]:
    """Those of the cases that the service is on already."""
    found: set[int] = set()
    for chunk in chunks(ids):
        marks, params = named_marks(chunk)
        rows = db.execute(
            f"SELECT case_id FROM insiders WHERE service = :service AND case_id IN ({marks})",
            {"service": service, **params},
        )
        found.update(row[0] for row in rows)
    return found


class Running(NamedTuple):
    """Who answers for a case now."""

    id: int
    batch: int
    contact_id: int
    name: str


def responsibles(db: Connection, ids: Iterable[int], service: str) -> dict[int, Running]:
    """The service's responsible of each of the cases that has one."""
    found: dict[int, Running] = {}
    for chunk in chunks(ids):
        marks, params = named_marks(chunk)
        for case_id, *rest in db.execute(
            "SELECT r.case_id, r.id, r.batch, r.contact_id, k.name FROM responsibles r "
            "JOIN contacts k ON k.id = r.contact_id "
            f"WHERE r.service = :service AND r.ends_on IS NULL AND r.case_id IN ({marks})",
            {"service": service, **params},
        ):
            found[case_id] = Running(*rest)
    return found


def unit_service(db: Connection, unit_id: int) -> str | None:
    """The unit's service; None when there is no such unit."""
    row = db.execute("SELECT service FROM units WHERE id = ?", (unit_id,)).fetchone()
    return row[0] if row else None


def contact(db: Connection, contact_id: int) -> tuple[str, str | None] | None:
    """(name, the day they left or None), or None when there is no such contact."""
    sql = "SELECT name, left_on FROM contacts WHERE id = ? AND merged_into IS NULL"
    row = db.execute(sql, (contact_id,)).fetchone()
    return (row[0], row[1]) if row else None


def services_of(db: Connection, contact_id: int, today: str) -> set[Service]:
    """The services that the contact's present roles belong to, by the unit or else by the role itself."""
    alone = {role.value: role.service for role in Role}
    found: set[Service] = set()
    for role, service in db.execute(
        "SELECT r.role, u.service FROM contact_roles r LEFT JOIN units u ON u.id = r.unit_id "
        "WHERE r.contact_id = ? AND (r.ends_on IS NULL OR r.ends_on >= ?)",
        (contact_id, today),
    ):
        if service is not None:
            found.add(Service(service))
        elif (meant := alone.get(role)) is not None:
            found.add(meant)
    return found


def whom_to_call(db: Connection, today: str) -> tuple[str, str | None] | None:
    """(name, phone) of the county's named contact, else of an OT coordinator. Source: S3, R16."""
    rows = db.execute(
        "SELECT r.role, k.name, k.phone FROM contact_roles r JOIN contacts k ON k.id = r.contact_id "
        "WHERE r.role IN ('county_contact', 'ot_coordinator') AND (r.ends_on IS NULL OR r.ends_on >= :today) "
        "AND (k.left_on IS NULL OR k.left_on > :today) ORDER BY r.role, k.phone IS NULL, k.id LIMIT 1",
        {"today": today},
    ).fetchone()
    return (rows[1], rows[2]) if rows else None


# Tasks ---------------------------------------------------------------------------------------------------------------


def task(db: Connection, viewer: Viewer, task_id: int) -> TaskRow:
    """Errors: NotFound, also when the viewer may not see the task."""
    visible = lens.task_visible(viewer)
    row = db.execute(
        f"SELECT t.id, t.batch, t.case_id, t.done_on FROM tasks t WHERE t.id = :task_id AND {visible.sql}",
        {"task_id": task_id, **visible.params},
    ).fetchone()
    if row is None:
        raise NotFound(_("There is no task {n}.").format(n=task_id))
    return TaskRow(*row)


def tasks(db: Connection, viewer: Viewer, *, case_id: int | None, mine: bool, done: bool) -> Iterator[tuple[Any, ...]]:
    """Rows for `tasks.TaskView`, the most urgent first; done ones the latest first."""
    visible, case_visible = lens.task_visible(viewer), lens.case_visible(viewer)
    where = [visible.sql, "t.done_on IS NOT NULL" if done else "t.done_on IS NULL"]
    if case_id is not None:
        where.append("t.case_id = :case_id")
    if mine:
        where.append("t.owner_id = :lens_contact")
    order = "t.done_on DESC, t.id DESC" if done else "t.due_on IS NULL, t.due_on, t.id"
    return db.execute(
        f"""SELECT t.id, t.batch, t.case_id, CASE WHEN {case_visible.sql} THEN y.name END, t.title, t.note, t.due_on,
               k.name, t.owner_id, t.service, t.done_on
        FROM tasks t LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN youths y ON y.id = c.youth_id
        LEFT JOIN contacts k ON k.id = t.owner_id
        WHERE {" AND ".join(where)} ORDER BY {order}""",
        {"case_id": case_id, "lens_contact": viewer.contact_id, **visible.params, **case_visible.params},
    )


# Drafts --------------------------------------------------------------------------------------------------------------


def put_draft(db: Connection, owner: str, form: str, subject_id: int, at: str, content: str) -> None:
    db.execute(
        "INSERT INTO drafts (owner, form, subject_id, at, content) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (owner, form, subject_id) DO UPDATE SET at = excluded.at, content = excluded.content",
        (owner, form, subject_id, at, content),
    )


def drafts(db: Connection, owner: str) -> Iterator[tuple[str, int, str, str]]:
    """(form, subject, at, content), the latest first."""
    return db.execute(
        "SELECT form, subject_id, at, content FROM drafts WHERE owner = ? ORDER BY at DESC, form, subject_id", (owner,)
    )


def draft(db: Connection, owner: str, form: str, subject_id: int) -> str | None:
    row = db.execute(
        "SELECT content FROM drafts WHERE owner = ? AND form = ? AND subject_id = ?", (owner, form, subject_id)
    ).fetchone()
    return row[0] if row else None


def drop_draft(db: Connection, owner: str, form: str, subject_id: int) -> None:
    db.execute("DELETE FROM drafts WHERE owner = ? AND form = ? AND subject_id = ?", (owner, form, subject_id))


def chunks(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def named_marks(chunk: Sequence[int]) -> tuple[str, dict[str, Value]]:
    """Named marks for a list of ids, to stand beside the lens's."""
    return ", ".join(f":id{n}" for n in range(len(chunk))), {f"id{n}": value for n, value in enumerate(chunk)}
