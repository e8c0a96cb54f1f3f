"""The SQL of planning, inviting and reading meetings. Days are ISO text here. Aliases: m meetings, c cases."""

from __future__ import annotations

from typing import Any

from model.privacy import lens
from model.store.connection import Connection
from model.viewer import Viewer

Row = tuple[Any, ...]
Rows = list[Row]

KIND = (
    "id", "code", "name", "roles", "month", "per_year", "called_by", "call_days", "minutes_days", "agenda", "batch",
)  # fmt: skip
MEETING = (
    "id", "batch", "kind", "title", "year", "number", "case_id", "group_id", "county_no", "on_date", "starts_at",
    "ends_at", "place", "note", "language_form", "follows_id", "called_on", "held_on", "cancelled_on", "uid",
    "sequence",
)  # fmt: skip
"""A meeting's columns, in the order in which rows have them; three follow: group, newest minutes, newest published."""

_RUNNING = "({0}.starts_on IS NULL OR {0}.starts_on <= :on) AND ({0}.ends_on IS NULL OR {0}.ends_on >= :on)"

# Where a protected youth meets people, and where those people work, locates the youth. Source: safety rule 6.
_LOCATES = "CASE WHEN m.case_id IS NULL OR y.protection = 'none' THEN {} END"
_COLUMNS = ", ".join(_LOCATES.format("m.place") if name == "place" else f"m.{name}" for name in MEETING)
_SEEN = f"""
SELECT {_COLUMNS}, g.name,
    (SELECT max(v.version) FROM minutes v WHERE v.meeting_id = m.id),
    (SELECT max(p.version) FROM publications p WHERE p.meeting_id = m.id)
FROM meetings m
LEFT JOIN meeting_groups g ON g.id = m.group_id
LEFT JOIN cases c ON c.id = m.case_id
LEFT JOIN youths y ON y.id = c.youth_id
WHERE (m.case_id IS NULL OR {{visible}})"""


# Kinds ---------------------------------------------------------------------------------------------------------------


def kinds(db: Connection) -> Rows:
    return db.execute(f"SELECT {', '.join(KIND)} FROM meeting_kinds ORDER BY id").fetchall()


def kind(db: Connection, code: str) -> Row | None:
    found = db.execute(f"SELECT {', '.join(KIND)} FROM meeting_kinds WHERE code = ?", (code,)).fetchone()
    return None if found is None else tuple(found)


# Meetings ------------------------------------------------------------------------------------------------------------


def meeting(db: Connection, viewer: Viewer, meeting_id: int) -> Row | None:
    """(`MEETING`…, group, newest minutes, newest published); None where the viewer may not see the meeting's case."""
    visible = lens.on_case(viewer)
    sql = f"{_SEEN.format(visible=visible.sql)} AND m.id = :id"
    found = db.execute(sql, {"id": meeting_id, **visible.params}).fetchone()
    return None if found is None else tuple(found)


def meetings(db: Connection, viewer: Viewer, *, year: int | None = None, kind: str | None = None) -> Rows:
    """As `meeting`, by day; those without a day last."""
    visible = lens.on_case(viewer)
    sql = (
        f"{_SEEN.format(visible=visible.sql)} AND (:year IS NULL OR m.year = :year) "
        "AND (:kind IS NULL OR m.kind = :kind) ORDER BY coalesce(m.on_date, '9999'), m.starts_at, m.id"
    )
    return db.execute(sql, {"year": year, "kind": kind, **visible.params}).fetchall()


def same_meeting(
    db: Connection,
    kind: str,
    year: int,
    number: int,
    *,
    group_id: int | None,
    case_id: int | None,
    county_no: str | None,
) -> int | None:
    """The meeting that stands for this kind, year and number; one that was called off makes room for another."""
    sql = (
        "SELECT id FROM meetings WHERE kind = ? AND year = ? AND number = ? AND group_id IS ? AND case_id IS ? "
        "AND county_no IS ? AND cancelled_on IS NULL ORDER BY id"
    )
    found = db.execute(sql, (kind, year, number, group_id, case_id, county_no)).fetchone()
    return None if found is None else int(found[0])


def followed(
    db: Connection,
    kind: str,
    on: str,
    year: int,
    number: int,
    *,
    group_id: int | None,
    case_id: int | None,
    county_no: str | None,
) -> int | None:
    """The latest meeting of the kind before a day, and of an earlier number: what this one goes on from."""
    sql = (
        "SELECT id FROM meetings WHERE kind = ? AND on_date < ? AND (year < ? OR (year = ? AND number < ?)) "
        "AND group_id IS ? AND case_id IS ? AND county_no IS ? AND cancelled_on IS NULL ORDER BY on_date DESC, id DESC"
    )
    found = db.execute(sql, (kind, on, year, year, number, group_id, case_id, county_no)).fetchone()
    return None if found is None else int(found[0])


