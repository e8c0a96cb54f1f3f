"""The SQL of minutes: what a check looks up, what filing and publishing read. Days are ISO text here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from model.store.connection import Connection

Row = tuple[Any, ...]
Rows = list[Row]

_RUNS = "(r.starts_on IS NULL OR r.starts_on <= :on) AND (r.ends_on IS NULL OR r.ends_on >= :on)"


# The directory -------------------------------------------------------------------------------------------------------


def contacts(db: Connection, ids: Iterable[int]) -> dict[int, Row]:
    """Contact to (name, the day they left)."""
    found: dict[int, Row] = {}
    for contact_id in ids:
        row = db.execute("SELECT name, left_on FROM contacts WHERE id = ?", (contact_id,)).fetchone()
        if row is not None:
            found[contact_id] = tuple(row)
    return found


def contacts_called(db: Connection, folded: str) -> list[int]:
    """Those who have this name and have not left."""
    sql = "SELECT id FROM contacts WHERE folded = ? AND left_on IS NULL AND merged_into IS NULL ORDER BY id"
    return [row[0] for row in db.execute(sql, (folded,))]


def roles_of(db: Connection, contact_id: int, on: str) -> Rows:
    """(role, unit id, unit, its service) of the roles that run on a day, those with a unit first."""
    sql = (
        "SELECT r.role, u.id, u.name, u.service FROM contact_roles r LEFT JOIN units u ON u.id = r.unit_id "
        f"WHERE r.contact_id = :id AND {_RUNS} ORDER BY u.id IS NULL, r.id"
    )
    return db.execute(sql, {"id": contact_id, "on": on}).fetchall()


def reach(db: Connection, contact_id: int) -> Row:
    """(e-mail, language form)"""
    return tuple(db.execute("SELECT email, language_form FROM contacts WHERE id = ?", (contact_id,)).fetchone())


# Minutes -------------------------------------------------------------------------------------------------------------


def newest(db: Connection, meeting_id: int) -> Row | None:
    """(version, filed on, content, digest, how much it lacks) of a meeting's minutes, or None."""
    sql = "SELECT version, filed_on, content, digest, missing FROM minutes WHERE meeting_id = ? ORDER BY version DESC"
    found = db.execute(sql, (meeting_id,)).fetchone()
    return None if found is None else tuple(found)


def is_published(db: Connection, meeting_id: int, format_: str, language: str, digest: str) -> bool:
    sql = "SELECT 1 FROM publications WHERE meeting_id = ? AND format = ? AND language = ? AND digest = ?"
    return db.execute(sql, (meeting_id, format_, language, digest)).fetchone() is not None


def is_protected(db: Connection, meeting_id: int) -> bool:
    """It is about a youth whose address is protected."""
    sql = (
        "SELECT 1 FROM meetings m JOIN cases c ON c.id = m.case_id JOIN youths y ON y.id = c.youth_id "
        "WHERE m.id = ? AND y.protection <> 'none'"
    )
    return db.execute(sql, (meeting_id,)).fetchone() is not None


def next_meeting(db: Connection, meeting_id: int) -> Row | None:
    """(day, from, place) of the next meeting that goes on from this one."""
    sql = (
        "SELECT on_date, starts_at, place FROM meetings WHERE follows_id = ? AND cancelled_on IS NULL "
        "AND on_date IS NOT NULL ORDER BY on_date, id"
    )
    found = db.execute(sql, (meeting_id,)).fetchone()
    return None if found is None else tuple(found)


# Decisions, actions and what is left of them -------------------------------------------------------------------------

_LINE = (
    "WITH RECURSIVE line (id) AS (VALUES (:id) UNION SELECT m.follows_id FROM meetings m JOIN line ON m.id = line.id "
    "WHERE m.follows_id IS NOT NULL)"
)


def points(db: Connection, follows_id: int) -> Rows:
    """What a meeting, and those before it in its line, gave somebody to do, done or not, the earliest due first.

    (id, key, text, owner id, owner, due, task, done on, from, meeting's year, meeting's number, batch). One that a
    later meeting of the line carries on is told once, by the later.
    """
    sql = (
        f"{_LINE} SELECT a.id, a.key, a.text, a.owner_id, a.owner, a.due_on, a.task_id, "
        "coalesce(t.done_on, a.done_on), a.from_id, m.year, m.number, a.batch "
        "FROM actions a JOIN meetings m ON m.id = a.meeting_id LEFT JOIN tasks t ON t.id = a.task_id "
        "WHERE a.meeting_id IN (SELECT id FROM line) AND (a.kind = 'action' OR a.task_id IS NOT NULL) "
        "AND NOT EXISTS (SELECT 1 FROM actions l WHERE l.from_id = a.id AND l.meeting_id IN (SELECT id FROM line)) "
        "ORDER BY coalesce(a.due_on, '9999'), a.id"
    )
    return db.execute(sql, {"id": follows_id}).fetchall()


def line_of(db: Connection, action_id: int) -> Rows:
    """(meeting, title, year, day) of the meetings that have had the action, the first of them first."""
    sql = (
        "WITH RECURSIVE line (id, from_id, depth) AS (SELECT id, from_id, 0 FROM actions WHERE id = :id "
        "UNION ALL SELECT a.id, a.from_id, line.depth + 1 FROM actions a JOIN line ON a.id = line.from_id "
        "WHERE line.depth < 100) "
        "SELECT m.id, m.title, m.year, coalesce(m.held_on, m.on_date) FROM line JOIN actions a ON a.id = line.id "
        "JOIN meetings m ON m.id = a.meeting_id ORDER BY line.depth DESC"
    )
    return db.execute(sql, {"id": action_id}).fetchall()


_ACTION = (
    "SELECT a.id, a.kind, a.key, a.text, a.owner_id, a.owner, a.due_on, a.task_id, a.from_id, "
    "coalesce(t.done_on, a.done_on) FROM actions a LEFT JOIN tasks t ON t.id = a.task_id"
)
"""(id, kind, key, text, owner id, owner, due, task, from, done on)"""


def actions(db: Connection, meeting_id: int) -> Rows:
    """The meeting's own, as `_ACTION`."""
    return db.execute(f"{_ACTION} WHERE a.meeting_id = ? ORDER BY a.id", (meeting_id,)).fetchall()


def action(db: Connection, action_id: int) -> Row:
    return tuple(db.execute(f"{_ACTION} WHERE a.id = ?", (action_id,)).fetchone())


def task(db: Connection, task_id: int) -> Row:
    """(title, done on)"""
    return tuple(db.execute("SELECT title, done_on FROM tasks WHERE id = ?", (task_id,)).fetchone())


# The year ------------------------------------------------------------------------------------------------------------


def units_with(db: Connection, role: str, on: str) -> Rows:
    """(unit, its name, county) where somebody has the role on a day and is there."""
    sql = (
        "SELECT DISTINCT u.id, u.name, u.county_no FROM contact_roles r JOIN contacts k ON k.id = r.contact_id "
        f"JOIN units u ON u.id = r.unit_id WHERE r.role = :role AND {_RUNS} "
        "AND (k.left_on IS NULL OR k.left_on > :on) ORDER BY u.id"
    )
    return db.execute(sql, {"role": role, "on": on}).fetchall()


def units_at(db: Connection, meeting_id: int) -> Rows:
    """(unit, whether anybody of it was there) of a meeting's participants."""
    sql = (
        "SELECT unit_id, max(attendance = 'present') FROM participants WHERE meeting_id = ? AND unit_id IS NOT NULL "
        "GROUP BY unit_id"
    )
    return db.execute(sql, (meeting_id,)).fetchall()
