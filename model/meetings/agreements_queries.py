"""The SQL of agreements and groups. Days are ISO text here."""

from __future__ import annotations

from typing import Any

from model.store.connection import Connection

Row = tuple[Any, ...]
Rows = list[Row]

AGREEMENT = (
    "id", "batch", "title", "starts_on", "ends_on", "evaluate_on", "evaluated_on", "ended_on", "reference", "note",
)  # fmt: skip
PARTY = ("id", "batch", "agreement_id", "unit_id", "name", "leader", "signed_on")
GROUP = ("id", "batch", "name", "agreement_id", "ended_on")
MEMBER = ("id", "batch", "group_id", "contact_id", "role", "starts_on", "ends_on")


def agreements(db: Connection, agreement_id: int | None = None) -> Rows:
    sql = f"SELECT {', '.join(AGREEMENT)} FROM agreements WHERE :id IS NULL OR id = :id ORDER BY id"
    return db.execute(sql, {"id": agreement_id}).fetchall()


def parties(db: Connection, agreement_id: int | None = None) -> Rows:
    sql = f"SELECT {', '.join(PARTY)} FROM agreement_parties WHERE :id IS NULL OR agreement_id = :id ORDER BY id"
    return db.execute(sql, {"id": agreement_id}).fetchall()


def groups(db: Connection, group_id: int | None = None) -> Rows:
    """(`GROUP`…, the agreement's title)"""
    sql = (
        f"SELECT {', '.join(f'g.{name}' for name in GROUP)}, a.title FROM meeting_groups g "
        "LEFT JOIN agreements a ON a.id = g.agreement_id WHERE :id IS NULL OR g.id = :id ORDER BY g.id"
    )
    return db.execute(sql, {"id": group_id}).fetchall()


def members(db: Connection, on: str, group_id: int | None = None) -> Rows:
    """(`MEMBER`…, name, unit on a day, whether they have left by then), in the order they joined."""
    sql = (
        f"SELECT {', '.join(f'm.{name}' for name in MEMBER)}, k.name, "
        "(SELECT u.name FROM contact_roles r JOIN units u ON u.id = r.unit_id WHERE r.contact_id = k.id "
        "AND (r.starts_on IS NULL OR r.starts_on <= :on) AND (r.ends_on IS NULL OR r.ends_on >= :on) "
        "ORDER BY r.id LIMIT 1), coalesce(k.left_on <= :on, 0) "
        "FROM group_members m JOIN contacts k ON k.id = m.contact_id "
        "WHERE :id IS NULL OR m.group_id = :id ORDER BY m.starts_on, m.id"
    )
    return db.execute(sql, {"on": on, "id": group_id}).fetchall()


def meetings_of(db: Connection, group_id: int) -> Rows:
    """(id, title, day, held on, called off on) of a group's meetings, the latest first."""
    sql = (
        "SELECT id, title, on_date, held_on, cancelled_on FROM meetings WHERE group_id = ? "
        "ORDER BY coalesce(on_date, '9999') DESC, id DESC"
    )
    return db.execute(sql, (group_id,)).fetchall()


def contact(db: Connection, contact_id: int, on: str) -> Row | None:
    """(name, whether they have left by a day)"""
    sql = "SELECT name, coalesce(left_on <= ?, 0) OR merged_into IS NOT NULL FROM contacts WHERE id = ?"
    found = db.execute(sql, (on, contact_id)).fetchone()
    return None if found is None else tuple(found)


def roles_of(db: Connection, contact_id: int, on: str) -> list[str]:
    """Codes of the roles that run on a day, in the order they were written."""
    sql = (
        "SELECT role FROM contact_roles WHERE contact_id = :id AND role <> '' "
        "AND (starts_on IS NULL OR starts_on <= :on) AND (ends_on IS NULL OR ends_on >= :on) ORDER BY id"
    )
    return [row[0] for row in db.execute(sql, {"id": contact_id, "on": on})]