def group(db: Connection, group_id: int) -> Row | None:
    """(name, ended_on)"""
    found = db.execute("SELECT name, ended_on FROM meeting_groups WHERE id = ?", (group_id,)).fetchone()
    return None if found is None else tuple(found)


# Its people, its agenda, what went out -------------------------------------------------------------------------------


def participants(db: Connection, meeting_id: int) -> Rows:
    """The e-mail is the directory's where they are in it: an address corrected since the planning is the right one."""
    sql = (
        f"SELECT p.id, p.batch, p.meeting_id, p.contact_id, p.name, p.role, {_LOCATES.format('p.unit_id')}, "
        f"{_LOCATES.format('p.unit')}, "
        "CASE WHEN d.id IS NULL THEN p.email ELSE d.email END, p.language_form, p.reply, p.replied_on, p.attendance, "
        "p.note, d.left_on, d.bounced_on "
        "FROM participants p JOIN meetings m ON m.id = p.meeting_id LEFT JOIN cases c ON c.id = m.case_id "
        "LEFT JOIN youths y ON y.id = c.youth_id LEFT JOIN contacts d ON d.id = p.contact_id "
        "WHERE p.meeting_id = ? ORDER BY p.id"
    )
    return db.execute(sql, (meeting_id,)).fetchall()


def is_on_case(db: Connection, viewer: Viewer, case_id: int) -> bool:
    on_case = lens.on_case(viewer)
    sql = f"SELECT 1 FROM cases c WHERE c.id = :case AND {on_case.sql}"
    return db.execute(sql, {"case": case_id, **on_case.params}).fetchone() is not None


def is_of_protected(db: Connection, case_id: int) -> bool:
    """The case is about a youth whose address is protected."""
    sql = "SELECT y.protection <> 'none' FROM cases c JOIN youths y ON y.id = c.youth_id WHERE c.id = ?"
    return bool(db.execute(sql, (case_id,)).fetchone()[0])


def replied(db: Connection, meeting_id: int) -> list[int]:
    """Ids of the participants who have answered."""
    sql = "SELECT id FROM participants WHERE meeting_id = ? AND reply <> 'none' ORDER BY id"
    return [row[0] for row in db.execute(sql, (meeting_id,))]


def participant_counts(db: Connection) -> dict[int, tuple[int, int, int]]:
    """Meeting to how many are invited, have accepted and came."""
    sql = (
        "SELECT meeting_id, count(*), sum(reply = 'accepted'), sum(attendance = 'present') FROM participants "
        "GROUP BY meeting_id"
    )
    return {row[0]: (row[1], row[2], row[3]) for row in db.execute(sql)}


def agenda(db: Connection, meeting_id: int) -> Rows:
    sql = (
        "SELECT id, batch, position, title, text, origin, action_id FROM agenda_items WHERE meeting_id = ? "
        "ORDER BY position, id"
    )
    return db.execute(sql, (meeting_id,)).fetchall()


def invitations(db: Connection, meeting_id: int) -> Rows:
    sql = "SELECT id, sequence, method, on_date, recipients FROM invitations WHERE meeting_id = ? ORDER BY id"
    return db.execute(sql, (meeting_id,)).fetchall()


def called(db: Connection) -> dict[int, str]:
    """Meeting to the day its first invitation went out."""
    sql = "SELECT meeting_id, min(on_date) FROM invitations WHERE method = 'REQUEST' GROUP BY meeting_id"
    return dict(db.execute(sql))


def publications(db: Connection, meeting_id: int) -> Rows:
    sql = "SELECT id, version, format, language, on_date FROM publications WHERE meeting_id = ? ORDER BY id"
    return db.execute(sql, (meeting_id,)).fetchall()


def filed_on(db: Connection, meeting_id: int) -> str | None:
    """The day the newest minutes were filed."""
    sql = "SELECT filed_on FROM minutes WHERE meeting_id = ? ORDER BY version DESC"
    found = db.execute(sql, (meeting_id,)).fetchone()
    return None if found is None else str(found[0])


_ACTION = """
SELECT a.id, a.kind, a.key, a.text, a.owner_id, a.owner, a.due_on, coalesce(t.done_on, a.done_on), a.task_id,
    a.meeting_id, a.from_id, a.batch
FROM actions a LEFT JOIN tasks t ON t.id = a.task_id"""


def actions(db: Connection, meeting_id: int) -> Rows:
    """What a meeting decided and left to be done: decisions first."""
    return db.execute(f"{_ACTION} WHERE a.meeting_id = ? ORDER BY a.kind DESC, a.id", (meeting_id,)).fetchall()


def open_points(db: Connection, follows_id: int) -> Rows:
    """What the meeting, and those before it that it follows, left to be done and nobody has done.

    What a later one of them carries on is told once, by the later.
    """
    sql = (
        "WITH RECURSIVE line (id) AS (VALUES (:id) UNION SELECT m.follows_id FROM meetings m JOIN line ON "
        f"m.id = line.id WHERE m.follows_id IS NOT NULL) {_ACTION} "
        "WHERE a.meeting_id IN (SELECT id FROM line) AND (a.kind = 'action' OR a.task_id IS NOT NULL) "
        "AND coalesce(t.done_on, a.done_on) IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM actions l WHERE l.from_id = a.id AND l.meeting_id IN (SELECT id FROM line)) "
        "ORDER BY coalesce(a.due_on, '9999'), a.id"
    )
    return db.execute(sql, {"id": follows_id}).fetchall()


def first_said(db: Connection, action_id: int) -> Row:
    """(meeting, its day) where an action was first said, however often it was carried on."""
    sql = (
        "WITH RECURSIVE line (id, from_id, depth) AS (SELECT id, from_id, 0 FROM actions WHERE id = :id "
        "UNION ALL SELECT a.id, a.from_id, line.depth + 1 FROM actions a JOIN line ON a.id = line.from_id "
        "WHERE line.depth < 100) "
        "SELECT m.id, m.on_date FROM line JOIN actions a ON a.id = line.id JOIN meetings m ON m.id = a.meeting_id "
        "ORDER BY line.depth DESC LIMIT 1"
    )
    return tuple(db.execute(sql, {"id": action_id}).fetchone())


# Whom to invite ------------------------------------------------------------------------------------------------------

_PERSON = """
SELECT k.id, k.name, r.role, u.id, u.name, k.email, coalesce(k.language_form, u.language_form), k.bounced_on,
    coalesce(u.county_no, substr(k.municipality_no, 1, 2))
FROM contacts k"""
_THERE = "(k.left_on IS NULL OR k.left_on > :on) AND k.merged_into IS NULL"


def people_in_roles(db: Connection, on: str) -> Rows:
    """(contact, name, role, unit id, unit, e-mail, language form, bounced on, county) of roles that run on a day."""
    sql = (
        f"{_PERSON} JOIN contact_roles r ON r.contact_id = k.id LEFT JOIN units u ON u.id = r.unit_id "
        f"WHERE {_THERE} AND r.role <> '' AND {_RUNNING.format('r')} ORDER BY k.id, r.id"
    )
    return db.execute(sql, {"on": on}).fetchall()


def people_in_group(db: Connection, on: str, group_id: int) -> Rows:
    """As `people_in_roles`: the group's members on a day, in the role they have in it."""
    sql = (
        f"{_PERSON.replace('r.role', 'g.role')} JOIN group_members g ON g.contact_id = k.id "
        f"LEFT JOIN units u ON u.id = ({_UNIT_OF}) "
        f"WHERE {_THERE} AND g.group_id = :group AND {_RUNNING.format('g')} ORDER BY g.id"
    )
    return db.execute(sql, {"on": on, "group": group_id}).fetchall()


def people_on_case(db: Connection, on: str, case_id: int) -> Rows:
    """As `people_in_roles`: the parties of a case and those who are responsible for it, on a day."""
    sql = (
        f"{_PERSON.replace('r.role', repr(''))} JOIN "
        "(SELECT contact_id, unit_id, min(id) AS id FROM (SELECT id, contact_id, unit_id FROM parties q "
        f"WHERE q.case_id = :case AND {_RUNNING.format('q')} UNION ALL SELECT id, contact_id, NULL FROM responsibles q "
        f"WHERE q.case_id = :case AND {_RUNNING.format('q')}) GROUP BY contact_id) g ON g.contact_id = k.id "
        f"LEFT JOIN units u ON u.id = coalesce(g.unit_id, ({_UNIT_OF})) WHERE {_THERE} ORDER BY g.id"
    )
    return db.execute(sql, {"on": on, "case": case_id}).fetchall()


def person(db: Connection, on: str, contact_id: int) -> Row | None:
    """As `people_in_roles`, of one contact with the first role that runs on a day; also when it has left."""
    sql = (
        f"{_PERSON} LEFT JOIN contact_roles r ON r.id = (SELECT w.id FROM contact_roles w WHERE w.contact_id = k.id "
        f"AND {_RUNNING.format('w')} ORDER BY w.id LIMIT 1) LEFT JOIN units u ON u.id = r.unit_id WHERE k.id = :id"
    )
    found = db.execute(sql, {"on": on, "id": contact_id}).fetchone()
    return None if found is None else tuple(found)


def contacts_by_email(db: Connection, email: str) -> list[int]:
    sql = "SELECT id FROM contacts WHERE lower(email) = lower(?) AND merged_into IS NULL ORDER BY id"
    return [row[0] for row in db.execute(sql, (email,))]


def has_left(db: Connection, on: str, contact_id: int) -> bool:
    sql = "SELECT 1 FROM contacts WHERE id = ? AND (left_on <= ? OR merged_into IS NOT NULL)"
    return db.execute(sql, (contact_id, on)).fetchone() is not None


_UNIT_OF = (
    f"SELECT w.unit_id FROM contact_roles w WHERE w.contact_id = k.id AND w.unit_id IS NOT NULL "
    f"AND {_RUNNING.format('w')} ORDER BY w.id LIMIT 1"
)
